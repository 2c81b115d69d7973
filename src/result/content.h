/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_CONTENT_H
#define RESULT_CONTENT_H

#include "base/digest.h"
#include "result/catalogue.h"
#include "result/inventory.h"
#include "result/parcel.h"
#include "result/results.h"
#include "result/shape.h"
#include "result/span.h"

/* The digests of the variables that runs fill: statuses, outcomes, trajectories. Each is fed in the order point, replicate,
 * regime, place, month (summaries: point, place, regime, statistic, month), whatever the blocks in which the values come.
 * What was not run and holds no value leaves no trace, so that a large file of few runs is digested quickly. */

struct content {
    struct shape shape;
    const struct catalogue *catalogue;                     /* borrowed */
    struct digest *status, *outcome, *series, *difference; /* one, [n_outcomes], [n_series], [n_series]; owned */
};

/* Begins; freed with content_free, which is safe on a zeroed one. */
STATUS_CHECKED dredge_status content_init(struct content *content, const struct shape *shape,
                                          const struct catalogue *catalogue);
void content_free(struct content *content);

/* The next values, in the order of the file. `status` is [n_points][n_regimes][n_replicates]. */
void content_status(struct content *content, const struct swath *at, const uint8_t *status);

/* One row of outcomes of the same runs: its columns are [n_points][n_regimes][n_replicates], `stride` values apart. */
void content_outcome(struct content *content, int row, const struct swath *at, const uint8_t *status,
                     const double *values, size_t stride);

/* One row of series of the same runs: its columns are [n_points][n_regimes][n_replicates][n_months]. */
void content_runs(struct content *content, int row, const struct swath *at, const uint8_t *status, const float *values,
                  size_t stride);

/* One row of series of the summary of a point: its columns are [n_regimes][N_STATISTICS][n_months]. */
void content_summary(struct content *content, int row, int point, const float *values, size_t stride);

/* The same for the differences to the baseline: [n_regimes][N_MOMENTS][n_months]. */
void content_difference(struct content *content, int row, int point, const float *values, size_t stride);

/* Adds the variables to an inventory. */
STATUS_CHECKED dredge_status content_list(const struct content *content, struct inventory *inventory);

/* Adds those that the study gives: axes, seed, factors, parameters; and the finished replicates of each point [n_points]. */
STATUS_CHECKED dredge_status content_list_study(struct inventory *inventory, const struct study *study,
                                                const struct shape *shape, const int *replicates_done);

/* The digest of the content of results of `study`, a point at a time. */
STATUS_CHECKED dredge_status content_digest(struct results *results, const struct study *study, char digest[33]);

/* Has the stopping rule used up its replicates? */
int content_hit_max(const struct study *study, int replicates_done);

/* The name of the variable of a series: "month_NAME", or "month_difference_NAME". */
void content_series_name(const struct catalogue_row *row, int is_difference, char name[INVENTORY_NAME_BYTES]);

#endif
