/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eight threads at once, each with studies and results of its own, some of which are interrupted and resumed: the same
 * digests as one after the other, and nothing of the process is switched. */
#include "testing.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gsl/gsl_errno.h>
#include <hdf5.h>

#include "dredge/dredge.h"
#include "store_fixture.h"

enum { N_THREADS = 8, N_STUDIES = 5, N_ROUNDS = 2 };

static const char *const texts[N_STUDIES] = {
    "months: 24\nreplicates: {min: 16, max: 64, until: {outcome: trust_end, half_width: 0.02}}\n"
    "design: {method: sobol, points: 4, factors: {funder.target: {low: 0.5, high: 2}}}\n",
    "months: 12\nreplicates: 2\nprogramme: {collaborations: 40}\nregimes: [linear_kpi, iterative]\n",
    "months: 12\nreplicates: 40\noutput: {trajectories: runs}\n",
    "months: 12\nreplicates: 8\ndesign: {method: latin_hypercube, points: 16, factors: {convener.skill: {low: 0, high: "
    "1}}}\n",
    "months: 36\nreplicates: 300\nregimes: [linear_kpi]\noutput: {trajectories: none}\n"};

static char folder[FIXTURE_PATH_BYTES];
static char expected[N_STUDIES][33];

/* Stops a run at the second call. */
static int stop_soon(void *context, long long n_done, long long n_runs)
{
    int *n_calls = context;
    (void)n_done;
    (void)n_runs;
    return ++*n_calls == 2;
}

static dredge_status run(int which, const char *path, int n_threads, int interrupt, char digest[33])
{
    dredge_study *study = NULL;
    dredge_results *results = NULL;
    int n_calls = 0;
    struct dredge_run_options options = {.n_threads = n_threads, .force = 1};
    dredge_status status = dredge_study_parse("test", texts[which], strlen(texts[which]), 0, NULL, &study);
    if (status == DREDGE_OK && interrupt) {
        options.progress = stop_soon;
        options.context = &n_calls;
        status = dredge_study_run(study, path, &options);
        options = (struct dredge_run_options){.n_threads = n_threads, .resume = 1};
        status = status == DREDGE_INTERRUPTED ? DREDGE_OK : status;
    }
    if (status == DREDGE_OK) {
        status = dredge_study_run(study, path, &options);
    }
    dredge_study_free(study);
    if (status == DREDGE_OK) {
        status = dredge_results_open(path, &results);
    }
    if (status == DREDGE_OK) {
        status = dredge_results_digest(results, digest);
    }
    dredge_results_close(results);
    (void)unlink(path);
    return status;
}

/* cmocka's assertions belong to the main thread: failures are counted. */
static void *work(void *context)
{
    int own = *(int *)context, n_failed = 0;
    char path[FIXTURE_PATH_BYTES + 32], digest[33];
    for (int round = 0; round < N_ROUNDS; round++) {
        for (int k = 0; k < N_STUDIES; k++) {
            int which = (own + k) % N_STUDIES;
            (void)snprintf(path, sizeof path, "%s/%d.h5", folder, own);
            dredge_status status = run(which, path, 1 + own % 3, (own + k + round) % 2, digest);
            if (status != DREDGE_OK || strcmp(digest, expected[which]) != 0) {
                n_failed++;
                (void)fprintf(stderr, "thread %d, study %d: %d %s\n", own, which, (int)status, dredge_message());
            }
            dredge_study *study = NULL;
            n_failed += dredge_study_parse("wrong", "months: -1\n", 11, 0, NULL, &study) != DREDGE_STUDY;
            n_failed += strstr(dredge_message(), "months") == NULL;
        }
    }
    *(int *)context = n_failed;
    return NULL;
}

/* Handlers of the caller's. Nobody calls them, and they stay. */
static herr_t tell(hid_t stack, void *context)
{
    (void)stack;
    (void)context;
    (void)fprintf(stderr, "HDF5's handler of errors was called\n");
    abort();
}

static void handler(const char *reason, const char *file, int line, int number)
{
    (void)number;
    (void)fprintf(stderr, "GSL's handler of errors was called: %s (%s:%d)\n", reason, file, line);
    abort();
}

static void threads_times_studies(void **state)
{
    (void)state;
    pthread_t threads[N_THREADS];
    int numbers[N_THREADS];
    char path[FIXTURE_PATH_BYTES + 32];
    H5E_auto2_t told = NULL, told_before = NULL;
    void *context = NULL, *context_before = NULL;
    dredge_results *none = NULL;
    gsl_error_handler_t *before = gsl_set_error_handler(handler);
    assert_true(H5Eget_auto2(H5E_DEFAULT, &told_before, &context_before) >= 0);
    assert_true(H5Eset_auto2(H5E_DEFAULT, tell, numbers) >= 0);
    assert_int_equal(dredge_results_open(__FILE__, &none), DREDGE_FILE); /* no HDF5 file */
    for (int k = 0; k < N_STUDIES; k++) {
        (void)snprintf(path, sizeof path, "%s/alone.h5", folder);
        assert_int_equal(run(k, path, 2, 0, expected[k]), DREDGE_OK);
    }
    for (int k = 0; k < N_THREADS; k++) {
        numbers[k] = k;
        assert_int_equal(pthread_create(&threads[k], NULL, work, &numbers[k]), 0);
    }
    for (int k = 0; k < N_THREADS; k++) {
        assert_int_equal(pthread_join(threads[k], NULL), 0);
        assert_int_equal(numbers[k], 0);
    }
    assert_ptr_equal(gsl_set_error_handler(before), handler);
    assert_true(H5Eget_auto2(H5E_DEFAULT, &told, &context) >= 0);
    assert_true(told == tell && context == numbers);
    assert_true(H5Eset_auto2(H5E_DEFAULT, told_before, context_before) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_times_studies)};
    fixture_make_folder(folder);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    return rmdir(folder) != 0 ? 1 : n_failed;
}
