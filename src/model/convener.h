/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_CONVENER_H
#define MODEL_CONVENER_H

#include "model/law.h"
#include "model/rates.h"

/* The convener (docs/model.md 4.5). */

/* Skill after a month: conveners learn by working conflict through (Arrow 1962); `through` is the mean over ties. */
static inline float convener_skill(const struct rates *r, float skill, float through)
{
    return skill + (1.0F - skill) * phi(r->experience * through);
}

#endif
