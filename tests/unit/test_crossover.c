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

/* Bonferroni by hand: two months, 19 units, t quantile at 1 - 0.05/4 with 18 degrees is 2.445 (tables: 2.4450). */
static void moments(void **state)
{
    (void)state;
    const double difference[2] = {-0.5, 1};
    const double se[2] = {0.1, 0.2};
    struct band band;
    struct crossover crossover;
    assert_int_equal(band_from_moments(19, 2, difference, se, 0.95, &band), DREDGE_OK);
    assert_false(band.simultaneous_by_bootstrap);
    assert_close(band.critical, 2.4450, 1e-4);
    assert_close(band.high[1], 1 + 2.4450 * 0.2, 1e-4);
    crossover_find(&band, &crossover);
    assert_int_equal(crossover.leader, 1);
    assert_int_equal(crossover.from, 1);
    assert_int_equal(crossover.clear_from, 1);
    band_free(&band);
    assert_int_equal(band_from_moments(1, 2, difference, se, 0.95, &band), DREDGE_FILE);
}

/* Seven months whose bands are above 0 in the second and third and the last, below it in the fourth and fifth. */
static void stretches(void **state)
{
    (void)state;
    const double difference[7] = {0.1, 3, 3, -3, -3, 0, 3};
    const double se[7] = {1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    struct band band;
    struct stretch found[1];
    assert_int_equal(band_from_moments(30, 7, difference, se, 0.95, &band), DREDGE_OK);
    assert_int_equal(band_stretches(&band, 1, 1, found), 2);
    assert_int_equal(found[0].first, 1);
    assert_int_equal(found[0].last, 2);
    assert_int_equal(band_stretches(&band, -1, 1, found), 1);
    assert_int_equal(found[0].first, 3);
    assert_int_equal(found[0].last, 4);
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
        cmocka_unit_test(shared_luck), cmocka_unit_test(independent_months), cmocka_unit_test(moments),
        cmocka_unit_test(stretches),   cmocka_unit_test(equal_or_too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
