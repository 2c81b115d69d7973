/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "dredge/dredge.h"
#include "testing.h"

/* Every function of the library without each of its arguments, with numbers at the ends of their type, and with names that are
 * none: a status and a sentence, or nothing done. The caller lives, and what it asks next is answered. */

#define REFUSED(call)                                                                                                  \
    do {                                                                                                               \
        assert_int_equal(call, DREDGE_USAGE);                                                                          \
        assert_string_not_equal(dredge_message(), "");                                                                 \
    } while (0)

static const int numbers[] = {-1, 1000000, INT_MAX, INT_MIN};
enum { N_NUMBERS = sizeof numbers / sizeof numbers[0] };

static const char text[] = "months: 12\naftercare_months: 2\nreplicates: 3\nregimes: [linear_kpi, iterative]\n";

static dredge_study *read_study(void)
{
    dredge_study *study = NULL;
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    return study;
}

/* What frees or counts takes what is not there. */
static void nothing_is_taken(void **state)
{
    (void)state;
    dredge_study_free(NULL);
    dredge_results_close(NULL);
    dredge_people_free(NULL);
    dredge_posterior_free(NULL);
    dredge_function_free(NULL);
    dredge_game_free(NULL);
    dredge_text_free(NULL);
    assert_int_equal(dredge_study_runs(NULL), 0);
    assert_int_equal(dredge_results_n_points(NULL), 0);
    assert_int_equal(dredge_results_n_regimes(NULL), 0);
    assert_int_equal(dredge_results_n_replicates(NULL), 0);
    assert_int_equal(dredge_posterior_n_particles(NULL), 0);
    assert_int_equal(dredge_posterior_n_keys(NULL), 0);
    assert_int_equal(dredge_posterior_n_targets(NULL), 0);
    assert_int_equal(dredge_game_size(NULL), 0);
    assert_int_equal(dredge_game_month(NULL), 0);
    assert_int_equal(dredge_game_step(NULL), 0);
    assert_null(dredge_game_state(NULL));
    assert_null(dredge_results_regime(NULL, 0));
    assert_null(dredge_posterior_theory(NULL, 0));
    assert_null(dredge_people_seats(NULL));
    assert_null(dredge_people_ties(NULL));
    assert_string_not_equal(dredge_version(), "");
}

static void studies(void **state)
{
    (void)state;
    char *json = (char *)1;
    dredge_study *study = read_study();
    dredge_results *results = (dredge_results *)1;
    REFUSED(dredge_study_describe(NULL, &json));
    assert_null(json);
    REFUSED(dredge_study_describe(study, NULL));
    REFUSED(dredge_study_run_in_memory(NULL, NULL, &results));
    assert_null(results);
    REFUSED(dredge_study_run_in_memory(study, NULL, NULL));
    for (int k = 0; k < N_NUMBERS; k++) {
        const struct dredge_run_options options = {.n_threads = numbers[k]};
        REFUSED(dredge_study_run_in_memory(study, &options, &results));
        assert_null(results);
    }
    assert_int_equal(dredge_study_runs(study), 6);
    dredge_study_free(study);
}

static void results(void **state)
{
    (void)state;
    enum { N_RUNS = 6, N_MONTHS = 14, N_STATISTICS = 16 };
    double values[N_RUNS];
    float series[N_STATISTICS * N_MONTHS];
    unsigned char statuses[N_RUNS];
    char *made = (char *)1;
    dredge_people *people = (dredge_people *)1;
    dredge_results *own = NULL;
    dredge_study *study = read_study();
    REFUSED(dredge_results_describe(NULL, &made));
    REFUSED(dredge_results_status(NULL, 0, 1, statuses));
    REFUSED(dredge_results_series(NULL, "trust", 0, 0, series));
    REFUSED(dredge_results_compare(NULL, NULL, &made));
    REFUSED(dredge_results_report(NULL, NULL, NULL, &made));
    REFUSED(dredge_results_people(NULL, 0, 0, 0, &people));
    assert_true(made == NULL && people == NULL);
    assert_int_equal(dredge_study_run_in_memory(study, NULL, &own), DREDGE_OK);
    REFUSED(dredge_results_describe(own, NULL));
    REFUSED(dredge_results_compare(own, NULL, NULL));
    REFUSED(dredge_results_compare(own, "nobody", &made));
    REFUSED(dredge_results_compare(own, "", &made));
    REFUSED(dredge_results_report(own, NULL, NULL, NULL));
    REFUSED(dredge_results_report(own, "nobody", NULL, &made));
    REFUSED(dredge_results_report(own, NULL, "fr", &made));
    REFUSED(dredge_results_status(own, 0, 1, NULL));
    REFUSED(dredge_results_series(own, NULL, 0, 0, series));
    REFUSED(dredge_results_series(own, "trust", 0, 0, NULL));
    REFUSED(dredge_results_series(own, "trust_by_pair[nobody]", 0, 0, series));
    REFUSED(dredge_results_people(own, 0, 0, 0, NULL));
    for (int k = 0; k < N_NUMBERS; k++) {
        REFUSED(dredge_results_status(own, numbers[k], 1, statuses));
        REFUSED(dredge_results_status(own, 0, numbers[k], statuses));
        REFUSED(dredge_results_status(own, numbers[k], numbers[k], statuses));
        REFUSED(dredge_results_outcome(own, "trust_end", 0, numbers[k], values));
        REFUSED(dredge_results_series(own, "trust", numbers[k], 0, series));
        REFUSED(dredge_results_series(own, "trust", 0, numbers[k], series));
        REFUSED(dredge_results_people(own, numbers[k], 0, 0, &people));
        REFUSED(dredge_results_people(own, 0, numbers[k], 0, &people));
        REFUSED(dredge_results_people(own, 0, 0, numbers[k], &people));
        assert_null(dredge_results_regime(own, numbers[k]));
        assert_true(made == NULL && people == NULL);
    }
    assert_int_equal(dredge_results_status(own, 0, 1, statuses), DREDGE_OK);
    assert_int_equal(statuses[N_RUNS - 1], 1);
    assert_int_equal(dredge_results_series(own, "trust", 0, 1, series), DREDGE_OK);
    assert_true(series[0] > 0 && series[0] < 1);
    assert_int_equal(dredge_results_people(own, 0, 1, 2, &people), DREDGE_OK);
    dredge_results_close(own);
    dredge_study_free(study);
    REFUSED(dredge_people_describe(NULL, &made));
    REFUSED(dredge_people_describe(people, NULL));
    assert_true(dredge_people_seats(people)[0] >= 0); /* after the results are gone */
    assert_int_equal(dredge_people_describe(people, &made), DREDGE_OK);
    assert_non_null(strstr(made, "\"months\":14"));
    dredge_text_free(made);
    dredge_people_free(people);
}

static void functions(void **state)
{
    (void)state;
    static const char *const factors[] = {"convener.skill"}, *const outcomes[] = {"trust_end"}, *const hole[] = {NULL},
                             *const nothing[] = {"no.such.key"}, *const empty[] = {""},
                             *const near[] = {"convener.skil"};
    dredge_function *function = (dredge_function *)1;
    dredge_study *study = read_study();
    double out[2];
    const double x = 0.5, beyond[] = {(double)NAN, (double)INFINITY, -1, 1e300};
    REFUSED(dredge_function_new(NULL, NULL, 1, factors, 1, outcomes, &function));
    assert_null(function);
    REFUSED(dredge_function_new(study, NULL, 1, factors, 1, outcomes, NULL));
    REFUSED(dredge_function_new(study, NULL, 1, NULL, 1, outcomes, &function));
    REFUSED(dredge_function_new(study, NULL, 1, hole, 1, outcomes, &function));
    REFUSED(dredge_function_new(study, NULL, 1, factors, 1, NULL, &function));
    REFUSED(dredge_function_new(study, NULL, 1, factors, 1, hole, &function));
    REFUSED(dredge_function_new(study, NULL, 1, factors, 1, nothing, &function));
    REFUSED(dredge_function_new(study, NULL, 1, factors, 0, outcomes, &function));
    REFUSED(dredge_function_new(study, NULL, SIZE_MAX, factors, 1, outcomes, &function));
    REFUSED(dredge_function_new(study, NULL, 1, factors, SIZE_MAX, outcomes, &function));
    REFUSED(dredge_function_new(study, "nobody", 1, factors, 1, outcomes, &function));
    REFUSED(dredge_function_new(study, "iterativ", 1, factors, 1, outcomes, &function));
    assert_non_null(strstr(dredge_message(), "did you mean iterative?"));
    REFUSED(dredge_function_new(study, "", 1, factors, 1, outcomes, &function));
    assert_null(function);
    REFUSED(dredge_function_new(study, NULL, 1, empty, 1, outcomes, &function));
    REFUSED(dredge_function_new(study, NULL, 1, near, 1, outcomes, &function));
    assert_non_null(strstr(dredge_message(), "did you mean convener.skill?"));
    assert_null(function);
    assert_int_equal(dredge_function_new(study, "iterative", 1, factors, 1, outcomes, &function), DREDGE_OK);
    REFUSED(dredge_function_call(function, 1, &x, 0, 1, NULL, NULL));
    for (int k = 0; k < N_NUMBERS; k++) {
        const struct dredge_run_options options = {.n_threads = numbers[k]};
        REFUSED(dredge_function_call(function, 1, &x, 0, 1, &options, out));
    }
    for (size_t k = 0; k < sizeof beyond / sizeof beyond[0]; k++) {
        int status = (int)dredge_function_call(function, 1, &beyond[k], 0, 1, NULL, out);
        assert_true(status == DREDGE_USAGE || status == DREDGE_STUDY);
        assert_non_null(strstr(dredge_message(), "convener.skill"));
    }
    assert_int_equal(dredge_function_call(function, 0, NULL, 0, 1, NULL, out), DREDGE_OK); /* nothing is asked for */
    assert_int_equal(dredge_function_call(function, 1, &x, 0, 1, NULL, out), DREDGE_OK);
    dredge_function_free(function);
    dredge_study_free(study);
}

static void posteriors_and_games(void **state)
{
    (void)state;
    char *json = (char *)1;
    dredge_posterior *posterior = (dredge_posterior *)1;
    dredge_game *game = (dredge_game *)1;
    dredge_study *study = read_study();
    REFUSED(dredge_posterior_describe(NULL, &json));
    assert_null(json);
    REFUSED(dredge_posterior_particles(NULL, NULL, NULL, NULL, NULL));
    REFUSED(dredge_posterior_write(NULL, NULL, 0));
    for (int k = 0; k < N_NUMBERS; k++) {
        const struct dredge_calibrate_options options = {.n_threads = numbers[k]};
        int status = (int)dredge_study_calibrate(study, &options, &posterior);
        assert_true(status == DREDGE_USAGE || status == DREDGE_STUDY); /* it has nothing to calibrate either */
        assert_null(posterior);
    }
    REFUSED(dredge_game_new(study, "", 0, &game));
    assert_null(game);
    REFUSED(dredge_game_new(study, NULL, INT_MIN, &game));
    assert_int_equal(dredge_game_new(study, "constant", 0, &game), DREDGE_OK); /* built in, not of the study */
    dredge_study_free(study);
    REFUSED(dredge_game_steer(game, -0.001, 0));
    REFUSED(dredge_game_steer(game, (double)INFINITY, 0));
    REFUSED(dredge_game_steer(game, 0, (double)-INFINITY));
    assert_int_equal(dredge_game_steer(game, 1, 1), DREDGE_OK);
    assert_int_equal(dredge_game_step(game), 1); /* after the study is gone */
    assert_int_equal(dredge_game_month(game), 1);
    dredge_game_free(game);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_taken),
        cmocka_unit_test(studies),
        cmocka_unit_test(results),
        cmocka_unit_test(functions),
        cmocka_unit_test(posteriors_and_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
