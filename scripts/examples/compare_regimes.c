/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares the regimes of a results file with libdredge, two by two. All regimes of a replicate met the same luck, so
 * they are compared replicate by replicate: how far the regime of the row is above that of the column, and in how many
 * replicates it is.
 *
 *     cc compare_regimes.c $(pkg-config --cflags --libs dredge) -lm -o compare_regimes
 *     ./compare_regimes RESULTS.h5 [OUTCOME [POINT]]
 */
#include <dredge/dredge.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct duel {
    int n_pairs;       /* replicates that both regimes came to the end of */
    double difference; /* mean of first - second over these */
    double error;      /* its standard error */
    double above;      /* share of them in which the first is above the second; a draw is half */
};

static struct duel fight(int n, const double *first, const double *second)
{
    struct duel duel = {0};
    double squares = 0;
    for (int i = 0; i < n; i++) {
        double difference = first[i] - second[i];
        if (isnan(difference)) {
            continue;
        }
        /* Mean and squares of what was seen so far (Welford 1962). */
        double step = difference - duel.difference;
        duel.n_pairs++;
        duel.difference += step / duel.n_pairs;
        squares += step * (difference - duel.difference);
        duel.above += difference > 0 ? 1 : difference < 0 ? 0 : 0.5;
    }
    duel.difference = duel.n_pairs > 0 ? duel.difference : NAN;
    duel.above = duel.n_pairs > 0 ? duel.above / duel.n_pairs : NAN;
    duel.error = duel.n_pairs > 1 ? sqrt(squares / (duel.n_pairs - 1) / duel.n_pairs) : NAN;
    return duel;
}

static dredge_status print_duels(dredge_results *results, const char *outcome, int point)
{
    int n_regimes = dredge_results_n_regimes(results);
    size_t n = (size_t)dredge_results_n_replicates(results);
    double *values = malloc((size_t)n_regimes * n * sizeof *values); /* [n_regimes][n] */
    if (values == NULL) {
        (void)fputs("no memory for the values of a design point\n", stderr);
        exit(1);
    }
    dredge_status status = dredge_results_outcome(results, outcome, point, 1, values);
    if (status == DREDGE_OK) {
        (void)printf("%s at design point %d\n%-20s %-20s %6s %12s %12s %8s\n", outcome, point, "regime", "against",
                     "pairs", "difference", "error", "above");
        for (int row = 0; row < n_regimes; row++) {
            for (int column = 0; column < n_regimes; column++) {
                if (row != column) {
                    struct duel duel = fight((int)n, values + (size_t)row * n, values + (size_t)column * n);
                    (void)printf("%-20s %-20s %6d %+12.6f %12.6f %8.3f\n", dredge_results_regime(results, row),
                                 dredge_results_regime(results, column), duel.n_pairs, duel.difference, duel.error,
                                 duel.above);
                }
            }
        }
    }
    free(values);
    return status;
}

int main(int n_arguments, char **arguments)
{
    if (n_arguments < 2) {
        (void)fprintf(stderr, "usage: %s RESULTS.h5 [OUTCOME [POINT]]\n", arguments[0]);
        return 2;
    }
    const char *outcome = n_arguments > 2 ? arguments[2] : "structural_share";
    int point = n_arguments > 3 ? (int)strtol(arguments[3], NULL, 10) : 0;
    char digest[33];
    dredge_results *results = NULL;

    dredge_status status = dredge_results_open(arguments[1], &results);
    if (status == DREDGE_OK) {
        status = print_duels(results, outcome, point);
    }
    if (status == DREDGE_OK) {
        status = dredge_results_digest(results, digest);
    }
    if (status == DREDGE_OK) {
        (void)printf("content %s, read with libdredge %s\n", digest, dredge_version());
    } else {
        (void)fprintf(stderr, "%s\n", dredge_message());
    }
    dredge_results_close(results);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        (void)fputs("the output could not be written\n", stderr);
        return 1;
    }
    return status == DREDGE_OK ? 0 : 1;
}
