/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include "model/law.h"
#include "model/rates.h"

/* A person: one seat, held for an organisation (docs/model.md 4.4). */

static const float PERSON_MOMENTUM_LOW = 0.01F, PERSON_MOMENTUM_HIGH = 1.0F;
static const float PERSON_FRAME_SPREAD = 0.1F;      /* of a person around the own organisation */
static const float PERSON_NEWCOMER_MOMENTUM = 0.8F; /* of rest */

/* What gives momentum: rest, and wins (Weick 1984). */
static inline float person_gain(const struct rates *r, float wins)
{
    return r->recover * r->rest + r->win_energy * 2.0F * phi(wins);
}

/* What drains it: open conflict, process work that the own organisation does not appreciate, invisible results (by
 * patience), pressure (by sensitivity), escalation. */
static inline float person_loss(const struct rates *r, float open, float process, float appreciation, float patience,
                                float visibility, float sensitivity, float pressure, float escalated)
{
    return r->recover * (1.0F - r->rest) + r->drain_open * open + r->drain_process * process * (1.0F - appreciation) +
           r->drain_unseen * patience * (1.0F - visibility) + r->drain_pressure * sensitivity * pressure +
           r->drain_escalation * escalated;
}

/* Momentum moves to gain / (gain + loss); `noise` is standard normal. */
static inline float person_momentum(const struct rates *r, float momentum, float gain, float loss, float noise)
{
    float flow = gain + loss;
    float target = flow > 0 ? gain / (flow > 0 ? flow : 1.0F) : momentum;
    float moved = momentum + (target - momentum) * phi(flow) + r->momentum_noise * noise;
    return clamp(moved, PERSON_MOMENTUM_LOW, PERSON_MOMENTUM_HIGH);
}

/* One axis of the frame: `pull` sums worked-through shares times differences over the ties of the seat; the own
 * organisation pulls back (Vangen & Huxham 2003). */
static inline float person_frame(const struct rates *r, float frame, float pull, float position)
{
    return frame + r->frame_shift * pull + r->constituency * (position - frame);
}

/* Rate of leaving the seat. */
static inline float person_turnover_rate(const struct rates *r, float momentum)
{
    float tired = 1.0F - momentum;
    return r->turnover + r->burnout * tired * tired * tired;
}

/* Rate at which an outsider joins: open conflict makes exclusion visible (Ansell & Gash 2008). */
static inline float person_joining_rate(const struct rates *r, float process, float mean_open)
{
    return r->invite * process * mean_open;
}

#endif
