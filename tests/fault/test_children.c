/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libdredge never takes its caller down: a fork after a run, too many threads, too little memory. */
#include "testing.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "dredge/dredge.h"
#include "store_fixture.h"

enum { PATH_BYTES = FIXTURE_PATH_BYTES + 32 };

static const char text[] = "months: 12\nreplicates: 200\nregimes: [linear_kpi, iterative]\n";
static char folder[FIXTURE_PATH_BYTES], path[PATH_BYTES];

/* Also for children, where an assertion would go on with the other tests. */
static dredge_status run_here(int n_threads, char digest[33])
{
    const struct dredge_run_options options = {.n_threads = n_threads, .force = 1};
    dredge_study *study = NULL;
    dredge_results *results = NULL;
    dredge_status status = dredge_study_parse("test", text, strlen(text), 0, NULL, &study);
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
    return status;
}

/* How a child ended that did `deed`: its exit status, or -1 for a crash or after a minute. */
static int in_child(int (*deed)(const void *context), const void *context)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)alarm(60);
        _exit(deed(context));
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int run_in_child(const void *context)
{
    char digest[33];
    dredge_status status = run_here(4, digest);
    return status == DREDGE_OK && strcmp(digest, context) == 0 ? 0 : 1;
}

/* Also a child of the child. */
static int run_in_grandchild(const void *context)
{
    return run_in_child(context) != 0 ? 1 : in_child(run_in_child, context);
}

static void a_fork_after_a_run(void **state)
{
    (void)state;
    char digest[33], again[33];
    assert_int_equal(run_here(4, digest), DREDGE_OK);
    assert_int_equal(in_child(run_in_grandchild, digest), 0);
    assert_int_equal(run_here(4, again), DREDGE_OK);
    assert_string_equal(digest, again);
    assert_int_equal(unlink(path), 0);
}

#ifndef SANITIZED /* sanitizers need address space without end */
static int many_threads_in_child(const void *context)
{
    const struct rlimit limit = {1UL << 30, 1UL << 30};
    char digest[33];
    (void)context;
    (void)setrlimit(RLIMIT_AS, &limit);
    return run_here(4096, digest) == DREDGE_MEMORY && strstr(dredge_message(), "threads, not 4096") != NULL ? 0 : 1;
}

static void more_threads_than_the_system_gives(void **state)
{
    (void)state;
    assert_int_equal(in_child(many_threads_in_child, NULL), 0);
}

static int little_memory_in_child(const void *context)
{
    struct rlimit limit;
    limit.rlim_cur = limit.rlim_max = *(const rlim_t *)context;
    char digest[33];
    (void)setrlimit(RLIMIT_AS, &limit);
    dredge_status status = run_here(1, digest);
    /* Some versions of HDF5 do not say that it was memory that they lacked. */
    int is_memory =
        strstr(dredge_message(), "HDF5 could not") != NULL || strstr(dredge_message(), "memory ran out") != NULL;
    return (int)(status == DREDGE_FILE && is_memory ? DREDGE_MEMORY : status);
}

/* From too little to enough: a status each time, never a crash. */
static void little_memory(void **state)
{
    (void)state;
    int n_refused = 0, status = -1;
    for (rlim_t n_megabytes = 10; n_megabytes < 400; n_megabytes += n_megabytes < 200 ? 5 : 50) {
        rlim_t n_bytes = n_megabytes << 20;
        status = in_child(little_memory_in_child, &n_bytes);
        assert_true(status == DREDGE_OK || status == DREDGE_MEMORY);
        n_refused += status == DREDGE_MEMORY;
    }
    assert_int_equal(status, DREDGE_OK);
    assert_true(n_refused > 0);
    (void)unlink(path);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifndef SANITIZED
        /* Before anything has been run: children of a process that has run with threads have one. */
        cmocka_unit_test(little_memory),
        cmocka_unit_test(more_threads_than_the_system_gives),
#endif
        cmocka_unit_test(a_fork_after_a_run),
    };
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/r.h5", folder);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    return rmdir(folder) != 0 ? 1 : n_failed;
}
