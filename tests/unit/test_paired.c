/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/paired.h"
#include "testing.h"

static struct paired compare(int n, const double *regime, const double *baseline, int better)
{
    struct panel a = {.n_points = 1, .n_replicates = n, .stride = (size_t)n, .values = regime};
    struct panel b = {.n_points = 1, .n_replicates = n, .stride = (size_t)n, .values = baseline};
    struct paired paired;
    double scratch[64];
    assert_true(n <= 64);
    struct question question = {better, 0};
    assert_int_equal(paired_compare(&a, &b, &question, 0.95, scratch, &paired), DREDGE_OK);
    return paired;
}

/* Counted by hand: differences +1, +2, 0, -1, missing. */
static void counts(void **state)
{
    (void)state;
    const double regime[5] = {2, 4, 3, 2, NAN};
    const double baseline[5] = {1, 2, 3, 3, 1};
    struct paired more = compare(5, regime, baseline, 1);
    assert_int_equal(more.difference.n, 4);
    assert_close(more.difference.mean, 0.5, 1e-15);
    assert_close(more.better_share, 0.5, 0);
    assert_close(more.tied_share, 0.25, 0);
    assert_int_equal(more.verdict, VERDICT_UNCLEAR);
    struct paired less = compare(5, regime, baseline, -1);
    assert_close(less.better_share, 0.25, 0);
    struct paired neither = compare(5, regime, baseline, 0);
    assert_true(isnan(neither.better_share));
}

static void verdicts(void **state)
{
    (void)state;
    const double low[4] = {1, 2, 3, 4};
    const double high[4] = {2.1, 3, 4, 5};
    assert_int_equal(compare(4, high, low, 1).verdict, VERDICT_BETTER);
    assert_int_equal(compare(4, high, low, -1).verdict, VERDICT_WORSE);
    assert_int_equal(compare(4, low, high, 1).verdict, VERDICT_WORSE);
    assert_int_equal(compare(4, low, high, -1).verdict, VERDICT_BETTER);
    assert_int_equal(compare(4, high, low, 0).verdict, VERDICT_HIGHER);
    assert_int_equal(compare(4, low, high, 0).verdict, VERDICT_LOWER);
    assert_int_equal(compare(4, low, low, 1).verdict, VERDICT_UNCLEAR);
    assert_int_equal(compare(1, low, high, 1).verdict, VERDICT_UNCLEAR);
}

/* Means are those of the pairs, so that they differ by the difference; what is missing is counted by side. */
static void means_of_the_pairs(void **state)
{
    (void)state;
    const double regime[5] = {2, 4, 3, NAN, 9};
    const double baseline[5] = {1, 2, NAN, NAN, NAN};
    struct paired paired = compare(5, regime, baseline, 1);
    assert_close(paired.regime, 3, 1e-15);
    assert_close(paired.baseline, 1.5, 1e-15);
    assert_close(paired.difference.mean, 1.5, 1e-15);
    assert_int_equal(paired.difference.n, 2);
    assert_int_equal(paired.n_without_baseline, 2);
    assert_int_equal(paired.n_without_regime, 0);
}

/* Two units are never certain, equal or not; equality takes PAIRED_ENOUGH of them. */
static void few_units_tell_nothing(void **state)
{
    (void)state;
    double ones[64];
    double others[64];
    for (int k = 0; k < 64; k++) {
        ones[k] = 1;
        others[k] = 2 + k * 1e-9;
    }
    assert_int_equal(compare(2, others, ones, 1).verdict, VERDICT_UNCLEAR);
    assert_int_equal(compare(3, others, ones, 1).verdict, VERDICT_BETTER);
    assert_int_equal(compare(PAIRED_ENOUGH - 1, ones, ones, 1).verdict, VERDICT_UNCLEAR);
    assert_int_equal(compare(PAIRED_ENOUGH, ones, ones, 1).verdict, VERDICT_EQUAL);
}

/* Differences of 0.001 with hardly any spread: clear, and too small where 0.02 matters. Differences between 0.01 and 0.05
 * are clear, and some of what the interval holds matters. */
static void too_small_to_matter(void **state)
{
    (void)state;
    double regime[30];
    double large[30];
    double baseline[30];
    double scratch[30];
    for (int k = 0; k < 30; k++) {
        baseline[k] = 0.5;
        regime[k] = 0.501 + (k % 2) * 1e-5;
        large[k] = 0.51 + 0.04 * (k % 2);
    }
    struct panel panels[3] = {{.n_points = 1, .n_replicates = 30, .stride = 30, .values = regime},
                              {.n_points = 1, .n_replicates = 30, .stride = 30, .values = large},
                              {.n_points = 1, .n_replicates = 30, .stride = 30, .values = baseline}};
    struct paired paired;
    for (int matters = 0; matters < 2; matters++) {
        struct question question = {1, matters ? 0.02 : 0};
        assert_int_equal(paired_compare(&panels[0], &panels[2], &question, 0.95, scratch, &paired), DREDGE_OK);
        assert_int_equal(paired.verdict, matters ? VERDICT_SMALL : VERDICT_BETTER);
        assert_int_equal(paired_compare(&panels[1], &panels[2], &question, 0.95, scratch, &paired), DREDGE_OK);
        assert_int_equal(paired.verdict, VERDICT_BETTER);
    }
}

/* Holm's procedure by hand at 5%: p = 0.01, 0.04, 0.03, 0.005 are compared, smallest first, with 0.05/4, 0.05/3, 0.05/2: 
 * 0.005 and 0.01 hold, 0.03 does not, and so 0.04 does not either. A comparison without p value is no test. */
static void holm(void **state)
{
    (void)state;
    const double p[5] = {0.01, 0.04, NAN, 0.03, 0.005};
    struct paired paired[5] = {0};
    struct paired *all[5];
    for (int i = 0; i < 5; i++) {
        paired[i].difference.p = p[i];
        paired[i].verdict = VERDICT_BETTER;
        all[i] = &paired[i];
    }
    paired_holm(5, all, 0.95);
    const int expected[5] = {1, 0, 0, 0, 1};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(paired[i].holds, expected[i]);
        assert_int_equal(paired_verdict(&paired[i]), expected[i] ? VERDICT_BETTER : VERDICT_UNCLEAR);
    }
    paired[1].verdict = VERDICT_SMALL;
    assert_int_equal(paired_verdict(&paired[1]), VERDICT_SMALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts),
                                       cmocka_unit_test(verdicts),
                                       cmocka_unit_test(means_of_the_pairs),
                                       cmocka_unit_test(few_units_tell_nothing),
                                       cmocka_unit_test(too_small_to_matter),
                                       cmocka_unit_test(holm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
