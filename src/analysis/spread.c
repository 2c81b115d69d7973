/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/spread.h"

#include <math.h>
#include <stdlib.h>

const double spread_levels[SPREAD_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts the value of rank `rank` of values[begin .. end-1] in its place, smaller ones before it, larger ones after it
 * (Hoare's selection, with the middle of three as pivot). */
static void select_rank(double *values, long begin, long end, long rank)
{
    while (end - begin > 1) {
        double *first = values + begin;
        double *middle = values + begin + (end - begin) / 2;
        double *last = values + end - 1;
        if (*middle < *first) { /* NOLINT(clang-analyzer-core.UndefinedBinaryOperatorResult): all are set */
            swap(middle, first);
        }
        if (*last < *first) {
            swap(last, first);
        }
        if (*last < *middle) {
            swap(last, middle);
        }
        double pivot = *middle;
        long i = begin;
        long j = end - 1;
        while (i <= j) {
            for (; values[i] < pivot; i++) {
            }
            for (; values[j] > pivot; j--) {
            }
            if (i <= j) {
                swap(&values[i++], &values[j--]);
            }
        }
        if (rank <= j) {
            end = j + 1;
        } else if (rank >= i) {
            begin = i;
        } else {
            return;
        }
    }
}

dredge_status spread_compute(const struct panel *panel, struct spread *spread)
{
    size_t n_all = (size_t)panel->n_points * (size_t)panel->n_replicates;
    double *values = malloc((n_all + 1) * sizeof *values);
    *spread = (struct spread){0};
    if (values == NULL) {
        return status_no_memory((n_all + 1) * sizeof *values);
    }
    for (int p = 0; p < panel->n_points; p++) {
        const double *row = panel->values + (size_t)p * panel->stride;
        for (int k = 0; k < panel->n_replicates; k++) {
            if (!isnan(row[k])) {
                values[spread->n++] = row[k];
            }
        }
    }
    long placed = 0; /* values before this one are in their places or smaller */
    for (int q = 0; q < SPREAD_QUANTILES; q++) {
        double place = spread_levels[q] * (double)(spread->n - 1);
        long rank = (long)place;
        spread->quantile[q] = NAN;
        for (long next = rank; spread->n > 0 && next <= rank + 1 && next < spread->n; next++) {
            select_rank(values, placed, spread->n, next);
            placed = next;
        }
        if (spread->n > 0) {
            double above = rank + 1 < spread->n ? values[rank + 1] : values[rank];
            spread->quantile[q] = values[rank] + (place - (double)rank) * (above - values[rank]);
        }
    }
    free(values);
    return DREDGE_OK;
}

void spread_reaching(const struct panel *panel, double bound, double *out)
{
    for (int p = 0; p < panel->n_points; p++) {
        const double *row = panel->values + (size_t)p * panel->stride;
        double *own = out + (size_t)p * (size_t)panel->n_replicates;
        for (int k = 0; k < panel->n_replicates; k++) {
            own[k] = isnan(row[k]) ? (double)NAN : (double)(row[k] >= bound);
        }
    }
}
