/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/design.h"
#include "testing.h"

enum { MAX_FACTORS = 24 };

/* A design of `n_factors` real factors on 0 .. 1, so that values are places. */
static struct design make(enum design_method method, int n_factors, int n_rows, int n_levels, uint64_t seed)
{
    struct design design = {
        .method = method, .n_factors = n_factors, .n_rows = n_rows, .n_levels = n_levels, .seed = seed};
    design.factors = calloc((size_t)n_factors, sizeof *design.factors);
    assert_non_null(design.factors);
    for (int factor = 0; factor < n_factors; factor++) {
        design.factors[factor].index = parameter_find("funder.room");
        design.factors[factor].high = 1;
    }
    assert_int_equal(design_fill(&design, NULL, NULL), DREDGE_OK);
    return design;
}

static double at(const struct design *design, int point, int factor)
{
    return design->values[(size_t)point * (size_t)design->n_factors + (size_t)factor];
}

static void set_values(struct factor *factor, int n, const double *values)
{
    factor->n_values = n;
    factor->values = malloc((size_t)n * sizeof *values);
    assert_non_null(factor->values);
    memcpy(factor->values, values, (size_t)n * sizeof *values);
}

/* ---- methods ---- */

static void test_none(void **state)
{
    (void)state;
    struct design design = {.method = DESIGN_NONE};
    assert_int_equal(design_fill(&design, NULL, NULL), DREDGE_OK);
    assert_int_equal(design.n_points, 1);
    assert_null(design.values);
    design_free(&design);
    design_free(&design);
}

static void test_grid_and_list(void **state)
{
    (void)state;
    static const double a[] = {1, 2, 3}, b[] = {10, 20}, c[] = {5, 6, 7};
    struct design grid = {.method = DESIGN_GRID, .n_factors = 2};
    grid.factors = calloc(2, sizeof *grid.factors);
    assert_non_null(grid.factors);
    set_values(&grid.factors[0], 3, a);
    set_values(&grid.factors[1], 2, b);
    assert_int_equal(design_fill(&grid, NULL, NULL), DREDGE_OK);
    static const double expected[] = {1, 10, 1, 20, 2, 10, 2, 20, 3, 10, 3, 20}; /* the last factor is the fastest */
    assert_int_equal(grid.n_points, 6);
    assert_memory_equal(grid.values, expected, sizeof expected);
    design_free(&grid);

    struct design list = {.method = DESIGN_LIST, .n_factors = 2};
    list.factors = calloc(2, sizeof *list.factors);
    assert_non_null(list.factors);
    set_values(&list.factors[0], 3, a);
    set_values(&list.factors[1], 3, c);
    assert_int_equal(design_fill(&list, NULL, NULL), DREDGE_OK);
    static const double pairs[] = {1, 5, 2, 6, 3, 7};
    assert_int_equal(list.n_points, 3);
    assert_memory_equal(list.values, pairs, sizeof pairs);
    design_free(&list);
}

/* Each factor visits each of n strata once (McKay, Beckman & Conover 1979); factors are not in the same order. */
static void test_latin_hypercube(void **state)
{
    (void)state;
    enum { N = 500, K = 4 };
    struct design design = make(DESIGN_LATIN_HYPERCUBE, K, N, 0, 7);
    assert_int_equal(design.n_points, N);
    for (int factor = 0; factor < K; factor++) {
        int visits[N] = {0};
        for (int point = 0; point < N; point++) {
            visits[(int)(at(&design, point, factor) * N)]++;
        }
        for (int stratum = 0; stratum < N; stratum++) {
            assert_int_equal(visits[stratum], 1);
        }
        for (int other = 0; other < factor; other++) {
            double covariance = 0;
            for (int point = 0; point < N; point++) {
                covariance += (at(&design, point, factor) - 0.5) * (at(&design, point, other) - 0.5) / N;
            }
            assert_close(covariance * 12, 0, 4.5 / sqrt(N)); /* a correlation; false alarm 1 in 150,000 per pair */
        }
    }
    design_free(&design);
}

/* 64 points of 20 dimensions: one in each of 64 equal intervals of each factor, and, for pairs of factors of a (0, 2)
 * sequence, one in each of 8 x 8 squares; the same for the next 64. */
static void test_sobol(void **state)
{
    (void)state;
    enum { N = 64, K = 20 };
    struct design design = make(DESIGN_SOBOL, K, 2 * N, 0, 7);
    for (int half = 0; half < 2; half++) {
        int squares[64] = {0};
        for (int factor = 0; factor < K; factor++) {
            int visits[N] = {0};
            for (int point = half * N; point < (half + 1) * N; point++) {
                visits[(int)(at(&design, point, factor) * N)]++;
            }
            for (int interval = 0; interval < N; interval++) {
                assert_int_equal(visits[interval], 1);
            }
        }
        for (int point = half * N; point < (half + 1) * N; point++) {
            squares[(int)(at(&design, point, 0) * 8) * 8 + (int)(at(&design, point, 1) * 8)]++;
        }
        for (int square = 0; square < 64; square++) {
            assert_int_equal(squares[square], 1);
        }
    }
    design_free(&design);
}

/* Scrambled, a smooth mean is known far better than by chance: x y has the mean 1/4, and the error of 1024 points falls
 * below a tenth of what chance leaves, sqrt(7/144/1024) = 0.0069. Several seeds, so that it is no accident. */
static void test_sobol_precise(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct design design = make(DESIGN_SOBOL, 2, 1024, 0, seed);
        double mean = 0;
        for (int point = 0; point < 1024; point++) {
            mean += at(&design, point, 0) * at(&design, point, 1) / 1024;
        }
        assert_close(mean, 0.25, 0.00069);
        design_free(&design);
    }
}

/* Over the seeds a point is anywhere with the same chance: the first one, which without scrambling is the origin. */
static void test_sobol_uniform(void **state)
{
    (void)state;
    enum { N = 4000 };
    int visits[10] = {0};
    for (int seed = 0; seed < N; seed++) {
        struct design design = make(DESIGN_SOBOL, 1, 1, 0, (uint64_t)seed);
        visits[(int)(at(&design, 0, 0) * 10)]++;
        design_free(&design);
    }
    for (int tenth = 0; tenth < 10; tenth++) {
        assert_close(visits[tenth], N / 10, 5 * sqrt(N * 0.09)); /* binomial; false alarm 1 in 170,000 in all */
    }
}

/* A trajectory moves each factor once, by p / (2 (p - 1)), and stays on the p levels (Morris 1991). */
static void test_morris(void **state)
{
    (void)state;
    enum { K = 5, ROWS = 200 };
    for (int levels = 2; levels <= 8; levels += 2) {
        struct design design = make(DESIGN_MORRIS, K, ROWS, levels, 11);
        assert_int_equal(design.n_points, ROWS * (K + 1));
        double step = levels / (2.0 * (levels - 1));
        int n_up = 0, first_moves[K] = {0};
        for (int row = 0; row < ROWS; row++) {
            int moved[K] = {0};
            for (int point = row * (K + 1); point < (row + 1) * (K + 1); point++) {
                int n_moved = 0;
                for (int factor = 0; factor < K; factor++) {
                    double level = at(&design, point, factor) * (levels - 1);
                    assert_close(level, floor(level + 0.5), 1e-9);
                    if (point % (K + 1) == 0) {
                        continue;
                    }
                    double change = at(&design, point, factor) - at(&design, point - 1, factor);
                    if (change != 0) {
                        assert_close(fabs(change), step, 1e-12);
                        n_up += change > 0;
                        n_moved++;
                        moved[factor]++;
                        first_moves[factor] += point % (K + 1) == 1;
                    }
                }
                assert_int_equal(n_moved, point % (K + 1) != 0);
            }
            for (int factor = 0; factor < K; factor++) {
                assert_int_equal(moved[factor], 1);
            }
        }
        assert_close(n_up, ROWS * K / 2.0, 4.5 * sqrt(ROWS * K / 4.0)); /* binomial; false alarm 1 in 150,000 */
        for (int factor = 0; factor < K; factor++) {
            assert_close(first_moves[factor], ROWS / 5.0, 4.5 * sqrt(ROWS * 0.2 * 0.8));
        }
        design_free(&design);
    }
}

/* Rows of one base: A, B, then A with each factor of B, then B with each of A (Saltelli 2002). */
static void check_saltelli(int k, int bases)
{
    struct design design = make(DESIGN_SALTELLI, k, bases, 0, 13);
    assert_int_equal(design.n_points, bases * (2 * k + 2));
    double sum_a = 0, sum_ab = 0;
    for (int base = 0; base < bases; base++) {
        int a = base * (2 * k + 2), b = a + 1;
        for (int factor = 0; factor < k; factor++) {
            assert_true(at(&design, a, factor) >= 0 && at(&design, a, factor) < 1);
            assert_true(at(&design, a, factor) != at(&design, b, factor));
            for (int swap = 0; swap < k; swap++) {
                double from_a = at(&design, swap == factor ? b : a, factor);
                double from_b = at(&design, swap == factor ? a : b, factor);
                assert_true(at(&design, a + 2 + swap, factor) == from_a);
                assert_true(at(&design, a + 2 + k + swap, factor) == from_b);
            }
            sum_a += at(&design, a, factor) - 0.5;
            sum_ab += (at(&design, a, factor) - 0.5) * (at(&design, b, factor) - 0.5);
        }
    }
    double n = bases * k;
    assert_close(sum_a / n, 0, 4.5 * sqrt(1 / 12.0 / n));   /* A is centred */
    assert_close(sum_ab / n, 0, 4.5 * sqrt(1 / 144.0 / n)); /* and not correlated with B */
    design_free(&design);
}

static void test_saltelli(void **state)
{
    (void)state;
    check_saltelli(1, 64);
    check_saltelli(3, 128);
    check_saltelli(20, 64); /* the most that the Sobol sequence can place */
    check_saltelli(21, 64); /* random from here on */
}

/* Another seed moves the points of sampled methods; the same seed does not. */
static void test_seeds(void **state)
{
    (void)state;
    static const struct {
        enum design_method method;
        int levels;
    } methods[] = {{DESIGN_LATIN_HYPERCUBE, 0}, {DESIGN_SOBOL, 0}, {DESIGN_MORRIS, 4}, {DESIGN_SALTELLI, 0}};
    for (size_t index = 0; index < sizeof methods / sizeof methods[0]; index++) {
        struct design first = make(methods[index].method, 3, 16, methods[index].levels, 1);
        struct design same = make(methods[index].method, 3, 16, methods[index].levels, 1);
        struct design other = make(methods[index].method, 3, 16, methods[index].levels, 0x100000001ULL);
        size_t n_bytes = (size_t)first.n_points * 3 * sizeof *first.values;
        assert_memory_equal(first.values, same.values, n_bytes);
        assert_true(memcmp(first.values, other.values, n_bytes) != 0);
        design_free(&first);
        design_free(&same);
        design_free(&other);
    }
}

/* More rows continue a design, and a Latin hypercube of twice as many: what has been run stays in it. */
static void test_extension(void **state)
{
    (void)state;
    static const enum design_method methods[] = {DESIGN_MORRIS, DESIGN_SALTELLI, DESIGN_SOBOL, DESIGN_LATIN_HYPERCUBE};
    for (size_t index = 0; index < sizeof methods / sizeof methods[0]; index++) {
        struct design shorter = make(methods[index], 3, 8, 4, 5), longer = make(methods[index], 3, 16, 4, 5);
        assert_memory_equal(shorter.values, longer.values, (size_t)shorter.n_points * 3 * sizeof *shorter.values);
        design_free(&shorter);
        design_free(&longer);
    }
}

static void test_count(void **state)
{
    (void)state;
    struct factor factors[MAX_FACTORS] = {{.n_values = 10}};
    assert_int_equal(design_count(DESIGN_NONE, 0, NULL, 9), 1);
    assert_int_equal(design_count(DESIGN_LIST, 1, factors, 9), 10);
    assert_int_equal(design_count(DESIGN_SOBOL, 3, factors, 9), 9);
    assert_int_equal(design_count(DESIGN_MORRIS, 3, factors, 9), 36);
    assert_int_equal(design_count(DESIGN_SALTELLI, 3, factors, 9), 72);
    for (int factor = 0; factor < MAX_FACTORS; factor++) {
        factors[factor].n_values = 1000;
    }
    assert_int_equal(design_count(DESIGN_GRID, 2, factors, 9), 1000000);
    assert_int_equal(design_count(DESIGN_GRID, MAX_FACTORS, factors, 9), 2000000000); /* saturated, not overflowed */
    struct factor *many = calloc(1000, sizeof *many);
    assert_non_null(many);
    assert_int_equal(design_count(DESIGN_SALTELLI, 1000, many, 10000000), 2000000000);
    free(many);
}

/* Factors of a group move together: with the second and fourth of four in one, a row has three units. Each scramble is a
 * design of its own, and the first is that of one scramble. */
static void groups_and_scrambles(void **state)
{
    (void)state;
    static const int units[4] = {0, 1, 2, 1};
    struct study studies[2];
    for (int i = 0; i < 2; i++) {
        char text[512];
        int n = snprintf(text, sizeof text,
                         "design: {method: saltelli, bases: 8, scrambles: %d, groups: {people: [recognition, "
                         "divergence]}, factors: {convener.skill: {low: 0, high: 1}, recognition: {low: 0, high: 1}, "
                         "problem.urgency: {low: 0, high: 1}, divergence: {low: 0, high: 2}}}",
                         i == 0 ? 1 : 3);
        assert_int_equal(study_parse("groups.yaml", text, (size_t)n, 0, NULL, &studies[i]), DREDGE_OK);
    }
    const struct design *one = &studies[0].design;
    const struct design *three = &studies[1].design;
    int unit[4];
    assert_int_equal(design_units(4, one->factors, unit), 3);
    assert_memory_equal(unit, units, sizeof unit);
    assert_int_equal(one->n_points, 8 * 8);
    assert_int_equal(three->n_points, 3 * 8 * 8);
    assert_int_equal(three->n_rows, 24);
    assert_memory_equal(one->values, three->values, (size_t)one->n_points * 4 * sizeof *one->values);
    assert_true(memcmp(one->values, three->values + (size_t)one->n_points * 4, 4 * sizeof *one->values) != 0);
    for (int row = 0; row < 24; row++) {
        for (int swap = 0; swap < 6; swap++) {
            for (int f = 0; f < 4; f++) {
                int is_swapped = units[f] == swap % 3;
                int from = row * 8 + (is_swapped == (swap < 3) ? 1 : 0);
                assert_true(at(three, row * 8 + 2 + swap, f) == at(three, from, f));
            }
        }
    }
    study_free(&studies[1]);
    study_free(&studies[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_and_scrambles), cmocka_unit_test(test_none),      cmocka_unit_test(test_grid_and_list),
        cmocka_unit_test(test_latin_hypercube), cmocka_unit_test(test_sobol),     cmocka_unit_test(test_sobol_precise),
        cmocka_unit_test(test_sobol_uniform),   cmocka_unit_test(test_morris),    cmocka_unit_test(test_saltelli),
        cmocka_unit_test(test_seeds),           cmocka_unit_test(test_extension), cmocka_unit_test(test_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
