/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/front.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/bootstrap.h"

void front_mark(int n_options, struct front_ways better, struct front_option *options)
{
    for (int i = 0; i < n_options; i++) {
        options[i].on_front = !isnan(options[i].first) && !isnan(options[i].second);
        for (int j = 0; j < n_options; j++) {
            double first = better.first * (options[j].first - options[i].first);
            double second = better.second * (options[j].second - options[i].second);
            if (first >= 0 && second >= 0 && (first > 0 || second > 0)) {
                options[i].on_front = 0;
            }
        }
    }
}

/* Weighted means of the complete replicates. */
static void mean_values(int n_options, int n_replicates, const double *first, const double *second,
                        const unsigned char *complete, const uint16_t *weights, struct front_option *options)
{
    for (int i = 0; i < n_options; i++) {
        double sums[2] = {0, 0};
        double total = 0;
        for (int k = 0; k < n_replicates; k++) {
            double weight = complete[k] ? (weights ? weights[k] : 1) : 0;
            if (weight > 0) {
                sums[0] += weight * first[(size_t)i * (size_t)n_replicates + (size_t)k];
                sums[1] += weight * second[(size_t)i * (size_t)n_replicates + (size_t)k];
                total += weight;
            }
        }
        options[i].first = total > 0 ? sums[0] / total : NAN;
        options[i].second = total > 0 ? sums[1] / total : NAN;
    }
}

dredge_status front_compute(int n_options, int n_replicates, const double *first, const double *second,
                            struct front_ways better, int n_resamples, uint64_t seed, struct front_option *out)
{
    size_t n = (size_t)n_replicates;
    uint16_t *counts = malloc(((size_t)n_resamples * n + 1) * sizeof *counts);
    unsigned char *complete = malloc(n + 1);
    struct front_option *resampled = malloc(((size_t)n_options + 1) * sizeof *resampled);
    dredge_status status = DREDGE_OK;
    if (counts == NULL || complete == NULL || resampled == NULL) {
        status = status_no_memory(((size_t)n_resamples * n + 1) * sizeof *counts);
        goto out;
    }
    for (size_t k = 0; k < n; k++) {
        complete[k] = 1;
        for (size_t i = 0; i < (size_t)n_options; i++) {
            complete[k] &= !isnan(first[i * n + k]) && !isnan(second[i * n + k]);
        }
    }
    mean_values(n_options, n_replicates, first, second, complete, NULL, out);
    front_mark(n_options, better, out);
    for (int i = 0; i < n_options; i++) {
        out[i].share = 0;
    }
    status = bootstrap_counts(n_replicates, n_resamples, seed, BOOTSTRAP_FRONT, counts);
    for (int b = 0; status == DREDGE_OK && b < n_resamples; b++) {
        mean_values(n_options, n_replicates, first, second, complete, counts + (size_t)b * n, resampled);
        front_mark(n_options, better, resampled);
        for (int i = 0; i < n_options; i++) {
            out[i].share += (double)resampled[i].on_front / n_resamples;
        }
    }
out:
    free(resampled);
    free(complete);
    free(counts);
    return status;
}
