/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "analysis/doubt.h"
#include "base/stream.h"
#include "testing.h"

enum { POINTS = 400, REPLICATES = 40 };

static double values[POINTS][REPLICATES];

static double normal(uint32_t point, uint32_t replicate)
{
    const struct stream_address address = {.seed = 4, .replicate = replicate, .entity = point};
    uint32_t words[4];
    stream_words(&address, words);
    return (double)stream_normal(stream_uniform(words[0]));
}

/* A planted truth: the points' means are normal about 0.05 with standard deviation 0.1, luck has one of 0.4, half of its
 * variance the same at all points. By the law of total variance 0.01 of 0.17 is not known. Of the mean, the shared luck of 40
 * replicates leaves an error of 0.4 sqrt(0.5 / 40) = 0.045, so that the middle 95% are as wide as 2 * 1.96 *
 * sqrt(0.1^2 + 0.045^2) = 0.43; given the mean m that was found, ahead in P(z > -m / 0.11), by 0.1 at least in
 * P(z > (0.1 - m) / 0.11), behind by as much in P(z < (-0.1 - m) / 0.11). */
static struct panel plant(void)
{
    for (uint32_t p = 0; p < POINTS; p++) {
        for (uint32_t k = 0; k < REPLICATES; k++) {
            double shared = normal(100000, k);
            double own = normal(p, k);
            double mean = 0.05 + 0.1 * normal(p, 1000);
            values[p][k] = mean + 0.4 * sqrt(0.5) * (shared + own);
        }
    }
    return (struct panel){.n_points = POINTS, .n_replicates = REPLICATES, .stride = REPLICATES, .values = values[0]};
}

static void luck_apart_from_what_is_not_known(void **state)
{
    (void)state;
    struct doubt doubt;
    struct panel panel = plant();
    const struct question question = {.better = 1, .matters = 0.1};
    assert_int_equal(doubt_compute(&panel, &question, &doubt), DREDGE_OK);
    assert_int_equal(doubt.n_points, POINTS);
    assert_close(doubt.mean, 0.05, 0.1);
    assert_close(doubt.luck, 0.4, 0.05);
    assert_close(doubt.unknown, 0.1, 0.012);
    assert_close(doubt.unknown_share, 0.01 / 0.17, 0.02);
    assert_close(doubt.high - doubt.low, 0.43, 0.05);
    assert_close(doubt.ahead, gsl_cdf_ugaussian_P(doubt.mean / 0.11), 0.04);
    assert_close(doubt.ahead + doubt.behind, 1, 1e-12);
    assert_close(doubt.ahead_matters, gsl_cdf_ugaussian_Q((0.1 - doubt.mean) / 0.11), 0.04);
    assert_close(doubt.behind_matters, gsl_cdf_ugaussian_P((-0.1 - doubt.mean) / 0.11), 0.04);
}

/* Less is better: the sides change. Without a better side there is none. Some points alone. */
static void sides_and_some_points(void **state)
{
    (void)state;
    struct doubt up;
    struct doubt down;
    unsigned char marks[POINTS] = {0};
    struct panel panel = plant();
    const struct question more = {.better = 1};
    const struct question less = {.better = -1};
    const struct question neither = {.better = 0};
    assert_int_equal(doubt_compute(&panel, &more, &up), DREDGE_OK);
    assert_int_equal(doubt_compute(&panel, &less, &down), DREDGE_OK);
    assert_close(up.ahead, down.behind, 1e-12);
    assert_int_equal(doubt_compute(&panel, &neither, &down), DREDGE_OK);
    assert_true(isnan(down.ahead) && isnan(down.behind_matters));
    for (int p = 0; p < 50; p++) {
        marks[p] = 1;
    }
    panel.n_points = 50;
    assert_int_equal(doubt_compute(&panel, &more, &up), DREDGE_OK);
    panel.n_points = POINTS;
    assert_int_equal(doubt_compute_some(&panel, marks, &more, &down), DREDGE_OK);
    assert_memory_equal(&up, &down, sizeof up);
}

/* One replicate per point: luck is not known. Points without a value are left out. */
static void little_to_go_by(void **state)
{
    (void)state;
    struct doubt doubt;
    const double few[4] = {0.1, NAN, 0.3, -0.1};
    const struct panel panel = {.n_points = 4, .n_replicates = 1, .stride = 1, .values = few};
    const struct question question = {.better = 1};
    assert_int_equal(doubt_compute(&panel, &question, &doubt), DREDGE_OK);
    assert_int_equal(doubt.n_points, 3);
    assert_true(isnan(doubt.luck) && isnan(doubt.unknown_share));
    assert_close(doubt.mean, 0.1, 1e-12);
    assert_close(doubt.unknown, 0.2, 1e-12);   /* of 0.1, 0.3, -0.1 */
    assert_close(doubt.ahead, 2.0 / 3, 1e-12); /* as they stand */
}

/* Twenty equal pairs at every point are no certainty: with two values added, one on each side, as the interval of Bonett & Price
 * has it, the mean is known to +- t(21) sqrt(2 / 21 / 22) = 2.0796 * 0.06580 = 0.1368, and so is the posterior's. */
static void all_pairs_alike(void **state)
{
    (void)state;
    struct doubt doubt;
    const double zeros[3][20] = {{0}};
    const struct panel panel = {
        .n_points = 3, .n_replicates = 20, .stride = 20, .values = zeros[0], .reach = {.low = -1, .high = 1}};
    const struct question question = {.better = 1, .matters = 0.02};
    assert_int_equal(doubt_compute(&panel, &question, &doubt), DREDGE_OK);
    assert_close(doubt.mean, 0, 0);
    assert_close(doubt.low, -0.1368, 1e-4);
    assert_close(doubt.high, 0.1368, 1e-4);
    assert_close(doubt.ahead, 0.5, 1e-12);
    assert_true(doubt.ahead_matters > 0.3 && doubt.ahead_matters < 0.4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(luck_apart_from_what_is_not_known),
                                       cmocka_unit_test(sides_and_some_points), cmocka_unit_test(little_to_go_by),
                                       cmocka_unit_test(all_pairs_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
