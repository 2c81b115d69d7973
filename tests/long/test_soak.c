/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_fixture.h"
#include "testing.h"

#include <dredge/dredge.h>

#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* One process runs varied random studies, over and over, for SOAK minutes (20): each round must give the digests of the
 * first round, and memory must not grow once every study has been run. */

enum { N_STUDIES = 24, MOST_BYTES = 2048, MOST_ROUNDS = 100000 };

static const char *const regimes[] = {"linear",   "linear_kpi",  "results_only", "process_only",
                                      "constant", "alternating", "iterative"};
enum { N_REGIMES = sizeof regimes / sizeof *regimes };

static double between(gsl_rng *rng, double low, double high)
{
    return low + (high - low) * gsl_rng_uniform(rng);
}

/* A study with random seats, rates, regimes, design, threads and output. */
static void random_study(gsl_rng *rng, int number, char text[MOST_BYTES])
{
    static const char *const trajectories[] = {"none", "summary", "runs"};
    int first = (int)gsl_rng_uniform_int(rng, N_REGIMES);
    int n = snprintf(text, MOST_BYTES,
                     "title: Soak %d\nseed: %lu\nmonths: %lu\naftercare_months: %lu\nreplicates: %lu\n"
                     "regimes: [%s, %s]\noutput: {trajectories: %s}\n"
                     "seats: {inside: {public: %lu, private: %lu, nonprofit: %lu, knowledge: %lu}}\n"
                     "funder: {room: %.3f, target: %.3f}\nconvener: {skill: %.3f}\nrecognition: %.3f\n"
                     "model: {turnover: %.4f, escalate: %.4f, relapse: %.4f, diagnose: %.1f}\n",
                     number, 1 + gsl_rng_uniform_int(rng, 1000), 12 + gsl_rng_uniform_int(rng, 100),
                     gsl_rng_uniform_int(rng, 36), 1 + gsl_rng_uniform_int(rng, 600), regimes[first],
                     regimes[(first + 1 + (int)gsl_rng_uniform_int(rng, N_REGIMES - 1)) % N_REGIMES],
                     trajectories[gsl_rng_uniform_int(rng, 3)], 1 + gsl_rng_uniform_int(rng, 5),
                     1 + gsl_rng_uniform_int(rng, 5), gsl_rng_uniform_int(rng, 4), gsl_rng_uniform_int(rng, 4),
                     between(rng, 0, 1), between(rng, 0.2, 2), between(rng, 0.1, 0.9), between(rng, 0, 1),
                     between(rng, 0, 0.1), between(rng, 0, 0.2), between(rng, 0, 0.05), between(rng, 1, 40));
    if (number % 4 == 1) {
        n += snprintf(text + n, (size_t)(MOST_BYTES - n), "programme: {collaborations: %lu}\n",
                      2 + gsl_rng_uniform_int(rng, 20));
    } else if (number % 4 == 2) {
        n += snprintf(text + n, (size_t)(MOST_BYTES - n),
                      "design: {method: latin_hypercube, points: %lu, factors: {divergence: {low: 0.1, high: 2}}}\n",
                      2 + gsl_rng_uniform_int(rng, 8));
    }
    assert_true(n < MOST_BYTES);
}

static void run_study(const char *text, int n_threads, const char *path, char digest[33])
{
    struct dredge_run_options options = {.n_threads = n_threads, .force = 1};
    dredge_study *study;
    dredge_results *results = NULL;
    if (dredge_study_parse("soak", text, strlen(text), 0, NULL, &study) != DREDGE_OK ||
        dredge_study_run(study, path, &options) != DREDGE_OK || dredge_results_open(path, &results) != DREDGE_OK ||
        dredge_results_digest(results, digest) != DREDGE_OK) {
        fail_msg("%s\nin the study\n%s", dredge_message(), text);
    }
    dredge_results_close(results);
    dredge_study_free(study);
}

static long resident_kilobytes(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    (void)fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void studies_repeat_and_memory_is_flat(void **state)
{
    (void)state;
    static char text[N_STUDIES][MOST_BYTES];
    static char first[N_STUDIES][33];
    const char *minutes = getenv("SOAK");
    time_t end = time(NULL) + (time_t)(60 * (minutes ? atof(minutes) : 20));
    char folder[FIXTURE_PATH_BYTES], path[FIXTURE_PATH_BYTES + 16];
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/soak.h5", folder);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < N_STUDIES; k++) {
        random_study(rng, k, text[k]);
    }
    gsl_rng_free(rng);
    long settled = 0;
    long last = 0;
    int round = 0;
    for (; round < 3 || (time(NULL) < end && round < MOST_ROUNDS); round++) {
        for (int k = 0; k < N_STUDIES; k++) {
            char digest[33];
            run_study(text[k], 1 + (round + k) % 3, path, digest);
            if (round == 0) {
                memcpy(first[k], digest, sizeof digest);
            }
            assert_string_equal(digest, first[k]);
        }
        last = resident_kilobytes();
        settled = round == 2 ? last : settled;
    }
    fixture_remove_folder(folder);
    print_message("%d rounds of %d studies; %ld kB after three rounds, %ld kB at the end\n", round, N_STUDIES, settled,
                  last);
    assert_true(last <= settled + settled / 20 + 2048);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(studies_repeat_and_memory_is_flat)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
