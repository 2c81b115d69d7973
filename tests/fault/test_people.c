/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who did what in a run, asked of libdredge well and badly; and runs that are taken over from no file. */
#include "testing.h"

#include <limits.h>
#include <string.h>

#include "dredge/dredge.h"

static const char text[] = "months: 12\naftercare_months: 3\nreplicates: 200\nregimes: [linear_kpi, iterative]\n";

/* The call was refused with a sentence. */
#define REFUSED(call)                                                                                                  \
    do {                                                                                                               \
        assert_int_equal(call, DREDGE_USAGE);                                                                          \
        assert_true(strlen(dredge_message()) > 10);                                                                    \
    } while (0)

/* A run that is not there has nobody; every other has, in memory and in a file. */
static void people_are_asked_for_well(void **state)
{
    (void)state;
    dredge_study *study = NULL;
    dredge_results *results = NULL;
    dredge_people *people = (dredge_people *)1;
    char *json = NULL;
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    REFUSED(dredge_results_people(NULL, 0, 0, 0, &people));
    REFUSED(dredge_people_describe(NULL, &json));
    assert_null(dredge_people_seats(NULL));
    assert_null(dredge_people_ties(NULL));
    dredge_people_free(NULL);
    assert_int_equal(dredge_study_run_in_memory(study, NULL, &results), DREDGE_OK);
    static const int runs[][3] = {{1, 0, 0}, {-1, 0, 0}, {0, 2, 0}, {0, -1, 0}, {0, 0, 200}, {0, 0, INT_MIN}};
    for (size_t k = 0; k < sizeof runs / sizeof runs[0]; k++) {
        REFUSED(dredge_results_people(results, runs[k][0], runs[k][1], runs[k][2], &people));
        assert_null(people);
    }
    REFUSED(dredge_results_people(results, 0, 0, 0, NULL));
    assert_int_equal(dredge_results_people(results, 0, 1, 199, &people), DREDGE_OK);
    dredge_results_close(results);
    dredge_study_free(study);
    REFUSED(dredge_people_describe(people, NULL));
    assert_int_equal(dredge_people_describe(people, &json), DREDGE_OK);
    assert_non_null(strstr(json, "\"months\":15"));
    assert_true(dredge_people_seats(people)[0] >= 0 && dredge_people_ties(people)[1] <= 1);
    dredge_text_free(json);
    dredge_people_free(people);
}

static void nothing_is_taken_over_from_no_file(void **state)
{
    (void)state;
    const struct dredge_run_options options = {.extend = "/no/such/file.h5"};
    dredge_study *study = NULL;
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(dredge_study_run(study, "/tmp/no_such_output.h5", &options), DREDGE_FILE);
    assert_non_null(strstr(dredge_message(), "/no/such/file.h5"));
    dredge_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_asked_for_well),
        cmocka_unit_test(nothing_is_taken_over_from_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
