/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "report/verdict.h"
#include "testing.h"

/* Two points, two regimes, three replicates: at the first point the second regime is 2 higher in every replicate, at the
 * second 1 lower. */
static const double values[12] = {1, 2, 3, 3, 4, 5, 5, 6, 7, 4, 5, 6};

static void by_hand(void **state)
{
    (void)state;
    struct comparison_cell cells[2] = {0};
    double requirement = 0;
    assert_int_equal(comparison_outcome(2, 2, 3, values, 1, 0, 0.95, 1, &requirement, cells), DREDGE_OK);
    assert_close(requirement, 4, 1e-14);
    assert_close(cells[0].mean.mean, 4, 1e-14);
    assert_close(cells[1].paired.difference.mean, 0.5, 1e-14);
    assert_close(cells[1].paired.difference.se, 0, 1e-14); /* luck is shared: every replicate says +0.5 */
    assert_close(cells[1].paired.better_share, 0.5, 0);
    assert_int_equal(cells[1].n_points_better, 1);
    assert_int_equal(cells[1].n_points_worse, 1);
    assert_close(cells[0].robustness.regret_max, 2, 1e-14);
    assert_close(cells[1].robustness.regret_max, 1, 1e-14);
    assert_close(cells[0].robustness.domain, 0.5, 0);
    assert_close(cells[1].robustness.domain, 1, 0);
}

/* A verdict from made-up numbers: the sentences name both sides and hold the numbers. */
static void verdict_tells_both_sides(void **state)
{
    (void)state;
    char *regimes[2] = {(char[]){"slow"}, (char[]){"fast"}};
    struct results_info info = {.n_points = 1, .n_regimes = 2, .n_replicates = 200, .regimes = regimes};
    static struct comparison_cell cells[N_OUTCOMES * 2];
    struct comparison comparison = {.n_points = 1, .n_regimes = 2, .confidence = 0.95, .cells = cells};
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        struct paired *paired = &cells[2 * outcome + 1].paired;
        paired->verdict = outcome == OUTCOME_quick_results      ? VERDICT_WORSE
                          : outcome == OUTCOME_trust_end        ? VERDICT_UNCLEAR
                          : outcome == OUTCOME_symptom_after    ? VERDICT_BETTER
                          : outcome == OUTCOME_structural_share ? VERDICT_BETTER
                                                                : VERDICT_EQUAL;
        paired->difference = (struct estimate){0.31, 0.01, 0.29, 0.33, 0, 200, 200, PANEL_REPLICATES};
        cells[2 * outcome].mean.mean = 0.27;
        cells[2 * outcome + 1].mean.mean = 0.58;
    }
    struct verdict_text text;
    verdict_write(&comparison, &info, 1, OUTCOME_structural_share, LANGUAGE_EN, &text);
    assert_int_equal(text.n, 3);
    assert_string_equal(text.sentence[0], "fast does better than slow on structural share: 0.58 against 0.27, a "
                                          "difference of +0.31 (95% interval +0.29 to +0.33).");
    assert_string_equal(text.sentence[1], "fast also leads on symptom after aftercare; slow leads on quick results.");
    assert_string_equal(text.sentence[2], "No clear difference on trust at the end. The intervals rest on 200 paired "
                                          "replicates.");
    cells[2 * OUTCOME_structural_share + 1].paired.verdict = VERDICT_UNCLEAR;
    verdict_write(&comparison, &info, 1, OUTCOME_structural_share, LANGUAGE_NL, &text);
    assert_non_null(
        strstr(text.sentence[0], "Op structureel aandeel is er geen duidelijk verschil tussen fast en slow"));
    assert_non_null(strstr(text.sentence[0], "0,58"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(verdict_tells_both_sides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
