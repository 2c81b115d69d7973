/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model as an ordinary program would have it: one collaboration, structs and loops, doubles, one generator taken
 * in turn. Default scenario, one of the built-in regimes. A yardstick for speed and, by its means, for correctness.
 *
 * gcc -O3 -march=native plain.c start.c month.c -o plain -lgsl -lgslcblas -lm
 * ./plain --regime iterative --replicates 1000 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model.h"

/* front, months and gate of formation; base; gains on tension, momentum, backlog; of depth; weight of KPIs; swing */
static const struct steering regimes[] = {
    {"linear_kpi", 0.6, 12, 0.05, 0.08, 0, 0, 0, 0, 0.8, 0, 0},
    {"linear_sustained", 0.6, 12, 0.05, 0.20, 0, 0, 0, 0, 0.8, 0, 0},
    {"linear", 0.6, 12, 0.05, 0.08, 0, 0, 0, 0, 0.2, 0, 0},
    {"iterative", 0, 0, 0, 0.30, 1, 2, 0.3, 0, 0.2, 0, 0},
    {"iterative_deep", 0, 0, 0, 0.30, 1, 2, 0.3, 0.8, 0.2, 0, 0},
    {"iterative_kpi", 0, 0, 0, 0.30, 1, 2, 0.3, 0, 0.8, 0, 0},
    {"constant", 0, 0, 0, 0.30, 0, 0, 0, 0, 0.2, 0, 0},
    {"alternating", 0, 0, 0, 0.30, 0, 0, 0, 0, 0.2, 0.3, 24},
    {"results_only", 0, 0, 0, 0, 0, 0, 0, 0, 0.2, 0, 0},
    {"process_only", 0, 0, 0, 0.95, 0, 0, 0, 0, 0.2, 0, 0},
};

static const struct steering *find_steering(const char *name)
{
    for (size_t k = 0; k < sizeof regimes / sizeof regimes[0]; k++) {
        if (strcmp(regimes[k].name, name) == 0) {
            return &regimes[k];
        }
    }
    return NULL;
}

/* A whole run; returns the structural share at the end and adds to the count of tie-months. */
static double replicate(const struct steering *steering, gsl_rng *rng, long long *tie_months)
{
    struct collaboration c;
    start(&c, steering, rng);
    for (int month = 0; month < MONTHS; month++) {
        if (c.alive) {
            *tie_months += living_month(&c, steering, month, rng);
        } else {
            struct means frozen = means_of(&c);
            ended_month(&c, &frozen, rng);
        }
    }
    double share = structural_share(&c);
    struct means last = means_of(&c);
    int goes_on = c.alive;
    for (int month = 0; month < AFTERCARE_MONTHS; month++) {
        aftercare_month(&c, &last, &goes_on, rng);
    }
    return share;
}

/* Processor time of this process. */
static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    const char *regime = "iterative";
    int n = 1000;
    for (int k = 1; k + 1 < argc; k += 2) {
        regime = strcmp(argv[k], "--regime") == 0 ? argv[k + 1] : regime;
        n = strcmp(argv[k], "--replicates") == 0 ? atoi(argv[k + 1]) : n;
    }
    const struct steering *steering = find_steering(regime);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (steering == NULL || n < 2 || rng == NULL) {
        fprintf(stderr, "usage: plain --regime NAME --replicates N (at least 2)\n");
        gsl_rng_free(rng);
        return 2;
    }
    gsl_rng_set(rng, 20220101);
    double sum = 0, squares = 0, started = seconds_now();
    long long tie_months = 0;
    for (int k = 0; k < n; k++) {
        double share = replicate(steering, rng, &tie_months);
        sum += share;
        squares += share * share;
    }
    double seconds = seconds_now() - started, mean = sum / n;
    printf("{\"peer\": \"plain_c\", \"regime\": \"%s\", \"replicates\": %d, \"seconds\": %.6f, \"tie_months\": %lld, "
           "\"ns_per_tie_month\": %.3f, \"structural_share\": %.6f, \"se\": %.6f}\n",
           regime, n, seconds, tie_months, 1e9 * seconds / (double)tie_months, mean,
           sqrt((squares / n - mean * mean) / (n - 1)));
    gsl_rng_free(rng);
    return 0;
}
