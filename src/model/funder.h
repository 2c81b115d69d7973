/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_FUNDER_H
#define MODEL_FUNDER_H

#include "model/law.h"
#include "model/rates.h"

/* The funder's review (docs/model.md 4.6; Bevan & Hood 2006). */

/* How far output since the last review falls short of the target, 0 .. 1. */
static inline float funder_gap(const struct rates *r, float quick_wins, float structural_wins)
{
    float output = (quick_wins + r->structural_visible * structural_wins) / (r->target * (float)r->review_months);
    return positive(1.0F - output);
}

/* What is left of the weight on KPIs after institutional room. */
static inline float funder_force(float kpi_weight, float room)
{
    return kpi_weight * (1.0F - room);
}

static inline float funder_pressure(float pressure, float force, float gap)
{
    return pressure + 0.7F * (force * gap - pressure);
}

static inline float funder_budget(const struct rates *r, float budget, float force, float gap)
{
    float moved = budget * (1.0F - r->cut * force * gap) + 0.1F * (1.0F - gap) * (1.0F - budget);
    return clamp(moved, 0.1F, 1.0F);
}

/* Rate-like number u of ending: a collaboration whose mean momentum is below the threshold ends with probability
 * phi(1 - momentum / threshold) (docs/model.md 4.7). */
static inline float funder_ending_rate(const struct rates *r, float momentum)
{
    return positive(1.0F - momentum / r->collapse_below);
}

#endif
