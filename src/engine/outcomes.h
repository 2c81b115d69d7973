/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_OUTCOMES_H
#define ENGINE_OUTCOMES_H

#include "engine/block.h"
#include "engine/scenario.h"
#include "model/outcomes.h"

/* The outcomes of the collaboration in `lane` after support and aftercare (docs/model.md 6); NaN where an outcome is not
 * defined. Returns 0, with all of them NaN, when the state did not stay finite. */
int outcomes_of(const struct block *block, const struct scenario *scenario, int lane,
                double outcomes[N_OUTCOME_COLUMNS]);

#endif
