/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_AT_POINT_H
#define RUN_AT_POINT_H

#include "base/status.h"
#include "engine/scenario.h"
#include "study/study.h"

/* A design point of a study, for those who look at single runs. */

/* Its parameters, and the study's regimes as they are there, [n_regimes]; DREDGE_STUDY where they do not go together. */
STATUS_CHECKED dredge_status at_point(const struct study *study, int point, struct parameters *parameters,
                                      struct regime *regimes);

/* The scenario of such parameters and any regimes (copied), with who sits and what happens at this point; freed with
 * scenario_free (safe when zeroed). */
STATUS_CHECKED dredge_status at_point_scenario(const struct study *study, int point,
                                               const struct parameters *parameters, int n_regimes,
                                               const struct regime *regimes, struct scenario *scenario);

#endif
