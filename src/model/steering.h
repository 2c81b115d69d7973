/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_STEERING_H
#define MODEL_STEERING_H

#include "model/law.h"

/* Steering: how much effort goes to process, and how much of the rest to causes (docs/model.md 4.1). */

/* A month's steering parameters as the rules use them; `swing` carries the sign of the half of the swing. */
struct helm {
    float front, base, tension_gain, tension_setpoint, momentum_gain, momentum_setpoint, depth, depth_gain, swing;
    float formation_gate, kpi_weight;
    int may_form; /* month < formation_months */
    int may_end;  /* from month 3 on, formation ends when open conflict is below the gate */
};

/* Formation goes on while it may, and ends for good once little conflict is open. */
static inline int steering_formation(const struct helm *helm, int formation, float open)
{
    return formation & helm->may_form & !(helm->may_end & (open < helm->formation_gate));
}

/* Planned process share after formation: more when tension is high, less when momentum is low. */
static inline float steering_planned(const struct helm *helm, float sensing, float open, float latent, float momentum)
{
    return helm->base + helm->tension_gain * (open + sensing * latent - helm->tension_setpoint) -
           helm->momentum_gain * positive(helm->momentum_setpoint - momentum) + helm->swing;
}

/* Process share; pressure crowds it out. */
static inline float steering_process(float planned, float pressure)
{
    return clamp(planned, 0.0F, 0.95F) * (1.0F - pressure);
}

/* Depth: the share of delivery effort aimed at causes; pressure crowds it out too. */
static inline float steering_depth(const struct helm *helm, float momentum, float pressure)
{
    float planned = helm->depth + helm->depth_gain * (momentum - helm->momentum_setpoint);
    return clamp(planned, 0.0F, 1.0F) * (1.0F - pressure);
}

#endif
