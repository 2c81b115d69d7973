/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_TIE_H
#define MODEL_TIE_H

#include "model/law.h"
#include "model/rates.h"

/* A tie between two insiders: trust t, latent tension l, open conflict q; 1 - l - q is settled (docs/model.md 4.2).
 * All arguments are values at the start of the month. */

/* Distance between two frames, in [0, 1). */
static inline float tie_distance(float axis0, float axis1, float axis2)
{
    return phi(axis0 * axis0 + axis1 * axis1 + axis2 * axis2);
}

/* G: joint work itself breeds conflict, where frames differ; `activity` is the geometric mean of both momenta, `luck`
 * is uniform on (0, 2). De Dreu & Weingart 2003. */
static inline float tie_generation(const struct rates *r, float activity, float budget, float process, float distance,
                                   float luck, float settled)
{
    float rate = (r->gen_base + r->gen_work * activity * budget * (1.0F - process)) * distance * luck;
    return phi(rate) * settled;
}

/* z: it takes trust to speak. */
static inline float tie_safety(const struct rates *r, float trust)
{
    return r->safety_floor + (1.0F - r->safety_floor) * trust;
}

/* A: process work makes latent tension discussable. De Dreu 2006. */
static inline float tie_surfacing(const struct rates *r, float process, float safety, float latent)
{
    return phi(r->surface * process * safety) * latent;
}

/* R: hosted conflict is worked through (reframed). */
static inline float tie_working_through(const struct rates *r, float skill, float process, float safety, float open)
{
    return phi(r->reframe * skill * process * safety) * open;
}

/* The share of what is neither hosted nor worked through that is buried again: B = share (q - R). de Wit et al. 2012. */
static inline float tie_bury_share(const struct rates *r, float process)
{
    return phi(r->bury * (1.0F - process));
}

/* Rate of escalation: tension that is not hosted, under distrust and pressure. Simons & Peterson 2000. */
static inline float tie_escalation_rate(const struct rates *r, float trust, float latent, float open, float process,
                                        float pressure)
{
    return 2.0F * r->escalate * (1.0F - trust) * (latent + open * (1.0F - process)) * (1.0F + pressure);
}

/* Trust after a month: gained by working through and by wins, lost to open conflict without a host and to escalation
 * (slow trust, fast distrust: Slovic 1993), drifting to where it started. Gain and loss share one division:
 * t + (1 - t) phi(gain) = (t + gain) / (1 + gain), and x (1 - phi(loss)) = x / (1 + loss). */
static inline float tie_trust(const struct rates *r, float trust, float worked_through, float wins, float open,
                              float process, float escalated)
{
    float gain = r->trust_through * worked_through + r->trust_win * wins * (1.0F - open);
    float loss = r->trust_open * open * (1.0F - process);
    float moved = (trust + gain) / ((1.0F + gain) * (1.0F + loss)) * (1.0F - r->trust_escalate * escalated);
    return moved + r->trust_drift * (r->trust_start - moved);
}

/* Trust of a tie in which one person is new: a share of the old trust survives, the rest starts from the standing of
 * both organisations. */
static inline float tie_trust_newcomer(const struct rates *r, float trust, float mean_standing)
{
    return r->trust_start + r->memory * (trust - r->trust_start) +
           (1.0F - r->memory) * r->standing_weight * (mean_standing - r->trust_start);
}

/* Latent tension at the start. */
static inline float tie_latent_start(float distance)
{
    return 0.5F * distance;
}

#endif
