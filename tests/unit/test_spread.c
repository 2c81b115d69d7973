/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/spread.h"
#include "base/stream.h"

/* Quantiles of 0 .. 100 in any order are the levels themselves, in percent; missing values are left out. */
static void quantiles_of_a_row(void **state)
{
    (void)state;
    enum { N = 102 };
    double values[N];
    struct spread spread;
    for (int k = 0; k < N; k++) {
        values[k] = (k * 37) % 101; /* 37 and 101 have no common factor */
    }
    values[50] = NAN;
    values[101] = (50 * 37) % 101; /* k = 101 would repeat k = 0 */
    struct panel panel = {.n_points = 1, .n_replicates = N, .stride = N, .values = values};
    assert_int_equal(spread_compute(&panel, &spread), DREDGE_OK);
    assert_int_equal(spread.n, 101);
    for (int q = 0; q < SPREAD_QUANTILES; q++) {
        assert_close(spread.quantile[q], 100 * spread_levels[q], 1e-12);
    }
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Against sorting, for samples of all sizes with many ties. */
static void same_as_sorting(void **state)
{
    (void)state;
    for (int n = 1; n < 200; n++) {
        double values[200];
        struct spread spread;
        for (int k = 0; k < n; k++) {
            struct stream_address address = {1, (uint32_t)n, 0xff2, 0, 0, (uint32_t)k};
            uint32_t words[4];
            stream_words(&address, words);
            values[k] = stream_choice(words[0], (uint32_t)(1 + n / 3));
        }
        struct panel panel = {.n_points = 1, .n_replicates = n, .stride = (size_t)n, .values = values};
        assert_int_equal(spread_compute(&panel, &spread), DREDGE_OK);
        qsort(values, (size_t)n, sizeof *values, compare_doubles);
        for (int q = 0; q < SPREAD_QUANTILES; q++) {
            double place = spread_levels[q] * (n - 1);
            int below = (int)place;
            int above = below + 1 < n ? below + 1 : below;
            assert_close(spread.quantile[q], values[below] + (place - below) * (values[above] - values[below]), 1e-12);
        }
    }
}

static void nothing_and_reaching(void **state)
{
    (void)state;
    const double values[4] = {NAN, 0.5, 0.4, 0.9};
    double out[4];
    struct spread spread;
    struct panel none = {.n_points = 1, .n_replicates = 1, .stride = 1, .values = values};
    struct panel all = {.n_points = 1, .n_replicates = 4, .stride = 4, .values = values};
    assert_int_equal(spread_compute(&none, &spread), DREDGE_OK);
    assert_int_equal(spread.n, 0);
    assert_true(isnan(spread.quantile[0]));
    spread_reaching(&all, 0.5, out);
    assert_true(isnan(out[0]) && out[1] == 1 && out[2] == 0 && out[3] == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(quantiles_of_a_row), cmocka_unit_test(same_as_sorting),
                                       cmocka_unit_test(nothing_and_reaching)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
