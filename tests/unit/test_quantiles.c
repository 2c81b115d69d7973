/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "fit.h"
#include "base/digest.h"
#include "base/stream.h"
#include "engine/quantiles.h"

struct beta {
    double a, b;
};

static double beta_cdf(double x, const void *context)
{
    const struct beta *beta = context;
    return gsl_cdf_beta_P(x, beta->a, beta->b);
}

static struct quantiles made(double mean, double concentration)
{
    struct quantiles quantiles;
    memset(&quantiles, 0, sizeof quantiles);
    quantiles_make(&quantiles, mean, concentration);
    return quantiles;
}

/* Every knot is the quantile, P(knot) = k / 1024, to less than one step of a float. Besides
 * the means of the defaults: very narrow and very skewed distributions, and such as have their mass at both ends. */
static void knots(void **state)
{
    (void)state;
    static const double means[] = {0.4,  0.75, 0.5, 0.01, 0.001, 0.999,     1e-6, 1e-6, 1e-30,
                                   0.01, 0.1,  0.9, 0.3,  0.98,  0.9999999, 0.5,  0.5};
    static const double concentrations[] = {20, 20,  20, 5,    20, 20,   1000,  1e-6,  20,
                                            1,  0.1, 2,  1e-4, 50, 1000, 10000, 100000};
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    for (size_t pair = 0; pair < sizeof means / sizeof *means; pair++) {
        struct beta beta = {means[pair] * concentrations[pair], (1 - means[pair]) * concentrations[pair]};
        struct quantiles quantiles = made(means[pair], concentrations[pair]);
        assert_true(quantiles.knot[0] == 0.0F);
        assert_true(quantiles.knot[QUANTILE_STEPS] == 1.0F && quantiles.knot[QUANTILE_STEPS + 1] == 1.0F);
        for (int k = 1; k < QUANTILE_STEPS; k++) {
            double u = (double)k / QUANTILE_STEPS;
            float below = nextafterf(quantiles.knot[k], 0);
            float above = nextafterf(quantiles.knot[k], 1);
            assert_true(beta_cdf((double)below, &beta) <= u + 1e-12);
            assert_true(beta_cdf((double)above, &beta) >= u - 1e-12);
        }
    }
    gsl_set_error_handler(handler);
}

/* Beta(m, 1) and Beta(1, m) have quantiles of one line: u^(1/m) and 1 - (1 - u)^(1/m); Beta(1/2, 1/2) has
 * sin(pi u / 2)^2 (the arcsine law). Knots are these, rounded to the nearest float. */
static void closed_forms(void **state)
{
    (void)state;
    struct quantiles power = made(3.0 / 4, 4);
    struct quantiles mirrored = made(1.0 / 4, 4);
    struct quantiles uniform = made(0.5, 2);
    struct quantiles arcsine = made(0.5, 1);
    for (int k = 1; k < QUANTILE_STEPS; k++) {
        double u = (double)k / QUANTILE_STEPS;
        double sine = sin(acos(-1) * u / 2);
        assert_close((double)power.knot[k], cbrt(u), 0.51 * FLT_EPSILON / 2);
        assert_close((double)mirrored.knot[k], 1 - cbrt(1 - u), 0.51 * FLT_EPSILON / 2);
        assert_close((double)uniform.knot[k], u, 0.51 * FLT_EPSILON / 2);
        assert_close((double)arcsine.knot[k], sine * sine, 0.51 * FLT_EPSILON / 2);
    }
}

/* The bits of the tables, whatever compiler, processor and C library: made of operations that IEEE 754 rounds correctly.
 * The number was recorded on x86-64 when the tables agreed with GSL as the other tests say. */
static void same_bits(void **state)
{
    (void)state;
    struct digest digest;
    digest_begin(&digest);
    for (int m = 1; m < 40; m++) {
        for (double concentration = 0.01; concentration < 1e5; concentration *= 5) {
            struct quantiles quantiles = made(m / 40.0, concentration);
            digest_floats(&digest, QUANTILE_STEPS + 2, quantiles.knot);
        }
    }
    char hex[33];
    digest_hex(&digest, hex);
    assert_string_equal(hex, "98153a1ca3f6fe178b088dee172fb9cf");
}

/* Any mean and concentration that a study may give: finite, within 0..1, ascending, and with the right mean. The mean of
 * the polygon is off by at most the outer steps, 2 / 1024. */
static void every_table_is_usable(void **state)
{
    (void)state;
    static const double means[] = {1e-6, 0.001, 0.1, 0.5, 0.9, 0.9999999};
    static const double concentrations[] = {1e-6, 0.1, 2, 20, 1000, 100000};
    for (int m = 0; m < 6; m++) {
        for (int c = 0; c < 6; c++) {
            struct quantiles quantiles = made(means[m], concentrations[c]);
            double mean = 0;
            for (int k = 0; k < QUANTILE_STEPS; k++) {
                assert_true(quantiles.knot[k] >= 0.0F && quantiles.knot[k + 1] <= 1.0F);
                assert_true(quantiles.knot[k] <= quantiles.knot[k + 1]);
                mean += (double)(quantiles.knot[k] + quantiles.knot[k + 1]) / 2 / QUANTILE_STEPS;
            }
            assert_close(mean, means[m], 2.0 / QUANTILE_STEPS);
        }
    }
}

static void constants(void **state)
{
    (void)state;
    const double cases[][2] = {{0, 20}, {1, 20}, {0.3, 0}};
    for (int k = 0; k < 3; k++) {
        struct quantiles quantiles = made(cases[k][0], cases[k][1]);
        for (uint32_t word = 0; word < 0xFFFF0000U; word += 0x00FEDCBAU) {
            assert_true(quantiles_at(&quantiles, stream_uniform(word)) == (float)cases[k][0]);
        }
    }
}

/* Linear between knots, and within the table at both ends of what a uniform number can be. */
static void between_knots(void **state)
{
    (void)state;
    struct quantiles quantiles = made(0.4, 20);
    for (int k = 0; k < QUANTILE_STEPS; k++) {
        float middle = quantiles_at(&quantiles, ((float)k + 0.5F) / QUANTILE_STEPS);
        assert_close((double)middle, ((double)quantiles.knot[k] + (double)quantiles.knot[k + 1]) / 2, 1e-7);
        assert_true(quantiles_at(&quantiles, (float)k / QUANTILE_STEPS) == quantiles.knot[k]);
    }
    assert_close((double)quantiles_at(&quantiles, stream_uniform(0)), 0, 2e-4 * (double)quantiles.knot[1]);
    float last = quantiles_at(&quantiles, stream_uniform(UINT32_MAX));
    assert_close((double)last, 1, 2e-4 * (1 - (double)quantiles.knot[QUANTILE_STEPS - 1]));
    assert_true(last <= 1.0F);
}

/* A table that is there is kept; another one replaces it. */
static void made_again(void **state)
{
    (void)state;
    struct quantiles quantiles = made(0.4, 20);
    quantiles.knot[512] = 0.125F;
    quantiles_make(&quantiles, 0.4, 20);
    assert_true(quantiles.knot[512] == 0.125F);
    quantiles_make(&quantiles, 0.4, 21);
    assert_close((double)quantiles.knot[512], gsl_cdf_beta_Pinv(0.5, 8.4, 12.6), 1e-7);
}

/* 100,000 draws for the means of the defaults (trust, momentum, skill). False alarm 1e-6 each; the chords displace
 * the distribution by less than 1/1024, far within what 100,000 draws can see (0.0085). */
static void draws(void **state)
{
    (void)state;
    enum { N = 100000 };
    static const double means[] = {0.4, 0.75, 0.5};
    double *values = malloc(N * sizeof *values);
    assert_non_null(values);
    for (int m = 0; m < 3; m++) {
        struct beta beta = {20 * means[m], 20 * (1 - means[m])};
        struct quantiles quantiles = made(means[m], 20);
        for (uint32_t k = 0; k < N; k++) {
            struct stream_address address = {99, k, 3, 0, 0, (uint32_t)m};
            uint32_t words[4];
            stream_words(&address, words);
            values[k] = (double)quantiles_at(&quantiles, stream_uniform(words[0]));
        }
        assert_true(fit_ks(N, values, beta_cdf, &beta) > FIT_ALARM);
    }
    free(values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knots),      cmocka_unit_test(closed_forms),
        cmocka_unit_test(same_bits),  cmocka_unit_test(every_table_is_usable),
        cmocka_unit_test(constants),  cmocka_unit_test(between_knots),
        cmocka_unit_test(made_again), cmocka_unit_test(draws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
