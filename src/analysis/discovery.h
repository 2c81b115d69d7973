/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_DISCOVERY_H
#define ANALYSIS_DISCOVERY_H

#include "analysis/panel.h"
#include "analysis/prim.h"
#include "study/study.h"

/* Scenario discovery over the points of a design: under which conditions is the mean of a target above or below X? */

struct discovery {
    const struct design *design; /* borrowed */
    struct prim prim;
    double threshold;
    int above; /* 1: cases are points above the threshold; 0: below */
};

/* Freed with discovery_free. A study without a design fails with DREDGE_USAGE and a sentence that says what to add; one
 * in which no point or every point is a case has no boxes. */
STATUS_CHECKED dredge_status discovery_compute(const struct design *design, const struct panel *panel, int above,
                                               double threshold, const struct prim_options *options,
                                               struct discovery *discovery);
void discovery_free(struct discovery *discovery);

/* The categories of a factor that a restriction leaves in, by name: "true", "mixed, inertia". */
void discovery_categories(const struct discovery *discovery, int factor, const struct prim_limit *limit, size_t n_bytes,
                          char *text);

#endif
