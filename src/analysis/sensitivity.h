/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_SENSITIVITY_H
#define ANALYSIS_SENSITIVITY_H

#include "analysis/drivers.h"
#include "analysis/factorial.h"
#include "analysis/morris.h"
#include "analysis/panel.h"
#include "analysis/sobol_indices.h"
#include "study/study.h"

/* What drives an outcome, with the method that the design was made for. */

enum sensitivity_method { SENSITIVITY_SOBOL, SENSITIVITY_MORRIS, SENSITIVITY_FACTORIAL, SENSITIVITY_SPREAD };

struct sensitivity {
    enum sensitivity_method method;
    int n_factors;
    double noise_share;         /* share of the variance between points that is luck; NaN when unknown */
    struct drivers drivers;     /* for every design */
    struct driver *driver;      /* [n_factors], owned */
    struct sobol_indices sobol; /* saltelli: of the factors, or where these are grouped, of the groups */
    int n_scrambles;            /* designs behind the intervals of sobol; 0 or 1: a bootstrap */
    int n_groups; /* saltelli with groups: they and the factors in none; the method is then that of others */
    char (*groups)[STUDY_KEY_BYTES]; /* [n_groups], their names, owned */
    struct morris *morris;           /* morris: [n_factors], owned; otherwise NULL */
    int n_effects;
    struct factorial_effect *effects; /* full grid of two levels: [n_effects], owned; otherwise NULL */
};

/* panel: the values by point and replicate. A study without a design fails with DREDGE_USAGE and a sentence that says
 * which one to add. Freed with sensitivity_free. */
STATUS_CHECKED dredge_status sensitivity_compute(const struct design *design, const struct panel *panel,
                                                 double confidence, int n_resamples, uint64_t seed,
                                                 struct sensitivity *sensitivity);
void sensitivity_free(struct sensitivity *sensitivity);

/* Fails with DREDGE_USAGE when the study has no design with factors. */
STATUS_CHECKED dredge_status sensitivity_needs_design(const struct design *design, const char *what);

/* Groups in the order of their total indices: order[n_groups]. */
void sensitivity_order_groups(const struct sensitivity *sensitivity, int *order);

/* Factors in the order of what they matter most (total index, mu*, main effect): order[n_factors]. */
void sensitivity_order(const struct sensitivity *sensitivity, int *order);

#endif
