/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_POINT_H
#define STUDY_POINT_H

#include "study/study.h"

/* What a study is at one of its design points; study_point is the whole of it. */

/* The parameters without a design point, under `theory`. */
void point_parameters(const struct study *study, enum theory theory, struct parameters *parameters);

/* Does a point with these values ([n_factors]) meet the condition of the design? `context` is a struct study. */
int point_is_kept(const void *context, const double *values);

#endif
