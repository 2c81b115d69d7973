/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "result/parcel.h"
#include "testing.h"

static struct study parse(const char *text)
{
    struct study study;
    status_clear();
    dredge_status status = study_parse("test.yaml", text, strlen(text), 0, NULL, &study);
    if (status != DREDGE_OK) {
        print_error("%s\n", status_message());
    }
    assert_int_equal(status, DREDGE_OK);
    return study;
}

static void check_empty(const struct parcel *parcel, int n_regimes, int n_replicates)
{
    assert_int_equal(parcel->n_regimes, n_regimes);
    assert_int_equal(parcel->span.n_replicates, n_replicates);
    for (int run = 0; run < n_regimes * n_replicates; run++) {
        assert_int_equal(parcel->status[run], RUN_NOT_RUN);
    }
    for (int value = 0; value < N_OUTCOME_COLUMNS * n_regimes * n_replicates; value++) {
        assert_true(isnan(parcel->outcomes[value]));
    }
    assert_string_equal(parcel->message, "");
}

static void test_none(void **state)
{
    (void)state;
    struct study study = parse("output: {trajectories: none}\nregimes: [linear_kpi, iterative, constant]\n");
    struct parcel parcel;
    assert_int_equal(parcel_init(&parcel, &study, (struct span){4, 100, 7}), DREDGE_OK);
    assert_int_equal(parcel.span.point, 4);
    assert_int_equal(parcel.span.first, 100);
    check_empty(&parcel, 3, 7);
    assert_null(parcel.runs);
    assert_null(parcel.tallies);
    assert_int_equal(parcel.n_samples, 0);
    assert_int_equal(parcel_bytes(&study, 7), 3 * 7 * (1 + N_OUTCOME_COLUMNS * 8));
    parcel_free(&parcel);
    assert_null(parcel.outcomes);
    parcel_free(&parcel);
    study_free(&study);
}

static void test_runs(void **state)
{
    (void)state;
    struct study study = parse("output: {trajectories: runs, every: 5}\nmonths: 12\naftercare_months: 6\n");
    struct parcel parcel;
    assert_int_equal(parcel_init(&parcel, &study, (struct span){0, 0, 3}), DREDGE_OK);
    check_empty(&parcel, 2, 3);
    assert_int_equal(parcel.n_samples, 3); /* months 5, 10 and 15 of 18 */
    for (int value = 0; value < N_SERIES * 2 * 3 * 3; value++) {
        assert_true(isnan(parcel.runs[value]));
    }
    assert_null(parcel.tallies);
    assert_int_equal(parcel_bytes(&study, 3), 2 * 3 * (1 + N_OUTCOME_COLUMNS * 8 + N_SERIES * 3 * 4));
    parcel_free(&parcel);
    study_free(&study);
}

static void test_summary(void **state)
{
    (void)state;
    struct study study = parse("months: 12\naftercare_months: 0\n");
    struct parcel parcel;
    assert_int_equal(parcel_init(&parcel, &study, (struct span){0, 16, 16}), DREDGE_OK);
    check_empty(&parcel, 2, 16);
    assert_null(parcel.runs);
    for (int regime = 0; regime < 2; regime++) {
        assert_int_equal(parcel.tallies[regime].n_bytes, 2 * 12);
        assert_true(tally_code_is_sound(2 * 12, parcel.tallies[regime].bytes, parcel.n_series, 12));
    }
    parcel_free(&parcel);
    study_free(&study);
}

/* A size that no machine has fails with a sentence and leaves nothing behind. */
static void test_no_memory(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip();
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    skip();
#endif
#endif
    struct study study = parse("output: {trajectories: runs}\nmonths: 12000\naftercare_months: 12000\n");
    struct parcel parcel;
    status_clear();
    assert_int_equal(parcel_init(&parcel, &study, (struct span){0, 0, 2000000000}), DREDGE_MEMORY);
    assert_non_null(strstr(status_message(), "out of memory"));
    assert_null(parcel.outcomes);
    status_clear();
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_none), cmocka_unit_test(test_runs),
                                       cmocka_unit_test(test_summary), cmocka_unit_test(test_no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
