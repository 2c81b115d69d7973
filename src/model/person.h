/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include "model/law.h"
#include "model/rates.h"

/* A person: one seat, held for an organisation (docs/model.md 4.4). */

static const float PERSON_MOMENTUM_LOW = 0.01F, PERSON_MOMENTUM_HIGH = 1.0F;

/* What a month costs a person. */
struct person_month {
    float commitment;      /* r: of the collaboration */
    float open, escalated; /* means over the ties of the seat */
    float process;         /* s */
    float appreciation;    /* of process work, by the own organisation */
    float relevance, patience;
    float pressure, sensitivity;
};

/* What gives momentum: commitment, and wins (Weick 1984). */
static inline float person_gain(const struct rates *r, float commitment, float wins)
{
    return r->recover * commitment + r->win_energy * 2.0F * phi(wins);
}

/* What drains it: open conflict, process work that the own organisation does not appreciate, lack of relevance (by
 * patience), pressure (by sensitivity), escalation. */
static inline float person_loss(const struct rates *r, struct person_month m)
{
    return r->recover * (1.0F - m.commitment) + r->drain_open * m.open +
           r->drain_process * m.process * (1.0F - m.appreciation) +
           r->drain_unseen * m.patience * (1.0F - m.relevance) + r->drain_pressure * m.sensitivity * m.pressure +
           r->drain_escalation * m.escalated;
}

static inline float person_momentum_within(float momentum)
{
    return clamp(momentum, PERSON_MOMENTUM_LOW, PERSON_MOMENTUM_HIGH);
}

/* Momentum moves to gain / (gain + loss); `noise` is standard normal. */
static inline float person_momentum(const struct rates *r, float momentum, float gain, float loss, float noise)
{
    float flow = gain + loss;
    float target = flow > 0 ? gain / (flow > 0 ? flow : 1.0F) : momentum;
    return person_momentum_within(momentum + (target - momentum) * phi(flow) + r->momentum_noise * noise);
}

/* One axis of the frame: `pull` is the mean over the other insiders of worked-through shares times differences; then the own
 * organisation pulls back (Vangen & Huxham 2003). Each step stays between what it is made of. */
static inline float person_frame(const struct rates *r, float frame, float pull, float position)
{
    float shifted = frame + r->frame_shift * pull;
    return shifted + r->constituency * (position - shifted);
}

/* Rate of leaving the seat to somebody else. */
static inline float person_turnover_rate(const struct rates *r, float momentum)
{
    float tired = 1.0F - momentum;
    return r->turnover + r->burnout * tired * tired * tired;
}

/* Rate of withdrawing from the table. */
static inline float person_withdrawal_rate(const struct rates *r, float momentum, float relevance)
{
    return r->exit * (1.0F - momentum) * (1.0F - relevance);
}

/* Rate at which an outsider joins: open conflict makes exclusion visible (Ansell & Gash 2008); `call` is the weight of the
 * invitation. */
static inline float person_joining_rate(const struct rates *r, float call, float process, float mean_open)
{
    return r->invite * call * process * mean_open;
}

#endif
