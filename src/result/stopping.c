/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/stopping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/outcomes.h"

enum { ROUND_TO = 16 }; /* looks come at multiples of the engine's lanes */

int stopping_next_look(const struct replication *replication, int n)
{
    int next = (n + n / 2 + ROUND_TO) / ROUND_TO * ROUND_TO;
    return next < replication->max ? next : replication->max;
}

int stopping_first_look(const struct replication *replication)
{
    double low = 0;
    double high = 0;
    outcome_bounds(replication->outcome < N_OUTCOMES ? outcome_infos[replication->outcome].unit : UNIT_SIGNED, &low,
                   &high);
    int least = isfinite(high) ? STOPPING_LEAST_SHARE : STOPPING_LEAST_NUMBER;
    least = least > replication->min ? least : replication->min;
    return least < replication->max ? least : replication->max;
}

double stopping_half_width(const struct reach *bounds, int n, const double *a, const double *b, double confidence,
                           double *scratch)
{
    int pairs = 0;
    double least = (double)INFINITY;
    double most = -(double)INFINITY;
    for (int k = 0; k < n; k++) {
        double other = b != NULL ? b[k] : 0;
        if (!isnan(a[k] - other)) { /* NOLINT(clang-analyzer-core.NullDereference): a holds n values */
            scratch[pairs++] = a[k] - other;
            least = fmin(least, b != NULL ? fmin(a[k], other) : a[k]);
            most = fmax(most, b != NULL ? fmax(a[k], other) : a[k]);
        }
    }
    if (pairs < 2) {
        return (double)INFINITY;
    }
    double low = 0;
    double high = 0;
    struct sample sample;
    struct reach reach = reach_make(bounds, least, most);
    reach.low = b != NULL ? bounds->low - bounds->high : bounds->low;
    reach.high = b != NULL ? bounds->high - bounds->low : bounds->high;
    sample_read(pairs, scratch, &reach, &sample);
    sample_interval(&sample, confidence, &low, &high);
    return (high - low) / 2;
}

dredge_status watched_init(struct watched *watched, const struct study *study, int point)
{
    size_t max = (size_t)study->replication.max;
    size_t n_values = max * (size_t)study->n_regimes;
    size_t n_bytes = (n_values + max) * sizeof *watched->values + max;
    *watched = (struct watched){.point = point, .n = stopping_first_look(&study->replication), .open = 1};
    watched->values = malloc(n_bytes);
    if (watched->values == NULL) {
        return status_no_memory(n_bytes);
    }
    watched->scratch = watched->values + n_values;
    watched->known = (uint8_t *)(watched->scratch + max);
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
    struct reach reach = outcome_reach(rule->outcome, study_months(study));
    int alone = study->n_regimes == 1;
    for (int regime = alone ? 0 : 1; regime < study->n_regimes; regime++) {
        const double *values = watched->values + (size_t)regime * (size_t)rule->max;
        double half = stopping_half_width(&reach, watched->n, values, alone ? NULL : watched->values, rule->confidence,
                                          watched->scratch);
        if (!(half <= rule->half_width)) {
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
        watched->n_precise = precise(watched, study) ? watched->n_precise + 1 : 0;
        watched->open = watched->n < rule->max && watched->n_precise < STOPPING_LOOKS;
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
