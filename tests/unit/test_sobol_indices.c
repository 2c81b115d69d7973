/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_qrng.h>

#include "analysis/sobol_indices.h"
#include "testing.h"

typedef double test_function(int k, const double *x);

/* y over a saltelli design of a Sobol sequence, base-major: A, B, AB_1 .. AB_k, BA_1 .. BA_k. */
static double *design_of(int k, int n_rows, test_function *f)
{
    double *y = malloc(sizeof *y * (size_t)n_rows * (size_t)(2 * k + 2));
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)(2 * k));
    assert_true(y && sequence && k <= 20);
    for (int row = 0; row < n_rows; row++) {
        double place[40];
        double mixed[20];
        double *out = y + (size_t)row * (size_t)(2 * k + 2);
        gsl_qrng_get(sequence, place);
        out[0] = f(k, place);
        out[1] = f(k, place + k);
        for (int swap = 0; swap < 2 * k; swap++) {
            int from_b = swap >= k;
            for (int i = 0; i < k; i++) {
                mixed[i] = place[(from_b ? k : 0) + i];
            }
            mixed[swap % k] = place[(from_b ? 0 : k) + swap % k];
            out[2 + swap] = f(k, mixed);
        }
    }
    gsl_qrng_free(sequence);
    return y;
}

/* Ishigami & Homma 1990 with a = 7, b = 0.1, x in -pi .. pi. */
static double ishigami(int k, const double *u)
{
    (void)k;
    double x = M_PI * (2 * u[0] - 1);
    double y = M_PI * (2 * u[1] - 1);
    double z = M_PI * (2 * u[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x);
}

/* In closed form (Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, section 4.5): V1 = (1 + b pi^4/5)^2/2,
 * V2 = a^2/8, V13 = 8 b^2 pi^8 / 225, V = V1 + V2 + V13; so S = 0.3139, 0.4424, 0, S13 = 0.2437 and
 * ST = 0.5576, 0.4424, 0.2437. */
static void ishigami_indices(void **state)
{
    (void)state;
    double pi4 = pow(M_PI, 4);
    double v1 = pow(1 + 0.1 * pi4 / 5, 2) / 2;
    double v2 = 49.0 / 8;
    double v13 = 8 * 0.01 * pi4 * pi4 / 225;
    double v = v1 + v2 + v13;
    const double first[3] = {v1 / v, v2 / v, 0};
    const double total[3] = {(v1 + v13) / v, v2 / v, v13 / v};
    double *y = design_of(3, 4096, ishigami);
    struct sobol_indices out;
    assert_int_equal(sobol_indices_compute(3, 4096, y, 0.95, 400, 1, &out), DREDGE_OK);
    assert_close(out.variance, v, 0.01 * v);
    for (int i = 0; i < 3; i++) {
        assert_close(out.first[i].value, first[i], 0.01);
        assert_close(out.total[i].value, total[i], 0.01);
        assert_true(out.first[i].low <= first[i] + 0.01 && out.first[i].high >= first[i] - 0.01);
        assert_true(out.total[i].high - out.total[i].low < 0.1);
    }
    assert_close(out.second[0 * 3 + 1].value, 0, 0.01);
    assert_close(out.second[0 * 3 + 2].value, v13 / v, 0.01);
    assert_close(out.second[1 * 3 + 2].value, 0, 0.01);
    sobol_indices_free(&out);
    free(y);
}

/* Sobol's g-function, prod (|4 x - 2| + a_i) / (1 + a_i): V_i = 1 / (3 (1 + a_i)^2), V = prod (1 + V_i) - 1,
 * V_Ti = V_i prod_{j != i} (1 + V_j) (Sobol' 1993; Archer, Saltelli & Sobol' 1997), V_ij = V_i V_j. */
static const double g_a[6] = {0, 1, 4.5, 9, 99, 99};

static double g_function(int k, const double *x)
{
    double product = 1;
    for (int i = 0; i < k; i++) {
        product *= (fabs(4 * x[i] - 2) + g_a[i]) / (1 + g_a[i]);
    }
    return product;
}

static void g_function_indices(void **state)
{
    (void)state;
    double partial[6];
    double product = 1;
    for (int i = 0; i < 6; i++) {
        partial[i] = 1 / (3 * (1 + g_a[i]) * (1 + g_a[i]));
        product *= 1 + partial[i];
    }
    double v = product - 1;
    double *y = design_of(6, 4096, g_function);
    struct sobol_indices out;
    assert_int_equal(sobol_indices_compute(6, 4096, y, 0.95, 200, 1, &out), DREDGE_OK);
    for (int i = 0; i < 6; i++) {
        assert_close(out.first[i].value, partial[i] / v, 0.01);
        assert_close(out.total[i].value, partial[i] * product / (1 + partial[i]) / v, 0.01);
    }
    assert_close(out.second[0 * 6 + 1].value, partial[0] * partial[1] / v, 0.01);
    sobol_indices_free(&out);
    free(y);
}

/* y = x1 + 2 x2: shares 1/5 and 4/5 exactly in the limit, no interaction; and rows with a missing value do not count. */
static double linear(int k, const double *x)
{
    (void)k;
    return x[0] + 2 * x[1] + 1000;
}

static void missing_rows(void **state)
{
    (void)state;
    double *y = design_of(2, 1024, linear);
    y[5] = NAN;
    struct sobol_indices out;
    assert_int_equal(sobol_indices_compute(2, 1024, y, 0.95, 100, 1, &out), DREDGE_OK);
    assert_int_equal(out.n_rows, 1023);
    assert_close(out.first[0].value, 0.2, 0.01);
    assert_close(out.total[1].value, 0.8, 0.01);
    assert_close(out.second[1].value, 0, 0.01);
    sobol_indices_free(&out);
    free(y);
}

static void nothing_varies(void **state)
{
    (void)state;
    double y[4 * 6];
    for (int i = 0; i < 24; i++) {
        y[i] = 3;
    }
    struct sobol_indices out;
    assert_int_equal(sobol_indices_compute(2, 4, y, 0.95, 10, 1, &out), DREDGE_OK);
    assert_close(out.first[0].value, 0, 0);
    assert_close(out.total[0].high, 0, 0);
    sobol_indices_free(&out);
    for (int row = 0; row < 3; row++) {
        y[row * 6] = NAN;
    }
    assert_int_equal(sobol_indices_compute(2, 4, y, 0.95, 10, 1, &out), DREDGE_FILE);
    status_clear();
}

/* Two designs: the 97.5% quantile of t with one degree of freedom is 12.7062, and the standard error of the mean of two
 * values is half their distance. */
static void error_by_replication(void **state)
{
    (void)state;
    struct sobol_indices both;
    struct sobol_indices own[2];
    double *y = design_of(3, 512, ishigami);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sobol_indices_compute(3, 256, y + i * 256 * 8, 0.95, 0, 1, &own[i]), DREDGE_OK);
    }
    assert_int_equal(sobol_indices_scrambled(3, 512, 2, y, 0.95, &both), DREDGE_OK);
    for (int i = 0; i < 3; i++) {
        double half = 12.7062 * fabs(own[0].total[i].value - own[1].total[i].value) / 2;
        assert_close(both.total[i].high - both.total[i].value, half, 1e-4 * half + 1e-12);
        assert_close(both.total[i].value - both.total[i].low, half, 1e-4 * half + 1e-12);
    }
    for (int i = 0; i < 2; i++) {
        sobol_indices_free(&own[i]);
    }
    sobol_indices_free(&both);
    free(y);
}

/* The values of a design and SALib's answers, as tests/peers/test_sobol.py makes and checks them: first, total, then pairs.
 * Without groups and with; the same to rounding. */
static void as_salib(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int k;
    } files[] = {{"ishigami", 3}, {"ishigami_grouped", 2}, {"g_function", 8}};
    static double y[64 * 18];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[1024];
        char line[4096];
        double answers[64];
        int n_answers = 0;
        size_t n = 0;
        int k = files[i].k;
        const char *top = getenv("DREDGE_SOURCE");
        (void)snprintf(path, sizeof path, "%s/tests/data/sobol/%s.csv", top != NULL ? top : ".", files[i].name);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        assert_non_null(fgets(line, sizeof line, file));
        assert_int_equal(strncmp(line, "# SALib:", 8), 0);
        for (char *word = strtok(line + 8, ","); word != NULL; word = strtok(NULL, ",")) {
            answers[n_answers++] = strtod(word, NULL);
        }
        assert_int_equal(n_answers, 2 * k + k * (k - 1) / 2);
        while (fgets(line, sizeof line, file) != NULL) {
            for (char *word = strtok(line, ","); word != NULL; word = strtok(NULL, ",")) {
                y[n++] = strtod(word, NULL);
            }
        }
        (void)fclose(file);
        assert_int_equal(n, 64 * (2 * k + 2));
        struct sobol_indices out;
        assert_int_equal(sobol_indices_compute(k, 64, y, 0.95, 0, 1, &out), DREDGE_OK);
        for (int f = 0, pair = 2 * k; f < k; f++) {
            assert_close(out.first[f].value, answers[f], 1e-12);
            assert_close(out.total[f].value, answers[k + f], 1e-12);
            for (int j = f + 1; j < k; j++) {
                assert_close(out.second[f * k + j].value, answers[pair++], 1e-12);
            }
        }
        sobol_indices_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_indices), cmocka_unit_test(g_function_indices),   cmocka_unit_test(missing_rows),
        cmocka_unit_test(nothing_varies),   cmocka_unit_test(error_by_replication), cmocka_unit_test(as_salib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
