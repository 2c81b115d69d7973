/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_qrng.h>

#include "analysis/prim.h"
#include "testing.h"

enum { N = 1000, K = 4 };

static double x[N * K];
static signed char interest[N];

static void fill(void)
{
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, K);
    for (int p = 0; p < N; p++) {
        gsl_qrng_get(sequence, x + (size_t)p * K);
    }
    gsl_qrng_free(sequence);
}

/* A planted box, x0 > 0.6 and x2 < 0.5: one fifth of the points, all of interest, none outside. PRIM finds exactly it:
 * density and coverage 1, mass 0.2, both restrictions beyond chance, the other factors left alone. */
static void planted_box(void **state)
{
    (void)state;
    fill();
    int n = 0;
    for (int p = 0; p < N; p++) {
        interest[p] = x[p * K] > 0.6 && x[p * K + 2] < 0.5;
        n += interest[p];
    }
    struct prim prim;
    struct prim_options options = prim_defaults();
    assert_int_equal(prim_compute(N, K, x, interest, &options, &prim), DREDGE_OK);
    assert_int_equal(prim.n_cases, n);
    assert_int_equal(prim.n_boxes, 1);
    const struct prim_box *box = &prim.boxes[0];
    assert_close(box->density, 1, 0.02);
    assert_close(box->coverage, 1, 0.06);
    assert_close(box->mass, 0.2, 0.02);
    assert_int_equal(box->n_restricted, 2);
    assert_true(box->limits[0].has_low && !box->limits[0].has_high);
    assert_close(box->limits[0].low, 0.6, 0.03);
    assert_true(box->limits[2].has_high && !box->limits[2].has_low);
    assert_close(box->limits[2].high, 0.5, 0.03);
    assert_true(box->limits[0].quasi_p < 1e-6 && box->limits[2].quasi_p < 1e-6);
    assert_true(isnan(box->limits[1].quasi_p));
    assert_true(prim.n_steps > 10 && prim.steps[0].mass == 1 && prim.steps[0].n_restricted == 0);
    prim_free(&prim);
}

/* Two separate boxes, of 12% and 6% of the points, are found one after the other. */
static void two_boxes(void **state)
{
    (void)state;
    fill();
    for (int p = 0; p < N; p++) {
        const double *own = x + (size_t)p * K;
        interest[p] = (own[0] < 0.4 && own[1] < 0.3) || (own[2] > 0.8 && own[3] > 0.7);
    }
    struct prim prim;
    struct prim_options options = prim_defaults();
    assert_int_equal(prim_compute(N, K, x, interest, &options, &prim), DREDGE_OK);
    assert_true(prim.n_boxes >= 2);
    assert_true(prim.boxes[0].density > 0.9 && prim.boxes[1].density > 0.8);
    assert_true(prim.boxes[0].limits[0].has_high && prim.boxes[0].limits[1].has_high);
    assert_true(prim.boxes[1].limits[2].has_low && prim.boxes[1].limits[3].has_low);
    assert_true(prim.boxes[0].coverage + prim.boxes[1].coverage > 0.85);
    prim_free(&prim);
}

/* The worked numbers of a box by hand: eight points on a grid of one factor with values 1..4, twice each; interest where
 * the value is 4. The box is x >= 4: density 1, coverage 1, mass 1/4; quasi-p = P(Binomial(2, 2/8) >= 2) = 1/16, so it
 * is dropped at 0.05 and kept at 0.1. */
static void by_hand(void **state)
{
    (void)state;
    const double values[8] = {1, 1, 2, 2, 3, 3, 4, 4};
    const signed char cases[8] = {0, 0, 0, 0, 0, 0, 1, 1};
    struct prim prim;
    struct prim_options options = prim_defaults();
    assert_int_equal(prim_compute(8, 1, values, cases, &options, &prim), DREDGE_OK);
    assert_int_equal(prim.n_boxes, 0);
    prim_free(&prim);
    options.quasi_p = 0.1;
    assert_int_equal(prim_compute(8, 1, values, cases, &options, &prim), DREDGE_OK);
    assert_int_equal(prim.n_boxes, 1);
    assert_close(prim.boxes[0].density, 1, 0);
    assert_close(prim.boxes[0].coverage, 1, 0);
    assert_close(prim.boxes[0].mass, 0.25, 0);
    assert_close(prim.boxes[0].limits[0].low, 4, 0);
    assert_close(prim.boxes[0].limits[0].quasi_p, 1.0 / 16, 1e-15);
    prim_free(&prim);
}

/* No box where there is nothing to find: no cases, only cases, or cases that do not depend on any factor. */
static void nothing_to_find(void **state)
{
    (void)state;
    fill();
    struct prim prim;
    struct prim_options options = prim_defaults();
    for (signed char all = -1; all <= 1; all++) {
        for (int p = 0; p < N; p++) {
            interest[p] = all;
        }
        assert_int_equal(prim_compute(N, K, x, interest, &options, &prim), DREDGE_OK);
        assert_int_equal(prim.n_boxes, 0);
        assert_int_equal(prim.n_points, all < 0 ? 0 : N);
        prim_free(&prim);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_box),
        cmocka_unit_test(two_boxes),
        cmocka_unit_test(by_hand),
        cmocka_unit_test(nothing_to_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
