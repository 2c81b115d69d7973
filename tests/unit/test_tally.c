/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/tally.h"
#include "testing.h"

enum { SAMPLES = 3 };

static struct tally start(void)
{
    struct tally tally;
    assert_int_equal(tally_init(&tally, N_SERIES, SAMPLES), DREDGE_OK);
    return tally;
}

/* Mean, standard deviation and quantiles of 1 .. 1000 thousandths less a half: (i - 1/2) / 1000. */
static void test_uniform(void **state)
{
    (void)state;
    struct tally tally = start();
    for (int i = 1; i <= 1000; i++) {
        float value = ((float)i - 0.5F) / 1000;
        tally_count(&tally, SERIES_trust, 1, 1, &value);
        tally.n[1]++;
    }
    float out[N_STATISTICS][SAMPLES];
    tally_statistics(&tally, SERIES_trust, &out[0][0]);
    assert_close(out[TALLY_MEAN][1], 0.5, 1e-7);
    assert_close(out[TALLY_SD][1], sqrt((1e6 - 1) / 12e6 * 1000 / 999), 1e-7); /* n / (n - 1) (n^2 - 1) / 12 n^2 */
    static const double shares[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    for (int index = 0; index < 5; index++) {
        assert_close(out[TALLY_Q05 + index][1], shares[index], 1.0 / TALLY_BINS);
    }
    assert_true(isnan(out[TALLY_MEAN][0]) && isnan(out[TALLY_Q50][0])); /* nothing counted */
    tally_free(&tally);
    assert_null(tally.n);
    tally_free(&tally);
}

/* The same value everywhere has no spread, and quantiles within one bin of it. */
static void test_constant(void **state)
{
    (void)state;
    static const float values[] = {0.0F, 0.3F, 1.0F};
    struct tally tally = start();
    for (int sample = 0; sample < SAMPLES; sample++) {
        float lanes[16];
        for (int lane = 0; lane < 16; lane++) {
            lanes[lane] = values[sample];
        }
        for (int batch = 0; batch < 100; batch++) {
            tally_count(&tally, SERIES_momentum, sample, 16, lanes);
            tally.n[sample] += 16;
        }
    }
    float out[N_STATISTICS][SAMPLES];
    tally_statistics(&tally, SERIES_momentum, &out[0][0]);
    for (int sample = 0; sample < SAMPLES; sample++) {
        assert_close(out[TALLY_MEAN][sample], (double)values[sample], 1e-7);
        assert_close(out[TALLY_SD][sample], 0, 2e-5); /* sqrt(2^-33), the rounding of squares */
        for (int statistic = TALLY_Q05; statistic <= TALLY_Q95; statistic++) {
            assert_close(out[statistic][sample], (double)values[sample], 1.0 / TALLY_BINS);
        }
    }
    tally_free(&tally);
}

/* Series that are counts have a top above 1: values are in units of it, and may exceed it. */
static void test_top(void **state)
{
    (void)state;
    assert_close(series_infos[SERIES_quick_results].top, 16, 0);
    struct tally tally = start();
    const float values[] = {0, 4, 8, 40};
    tally_count(&tally, SERIES_quick_results, 2, 4, values);
    tally.n[2] += 4;
    float out[N_STATISTICS][SAMPLES];
    tally_statistics(&tally, SERIES_quick_results, &out[0][0]);
    assert_close(out[TALLY_MEAN][2], 13, 1e-5);
    assert_close(out[TALLY_SD][2], sqrt((169.0 + 81 + 25 + 729) / 3), 1e-4);
    assert_close(out[TALLY_Q25][2], 0, 16.0 / TALLY_BINS);
    assert_close(out[TALLY_Q50][2], 4, 16.0 / TALLY_BINS);
    assert_close(out[TALLY_Q95][2], 16, 16.0 / TALLY_BINS); /* the last bin */
    tally_free(&tally);
}

static void test_one(void **state)
{
    (void)state;
    struct tally tally = start();
    const float value = 0.25F;
    tally_count(&tally, SERIES_open, 0, 1, &value);
    tally.n[0]++;
    float out[N_STATISTICS][SAMPLES];
    tally_statistics(&tally, SERIES_open, &out[0][0]);
    assert_close(out[TALLY_MEAN][0], 0.25, 0);
    assert_true(isnan(out[TALLY_SD][0])); /* of one, undefined */
    tally_free(&tally);
}

/* Gathered in any order, in any parts, the integers are the same. */
static void test_order(void **state)
{
    (void)state;
    enum { N = 960 };
    float values[N];
    srand(1);
    for (int index = 0; index < N; index++) {
        values[index] = (float)rand() / (float)RAND_MAX;
    }
    struct tally whole = start(), parts[2] = {start(), start()};
    for (int index = 0; index < N; index += 16) {
        tally_count(&whole, SERIES_budget, 0, 16, values + index);
        whole.n[0] += 16;
    }
    for (int index = N - 1; index >= 0; index--) {
        struct tally *part = &parts[index % 3 == 0];
        tally_count(part, SERIES_budget, 0, 1, values + index);
        part->n[0]++;
    }
    tally_add(&parts[0], &parts[1]);
    size_t cells = (size_t)N_SERIES * SAMPLES;
    assert_memory_equal(whole.n, parts[0].n, SAMPLES * sizeof *whole.n);
    assert_memory_equal(whole.sum, parts[0].sum, cells * sizeof *whole.sum);
    assert_memory_equal(whole.sum_squares, parts[0].sum_squares, cells * sizeof *whole.sum_squares);
    assert_memory_equal(whole.bins, parts[0].bins, cells * TALLY_BINS * sizeof *whole.bins);
    tally_free(&whole);
    tally_free(&parts[0]);
    tally_free(&parts[1]);
}

/* Values that no model makes must not do harm. */
static void test_extremes(void **state)
{
    (void)state;
    struct tally tally = start();
    const float values[] = {-1, 3e38F, -3e38F};
    tally_count(&tally, SERIES_quick_results, 0, 3, values);
    tally.n[0] += 3;
    size_t cell = (size_t)SERIES_quick_results * SAMPLES;
    assert_int_equal(tally.bins[cell * TALLY_BINS], 2);
    assert_int_equal(tally.bins[cell * TALLY_BINS + TALLY_BINS - 1], 1);
    tally_free(&tally);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(statistic_names[TALLY_MEAN], "mean");
    assert_string_equal(statistic_names[TALLY_SD], "sd");
    assert_string_equal(statistic_names[TALLY_Q05], "q05");
    assert_string_equal(statistic_names[TALLY_Q95], "q95");
}

/* The paired difference to the baseline: its mean and variance as of the list of differences, however it is counted; no pairs
 * have neither, and one has no variance. */
static void test_pairs(void **state)
{
    (void)state;
    static const float values[] = {0.5F, 0.25F, 1, 0.125F}, baseline[] = {0.25F, 0.5F, 0.5F, 0.125F};
    struct tally whole = start(), first = start(), second = start();
    float out[N_MOMENTS][SAMPLES], sum[N_MOMENTS][SAMPLES];
    tally_count_pairs(&whole, SERIES_trust, 1, 4, values, baseline);
    whole.n_pairs[1] = 4;
    tally_moments(&whole, SERIES_trust, &out[0][0]);
    /* differences 0.25, -0.25, 0.5, 0: mean 0.125, sum of squares 0.375, variance (0.375 - 4 * 0.125^2) / 3 */
    assert_close(out[TALLY_DIFFERENCE_MEAN][1], 0.125, 1e-7);
    assert_close(out[TALLY_DIFFERENCE_VARIANCE][1], (0.375 - 4 * 0.125 * 0.125) / 3, 1e-7);
    assert_true(isnan(out[TALLY_DIFFERENCE_MEAN][0]) && isnan(out[TALLY_DIFFERENCE_VARIANCE][0]));
    tally_count_pairs(&first, SERIES_trust, 1, 1, values, baseline);
    first.n_pairs[1] = 1;
    tally_moments(&first, SERIES_trust, &sum[0][0]);
    assert_true(isnan(sum[TALLY_DIFFERENCE_VARIANCE][1]));
    tally_count_pairs(&second, SERIES_trust, 1, 3, values + 1, baseline + 1);
    second.n_pairs[1] = 3;
    tally_add(&second, &first);
    tally_moments(&second, SERIES_trust, &sum[0][0]);
    assert_memory_equal(&sum[TALLY_DIFFERENCE_MEAN][1], &out[TALLY_DIFFERENCE_MEAN][1], sizeof(float));
    assert_memory_equal(&sum[TALLY_DIFFERENCE_VARIANCE][1], &out[TALLY_DIFFERENCE_VARIANCE][1], sizeof(float));
    tally_clear(&second);
    tally_moments(&second, SERIES_trust, &sum[0][0]);
    assert_true(isnan(sum[TALLY_DIFFERENCE_MEAN][1]));
    tally_free(&whole);
    tally_free(&first);
    tally_free(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uniform), cmocka_unit_test(test_constant), cmocka_unit_test(test_top),
        cmocka_unit_test(test_one),     cmocka_unit_test(test_order),    cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_names),   cmocka_unit_test(test_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
