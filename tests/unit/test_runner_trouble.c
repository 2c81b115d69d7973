/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "run/runner.h"

/* Sinks that fail on the way. */

static const char plain[] = "months: 12\nreplicates: 300\nregimes: [linear_kpi, iterative]\n";

static dredge_status refuse(void *context, int n_parcels, struct parcel *parcels)
{
    (void)context;
    (void)n_parcels;
    (void)parcels;
    return status_fail(DREDGE_FILE, "the disk is full");
}

/* What the sink says is passed on. */
static void sink_fails(void **state)
{
    (void)state;
    struct study study;
    struct runner_options options = {.n_threads = 2};
    struct runner_sink sink = {.append = refuse};
    assert_int_equal(study_parse("test.yaml", plain, strlen(plain), 0, NULL, &study), DREDGE_OK);
    status_clear();
    assert_int_equal(runner_run(&study, &options, &sink), DREDGE_FILE);
    assert_string_equal(status_message(), "the disk is full");
    status_clear();
    study_free(&study);
}

static int n_looks;

/* What is known of late points cannot be read. */
static int nothing_finished(void *context, int point, int replicate)
{
    (void)context;
    (void)point;
    (void)replicate;
    return 0;
}

static dredge_status late_points_fail(void *context, int point, int outcome, int n_replicates, double *out)
{
    (void)context;
    (void)point;
    (void)outcome;
    for (int i = 0; i < 2 * n_replicates; i++) {
        out[i] = (double)NAN;
    }
    return ++n_looks < 200 ? DREDGE_OK : status_fail(DREDGE_FILE, "the disk is gone");
}

static dredge_status count_parcels(void *context, int n_parcels, struct parcel *parcels)
{
    (void)parcels;
    *(int *)context += n_parcels;
    return DREDGE_OK;
}

/* A failure on the way loses nothing that was finished before it. */
static void failure_keeps_what_is_finished(void **state)
{
    (void)state;
    static const char text[] =
        "months: 12\nreplicates: {min: 16, max: 32, until: {outcome: trust_end, half_width: 0.5}}\n"
        "regimes: [linear_kpi, iterative]\n"
        "design: {method: latin_hypercube, points: 200, factors: {funder.target: {low: 1, high: "
        "2}}}\noutput: {trajectories: none}\n";
    struct study study;
    int n_parcels = 0;
    struct runner_options options = {.n_threads = 1};
    struct runner_sink sink = {
        .context = &n_parcels, .has = nothing_finished, .outcomes = late_points_fail, .append = count_parcels};
    assert_int_equal(study_parse("test.yaml", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    status_clear();
    assert_int_equal(runner_run(&study, &options, &sink), DREDGE_FILE);
    assert_string_equal(status_message(), "the disk is gone");
    assert_true(n_parcels >= 64);
    status_clear();
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sink_fails),
        cmocka_unit_test(failure_keeps_what_is_finished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
