/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_SURVIVAL_H
#define MODEL_SURVIVAL_H

#include "model/law.h"
#include "model/rates.h"

/* How a collaboration ends, and what becomes of its results without it (docs/model.md 4.7, 4.8). */

/* Rate-like number u of ending: a collaboration whose mean momentum is below the threshold ends with probability
 * phi(1 - momentum / threshold). */
static inline float survival_ending_rate(const struct rates *r, float momentum)
{
    return positive(1.0F - momentum / r->collapse_below);
}

/* Rate at which a collaboration that goes on by itself lapses; trust and momentum of the end carry it. */
static inline float survival_lapse_rate(const struct rates *r, float momentum, float trust)
{
    return r->lapse * (1.0F - momentum * trust);
}

/* Rate at which an addressed layer relapses without support: tension under the table and those who were not at it undo
 * results, half as fast while the collaboration goes on. */
static inline float survival_relapse_rate(const struct rates *r, int goes_on, float latent, float coverage)
{
    float rate = r->unsupported * latent + r->absent * (1.0F - coverage);
    return goes_on ? 0.5F * rate : rate;
}

#endif
