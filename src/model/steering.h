/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_STEERING_H
#define MODEL_STEERING_H

#include "model/law.h"
#include "model/rates.h"

/* Steering: how much effort goes to process, and how much of the rest to causes (docs/model.md 4.1). */

/* A month's steering parameters as the rules use them: those of the table, and what the month makes of them. */
struct helm {
#define STEERING(field, ...) float field;
#include "model/regime.def"
#undef STEERING
    float rhythm;          /* swing with the sign of the half of the swing */
    int may_form, may_end; /* formation may go on; may end early */
};

/* What the convener sees at the start of the month. */
struct view {
    float open, latent, momentum; /* means over insiders */
    float backlog;                /* layers found and not yet addressed, per cause */
};

/* The tension that the convener perceives. */
static inline float steering_tension(const struct rates *r, struct view view)
{
    return view.open + r->sensing * view.latent;
}

/* Formation goes on while it may, and ends for good once little tension is perceived. */
static inline int steering_formation(const struct helm *helm, int formation, float tension)
{
    return formation & helm->may_form & !(helm->may_end & (tension < helm->formation_gate));
}

/* Planned process share after formation: more when tension is high, less when momentum is low or much waits to be
 * addressed. */
static inline float steering_planned(const struct helm *helm, struct view view, float tension)
{
    return helm->base + helm->tension_gain * (tension - helm->tension_setpoint) -
           helm->momentum_gain * positive(helm->momentum_setpoint - view.momentum) -
           helm->backlog_gain * (view.backlog - helm->backlog_setpoint) + helm->rhythm;
}

/* Process share; pressure crowds it out. */
static inline float steering_process(float planned, float pressure)
{
    return clamp(planned, 0.0F, 0.95F) * (1.0F - pressure);
}

/* Depth: the share of delivery effort aimed at causes; pressure crowds it out too. */
static inline float steering_depth(const struct helm *helm, float momentum, float pressure)
{
    float planned = helm->depth + helm->depth_gain * (momentum - helm->depth_setpoint);
    return clamp(planned, 0.0F, 1.0F) * (1.0F - pressure);
}

/* f: how tired of process work people are after the month, a mean over about three months. */
static inline float steering_fatigue(float fatigue, float process)
{
    return fatigue + (process - fatigue) / 3.0F;
}

#endif
