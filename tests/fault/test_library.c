/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libdredge never takes its caller down: wrong arguments. */
#include "testing.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dredge/dredge.h"
#include "store_fixture.h"

enum { PATH_BYTES = FIXTURE_PATH_BYTES + 32 };

static const char text[] = "months: 12\nreplicates: 200\nregimes: [linear_kpi, iterative]\n";
static char folder[FIXTURE_PATH_BYTES], path[PATH_BYTES];

static dredge_study *read_study(void)
{
    dredge_study *study = NULL;
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    return study;
}

/* The call was refused with a sentence, and nothing was made. */
#define REFUSED(call)                                                                                                  \
    do {                                                                                                               \
        assert_int_equal(call, DREDGE_USAGE);                                                                          \
        assert_true(strlen(dredge_message()) > 10);                                                                    \
        assert_null(strstr(dredge_message(), "(null)"));                                                               \
    } while (0)

static void studies_are_asked_for_well(void **state)
{
    (void)state;
    dredge_study *study = (dredge_study *)1;
    const char *const holes[] = {"months=3", NULL};
    REFUSED(dredge_study_parse("n", NULL, 0, 0, NULL, &study));
    assert_null(study);
    REFUSED(dredge_study_parse("n", text, strlen(text), 0, NULL, NULL));
    REFUSED(dredge_study_parse("n", text, strlen(text), 2, NULL, &study));
    REFUSED(dredge_study_parse("n", text, strlen(text), 2, holes, &study));
    REFUSED(dredge_study_parse("n", text, strlen(text), SIZE_MAX, holes, &study));
    REFUSED(dredge_study_read(NULL, 0, NULL, &study));
    REFUSED(dredge_study_read("s.yaml", 0, NULL, NULL));
    REFUSED(dredge_study_read("s.yaml", 1, NULL, &study));
    assert_null(study);
    assert_int_equal(dredge_study_parse(NULL, text, strlen(text), 0, NULL, &study), DREDGE_OK);
    dredge_study_free(study);
    assert_int_equal(dredge_study_parse("empty", "", 0, 0, NULL, &study), DREDGE_STUDY);
    assert_int_equal(dredge_study_runs(NULL), 0);
    dredge_study_free(NULL);
}

static void runs_are_asked_for_well(void **state)
{
    (void)state;
    dredge_study *study = read_study();
    REFUSED(dredge_study_run(study, NULL, NULL));
    REFUSED(dredge_study_run(NULL, path, NULL));
    REFUSED(dredge_study_run(study, "", NULL));
    REFUSED(dredge_study_run(study, folder[0] != '\0' ? "/tmp/" : "", NULL));
    static const int numbers[] = {-1, 100000, INT_MAX, INT_MIN};
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        const struct dredge_run_options options = {.n_threads = numbers[k]};
        REFUSED(dredge_study_run(study, path, &options));
    }
    for (int months = -1; months < 24002; months += 24002) {
        const struct dredge_run_options options = {.checkpoint_every = months};
        REFUSED(dredge_study_run(study, path, &options));
    }
    const struct dredge_run_options both = {.resume = 1, .force = 1};
    REFUSED(dredge_study_run(study, path, &both));
    assert_int_not_equal(access("(null)", F_OK), 0);
    assert_int_not_equal(access(path, F_OK), 0);
    dredge_study_free(study);
}

/* A thesis, and what a link points to. */
static void force_replaces_only_results(void **state)
{
    (void)state;
    dredge_study *study = read_study();
    const struct dredge_run_options force = {.force = 1};
    char link_path[sizeof path + 8], kept[8] = "";
    FILE *thesis = fopen(path, "w");
    assert_non_null(thesis);
    assert_true(fputs("Chapter", thesis) >= 0 && fclose(thesis) == 0);
    assert_int_equal(dredge_study_run(study, path, &force), DREDGE_FILE);
    assert_non_null(strstr(dredge_message(), "is not a results file, so force does not"));
    thesis = fopen(path, "r");
    assert_non_null(thesis);
    assert_non_null(fgets(kept, sizeof kept, thesis));
    assert_int_equal(fclose(thesis), 0);
    assert_string_equal(kept, "Chapter");
    assert_int_equal(unlink(path), 0);
    (void)snprintf(link_path, sizeof link_path, "%s.link", path);
    assert_int_equal(symlink("nowhere", link_path), 0);
    assert_int_equal(dredge_study_run(study, link_path, &force), DREDGE_FILE);
    assert_non_null(strstr(dredge_message(), "a symbolic link"));
    assert_int_equal(unlink(link_path), 0);
    dredge_study_free(study);
}

static void results_are_asked_for_well(void **state)
{
    (void)state;
    dredge_study *study = read_study();
    dredge_results *results = (dredge_results *)1;
    double values[400];
    char digest[33];
    REFUSED(dredge_results_open(NULL, &results));
    assert_null(results);
    REFUSED(dredge_results_open(path, NULL));
    assert_int_equal(dredge_results_open(path, &results), DREDGE_FILE);
    REFUSED(dredge_results_outcome(NULL, "trust_end", 0, 1, values));
    REFUSED(dredge_results_digest(NULL, digest));
    assert_int_equal(dredge_results_n_points(NULL), 0);
    assert_int_equal(dredge_results_n_regimes(NULL), 0);
    assert_int_equal(dredge_results_n_replicates(NULL), 0);
    assert_null(dredge_results_regime(NULL, 0));
    dredge_results_close(NULL);
    assert_int_equal(dredge_study_run(study, path, NULL), DREDGE_OK);
    assert_int_equal(dredge_results_open(path, &results), DREDGE_OK);
    REFUSED(dredge_results_outcome(results, NULL, 0, 1, values));
    REFUSED(dredge_results_outcome(results, "trust", 0, 1, values));
    REFUSED(dredge_results_outcome(results, "trust_end", 0, 1, NULL));
    REFUSED(dredge_results_outcome(results, "trust_end", 0, 2, values));
    REFUSED(dredge_results_outcome(results, "trust_end", -1, 1, values));
    REFUSED(dredge_results_outcome(results, "trust_end", INT_MAX, INT_MAX, values));
    REFUSED(dredge_results_digest(results, NULL));
    assert_null(dredge_results_regime(results, 2));
    assert_null(dredge_results_regime(results, -1));
    assert_int_equal(dredge_results_outcome(results, "trust_end", 0, 1, values), DREDGE_OK);
    dredge_results_close(results);
    dredge_study_free(study);
    assert_int_equal(unlink(path), 0);
}

/* Numbers at the ends of their type are refused, not added up. */
static void functions_are_asked_for_well(void **state)
{
    (void)state;
    dredge_study *study = read_study();
    dredge_function *function = NULL;
    const char *const factors[] = {"convener.skill"}, *const outcomes[] = {"trust_end"};
    const double x = 0.5;
    double out[2];
    assert_int_equal(dredge_function_new(study, NULL, 1, factors, 1, outcomes, &function), DREDGE_OK);
    REFUSED(dredge_function_call(NULL, 1, &x, 0, 1, NULL, out));
    REFUSED(dredge_function_call(function, -1, &x, 0, 1, NULL, out));
    REFUSED(dredge_function_call(function, 1, NULL, 0, 1, NULL, out));
    REFUSED(dredge_function_call(function, 1, &x, -1, 1, NULL, out));
    REFUSED(dredge_function_call(function, 1, &x, 0, 0, NULL, out));
    REFUSED(dredge_function_call(function, 1, &x, INT_MAX, INT_MAX, NULL, out));
    REFUSED(dredge_function_call(function, 1, &x, INT_MIN, INT_MIN, NULL, out));
    assert_int_equal(dredge_function_call(function, 1, &x, 0, 1, NULL, out), DREDGE_OK);
    dredge_function_free(function);
    const char *const twice[] = {"convener.skill", "convener.skill"};
    REFUSED(dredge_function_new(study, NULL, 2, twice, 1, outcomes, &function));
    assert_null(function);
    dredge_study_free(study);
}

/* A game that is not there, or is steered by what is no share. */
static void games_are_checked(void **state)
{
    (void)state;
    const char short_text[] = "months: 12\n";
    dredge_study *study = NULL;
    dredge_game *game = NULL;
    char *json = NULL;
    assert_int_equal(dredge_study_parse("test", short_text, strlen(short_text), 0, NULL, &study), DREDGE_OK);
    REFUSED(dredge_game_new(NULL, NULL, 0, &game));
    REFUSED(dredge_game_new(study, NULL, -1, &game));
    REFUSED(dredge_game_new(study, "nobody", 0, &game));
    REFUSED(dredge_game_new(study, NULL, 0, NULL));
    REFUSED(dredge_game_steer(NULL, 0, 0));
    REFUSED(dredge_game_describe(NULL, &json));
    assert_int_equal(dredge_game_step(NULL), 0);
    assert_int_equal(dredge_game_size(NULL), 0);
    assert_null(dredge_game_state(NULL));
    assert_int_equal(dredge_game_new(study, NULL, INT_MAX, &game), DREDGE_OK);
    REFUSED(dredge_game_steer(game, (double)NAN, 0));
    REFUSED(dredge_game_steer(game, 0, 1.01));
    REFUSED(dredge_game_describe(game, NULL));
    int n = 0;
    while (dredge_game_step(game)) {
        n++;
    }
    assert_int_equal(n, dredge_game_month(game));
    assert_int_equal(dredge_game_step(game), 0);
    dredge_game_free(game);
    dredge_study_free(study);
}

static int stop_at_once(void *context, long long n_done, long long n_runs)
{
    (void)context;
    return n_done > 0 && n_runs > 0;
}

/* Results in memory become the file that the run would have written; those of a run that was stopped, what a later one goes
 * on from. */
static void results_are_written(void **state)
{
    (void)state;
    char whole[33], again[33];
    dredge_results *results = NULL;
    dredge_study *study = read_study();
    assert_int_equal(dredge_study_run_in_memory(study, NULL, &results), DREDGE_OK);
    REFUSED(dredge_results_write(results, NULL, 0));
    REFUSED(dredge_results_write(NULL, path, 0));
    assert_int_equal(dredge_results_write(results, "/etc/hostname/r.h5", 0), DREDGE_FILE);
    assert_int_equal(dredge_results_digest(results, whole), DREDGE_OK);
    assert_int_equal(dredge_results_write(results, path, 0), DREDGE_OK);
    assert_int_equal(dredge_results_write(results, path, 0), DREDGE_FILE);
    assert_int_equal(dredge_results_write(results, path, 1), DREDGE_OK);
    dredge_results_close(results);
    assert_int_equal(dredge_results_open(path, &results), DREDGE_OK);
    REFUSED(dredge_results_write(results, path, 1));
    assert_int_equal(dredge_results_digest(results, again), DREDGE_OK);
    assert_string_equal(whole, again);
    dredge_results_close(results);
    assert_int_equal(unlink(path), 0);

    struct dredge_run_options options = {.n_threads = 1, .progress = stop_at_once};
    assert_int_equal(dredge_study_run_in_memory(study, &options, &results), DREDGE_INTERRUPTED);
    assert_int_equal(dredge_results_write(results, path, 0), DREDGE_INTERRUPTED);
    dredge_results_close(results);
    assert_int_not_equal(access(path, F_OK), 0);
    options = (struct dredge_run_options){.resume = 1};
    assert_int_equal(dredge_study_run(study, path, &options), DREDGE_OK);
    assert_int_equal(dredge_results_open(path, &results), DREDGE_OK);
    assert_int_equal(dredge_results_digest(results, again), DREDGE_OK);
    assert_string_equal(whole, again);
    dredge_results_close(results);
    dredge_study_free(study);
    assert_int_equal(unlink(path), 0);
}

static const char planted[] = "months: 12\naftercare_months: 0\nseed: 8\nregimes: [iterative]\n"
                              "calibration:\n"
                              "  priors: {convener.skill: {low: 0, high: 1}, problem.urgency: {low: 0.4, high: 1}}\n"
                              "  targets:\n"
                              "    - {name: trust, outcome: trust_end, value: 0.55, error: 0.02}\n";

static int stop_calibrating(void *context, double tolerance, double share)
{
    (void)context;
    return tolerance > 0 && share >= 0;
}

static void calibrations_are_asked_for_well(void **state)
{
    (void)state;
    dredge_posterior *posterior = (dredge_posterior *)1;
    double values[64], weights[32], distances[32], figures[32], sum = 0;
    char *json = NULL;
    dredge_study *plain = read_study(), *study = NULL;
    assert_int_equal(dredge_study_calibrate(plain, NULL, &posterior), DREDGE_STUDY);
    assert_non_null(strstr(dredge_message(), "no section `calibration`"));
    assert_null(posterior);
    dredge_study_free(plain);
    assert_int_equal(dredge_study_parse("planted", planted, strlen(planted), 0, NULL, &study), DREDGE_OK);
    REFUSED(dredge_study_calibrate(NULL, NULL, &posterior));
    REFUSED(dredge_study_calibrate(study, NULL, NULL));
    struct dredge_calibrate_options options = {.n_particles = 3};
    REFUSED(dredge_study_calibrate(study, &options, &posterior));
    options = (struct dredge_calibrate_options){.n_draws = -1};
    REFUSED(dredge_study_calibrate(study, &options, &posterior));
    options = (struct dredge_calibrate_options){.n_threads = -1};
    REFUSED(dredge_study_calibrate(study, &options, &posterior));
    options = (struct dredge_calibrate_options){.n_particles = 32, .n_draws = 320, .n_replicates = 4, .n_threads = 1};
    options.progress = stop_calibrating;
    assert_int_equal(dredge_study_calibrate(study, &options, &posterior), DREDGE_INTERRUPTED);
    assert_null(posterior);
    options.progress = NULL;
    assert_int_equal(dredge_study_calibrate(study, &options, &posterior), DREDGE_OK);
    assert_int_equal(dredge_posterior_n_particles(posterior), 32);
    assert_int_equal(dredge_posterior_n_keys(posterior), 2);
    assert_int_equal(dredge_posterior_n_targets(posterior), 1);
    assert_int_equal(dredge_posterior_particles(posterior, values, weights, distances, figures), DREDGE_OK);
    assert_int_equal(dredge_posterior_particles(posterior, NULL, NULL, NULL, NULL), DREDGE_OK);
    for (int particle = 0; particle < 32; particle++) {
        sum += weights[particle];
        assert_true(values[2 * particle] >= 0 && values[2 * particle] <= 1);
        assert_true(values[2 * particle + 1] >= 0.4 && values[2 * particle + 1] <= 1);
        assert_true(distances[particle] >= 0 && figures[particle] > 0 && figures[particle] < 1);
    }
    assert_true(sum > 0.999999 && sum < 1.000001);
    assert_string_equal(dredge_posterior_theory(posterior, 31), "mixed");
    assert_null(dredge_posterior_theory(posterior, 32));
    assert_int_equal(dredge_posterior_describe(posterior, &json), DREDGE_OK);
    assert_non_null(strstr(json, "\"convener.skill\""));
    REFUSED(dredge_posterior_describe(posterior, NULL));
    REFUSED(dredge_posterior_write(NULL, path, 0));
    REFUSED(dredge_posterior_write(posterior, NULL, 0));
    assert_int_equal(dredge_posterior_write(posterior, "/no/such/folder/p.h5", 0), DREDGE_FILE);
    assert_int_equal(dredge_posterior_write(posterior, path, 0), DREDGE_OK);
    assert_int_equal(dredge_posterior_write(posterior, path, 0), DREDGE_FILE);
    assert_int_equal(dredge_posterior_write(posterior, path, 1), DREDGE_OK);
    assert_int_equal(unlink(path), 0);
    REFUSED(dredge_posterior_particles(NULL, values, NULL, NULL, NULL));
    assert_int_equal(dredge_posterior_n_particles(NULL) + dredge_posterior_n_keys(NULL), 0);
    dredge_text_free(json);
    dredge_posterior_free(posterior);
    dredge_posterior_free(NULL);
    dredge_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(studies_are_asked_for_well),   cmocka_unit_test(runs_are_asked_for_well),
        cmocka_unit_test(force_replaces_only_results),  cmocka_unit_test(results_are_asked_for_well),
        cmocka_unit_test(functions_are_asked_for_well), cmocka_unit_test(games_are_checked),
        cmocka_unit_test(results_are_written),          cmocka_unit_test(calibrations_are_asked_for_well),
    };
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/r.h5", folder);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    return rmdir(folder) != 0 ? 1 : n_failed;
}
