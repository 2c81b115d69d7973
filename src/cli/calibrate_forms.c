/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/calibrate_forms.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/out.h"
#include "cli/table.h"
#include "model/outcomes.h"
#include "model/theory.h"
#include "study/factor.h"

/* ---- the table ---- */

static dredge_status print_generations(const struct posterior *posterior)
{
    struct table table;
    char number[TABLE_NUMBER_BYTES];
    table_begin(&table, "rrrrr");
    const char *heads[] = {"generation", "tolerance", "effective", "accepted", "settings"};
    for (int c = 0; c < 5; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int g = 0; g < posterior->n_generations; g++) {
        const struct generation *own = &posterior->generations[g];
        table_cell(&table, "%d", g + 1);
        table_cell(&table, "%.2f", own->tolerance);
        table_cell(&table, "%s", table_count(llround(own->ess), number));
        table_cell(&table, "%.0f%%", 100 * own->acceptance);
        table_cell(&table, "%s", table_count(own->n_draws, number));
    }
    return table_print(&table);
}

static dredge_status print_keys(const struct posterior *posterior)
{
    struct table table;
    table_begin(&table, "lrrrrr");
    const char *heads[] = {"", "5%", "50%", "95%", "prior", "bits"};
    for (int c = 0; c < 6; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int f = 0; f < posterior->n_priors; f++) {
        const struct factor *prior = &posterior->calibration->priors[f];
        table_cell(&table, "%s", prior->key);
        table_cell(&table, "%.4g", posterior_quantile(posterior, f, 0.05));
        table_cell(&table, "%.4g", posterior_quantile(posterior, f, 0.5));
        table_cell(&table, "%.4g", posterior_quantile(posterior, f, 0.95));
        table_cell(&table, "%.4g to %.4g", prior->low, prior->high);
        table_cell(&table, "%.2f", posterior_bits(posterior, f));
    }
    return table_print(&table);
}

static const char *judge(const struct posterior *posterior, int target)
{
    double chance = posterior_check(posterior, target);
    return isnan(chance) ? "not there" : chance < 0.05 ? "MISSED" : "hit";
}

static dredge_status print_targets(const struct posterior *posterior, int are_held_out)
{
    struct table table;
    char numbers[4][TABLE_NUMBER_BYTES];
    int n = 0;
    table_begin(&table, "lrrrrl");
    const char *heads[] = {are_held_out ? "held out" : "fitted", "found", "prior", "posterior", "bits", ""};
    for (int c = 0; c < 6; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int t = 0; t < posterior->n_targets; t++) {
        const struct evidence *target = &posterior->calibration->targets[t];
        if (target->is_held_out != are_held_out) {
            continue;
        }
        double scale = fabs(target->value);
        n++;
        table_cell(&table, "%s", target->name);
        table_cell(&table, "%s %s %s", table_number(target->value, scale, 0, numbers[0]), table_symbol("±", "+-"),
                   table_number(target->error, scale, 0, numbers[1]));
        table_cell(&table, "%s",
                   table_number(posterior_figure(posterior, posterior->prior, t, 0.5), scale, 0, numbers[0]));
        table_cell(&table, "%s (%s to %s)",
                   table_number(posterior_figure(posterior, posterior->predictive, t, 0.5), scale, 0, numbers[1]),
                   table_number(posterior_figure(posterior, posterior->predictive, t, 0.05), scale, 0, numbers[2]),
                   table_number(posterior_figure(posterior, posterior->predictive, t, 0.95), scale, 0, numbers[3]));
        table_cell(&table, "%.2f", posterior_expected_bits(posterior, t));
        table_cell(&table, "%s", judge(posterior, t));
    }
    if (n == 0) {
        free(table.cells);
        return DREDGE_OK;
    }
    out_text("\n");
    return table_print(&table);
}

static void print_theories(const struct posterior *posterior)
{
    const struct calibration *calibration = posterior->calibration;
    if (calibration->n_theories < 2) {
        return;
    }
    out_text("\nTheories, equally likely beforehand:\n");
    for (int k = 0; k < calibration->n_theories; k++) {
        out_print("  %-24s %.2f\n", theory_infos[calibration->theories[k]].name,
                  posterior_theory(posterior, calibration->theories[k]));
    }
    table_paragraph(0, "",
                    "Chosen by these figures alone, which need not hold what would tell theories apart (Robert et al. "
                    "2011): read it as what the targets say, not as what is true. How far to trust these weights, "
                    "--self-test tells.");
}

/* Are there enough particles for so many keys? */
static void print_enough(const struct posterior *posterior)
{
    char text[240];
    int enough = CALIBRATE_ENOUGH * posterior->n_priors;
    if (posterior->n < enough) {
        (void)snprintf(
            text, sizeof text,
            "So few particles make the posterior of %d key%s too narrow and weights of theories too sure: take "
            "--particles %d or more, and --draws to match.",
            posterior->n_priors, posterior->n_priors == 1 ? "" : "s", enough);
        out_text("\n");
        table_paragraph(0, "", text);
    }
}

dredge_status calibrate_print_table(const struct study *study, const struct posterior *posterior)
{
    char text[600], numbers[3][TABLE_NUMBER_BYTES];
    out_print("%s: %d key%s, %d target%s, %s particles\n", study->title, posterior->n_priors,
              posterior->n_priors == 1 ? "" : "s", posterior->n_targets, posterior->n_targets == 1 ? "" : "s",
              table_count(posterior->n, numbers[0]));
    out_print("%s settings tried, %s collaborations simulated\n\n", table_count(posterior->n_draws, numbers[1]),
              table_count(posterior->n_runs, numbers[2]));
    dredge_status status = print_generations(posterior);
    out_text("\n");
    if (status == DREDGE_OK) {
        status = print_keys(posterior);
    }
    if (status == DREDGE_OK) {
        status = print_targets(posterior, 0);
    }
    if (status == DREDGE_OK) {
        status = print_targets(posterior, 1);
    }
    print_theories(posterior);
    (void)snprintf(
        text, sizeof text,
        "The tolerance widens all errors; it ended at %.2f%s, with %s effective particles of %s. Bits of a "
        "key: how much the targets told of it, 0 nothing, 1 half of its range. Bits of a target: what "
        "measuring it with its error would be expected to tell of what is still open. Posterior: middle and 5 "
        "to 95%% of what the model gives with luck that chose nothing; hit: the figure found lies in the "
        "middle 95%% of that with its error.",
        posterior->tolerance,
        posterior->is_adjusted ? " (more --draws would lower it; the rest was weighted and adjusted by "
                                 "regression)"
                               : "",
        table_count(llround(posterior->ess), numbers[1]), numbers[0]);
    out_text("\n");
    table_paragraph(0, "", text);
    print_enough(posterior);
    return status;
}

/* ---- for other programs ---- */

dredge_status calibrate_print_json(const struct study *study, const struct posterior *posterior)
{
    char *text = NULL;
    dredge_status status = posterior_json(study, posterior, &text);
    if (status == DREDGE_OK) {
        out_print("%s\n", text);
        free(text);
    }
    return status;
}

/* ---- self-test ---- */

enum { CHOICE_COLUMNS = 12 }; /* theories that a table has room for */

/* The choice among theories. */
static void write_choice(struct json *json, const struct study *study, const struct self_test *test)
{
    const int *theories = study->calibration->theories;
    int n = test->n_theories;
    json_key(json, "choice");
    json_begin_object(json);
    json_put_whole(json, "right", test->n_right);
    json_put_number(json, "claimed", test->claimed);
    json_put_number(json, "p", test->p_choice);
    json_key(json, "weights");
    json_begin_object(json);
    for (int i = 0; i < n; i++) {
        json_key(json, theory_infos[theories[i]].name);
        json_begin_object(json);
        for (int k = 0; k < n; k++) {
            json_put_number(json, theory_infos[theories[k]].name, test->chosen[i * n + k]);
        }
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

int calibrate_test_passes(const struct self_test *test)
{
    for (int f = 0; f < test->n_priors; f++) {
        if (test->p[f] * test->n_priors < 0.01) { /* Bonferroni */
            return 0;
        }
    }
    return !(test->p_choice < 0.01);
}

/* How the weights of theories do, theory by theory. */
static dredge_status print_choice(const struct study *study, const struct self_test *test)
{
    const int *theories = study->calibration->theories;
    char text[400];
    struct table table;
    int n = test->n_theories;
    if (n < 2) {
        return DREDGE_OK;
    }
    out_text("\nMean weight of each theory (columns, in the same order), where the theory of the row is true:\n");
    char columns[CHOICE_COLUMNS + 3];
    memset(columns, 'r', sizeof columns);
    columns[0] = 'l';
    columns[2 + (n < CHOICE_COLUMNS ? n : CHOICE_COLUMNS)] = '\0';
    table_begin(&table, columns);
    for (int i = 0; i < n; i++) {
        table_cell(&table, "%s", theory_infos[theories[i]].name);
        table_cell(&table, "%d sets", test->n_true[i]);
        for (int k = 0; k < n && k < CHOICE_COLUMNS; k++) {
            table_cell(&table, "%.2f", test->chosen[i * n + k]);
        }
    }
    dredge_status status = table_print(&table);
    (void)snprintf(
        text, sizeof text,
        "The theory with the largest weight was the true one in %d of %d data sets; by their weights it should "
        "have been in %.1f (p %.3f). Without any evidence it would be in %.1f.",
        test->n_right, test->n_sets, test->claimed, test->p_choice, (double)test->n_sets / n);
    table_paragraph(0, "", text);
    return status;
}

dredge_status calibrate_print_test(const struct study *study, const struct self_test *test, int is_json)
{
    struct json json = {0};
    struct table table;
    if (is_json) {
        json_begin_object(&json);
        json_put_whole(&json, "sets", test->n_sets);
        json_key(&json, "uniform");
        json_boolean(&json, calibrate_test_passes(test));
        json_key(&json, "keys");
        json_begin_object(&json);
        for (int f = 0; f < test->n_priors; f++) {
            json_key(&json, study->calibration->priors[f].key);
            json_begin_object(&json);
            json_put_number(&json, "p", test->p[f]);
            json_put_wholes(&json, "ranks", SELF_TEST_BINS, test->counts + (size_t)f * SELF_TEST_BINS);
            json_end(&json);
        }
        json_end(&json);
        if (test->n_theories > 1) {
            write_choice(&json, study, test);
        }
        json_end(&json);
        return out_json(&json);
    }
    out_print("%s: %d data sets with known keys; where does the true value rank in the posterior?\n\n", study->title,
              test->n_sets);
    table_begin(&table, "lrrrrrrrrr");
    table_cell(&table, "%s", "");
    for (int b = 0; b < SELF_TEST_BINS; b++) {
        table_cell(&table, "%d/8", b + 1);
    }
    table_cell(&table, "%s", "p");
    for (int f = 0; f < test->n_priors; f++) {
        table_cell(&table, "%s", study->calibration->priors[f].key);
        for (int b = 0; b < SELF_TEST_BINS; b++) {
            table_cell(&table, "%d", test->counts[f * SELF_TEST_BINS + b]);
        }
        table_cell(&table, "%.3f", test->p[f]);
    }
    dredge_status status = table_print(&table);
    if (status == DREDGE_OK) {
        status = print_choice(study, test);
    }
    out_text("\n");
    table_paragraph(
        0, "",
        calibrate_test_passes(test)
            ? "The ranks are as even as chance makes them (p: chi-square test of each key): the posterior is "
              "as wide as it should be."
            : "The ranks are NOT even (p: chi-square test of each key; 1% for all together): the posterior is "
              "too narrow, too wide or beside the truth. More particles or draws may help.");
    return status;
}
