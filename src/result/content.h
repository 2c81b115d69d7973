/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_CONTENT_H
#define RESULT_CONTENT_H

#include "base/digest.h"
#include "result/parcel.h"
#include "result/shape.h"

/* The digest of the scientific content of a results file: names of regimes and factors, values of factors, outcomes,
 * statuses and trajectories, in an order that does not depend on how runs were divided over parcels, segments or shards.
 * Each variable has its own digest, fed in the order point, replicate, regime (summaries: point, regime, statistic) with
 * what was run; the digest of the file is made of names and these digests. */

struct content {
    struct shape shape;
    struct digest outcome[N_OUTCOMES], status, series[N_SERIES];
};

void content_begin(struct content *content, const struct shape *shape);

/* The next values: all replicates of some points, or some replicates of one point, in the order of the file. `status` is
 * [n_points][n_regimes][n_replicates]; replicates that were not run under any regime are left out. */
void content_status(struct content *content, int point, int n_points, int first, int n_replicates,
                    const uint8_t *status);

/* One outcome of the same runs, [n_points][n_regimes][n_replicates]. */
void content_outcome(struct content *content, int outcome, int n_points, int n_replicates, const uint8_t *status,
                     const double *values);

/* One series of the same runs, [n_points][n_regimes][n_replicates][n_months]. */
void content_runs(struct content *content, int series, int n_points, int n_replicates, const uint8_t *status,
                  const float *values);

/* One series of the summary of a point of which something was run, [n_regimes][N_STATISTICS][n_months]. */
void content_summary(struct content *content, int series, const float *values);

/* The names of regimes [n_regimes] and factors [n_factors], the values of factors [n_points][n_factors], the months of
 * samples [n_months]. */
void content_finish(const struct content *content, const char *const *regimes, int n_factors,
                    const char *const *factors, const double *values, const int *months, char hex[33]);

#endif
