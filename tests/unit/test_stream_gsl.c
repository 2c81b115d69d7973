/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "fit.h"
#include "base/stream_gsl.h"

static const struct stream_address HERE = {
    .seed = 5, .replicate = 2, .purpose = 18, .entity = 9, .month = 40, .index = 3};

/* Number k of a stream with index i is word k % 4 of the block with index i 2^24 + k / 4. */
static void numbers_are_words(void **state)
{
    (void)state;
    gsl_rng *generator = stream_gsl_new(&HERE);
    assert_non_null(generator);
    assert_int_equal(gsl_rng_min(generator), 0);
    assert_int_equal(gsl_rng_max(generator), UINT32_MAX);
    for (uint32_t k = 0; k < 4000; k++) {
        struct stream_address address = HERE;
        uint32_t words[4];
        address.index = (HERE.index << 24) + k / 4;
        stream_words(&address, words);
        assert_int_equal(gsl_rng_get(generator), words[k % 4]);
    }
    gsl_rng_free(generator);
}

/* gsl_rng_uniform is word / 2^32, in [0, 1). */
static void uniforms(void **state)
{
    (void)state;
    gsl_rng *words = stream_gsl_new(&HERE);
    gsl_rng *uniforms = stream_gsl_new(&HERE);
    assert_true(words != NULL && uniforms != NULL);
    for (int k = 0; k < 1000; k++) {
        double expected = (double)gsl_rng_get(words) / 4294967296.0;
        assert_true(gsl_rng_uniform(uniforms) == expected);
        assert_true(expected < 1);
    }
    gsl_rng_free(words);
    gsl_rng_free(uniforms);
}

/* A copy goes on where the original is; both keep the address. */
static void copies(void **state)
{
    (void)state;
    gsl_rng *one = stream_gsl_new(&HERE);
    assert_non_null(one);
    (void)gsl_rng_get(one);
    gsl_rng *other = gsl_rng_clone(one);
    assert_non_null(other);
    for (int k = 0; k < 100; k++) {
        assert_int_equal(gsl_rng_get(one), gsl_rng_get(other));
    }
    gsl_rng_free(one);
    gsl_rng_free(other);
}

static double gamma_cdf(double x, const void *context)
{
    (void)context;
    return gsl_cdf_gamma_P(x, 2.5, 1.0);
}

static double gaussian_cdf(double x, const void *context)
{
    (void)context;
    return gsl_cdf_ugaussian_P(x);
}

/* GSL's own samplers, which take varying numbers of draws, on streams one after the other. False alarm 1e-6 each. */
static void gsl_distributions(void **state)
{
    (void)state;
    enum { N = 50000 };
    double *gammas = malloc(N * sizeof *gammas);
    double *gaussians = malloc(N * sizeof *gaussians);
    assert_true(gammas != NULL && gaussians != NULL);
    for (uint32_t k = 0; k < N; k++) {
        struct stream_address address = {11, k % 100, 18, 0, k / 100, 1};
        gsl_rng *generator = stream_gsl_new(&address);
        assert_non_null(generator);
        gammas[k] = gsl_ran_gamma(generator, 2.5, 1.0);
        gaussians[k] = gsl_ran_gaussian_ziggurat(generator, 1.0);
        gsl_rng_free(generator);
    }
    assert_true(fit_ks(N, gammas, gamma_cdf, NULL) > FIT_ALARM);
    assert_true(fit_ks(N, gaussians, gaussian_cdf, NULL) > FIT_ALARM);
    free(gammas);
    free(gaussians);
}

/* The same number as gsl_ran_poisson on a generator of its own, and the right distribution. False alarm 1e-6 each. */
static void poisson(void **state)
{
    (void)state;
    const double means[] = {0.5, 16.5, 40, 300};
    enum { N = 20000, CELLS = 600 };
    for (int m = 0; m < 4; m++) {
        double counts[CELLS] = {0};
        double expected[CELLS];
        for (unsigned k = 0; k < CELLS; k++) {
            expected[k] = N * gsl_ran_poisson_pdf(k, means[m]);
        }
        for (uint32_t k = 0; k < N; k++) {
            struct stream_address address = {3, k, 18, 0, 7, 2};
            unsigned number = stream_gsl_poisson(&address, means[m]);
            if (k < 100) {
                gsl_rng *generator = stream_gsl_new(&address);
                assert_non_null(generator);
                assert_int_equal(number, gsl_ran_poisson(generator, means[m]));
                gsl_rng_free(generator);
            }
            assert_between(number, 0, CELLS - 1);
            counts[number]++;
        }
        assert_true(fit_chi_square(CELLS, counts, expected) > FIT_ALARM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_words), cmocka_unit_test(uniforms), cmocka_unit_test(copies),
        cmocka_unit_test(gsl_distributions), cmocka_unit_test(poisson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
