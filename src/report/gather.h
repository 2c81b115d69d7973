/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_GATHER_H
#define REPORT_GATHER_H

#include "analysis/comparison.h"
#include "analysis/crossover.h"
#include "analysis/discovery.h"
#include "analysis/front.h"
#include "analysis/sensitivity.h"
#include "report/language.h"
#include "result/results.h"
#include "result/precision.h"

/* Everything that a report shows, gathered in one pass over the outcomes and one over the trajectories. */

enum {
    GATHER_DRIVEN = 6,       /* quantities whose drivers are shown */
    GATHER_BANDS = 2,        /* series whose differences over time are shown: structural share, symptom */
    GATHER_MAX_MONTHS = 160, /* months of a fan; longer trajectories are thinned */
    GATHER_STATISTICS = 6    /* of a fan: mean, q05, q25, q50, q75, q95 */
};

/* What a report shows the drivers of: the paired difference of the headline regime to the baseline on an outcome, or
 * the outcome under the headline regime itself. */
struct gather_driven {
    int outcome, is_difference;
};
extern const struct gather_driven gather_driven[GATHER_DRIVEN];
extern const int gather_bands[GATHER_BANDS]; /* enum series */

struct gathered {
    const struct results_info *info; /* borrowed */
    struct study study;
    struct precision precision;
    struct comparison comparison;

    /* The map: some or all design points, with what was found there. */
    int n_map_points, n_map_values;
    int *map_points; /* [n_map_points] */
    float *map; /* [N_OUTCOMES][n_map_values][n_map_points]; values: mean of each regime; then, for each regime but the
                   baseline, the paired difference; then the standard error of each of these */

    int has_drivers; /* the study has a design, and there are at least two points with values */
    struct sensitivity drivers[GATHER_DRIVEN]; /* of gather_driven */
    int has_discovery;
    struct discovery discovery; /* where the last regime is not better than the baseline on structural share */

    int front_first;            /* outcome across: quick relief; up: structural share */
    struct front_option *front; /* [n_regimes] */

    int n_fan_points, n_fan_months;
    int *fan_points, *fan_months; /* [n_fan_points], months counted from 0 [n_fan_months] */
    float *fans;                  /* [n_fan_points][N_SERIES][n_regimes][GATHER_STATISTICS][n_fan_months] */
    struct band *bands;           /* [GATHER_BANDS][n_regimes] at the first fan point; zeroed for the baseline */
};

/* Freed with gather_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status gather_results(struct results *results, int baseline, struct gathered *gathered);
void gather_free(struct gathered *gathered);

/* ---- the parts, in files of their own ---- */

STATUS_CHECKED dredge_status gather_map_begin(struct gathered *gathered);
void gather_map_outcome(struct gathered *gathered, int outcome, const double *values);
STATUS_CHECKED dredge_status gather_fans(struct results *results, struct gathered *gathered);

/* The regime that the headline is about: the last that is not the baseline; the baseline itself when it is alone. */
int gather_headline(const struct gathered *gathered);

#endif
