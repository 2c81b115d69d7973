/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/stream_gsl.h"
#include "analysis/crossover.h"
#include "testing.h"

enum { N = 120, MONTHS = 60 };

static float a[N * MONTHS], b[N * MONTHS];

/* Differences are 0.02 (m - 20) plus luck that all months of a replicate share, so the band is that of one month: the
 * critical value is near the two-sided normal quantile 1.96, t with 119 degrees 1.98. */
static void shared_luck(void **state)
{
    (void)state;
    for (int k = 0; k < N; k++) {
        float luck = (float)gsl_cdf_ugaussian_Pinv((k + 0.5) / N) * 0.1F;
        for (int m = 0; m < MONTHS; m++) {
            b[k * MONTHS + m] = 0.5F + 0.001F * (float)(k % 7);
            a[k * MONTHS + m] = b[k * MONTHS + m] + luck + 0.02F * (float)(m - 20);
        }
    }
    struct band band;
    struct crossover crossover;
    assert_int_equal(band_from_runs(N, MONTHS, a, b, 0.95, 1, &band), DREDGE_OK);
    assert_true(band.simultaneous_by_bootstrap);
    assert_int_equal(band.n_replicates, N);
    assert_close(band.difference[40], 0.4, 1e-6);
    assert_close(band.se[40], 0.1 / sqrt(N), 3e-4);
    assert_close(band.critical, 1.98, 0.2);
    crossover_find(&band, &crossover);
    assert_int_equal(crossover.leader, 1);
    assert_int_equal(crossover.from, 21);
    assert_int_equal(crossover.clear_from, 21); /* 0.02 is more than the half width of 0.018 */
    band_free(&band);
}

/* Independent months: the critical value of max |t| over 60 months is near the Sidak value for 119 degrees of freedom,
 * the t quantile at (1 + 0.95^(1/60)) / 2 = 3.39 (the Bonferroni one is 3.40). */
static void independent_months(void **state)
{
    (void)state;
    struct stream_address address = {.seed = 5, .purpose = 20, .entity = 99};
    gsl_rng *rng = stream_gsl_new(&address);
    for (int i = 0; i < N * MONTHS; i++) {
        a[i] = (float)gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(rng));
        b[i] = 0;
    }
    gsl_rng_free(rng);
    struct band band;
    struct crossover crossover;
    assert_int_equal(band_from_runs(N, MONTHS, a, b, 0.95, 1, &band), DREDGE_OK);
    assert_close(band.critical, gsl_cdf_tdist_Pinv((1 + pow(0.95, 1.0 / MONTHS)) / 2, N - 1), 0.25);
    crossover_find(&band, &crossover);
    assert_int_equal(crossover.clear_from, -1);
    band_free(&band);
    a[3] = NAN; /* its replicate leaves */
    assert_int_equal(band_from_runs(N, MONTHS, a, b, 0.95, 1, &band), DREDGE_OK);
    assert_int_equal(band.n_replicates, N - 1);
    band_free(&band);
}

/* Bonferroni by hand: two months, 10 runs each, t quantile at 1 - 0.05/4 with 18 degrees is 2.445 (tables: 2.4450). */
static void summaries(void **state)
{
    (void)state;
    const float mean_a[2] = {1.0F, 2.0F};
    const float mean_b[2] = {1.5F, 1.0F};
    const float sd[2] = {0.3F, 0.3F};
    struct band band;
    struct crossover crossover;
    assert_int_equal(band_from_summaries(10, 2, mean_a, sd, mean_b, sd, 0.95, &band), DREDGE_OK);
    assert_false(band.simultaneous_by_bootstrap);
    assert_close(band.critical, 2.4450, 1e-4);
    assert_close(band.se[0], sqrt(2 * 0.09 / 10), 1e-7);
    assert_close(band.high[1], 1 + 2.4450 * sqrt(0.018), 1e-4);
    crossover_find(&band, &crossover);
    assert_int_equal(crossover.leader, 1);
    assert_int_equal(crossover.from, 1);
    assert_int_equal(crossover.clear_from, 1);
    band_free(&band);
}

static void equal_or_too_few(void **state)
{
    (void)state;
    struct band band;
    struct crossover crossover;
    for (int i = 0; i < N * MONTHS; i++) {
        a[i] = b[i] = (float)(i % 5);
    }
    assert_int_equal(band_from_runs(N, MONTHS, a, b, 0.95, 1, &band), DREDGE_OK);
    crossover_find(&band, &crossover);
    assert_int_equal(crossover.leader, 0);
    assert_int_equal(crossover.from, -1);
    band_free(&band);
    assert_int_equal(band_from_runs(1, MONTHS, a, b, 0.95, 1, &band), DREDGE_FILE);
    status_clear();
    assert_null(band.difference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_luck),
        cmocka_unit_test(independent_months),
        cmocka_unit_test(summaries),
        cmocka_unit_test(equal_or_too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
