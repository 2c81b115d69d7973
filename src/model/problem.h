/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PROBLEM_H
#define MODEL_PROBLEM_H

#include "model/law.h"
#include "model/rates.h"

/* The problem: causes of layers, each diagnosed before it is addressed, and a symptom (docs/model.md 4.3). */

/* Where a diagnosis comes from. */
enum diagnosis_source { SOURCE_CONFLICT, SOURCE_ANALYSIS, SOURCE_DOING, N_SOURCES };

/* What the collaboration brings to its work in a month. */
struct problem_month {
    float momentum, budget, pressure; /* M, b, p */
    float force;                      /* of the funder */
    float process, skill;             /* s, effective skill */
    float insiders;                   /* k */
};

/* kappa: coordination needs trust and suffers from open conflict. */
static inline float problem_coordination(const struct rates *r, float trust, float open)
{
    return (r->coord_floor + (1.0F - r->coord_floor) * trust) * (1.0F - open);
}

/* What accountability adds to effort: pressure makes people deliver harder (Bevan & Hood 2006), and a clear target that
 * somebody holds on to focuses (Locke & Latham 2002). */
static inline float problem_accountability(const struct rates *r, float pressure, float force)
{
    float clear = r->target / r->focus_full;
    return 1.0F + r->kpi_drive * pressure + r->focus * force * (clear < 1.0F ? clear : 1.0F);
}

/* E: attempts per month. A skilled convener does some process work in the same hour as results (Smith & Lewis 2011);
 * process work with many partners costs everybody's time (Huxham & Vangen 2004); what all share nobody carries without
 * accountability (Olson 1965). */
static inline float problem_effort(const struct rates *r, struct problem_month m)
{
    float delivery = 1.0F - m.process * (1.0F - r->synergy * m.skill);
    float consultation = 1.0F + r->inertia * m.process * (m.insiders - 1.0F) / 9.0F;
    float left_to_others = r->freeride * (1.0F - 1.0F / (m.insiders > 1.0F ? m.insiders : 1.0F)) * (1.0F - m.force);
    return r->attempts * m.momentum * m.budget * problem_accountability(r, m.pressure, m.force) * delivery /
           consultation * (1.0F - left_to_others);
}

/* Chance that analysis or trying sees layer `layer` (0: the first): reach^layer. */
static inline float problem_reach(const struct rates *r, int layer)
{
    float chance = 1.0F;
    for (int k = 0; k < layer; k++) {
        chance *= r->reach;
    }
    return chance;
}

/* Chance that a structural attempt succeeds, when `n_supporting` of the `coupling` next causes are diagnosed at least
 * as deep (Termeer & Dewulf 2019). */
static inline float problem_structural_chance(const struct rates *r, float coordination, int n_supporting)
{
    return r->ease * coordination * (1.0F + (float)n_supporting) / (1.0F + (float)r->coupling);
}

/* Chance that a quick attempt succeeds. */
static inline float problem_quick_chance(const struct rates *r, float coordination)
{
    return r->quick_floor + (1.0F - r->quick_floor) * coordination;
}

/* Chance that a quick success is on paper only (Bevan & Hood 2006). */
static inline float problem_paper_chance(const struct rates *r, float pressure)
{
    return r->gaming * pressure;
}

/* Relevance fades, slower while the symptom is acute; wins renew it. */
static inline float problem_relevance(const struct rates *r, float relevance, float symptom, float wins)
{
    float faded = relevance * (1.0F - phi((1.0F - symptom) / r->visibility_months));
    return faded + (1.0F - faded) * phi(wins);
}

/* Rate at which a cause loses its last addressed layer: partly addressed causes grow back, fragile after escalations,
 * blocked by those who are not at the table; a solved cause fears escalation only. */
static inline float problem_relapse_rate(const struct rates *r, int addressed, float escalated, float coverage)
{
    float partly = r->relapse * (float)addressed + r->fragile * escalated + r->block * (1.0F - coverage);
    float solved = r->fragile * escalated * 0.5F;
    float rate = addressed < r->layers ? partly : solved;
    return addressed > 0 ? rate : 0.0F;
}

/* The symptom returns to what the unaddressed layers produce. */
static inline float problem_symptom(const struct rates *r, float symptom, float structural_share)
{
    return symptom + r->regenerate * ((1.0F - structural_share) - symptom);
}

#endif
