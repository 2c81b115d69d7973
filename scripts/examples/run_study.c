/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a study with libdredge and prints, for each design point, what every regime reaches:
 *
 *     cc run_study.c $(pkg-config --cflags --libs dredge) -lm -o run_study
 *     ./run_study STUDY.yaml RESULTS.h5 [OUTCOME [KEY=VALUE...]]
 */
#include <dredge/dredge.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Says on stderr how far the runs are; 0: go on. */
static int show_progress(void *context, long long n_done, long long n_runs)
{
    (void)context;
    (void)fprintf(stderr, "\r%lld of %lld runs", n_done, n_runs);
    return 0;
}

/* Mean and its standard error of values[n], without the runs that are missing. */
static int summarise(int n, const double *values, double *mean, double *error)
{
    double sum = 0, squares = 0;
    int n_there = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            sum += values[i];
            n_there++;
        }
    }
    *mean = n_there > 0 ? sum / n_there : NAN;
    for (int i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            squares += (values[i] - *mean) * (values[i] - *mean);
        }
    }
    *error = n_there > 1 ? sqrt(squares / (n_there - 1) / n_there) : NAN;
    return n_there;
}

static dredge_status print_table(dredge_results *results, const char *outcome)
{
    int n_points = dredge_results_n_points(results);
    int n_regimes = dredge_results_n_regimes(results);
    int n_replicates = dredge_results_n_replicates(results);
    size_t n = (size_t)n_regimes * (size_t)n_replicates;
    double *values = malloc(n * sizeof *values); /* [n_regimes][n_replicates] */
    dredge_status status = DREDGE_OK;
    if (values == NULL) {
        (void)fputs("no memory for the values of a design point\n", stderr);
        exit(1);
    }
    (void)printf("%-6s %-20s %6s %12s %12s\n", "point", "regime", "runs", outcome, "error");
    for (int point = 0; status == DREDGE_OK && point < n_points; point++) {
        status = dredge_results_outcome(results, outcome, point, 1, values);
        for (int regime = 0; status == DREDGE_OK && regime < n_regimes; regime++) {
            double mean, error;
            int n_runs = summarise(n_replicates, values + (size_t)regime * (size_t)n_replicates, &mean, &error);
            (void)printf("%-6d %-20s %6d %12.6f %12.6f\n", point, dredge_results_regime(results, regime), n_runs, mean,
                         error);
        }
    }
    free(values);
    return status;
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments < 3) {
        (void)fprintf(stderr, "usage: %s STUDY.yaml RESULTS.h5 [OUTCOME [KEY=VALUE...]]\n", arguments[0]);
        return 2;
    }
    const char *outcome = n_arguments > 3 ? arguments[3] : "structural_share";
    const char *const *sets = (const char *const *)(arguments + 4);
    size_t n_sets = n_arguments > 4 ? (size_t)n_arguments - 4 : 0;
    struct dredge_run_options options = {.force = 1, .progress = show_progress};
    dredge_study *study = NULL;
    dredge_results *results = NULL;

    dredge_status status = dredge_study_read(arguments[1], n_sets, sets, &study);
    if (status == DREDGE_OK) {
        status = dredge_study_run(study, arguments[2], &options);
        (void)fputc('\n', stderr);
    }
    if (status == DREDGE_OK) {
        status = dredge_results_open(arguments[2], &results);
    }
    if (status == DREDGE_OK) {
        status = print_table(results, outcome);
    }
    if (status != DREDGE_OK) {
        (void)fprintf(stderr, "%s\n", dredge_message());
    }
    dredge_results_close(results);
    dredge_study_free(study);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fputs("the output could not be written\n", stderr);
        return 1;
    }
    return status == DREDGE_OK ? 0 : 1;
}
