/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/stopping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

enum { ROUND_TO = 16 }; /* looks come at multiples of the engine's lanes */

int stopping_next_look(const struct replication *replication, int n)
{
    int next = (n + n / 2 + ROUND_TO) / ROUND_TO * ROUND_TO;
    return next < replication->max ? next : replication->max;
}

double stopping_half_width(int n, const double *a, const double *b, double confidence)
{
    int pairs = 0;
    double mean = 0;
    double squares = 0;
    for (int k = 0; k < n; k++) {
        double difference = a[k] - b[k];
        if (!isnan(difference)) {
            double step = difference - mean;
            pairs++;
            mean += step / pairs;
            squares += step * (difference - mean);
        }
    }
    if (pairs < 2) {
        return (double)INFINITY;
    }
    double error = sqrt(squares / (pairs - 1) / pairs);
    return gsl_cdf_tdist_Pinv(0.5 + confidence / 2, pairs - 1) * error;
}

dredge_status watched_init(struct watched *watched, const struct study *study, int point)
{
    size_t max = (size_t)study->replication.max;
    size_t n_values = max * (size_t)study->n_regimes;
    *watched = (struct watched){.point = point, .n = study->replication.min, .open = 1};
    watched->values = malloc(n_values * sizeof *watched->values + max);
    if (watched->values == NULL) {
        return status_no_memory(n_values * sizeof *watched->values + max);
    }
    watched->known = (uint8_t *)(watched->values + n_values);
    memset(watched->known, 0, max);
    for (size_t k = 0; k < n_values; k++) {
        watched->values[k] = (double)NAN;
    }
    return DREDGE_OK;
}

void watched_free(struct watched *watched)
{
    free(watched->values);
    memset(watched, 0, sizeof *watched);
}

static int precise(const struct watched *watched, const struct study *study)
{
    const struct replication *rule = &study->replication;
    for (int regime = 1; regime < study->n_regimes; regime++) {
        const double *values = watched->values + (size_t)regime * (size_t)rule->max;
        if (!(stopping_half_width(watched->n, values, watched->values, rule->confidence) <= rule->half_width)) {
            return 0;
        }
    }
    return 1;
}

void watched_look(struct watched *watched, const struct study *study)
{
    const struct replication *rule = &study->replication;
    int n_known = 0;
    while (n_known < rule->max && watched->known[n_known]) {
        n_known++;
    }
    while (watched->open && n_known >= watched->n) {
        watched->open = watched->n < rule->max && !precise(watched, study);
        watched->n = watched->open ? stopping_next_look(rule, watched->n) : watched->n;
    }
}

int watched_missing(const struct watched *watched, int limit, int *first)
{
    int end = watched->open ? watched->n : 0;
    while (*first < end && watched->known[*first]) {
        (*first)++;
    }
    int n = 0;
    while (*first + n < end && n < limit && !watched->known[*first + n]) {
        n++;
    }
    return n;
}
