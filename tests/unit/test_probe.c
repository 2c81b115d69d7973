/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "run/probe.h"
#include "run/probe_parts.h"
#include "store/store.h"
#include "testing.h"

static void read_study(const char *text, struct study *study)
{
    status_clear();
    assert_int_equal(study_parse("test.yaml", text, strlen(text), 0, NULL, study), DREDGE_OK);
}

static struct probe probed(const char *text, int n_threads)
{
    struct study study;
    struct probe probe;
    read_study(text, &study);
    assert_int_equal(probe_study(&study, n_threads, 0.25, &probe), DREDGE_OK);
    study_free(&study);
    return probe;
}

/* Points of 20 months and points of 2,400: the dearest is found and costs more, and all bounds are in order. */
static void cheap_and_dear_points(void **state)
{
    (void)state;
    struct probe probe = probed("replicates: 16\nregimes: [linear_kpi]\noutput: {trajectories: none}\n"
                                "design: {method: grid, factors: {months: [20, 200, 2400]}}\n",
                                1);
    assert_int_equal(probe.n_threads, 1);
    assert_int_equal(probe.n_runs, 48);
    assert_int_equal(probe.cheapest, 0);
    assert_int_equal(probe.dearest, 2);
    assert_true(probe.dearest_seconds > 5 * probe.cheapest_seconds);
    assert_true(probe.low > 0.25 && probe.low < probe.seconds && probe.seconds < probe.high);
    assert_true(probe.processor_seconds > probe.dearest_seconds);
    assert_true(probe.file_bytes > 0 && probe.file_bytes < probe.most_file_bytes);
    assert_true(probe.memory_bytes > 1e6);
}

/* A world that takes hours is told of within seconds: it is timed over a few of its months. 1,000 times as many months of
 * 20 times as many collaborations take more than 1,000 times as long. */
static void hours_are_told_in_seconds(void **state)
{
    (void)state;
    static const char small[] = "months: 12\naftercare_months: 0\nreplicates: 1\nregimes: [linear_kpi]\n"
                                "programme: {collaborations: 50}\noutput: {trajectories: none}\n";
    static const char large[] = "months: 12000\naftercare_months: 0\nreplicates: 1\nregimes: [linear_kpi]\n"
                                "programme: {collaborations: 1000}\noutput: {trajectories: none}\n";
    struct probe of_small = probed(small, 1), of_large = probed(large, 1);
    assert_true(of_large.dearest_seconds > 1000 * of_small.dearest_seconds);
    assert_true(of_large.memory_bytes > of_small.memory_bytes);
}

/* Also where a point's theory is a factor, months of its own included. */
static void months_of_a_part(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "months: 12000\nregimes: [linear_kpi]\ndesign: {factors: {theory: [mixed, inertia]}}\n",
        "regimes: [linear_kpi]\ndesign: {factors: {theory: [mixed, inertia]}}\n"};
    for (int k = 0; k < 2; k++) {
        struct study study, part;
        struct parameters parameters;
        struct regime regimes[1];
        char sentence[256];
        const int point = 1;
        read_study(texts[k], &study);
        double *values = probe_part(&study, 1, &point, 4, &part);
        assert_non_null(values);
        probe_set_months(&part, 60, 0);
        assert_int_equal(study_point(&part, 0, &parameters, regimes, sizeof sentence, sentence), DREDGE_OK);
        assert_int_equal(parameters.months, 60);
        assert_int_equal(parameters.aftercare_months, 0);
        assert_int_equal(part.horizon, 60);
        free(values);
        study_free(&study);
    }
    struct probe probe = probed(texts[0], 1);
    assert_int_equal(probe.n_runs, 400);
}

/* A stopping rule may end at its fewest replicates. */
static void stopping_rules_widen_the_range(void **state)
{
    (void)state;
    struct probe probe =
        probed("months: 12\nreplicates: {min: 10, max: 1000, until: {outcome: trust_end, half_width: 0.01}}\n", 1);
    assert_true(probe.low - 0.25 < 0.02 * (probe.high - 0.25));
}

static void bound_grows_with_the_study(void **state)
{
    (void)state;
    struct study study;
    static const char *const texts[] = {"replicates: 10\noutput: {trajectories: none}\n",
                                        "replicates: 10\noutput: {trajectories: summary, counts: false}\n",
                                        "replicates: 10\noutput: {trajectories: runs}\n",
                                        "replicates: 10\noutput: {trajectories: summary}\n",
                                        "replicates: 100\noutput: {trajectories: runs}\n"};
    double before = 0;
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        read_study(texts[k], &study);
        double bytes = store_most_bytes(&study);
        assert_true(bytes > before);
        before = bytes;
        study_free(&study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cheap_and_dear_points),      cmocka_unit_test(hours_are_told_in_seconds),
        cmocka_unit_test(months_of_a_part),           cmocka_unit_test(stopping_rules_widen_the_range),
        cmocka_unit_test(bound_grows_with_the_study),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
