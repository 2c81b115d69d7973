/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_FUNDER_H
#define MODEL_FUNDER_H

#include "model/law.h"
#include "model/rates.h"

/* The funder's review (docs/model.md 4.6; Bevan & Hood 2006). */

/* How far output since the last review falls short of the target, 0 .. 1. `quick` is what the funder counts: results on
 * paper, too. */
static inline float funder_gap(const struct rates *r, float quick, float structural)
{
    float output = (quick + r->structural_visible * structural) / (r->target * (float)r->review_months);
    return positive(1.0F - output);
}

/* What is left of the weight on KPIs after institutional room; `push` is that of whoever funds. */
static inline float funder_force(float push, float kpi_weight, float room)
{
    return push * kpi_weight * (1.0F - room);
}

static inline float funder_pressure(const struct rates *r, float pressure, float force, float gap)
{
    return pressure + r->pressure_speed * (force * gap - pressure);
}

static inline float funder_budget(const struct rates *r, float budget, float force, float gap)
{
    float moved = budget * (1.0F - r->cut * force * gap) + r->budget_recovery * (1.0F - gap) * (1.0F - budget);
    return clamp(moved, r->budget_floor, 1.0F);
}

#endif
