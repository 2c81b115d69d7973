/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_DESIGN_SAMPLED_H
#define STUDY_DESIGN_SAMPLED_H

#include "base/status.h"
#include "study/design.h"

/* The points of the sampled methods: they place every factor on 0 .. 1 and take the quantile of its distribution there.
 * Each fills design->values, which has room for n_points, from the design's seed. */
STATUS_CHECKED dredge_status sampled_latin_hypercube(struct design *design);
STATUS_CHECKED dredge_status sampled_sobol(struct design *design, design_keeps *keeps, const void *context);
STATUS_CHECKED dredge_status sampled_morris(struct design *design);
STATUS_CHECKED dredge_status sampled_saltelli(struct design *design);

#endif
