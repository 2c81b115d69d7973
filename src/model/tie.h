/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_TIE_H
#define MODEL_TIE_H

#include "model/law.h"
#include "model/rates.h"

/* A tie between two insiders (docs/model.md 4.2): trust t, latent tension l, open conflict q, and what the partners have
 * not yet understood of their difference, e; 1 - l - q is settled. All are values at the start of the month. */
struct tie {
    float trust, latent, open, unexplored;
};

/* What the month brings to a tie. */
struct tie_month {
    float process;  /* s: share of effort spent on process work */
    float reaching; /* s_e: how much of it reaches the ties */
    float pressure, budget;
    float skill;    /* of the convener, effective */
    float renown;   /* v wins: relevance times the wins of the month before */
    float distance; /* d: between both frames */
    float activity; /* w: geometric mean of both momenta */
    float luck;     /* xi: uniform on (0, 2) */
};

/* Distance between two frames, in [0, 1). */
static inline float tie_distance(float axis0, float axis1, float axis2)
{
    return phi(axis0 * axis0 + axis1 * axis1 + axis2 * axis2);
}

/* What is left of process work after the first year, when habits have set (Tuckman 1965); `month` counts from 0. */
static inline float tie_imprinted(const struct rates *r, int month)
{
    return 1.0F - r->imprint * phi(positive((float)month - 12.0F) / 12.0F);
}

/* s_e: process work that reaches the ties; people who meet less, or are tired of it, dredge less. */
static inline float tie_reaching(const struct rates *r, float process, float imprinted, float fatigue)
{
    return process * r->contact * imprinted / (1.0F + r->saturation * fatigue);
}

/* G: joint work itself breeds conflict, where frames differ. De Dreu & Weingart 2003. */
static inline float tie_generation(const struct rates *r, struct tie tie, struct tie_month m)
{
    float work = r->gen_work * m.activity * m.budget * (1.0F - m.process);
    return phi((r->gen_base + work) * m.distance * m.luck) * positive(1.0F - tie.latent - tie.open);
}

/* z: it takes trust to speak. */
static inline float tie_safety(const struct rates *r, float trust)
{
    return r->safety_floor + (1.0F - r->safety_floor) * trust;
}

/* A: process work makes latent tension discussable. De Dreu 2006. */
static inline float tie_surfacing(const struct rates *r, float reaching, float safety, float latent)
{
    return phi(r->surface * reaching * safety) * latent;
}

/* R: hosted conflict is worked through (reframed). */
static inline float tie_working_through(const struct rates *r, float skill, float reaching, float safety, float open)
{
    return phi(r->reframe * skill * reaching * safety) * open;
}

/* The share of what is not worked through that is buried again: B = share (q - R). de Wit et al. 2012. */
static inline float tie_bury_share(const struct rates *r, float process)
{
    return phi(r->bury * (1.0F - process));
}

/* The share of what is neither worked through nor buried that fades by itself: C = share (q - R - B). */
static inline float tie_settle_share(const struct rates *r)
{
    return phi(r->settle);
}

/* Rate of escalation: tension that is not hosted, under distrust and pressure (Simons & Peterson 2000); and what is opened
 * without trust and skill (Jehn 1995). */
static inline float tie_escalation_rate(const struct rates *r, struct tie tie, struct tie_month m)
{
    float distrust = 1.0F - tie.trust;
    float unhosted = tie.latent + tie.open * (1.0F - m.process);
    return 2.0F * r->escalate * distrust * unhosted * (1.0F + m.pressure) +
           r->backfire * m.reaching * distrust * (1.0F - m.skill) * tie.latent;
}

/* Trust after a month: gained by working through and by wins that are relevant, lost to open conflict without a host and to
 * escalation (slow trust, fast distrust: Slovic 1993), drifting to where it started. Gain and loss share one division:
 * t + (1 - t) phi(gain) = (t + gain) / (1 + gain), and x (1 - phi(loss)) = x / (1 + loss). */
static inline float tie_trust(const struct rates *r, struct tie tie, struct tie_month m, float through, float escalated)
{
    float gain = r->trust_through * through + r->trust_win * m.renown * (1.0F - tie.open);
    float loss = r->trust_open * tie.open * (1.0F - m.process);
    float moved = (tie.trust + gain) / ((1.0F + gain) * (1.0F + loss)) * (1.0F - r->trust_escalate * escalated);
    return moved + r->trust_drift * (r->trust_start - moved);
}

/* What working a conflict through teaches: partners too alike or too far apart teach each other little (Nooteboom et al.
 * 2007), and what has been understood is used up. */
static inline float tie_learning(float through, float unexplored, float distance, float insight)
{
    return through * unexplored * (4.0F * distance * (1.0F - distance)) * insight;
}

/* What is left to understand after a month. */
static inline float tie_unexplored(const struct rates *r, float unexplored, float through)
{
    float left = unexplored / (1.0F + r->explore * through);
    return left + phi(r->renew) * (1.0F - left);
}

/* A tie in which one person is new: a share of the old trust survives, the rest starts from the standing of both
 * organisations; all tension is under the table, and most of the difference is unexplored again. */
static inline struct tie tie_newcomer(const struct rates *r, struct tie tie, float mean_standing)
{
    return (struct tie){
        .trust = r->trust_start + r->memory * (tie.trust - r->trust_start) +
                 (1.0F - r->memory) * r->standing_weight * (mean_standing - r->trust_start),
        .latent = tie.latent + tie.open,
        .open = 0.0F,
        .unexplored = 1.0F - r->memory * (1.0F - tie.unexplored),
    };
}

/* Latent tension at the start. */
static inline float tie_latent_start(const struct rates *r, float distance)
{
    return r->latent_start * distance;
}

#endif
