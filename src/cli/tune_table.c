/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tune_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/comparison_json.h"
#include "cli/out.h"
#include "cli/table.h"
#include "cli/tune_forms.h"
#include "study/factor.h"

enum { MOST_SHOWN = 6 }; /* factors of a world in a sentence */

/* A regime as a study takes it. */
static void print_recipe(const struct tuned *tuned, const struct regime *regime, const char *name)
{
    int n = 0;
    out_print("  - {name: %s", name);
    for (int i = 0; i < n_steering; i++) {
        double value = steering_get(&regime->phase[0].steering, i);
        int moved = 0;
        for (int s = 0; s < tuned->space.n; s++) {
            moved |= tuned->space.steering[s] == i;
        }
        if (moved || value != steering_infos[i].default_value) {
            out_print(",%s%s: %.3g", n++ % 4 == 3 ? "\n     " : " ", steering_infos[i].key, value);
        }
    }
    out_text("}\n");
}

static dredge_status print_winner(const struct tuned *tuned)
{
    const struct candidate *winner = &tuned->fresh.candidates[tuned->winner];
    struct table table;
    out_text("The regime found, ready for a study:\n\nregimes:\n");
    print_recipe(tuned, &winner->regime, "tuned");
    out_text("\n");
    table_begin(&table, "llll");
    for (int s = 0; s < tuned->space.n; s++) {
        const struct steering_info *info = &steering_infos[tuned->space.steering[s]];
        int edge = tuner_edge(winner, s);
        char bar[64];
        table_bar(winner->x[s], 12, bar);
        table_cell(&table, "%s", info->key);
        table_cell(&table, "%s", bar);
        table_cell(&table, "%s", edge > 0 ? "at its top" : edge < 0 ? "at its bottom" : "");
        table_cell(&table, "%s", info->meaning);
    }
    return table_print(&table);
}

/* The winner beside a regime of the study, on the outcomes that matter here. */
static dredge_status print_against(const struct tuned *tuned, const struct tuner_options *options, int against)
{
    const int fixed[] = {OUTCOME_structural_share, OUTCOME_solved_share,  OUTCOME_quick_results, OUTCOME_symptom_burden,
                         OUTCOME_symptom_year3,    OUTCOME_symptom_after, OUTCOME_trust_end,     OUTCOME_survival};
    struct table table;
    table_begin(&table, "lrrrl");
    const char *heads[] = {"", tuned->fresh.candidates[against].regime.name, "tuned", "difference", ""};
    for (int c = 0; c < 5; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int outcome = 0; outcome < study_n_outcomes(tuned->fresh.study); outcome++) {
        int shown = outcome == options->outcome;
        for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
            shown |= fixed[i] == outcome;
        }
        for (int i = 0; i < options->n_constraints; i++) {
            shown |= options->constraints[i].outcome == outcome;
        }
        struct paired paired;
        char numbers[4][TABLE_NUMBER_BYTES];
        if (!shown) {
            continue;
        }
        dredge_status status = tuner_compare(&tuned->again, tuned->winner, against, outcome, &paired);
        if (status != DREDGE_OK) {
            free(table.cells);
            return status;
        }
        double base = paired.baseline;
        double mean = paired.regime;
        double scale = fmax(fabs(base), fabs(mean));
        table_cell(&table, "%s", tune_outcome_name(tuned, outcome));
        table_cell(&table, "%s", table_number(base, scale, 0, numbers[0]));
        table_cell(&table, "%s", table_number(mean, scale, 0, numbers[1]));
        table_cell(&table, "%s %s %s", table_number(paired.difference.mean, scale, 1, numbers[2]),
                   table_symbol("±", "+-"),
                   table_number((paired.difference.high - paired.difference.low) / 2, scale, 0, numbers[3]));
        table_cell(&table, "%s", verdict_name(paired.verdict));
    }
    return table_print(&table);
}

struct shown_option {
    int number; /* of tuned->front */
    double relief;
};

static int by_relief(const void *left, const void *right)
{
    const struct shown_option *a = left;
    const struct shown_option *b = right;
    return (a->relief > b->relief) - (a->relief < b->relief);
}

static dredge_status print_front(const struct tuned *tuned)
{
    enum { BAR = 10 };
    struct table table;
    struct shown_option *order = malloc((size_t)tuned->n_front * sizeof *order);
    if (order == NULL) {
        return status_no_memory((size_t)tuned->n_front * sizeof *order);
    }
    for (int i = 0; i < tuned->n_front; i++) {
        order[i] = (struct shown_option){i, tuned->front[i].first};
    }
    qsort(order, (size_t)tuned->n_front, sizeof *order, by_relief);
    table_begin(&table, "lrrlrr");
    const char *heads[] = {"", tune_outcome_name(tuned, tuned->relief), "structural_share", "", "on front", "base"};
    for (int c = 0; c < 6; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    int base = steering_find("base");
    for (int i = 0; i < tuned->n_front; i++) {
        char bar[3 * BAR + 1];
        int number = order[i].number;
        const struct front_option *option = &tuned->front[number];
        const struct regime *regime = &tuned->fresh.candidates[number].regime;
        double se[2];
        (void)trials_mean(&tuned->fresh, number, tuned->relief, &se[0]);
        (void)trials_mean(&tuned->fresh, number, OUTCOME_structural_share, &se[1]);
        table_bar(option->second, BAR, bar);
        table_cell(&table, "%s", regime->name);
        table_cell(&table, "%.3f %s %.3f", option->first, table_symbol("±", "+-"), 1.96 * se[0]);
        table_cell(&table, "%.3f %s %.3f", option->second, table_symbol("±", "+-"), 1.96 * se[1]);
        table_cell(&table, "%s", bar);
        table_cell(&table, "%.0f%%", 100 * option->share);
        table_cell(&table, "%.2f", steering_get(&regime->phase[0].steering, base));
    }
    free(order);
    return table_print(&table);
}

static void print_verdict(const struct tuned *tuned, const struct tuner_options *options)
{
    char text[700];
    const char *name = tune_outcome_name(tuned, options->outcome);
    (void)snprintf(text, sizeof text,
                   "In the search it led %s by %.3f on %s; with luck that chose nothing it leads by %.3f. Choosing the "
                   "best of %d candidates made up %.3f: judge the regime by the fresh numbers.",
                   tuned->fresh.candidates[0].regime.name, tuned->searched, name, tuned->validated, tuned->search.n,
                   tuned->optimism);
    table_paragraph(0, "", text);
    for (int i = 0; i < options->n_constraints; i++) {
        const struct constraint *constraint = &options->constraints[i];
        double se = 0;
        double mean = trials_mean(&tuned->again, tuned->winner, constraint->outcome, &se);
        int met = constraint->upper ? mean <= constraint->bound : mean >= constraint->bound;
        (void)snprintf(text, sizeof text, "%s %s %.4g: %s, %.3f %s %.3f with fresh luck.",
                       tune_outcome_name(tuned, constraint->outcome),
                       constraint->upper ? "<=" : ">=", constraint->bound, met ? "met" : "NOT met", mean,
                       table_symbol("±", "+-"), 1.96 * se);
        table_paragraph(0, "", text);
    }
}

/* "theory inertia, convener.skill 0.31": a world by its factors. */
static void name_world(const struct tuned *tuned, int world, size_t n_bytes, char *text)
{
    const struct design *design = &tuned->worlds.design;
    size_t used = 0;
    *text = '\0';
    for (int f = 0; f < design->n_factors && f < MOST_SHOWN && used < n_bytes; f++) {
        const struct factor *factor = &design->factors[f];
        double value = design->values[(size_t)world * (size_t)design->n_factors + (size_t)f];
        const char *const *names = factor_about(factor).names;
        const char *between = f > 0 ? ", " : "";
        used += (size_t)(names != NULL
                             ? snprintf(text + used, n_bytes - used, "%s%s %s", between, factor->key, names[(int)value])
                             : snprintf(text + used, n_bytes - used, "%s%s %.3g", between, factor->key, value));
    }
}

/* How finalists do over the worlds, and where the winner does worst. */
static dredge_status print_worlds(const struct tuned *tuned, const struct tuner_options *options)
{
    static const char *const criteria[] = {"the mean over them", "the worst of them", "the largest regret"};
    struct table table;
    char world[400];
    char text[800];
    out_print("\n%s over %d worlds, with luck that chose nothing; chosen by %s:\n\n",
              tune_outcome_name(tuned, options->outcome), tuned->again.n_worlds, criteria[options->criterion]);
    table_begin(&table, "lrrr");
    const char *heads[] = {"", "mean", "worst", "regret"};
    for (int c = 0; c < 4; c++) {
        table_cell(&table, "%s", heads[c]);
    }
    for (int i = 0; i < tuned->again.n; i++) {
        const struct tuned_robust *robust = &tuned->robust[i];
        double scale = fabs(robust->mean);
        char numbers[3][TABLE_NUMBER_BYTES];
        table_cell(&table, "%s%s", tuned->again.candidates[i].regime.name,
                   i == tuned->winner ? table_symbol(" ▶", " >") : "");
        table_cell(&table, "%s", table_number(robust->mean, scale, 0, numbers[0]));
        table_cell(&table, "%s", table_number(robust->worst, scale, 0, numbers[1]));
        table_cell(&table, "%s", table_number(robust->regret, scale, 0, numbers[2]));
    }
    dredge_status status = table_print(&table);
    int worst = tuned->robust[tuned->winner].worst_world;
    name_world(tuned, worst, sizeof world, world);
    (void)snprintf(text, sizeof text,
                   "The regime found does worst at point %d of the design (%s). Regret: how far it is from the best of "
                   "these in the world where that is most; it holds some luck.",
                   tuned->world_points[worst], world);
    out_text("\n");
    table_paragraph(0, "", text);
    return status;
}

static void print_edges(const struct tuned *tuned)
{
    int n = 0;
    char text[512] = "";
    size_t used = 0;
    for (int s = 0; s < tuned->space.n && used < sizeof text; s++) {
        if (tuner_edge(&tuned->fresh.candidates[tuned->winner], s) != 0) {
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", n++ > 0 ? ", " : "",
                                     steering_infos[tuned->space.steering[s]].key);
        }
    }
    if (n > 0 && used < sizeof text) {
        (void)snprintf(text + used, sizeof text - used,
                       " %s at the edge of what was searched: better steering may lie beyond.", n > 1 ? "lie" : "lies");
        table_paragraph(0, "", text);
    }
}

dredge_status tune_print_table(const struct tuned *tuned, const struct tuner_options *options)
{
    out_print("%s: %s %s\n", tuned->fresh.study->title, options->maximise ? "maximise" : "minimise",
              tune_outcome_name(tuned, options->outcome));
    char numbers[4][TABLE_NUMBER_BYTES];
    out_print("Method: %s.\n%s runs for the search over %s candidates, %s fresh ones for %d finalists,\nand %s with "
              "other luck to tell what the best of these (%s) is worth.\n\n",
              tune_method, table_count(tuned->search.n_runs, numbers[0]), table_count(tuned->search.n, numbers[1]),
              table_count(tuned->fresh.n_runs, numbers[2]), tuned->fresh.n,
              table_count(tuned->again.n_runs, numbers[3]), tuned->fresh.candidates[tuned->winner].regime.name);
    dredge_status status = print_winner(tuned);
    out_text("\n");
    for (int r = 0; status == DREDGE_OK && r < tuned->n_own; r++) {
        status = print_against(tuned, options, r);
        out_text("\n");
    }
    print_verdict(tuned, options);
    print_edges(tuned);
    if (status == DREDGE_OK && tuned->robust != NULL) {
        status = print_worlds(tuned, options);
    }
    out_text("\nThe trade-off between quick relief and structural solution, with fresh luck:\n\n");
    if (status == DREDGE_OK) {
        status = print_front(tuned);
    }
    out_text("\nThe finalists as regimes, to copy:\n\nregimes:\n");
    for (int i = tuned->n_own; i < tuned->fresh.n; i++) {
        print_recipe(tuned, &tuned->fresh.candidates[i].regime, tuned->fresh.candidates[i].regime.name);
    }
    out_text("\n");
    table_paragraph(
        0, "",
        "On front: share of resamples of replicates in which no other finalist does at least as well on "
        "both. Less of the symptom and more of the structural share is better; base is the share of process "
        "work.");
    return status;
}
