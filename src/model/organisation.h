/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_ORGANISATION_H
#define MODEL_ORGANISATION_H

#include "model/law.h"
#include "model/rates.h"

/* An organisation learns from its people at the tables (docs/model.md 4.5). All means are over its inside seats. */

/* Standing (reputation for trustworthiness) follows the trust in its people. */
static inline float organisation_standing(const struct rates *r, float standing, float mean_trust)
{
    return standing + r->org_learning * (mean_trust - standing);
}

/* Appreciation of process work grows with structural wins and shrinks with escalations. */
static inline float organisation_appreciation(const struct rates *r, float appreciation, float structural_wins,
                                              float escalated)
{
    float moved = appreciation + r->org_learning * ((1.0F - appreciation) * structural_wins - appreciation * escalated);
    return clamp(moved, 0.0F, 1.0F);
}

/* One axis of the position follows the frames of its people. */
static inline float organisation_position(const struct rates *r, float position, float mean_frame)
{
    return position + r->org_shift * (mean_frame - position);
}

/* One axis of the position at the start; `normal` is standard normal. */
static inline float organisation_start(const struct rates *r, float sector_position, float normal)
{
    return r->divergence * (sector_position + r->position_spread * normal);
}

#endif
