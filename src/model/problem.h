/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PROBLEM_H
#define MODEL_PROBLEM_H

#include "model/law.h"
#include "model/rates.h"

/* The problem: causes of layers, each diagnosed before it is addressed, and a symptom (docs/model.md 4.3). */

/* kappa: coordination needs trust and suffers from open conflict. */
static inline float problem_coordination(const struct rates *r, float trust, float open)
{
    return (r->coord_floor + (1.0F - r->coord_floor) * trust) * (1.0F - open);
}

/* E: attempts per month. Pressure also makes people deliver harder (Bevan & Hood 2006). */
static inline float problem_effort(const struct rates *r, float momentum, float budget, float pressure, float process)
{
    return r->attempts * momentum * budget * (1.0F + r->kpi_drive * pressure) * (1.0F - process);
}

/* Chance that a structural attempt succeeds, when `n_supporting` of the `coupling` next causes are diagnosed at least
 * as deep (Termeer & Dewulf 2019). */
static inline float problem_structural_chance(float coordination, int n_supporting, int coupling)
{
    return coordination * (1.0F + (float)n_supporting) / (1.0F + (float)coupling);
}

/* Chance that a quick attempt succeeds. */
static inline float problem_quick_chance(float coordination)
{
    return 0.3F + 0.7F * coordination;
}

/* Visibility of results after a month without a win; with one it is 1. */
static inline float problem_visibility(const struct rates *r, float visibility, float wins)
{
    float faded = visibility * (1.0F - phi(1.0F / r->visibility_months));
    return wins > 0 ? 1.0F : faded;
}

/* Rate at which a cause loses its last addressed layer: partly addressed causes grow back, fragile after escalations,
 * blocked by those who are not at the table; a solved cause fears escalation only. */
static inline float problem_relapse_rate(const struct rates *r, int addressed, int layers, float escalated,
                                         float coverage)
{
    float partly = r->relapse * (float)addressed + r->fragile * escalated + r->block * (1.0F - coverage);
    float solved = r->fragile * escalated * 0.5F;
    float rate = addressed < layers ? partly : solved;
    return addressed > 0 ? rate : 0.0F;
}

/* The symptom returns to what the unaddressed layers produce. */
static inline float problem_symptom(const struct rates *r, float symptom, float structural_share)
{
    return symptom + r->regenerate * ((1.0F - structural_share) - symptom);
}

#endif
