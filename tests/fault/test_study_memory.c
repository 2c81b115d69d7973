/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result/parcel.h"
#include "study/study.h"

/* Makes the n-th allocation fail, for every n until reading succeeds: each time a sentence, no crash, no leak. The
 * allocator of glibc stands behind; under a sanitizer, which has its own, the test is skipped. */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define SKIPPED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SKIPPED
#endif
#endif

#ifndef SKIPPED

void *__libc_malloc(size_t n_bytes);
void *__libc_calloc(size_t n, size_t n_bytes);
void *__libc_realloc(void *memory, size_t n_bytes);
void __libc_free(void *memory);

static long countdown = -1; /* allocations until the one that fails; negative: none fails */
static long n_held;         /* allocations not yet freed */

static int fails(void)
{
    return countdown >= 0 && countdown-- == 0;
}

/* Visible, so that libyaml and GSL use them too. */
#define VISIBLE __attribute__((__visibility__("default")))

VISIBLE void *malloc(size_t n_bytes)
{
    void *memory = fails() ? NULL : __libc_malloc(n_bytes);
    n_held += memory != NULL;
    return memory;
}

VISIBLE void *calloc(size_t n, size_t n_bytes)
{
    void *memory = fails() ? NULL : __libc_calloc(n, n_bytes);
    n_held += memory != NULL;
    return memory;
}

VISIBLE void *realloc(void *old, size_t n_bytes)
{
    void *memory = fails() ? NULL : __libc_realloc(old, n_bytes);
    n_held += memory != NULL && old == NULL;
    return memory;
}

VISIBLE void free(void *memory)
{
    n_held -= memory != NULL;
    __libc_free(memory);
}

static const char good[] = "title: a\nquestion: b\nscale: local\nregimes: [linear_kpi, {name: c, phases: [{from: 0}, "
                           "{from: 3, mix: {linear: 0.5, constant: 0.5}}]}]\n"
                           "members: \"name,sector\\nA,public\\nB,private\"\nties: \"from,to,trust\\nA,B,0.5\"\n"
                           "events: [{month: 2, set: {funder: {target: 2}}, shock: {trust: 0.1}}, {month: 3, join: "
                           "{sector: public, seats: 1}}]\n";
static const char bad[] = "months: 0\nfunder: {targt: 1}\nregimes: [iteratif]\n";

static const char *const designs[] = {
    "design: {factors: {funder.target: [1, 2], funder.room: [0.1, 0.2]}}",
    "design: {method: latin_hypercube, points: 9, factors: {funder.target: {low: 1, high: 2}}}",
    "design: {method: sobol, points: 9, factors: {funder.target: {low: 1, high: 2}}}",
    "design: {method: morris, points: 9, factors: {funder.target: {low: 1, high: 2}}}",
    "design: {method: saltelli, points: 9, factors: {funder.target: {low: 1, high: 2}}}"};

/* Reads with the n-th allocation failing. 1 when it was never reached. */
static int read_failing(long n, const char *begin, const char *design, dredge_status expected)
{
    const char *const overrides[] = {"regimes.linear_kpi.base=0.1", "problem.causes=5", "title=\"c\""};
    char text[512];
    (void)snprintf(text, sizeof text, "%s%s\n", begin, design);
    struct study study;
    status_clear();
    long before = n_held;
    countdown = n;
    dredge_status status = study_parse("a.yaml", text, strlen(text), 3, overrides, &study);
    int reached = countdown < 0;
    countdown = -1;
    if (status == DREDGE_OK) {
        study_free(&study);
    }
    assert_int_equal(n_held, before);
    if (!reached) {
        assert_int_equal(status, expected);
    } else if (status != expected) { /* GSL and the C library do without some of their allocations */
        assert_int_equal(status, DREDGE_MEMORY);
        assert_non_null(strstr(status_message(), "out of memory"));
    }
    return !reached;
}

static void test_study(void **state)
{
    (void)state;
    for (size_t design = 0; design < sizeof designs / sizeof designs[0]; design++) {
        long n = 0;
        while (!read_failing(n, good, designs[design], DREDGE_OK)) {
            n++;
        }
        assert_true(n > 20);
    }
    long n = 0;
    while (!read_failing(n, bad, designs[0], DREDGE_STUDY)) {
        n++;
    }
    assert_true(n > 10);
}

static void test_parcel(void **state)
{
    (void)state;
    static const char *const trajectories[] = {"output: {trajectories: summary}", "output: {trajectories: runs}",
                                               "output: {trajectories: none}"};
    for (size_t index = 0; index < 3; index++) {
        struct study study;
        status_clear();
        const char *text = trajectories[index];
        assert_int_equal(study_parse("a.yaml", text, strlen(text), 0, NULL, &study), DREDGE_OK);
        dredge_status status = DREDGE_MEMORY;
        for (long n = 0; status != DREDGE_OK; n++) {
            struct parcel parcel;
            long before = n_held;
            status_clear();
            countdown = n;
            status = parcel_init(&parcel, &study, (struct span){0, 0, 16});
            countdown = -1;
            if (status != DREDGE_OK) {
                assert_int_equal(status, DREDGE_MEMORY);
                assert_non_null(strstr(status_message(), "out of memory"));
            }
            parcel_free(&parcel);
            assert_int_equal(n_held, before);
        }
        study_free(&study);
    }
}

#else

static void test_study(void **state)
{
    (void)state;
    skip();
}

static void test_parcel(void **state)
{
    (void)state;
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_study), cmocka_unit_test(test_parcel)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
