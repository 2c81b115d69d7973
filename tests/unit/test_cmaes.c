/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/stream_gsl.h"
#include "search/cmaes.h"
#include "testing.h"

enum { POPULATION = 16, MAX = 8 };

static double values[POPULATION];

static int compare(const void *left, const void *right)
{
    double a = values[*(const int *)left];
    double b = values[*(const int *)right];
    return (a > b) - (a < b);
}

/* Minimises f from a start and returns its value at the final mean. */
static double minimise(int n, double (*f)(int n, const double *x), double start, int generations, double *mean)
{
    struct stream_address address = {.seed = 1, .purpose = 20, .entity = 7};
    gsl_rng *rng = stream_gsl_new(&address);
    struct cmaes cmaes;
    double x[POPULATION * MAX];
    double from[MAX];
    int order[POPULATION];
    for (int i = 0; i < n; i++) {
        from[i] = start;
    }
    cmaes_init(&cmaes, n, from, 0.3, POPULATION);
    for (int g = 0; g < generations; g++) {
        cmaes_ask(&cmaes, rng, x);
        for (int k = 0; k < POPULATION; k++) {
            values[k] = f(n, x + k * n);
            order[k] = k;
        }
        qsort(order, POPULATION, sizeof *order, compare);
        assert_int_equal(cmaes_tell(&cmaes, x, order), DREDGE_OK);
    }
    gsl_rng_free(rng);
    for (int i = 0; i < n; i++) {
        mean[i] = cmaes.mean[i];
    }
    return f(n, cmaes.mean);
}

/* Ill-conditioned ellipsoid: sum of 10^(4 i / (n-1)) (x_i - 0.3)^2, minimum 0 at 0.3. */
static double ellipsoid(int n, const double *x)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += pow(10, 4.0 * i / (n - 1)) * (x[i] - 0.3) * (x[i] - 0.3);
    }
    return sum;
}

/* Rosenbrock 1960: minimum 0 at (1, ..., 1), along a bent valley. */
static double rosenbrock(int n, const double *x)
{
    double sum = 0;
    for (int i = 0; i + 1 < n; i++) {
        sum += 100 * pow(x[i + 1] - x[i] * x[i], 2) + pow(1 - x[i], 2);
    }
    return sum;
}

static void finds_known_minima(void **state)
{
    (void)state;
    double mean[MAX];
    assert_true(minimise(8, ellipsoid, 0.9, 250, mean) < 1e-9);
    assert_close(mean[0], 0.3, 1e-4);
    assert_close(mean[7], 0.3, 1e-6);
    assert_true(minimise(4, rosenbrock, 0.2, 300, mean) < 1e-9);
    assert_close(mean[3], 1, 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_known_minima)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
