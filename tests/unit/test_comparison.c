/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/verdict.h"
#include "testing.h"

/* Two points, two regimes, three replicates: at the first point the second regime is 2 higher in every replicate, at the
 * second 1 lower. */
static const double values[12] = {1, 2, 3, 3, 4, 5, 5, 6, 7, 4, 5, 6};

static void by_hand(void **state)
{
    (void)state;
    struct results_info info = {.n_points = 2, .n_regimes = 2, .n_replicates = 3};
    struct comparison comparison;
    assert_int_equal(comparison_begin(&info, NULL, 0, 0.95, 0.5, &comparison), DREDGE_OK);
    assert_int_equal(comparison_add(&comparison, OUTCOME_quick_results, 3, values), DREDGE_OK);
    const struct comparison_cell *cells = comparison_cell(&comparison, OUTCOME_quick_results, 0);
    assert_close(comparison.requirement[OUTCOME_quick_results], 4, 1e-14);
    assert_close(cells[0].mean.mean, 4, 1e-14);
    assert_close(cells[1].paired.difference.mean, 0.5, 1e-14);
    assert_close(cells[1].paired.difference.se, 0, 1e-14); /* luck is shared: every replicate says +0.5 */
    assert_close(cells[1].paired.better_share, 0.5, 0);
    assert_int_equal(cells[1].n_points_better, 0); /* three equal differences are not clear */
    assert_int_equal(cells[1].n_points_worse, 0);
    assert_close(cells[0].robustness.regret_max, 2, 1e-14);
    assert_close(cells[1].robustness.regret_max, 1, 1e-14);
    assert_close(cells[0].robustness.domain, 0.5, 0);
    assert_close(cells[1].robustness.domain, 1, 0);
    assert_close(cells[0].spread.quantile[2], 4, 1e-14);    /* 1 2 3 | 5 6 7 */
    assert_close(cells[1].paired.matters, 0.02 * 4, 1e-14); /* 2% of the baseline's mean */
    assert_true(isnan(cells[0].reaching.mean));             /* no share */
    comparison_free(&comparison);
}

/* At one of three points the regime is clearly better, at one clearly worse, at one neither. */
static void points_that_are_clear(void **state)
{
    (void)state;
    static const double shift[3] = {5, -5, 0};
    enum { N = 30 };
    double many[3 * 2 * N];
    struct results_info info = {.n_points = 3, .n_regimes = 2, .n_replicates = N};
    struct comparison comparison;
    for (int p = 0; p < 3; p++) {
        for (int k = 0; k < N; k++) {
            many[(2 * p) * N + k] = 50;
            many[(2 * p + 1) * N + k] = 50 + shift[p] + (k % 5) - 2;
        }
    }
    assert_int_equal(comparison_begin(&info, NULL, 0, 0.95, 0.5, &comparison), DREDGE_OK);
    assert_int_equal(comparison_add(&comparison, OUTCOME_quick_results, N, many), DREDGE_OK);
    const struct comparison_cell *cell = comparison_cell(&comparison, OUTCOME_quick_results, 1);
    assert_int_equal(cell->n_points_better, 1);
    assert_int_equal(cell->n_points_worse, 1);
    assert_int_equal(cell->paired.verdict, VERDICT_SMALL); /* on average over the points: 0 within 2% of 50 */
    comparison_free(&comparison);
}

/* Shares: 0.5 is reached by one of three runs of the first regime and by two of the second; the table says what matters. */
static void shares_that_reach(void **state)
{
    (void)state;
    const double shares[6] = {0.2, 0.4, 0.5, 0.6, 0.3, 0.9};
    struct results_info info = {.n_points = 1, .n_regimes = 2, .n_replicates = 3};
    struct comparison comparison;
    assert_int_equal(comparison_begin(&info, NULL, 0, 0.95, 0.5, &comparison), DREDGE_OK);
    assert_int_equal(comparison_add(&comparison, OUTCOME_structural_share, 3, shares), DREDGE_OK);
    const struct comparison_cell *cells = comparison_cell(&comparison, OUTCOME_structural_share, 0);
    assert_close(cells[0].reaching.mean, 1.0 / 3, 1e-14);
    assert_close(cells[1].reaching.mean, 2.0 / 3, 1e-14);
    assert_close(cells[1].reaching_paired.difference.mean, 1.0 / 3, 1e-14);
    assert_true(cells[1].reaching.low >= 0 && cells[1].reaching.high <= 1);
    assert_close(cells[1].paired.matters, 0.02, 0);
    comparison_free(&comparison);
}

/* An outcome that only the results know, from another table: compared by the words of their catalogue, after the rest. */
static void shows_what_results_know(void **state)
{
    (void)state;
    struct catalogue_row rows[] = {
        {.name = "trust_end", .unit = "share", .better = 1, .n_columns = 1},
        {.name = "goodwill", .unit = "points", .better = -1, .matters = 0.5, .n_columns = 1}};
    struct results_info info = {
        .n_points = 1, .n_regimes = 2, .n_replicates = 3, .catalogue = {.n_outcomes = 2, .outcome = rows}};
    const double found[2 * 3] = {4, 5, 6, 1, 2, 4};
    struct comparison comparison;
    assert_int_equal(results_list_outcomes(&info), DREDGE_OK);
    assert_int_equal(comparison_begin(&info, NULL, 0, 0.95, 0.5, &comparison), DREDGE_OK);
    assert_int_equal(comparison.n_outcomes, N_OUTCOMES + 1);
    assert_string_equal(comparison.row[N_OUTCOMES].name, "goodwill");
    assert_string_equal(comparison.row[N_OUTCOMES].unit, "points");
    assert_int_equal(comparison_add(&comparison, N_OUTCOMES, 3, found), DREDGE_OK);
    const struct comparison_cell *cell = comparison_cell(&comparison, N_OUTCOMES, 1);
    assert_close(cell->paired.difference.mean, -8.0 / 3, 1e-12); /* (-3 - 3 - 2) / 3, by hand */
    assert_close(cell->paired.better_share, 1, 0);               /* less is better */
    assert_close(cell->paired.matters, 0.5, 0);
    comparison_free(&comparison);
    free(info.outcomes);
}

/* A verdict from made-up numbers: the sentences name both sides and hold the numbers. */
static void verdict_tells_both_sides(void **state)
{
    (void)state;
    char *regimes[2] = {(char[]){"slow"}, (char[]){"fast"}};
    struct results_info info = {.n_points = 1, .n_regimes = 2, .n_replicates = 200, .regimes = regimes};
    static struct comparison_cell cells[N_OUTCOMES * 2];
    static struct comparison_row rows[N_OUTCOMES];
    struct comparison comparison = {
        .n_points = 1, .n_regimes = 2, .n_outcomes = N_OUTCOMES, .confidence = 0.95, .row = rows, .cells = cells};
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        (void)snprintf(rows[outcome].name, sizeof rows[outcome].name, "%s", outcome_infos[outcome].name);
        rows[outcome].better = outcome_infos[outcome].better;
        struct paired *paired = &cells[2 * outcome + 1].paired;
        paired->verdict = outcome == OUTCOME_quick_results      ? VERDICT_WORSE
                          : outcome == OUTCOME_trust_end        ? VERDICT_UNCLEAR
                          : outcome == OUTCOME_symptom_after    ? VERDICT_BETTER
                          : outcome == OUTCOME_structural_share ? VERDICT_BETTER
                          : outcome == OUTCOME_inclusion        ? VERDICT_BETTER
                          : outcome == OUTCOME_holism           ? VERDICT_SMALL
                                                                : VERDICT_EQUAL;
        paired->difference = (struct estimate){0.31, 0.01, 0.29, 0.33, 0, 200, 200, PANEL_REPLICATES, 0};
        paired->holds = outcome != OUTCOME_inclusion;
        paired->baseline = 0.27;
        paired->regime = 0.58;
    }
    struct verdict_text text;
    verdict_write(&comparison, &info, NULL, 1, OUTCOME_structural_share, LANGUAGE_EN, &text);
    assert_int_equal(text.n, 4);
    assert_string_equal(text.sentence[0], "fast does better than slow on structural share: 0.58 against 0.27, a "
                                          "difference of +0.31 (95% interval +0.29 to +0.33).");
    assert_string_equal(text.sentence[1], "fast also leads on symptom after aftercare; slow leads on quick results.");
    assert_string_equal(text.sentence[2], "Too small to matter: holism.");
    assert_string_equal(text.sentence[3],
                        "No clear difference on trust at the end and inclusion. The intervals rest on "
                        "200 paired replicates; a lead on another outcome is named when it stands "
                        "among all outcomes together (Holm).");
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        cells[2 * outcome + 1].paired.difference.n_units = 2;
    }
    verdict_write(&comparison, &info, NULL, 1, OUTCOME_structural_share, LANGUAGE_EN, &text);
    assert_string_equal(text.sentence[3], "With 2 paired replicates nothing is certain: run more.");
    cells[2 * OUTCOME_structural_share + 1].paired.verdict = VERDICT_UNCLEAR;
    verdict_write(&comparison, &info, NULL, 1, OUTCOME_structural_share, LANGUAGE_NL, &text);
    assert_non_null(
        strstr(text.sentence[0], "Op structureel resultaat is er geen duidelijk verschil tussen fast en slow"));
    assert_non_null(strstr(text.sentence[0], "0,58"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(points_that_are_clear),
                                       cmocka_unit_test(shares_that_reach), cmocka_unit_test(shows_what_results_know),
                                       cmocka_unit_test(verdict_tells_both_sides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
