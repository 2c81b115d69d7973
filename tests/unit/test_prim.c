/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_qrng.h>

#include "analysis/prim.h"
#include "testing.h"

enum { N = 1000, K = 4 };

static double x[N * 8];
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
    assert_int_equal(prim_compute(N, K, x, NULL, interest, &options, &prim), DREDGE_OK);
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
    assert_int_equal(prim_compute(N, K, x, NULL, interest, &options, &prim), DREDGE_OK);
    assert_true(prim.n_boxes >= 2);
    assert_true(prim.boxes[0].density > 0.9 && prim.boxes[1].density > 0.8);
    assert_true(prim.boxes[0].limits[0].has_high && prim.boxes[0].limits[1].has_high);
    assert_true(prim.boxes[1].limits[2].has_low && prim.boxes[1].limits[3].has_low);
    assert_true(prim.boxes[0].coverage + prim.boxes[1].coverage > 0.85);
    prim_free(&prim);
}

/* The worked numbers of a box by hand: eight points on a grid of one factor with values 1..4, twice each; interest where
 * the value is 4. The box is x >= 4: density 1, coverage 1, mass 1/4; P(Binomial(2, 2/8) >= 2) = 1/16. The search looked
 * at six peels (both sides while 4, 3 and 2 values are left), so quasi-p is 6/16: dropped at 0.05 and kept at 0.4. */
static void by_hand(void **state)
{
    (void)state;
    const double values[8] = {1, 1, 2, 2, 3, 3, 4, 4};
    const signed char cases[8] = {0, 0, 0, 0, 0, 0, 1, 1};
    struct prim prim;
    struct prim_options options = prim_defaults();
    assert_int_equal(prim_compute(8, 1, values, NULL, cases, &options, &prim), DREDGE_OK);
    assert_int_equal(prim.n_boxes, 0);
    prim_free(&prim);
    options.quasi_p = 0.4;
    assert_int_equal(prim_compute(8, 1, values, NULL, cases, &options, &prim), DREDGE_OK);
    assert_int_equal(prim.n_boxes, 1);
    assert_close(prim.boxes[0].density, 1, 0);
    assert_close(prim.boxes[0].coverage, 1, 0);
    assert_close(prim.boxes[0].mass, 0.25, 0);
    assert_close(prim.boxes[0].limits[0].low, 4, 0);
    assert_close(prim.boxes[0].limits[0].quasi_p, 6.0 / 16, 1e-15);
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
        assert_int_equal(prim_compute(N, K, x, NULL, interest, &options, &prim), DREDGE_OK);
        assert_int_equal(prim.n_boxes, 0);
        assert_int_equal(prim.n_points, all < 0 ? 0 : N);
        prim_free(&prim);
    }
}

/* A flag and an unordered category: cases where the flag is 0 and the category is not 1. They are left out as categories,
 * not by limits. */
static void categories(void **state)
{
    (void)state;
    enum { M = 240 };
    double values[M * 2];
    signed char cases[M];
    static const enum prim_kind kinds[2] = {PRIM_CATEGORY, PRIM_CATEGORY};
    for (int p = 0; p < M; p++) {
        values[2 * p] = p % 2;
        values[2 * p + 1] = p / 2 % 3;
        cases[p] = p % 2 == 0 && p / 2 % 3 != 1;
    }
    struct prim prim;
    struct prim_options options = prim_defaults();
    assert_int_equal(prim_compute(M, 2, values, kinds, cases, &options, &prim), DREDGE_OK);
    assert_int_equal(prim.n_boxes, 1);
    const struct prim_limit *limits = prim.boxes[0].limits;
    assert_true(limits[0].is_chosen && limits[0].left_out == 2);
    assert_true(limits[1].is_chosen && limits[1].left_out == 2);
    assert_false(limits[0].has_low || limits[0].has_high);
    assert_close(prim.boxes[0].density, 1, 0);
    assert_close(prim.boxes[0].coverage, 1, 0);
    prim_free(&prim);
}

/* Most points are cases (73%), and one value of a factor holds cases only: the box is that value, though no box without it
 * would have a larger harmonic mean of density and coverage than all points have. */
static void against_the_base_rate(void **state)
{
    (void)state;
    enum { M = 400 };
    double values[M];
    signed char cases[M];
    for (int p = 0; p < M; p++) {
        values[p] = p % 4;
        cases[p] = p % 4 == 3 || p / 4 % 8 < 5;
    }
    struct prim prim;
    struct prim_options options = prim_defaults();
    assert_int_equal(prim_compute(M, 1, values, NULL, cases, &options, &prim), DREDGE_OK);
    assert_close((double)prim.n_cases / M, 0.73, 0.005);
    assert_int_equal(prim.n_boxes, 1);
    assert_true(prim.boxes[0].limits[0].has_low);
    assert_close(prim.boxes[0].limits[0].low, 3, 0);
    assert_close(prim.boxes[0].density, 1, 0);
    assert_int_equal(prim.boxes[0].n_points, 100);
    prim_free(&prim);
}

/* Reads tests/data/prim/NAME.csv; returns the number of points. */
static int read_data(const char *name, double *reference, int *n_factors, enum prim_kind *kinds)
{
    char path[1024];
    char line[1024];
    const char *top = getenv("DREDGE_SOURCE");
    (void)snprintf(path, sizeof path, "%s/tests/data/prim/%s.csv", top != NULL ? top : ".", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    assert_int_equal(sscanf(line, "# F of the EMA Workbench: %lf", reference), 1);
    assert_non_null(fgets(line, sizeof line, file));
    *n_factors = 0;
    for (char *word = strtok(line, ",\n"); strcmp(word, "case") != 0; word = strtok(NULL, ",\n")) {
        kinds[(*n_factors)++] = strchr(word, '?') != NULL ? PRIM_CATEGORY : PRIM_NUMBER;
    }
    int n = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char *word = strtok(line, ",\n");
        for (int f = 0; f < *n_factors; f++, word = strtok(NULL, ",\n")) {
            x[n * *n_factors + f] = strtod(word, NULL);
        }
        interest[n++] = (signed char)strtol(word, NULL, 10);
    }
    (void)fclose(file);
    return n;
}

/* The largest harmonic mean of density and coverage along the peeling trajectory is that of the EMA Workbench within 0.03
 * (tests/peers/test_prim.py makes and checks the stored figures). */
static void as_the_reference(void **state)
{
    (void)state;
    static const char *const names[] = {"numbers", "whole", "flags", "common", "mixed"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        double reference = 0;
        double best = 0;
        int n_factors = 0;
        enum prim_kind kinds[16];
        struct prim prim;
        struct prim_options options = prim_defaults();
        int n = read_data(names[i], &reference, &n_factors, kinds);
        assert_int_equal(n, 400);
        assert_int_equal(prim_compute(n, n_factors, x, kinds, interest, &options, &prim), DREDGE_OK);
        for (int s = 0; s < prim.n_steps; s++) {
            double density = prim.steps[s].density;
            double coverage = prim.steps[s].coverage;
            best = fmax(best, 2 * density * coverage / (density + coverage));
        }
        assert_true(prim.n_boxes >= 1);
        const struct prim_box *box = &prim.boxes[0];
        print_message("%-8s F %.4f, reference %.4f; box 1: F %.4f, density %.2f, %d factors\n", names[i], best,
                      reference, 2 * box->density * box->coverage / (box->density + box->coverage), box->density,
                      box->n_restricted);
        assert_close(best, reference, 0.03);
        prim_free(&prim);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_box),      cmocka_unit_test(two_boxes),  cmocka_unit_test(by_hand),
        cmocka_unit_test(nothing_to_find),  cmocka_unit_test(categories), cmocka_unit_test(against_the_base_rate),
        cmocka_unit_test(as_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
