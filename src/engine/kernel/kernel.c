/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One vector level of the month. The build compiles this file once per level with KERNEL_LEVEL set (v1, v2, v3, v4 or
 * portable); the phases are static functions of the headers below, in the order of docs/model.md 4. */
#include "engine/kernel.h"

#include <math.h>
#include <string.h>

#include "engine/kernel/acts.h"
#include "engine/kernel/aftercare.h"
#include "engine/kernel/close.h"
#include "engine/kernel/convener.h"
#include "engine/kernel/draws.h"
#include "engine/kernel/funder.h"
#include "engine/kernel/layers.h"
#include "engine/kernel/luck.h"
#include "engine/kernel/means.h"
#include "engine/kernel/observe.h"
#include "engine/kernel/organisations.h"
#include "engine/kernel/persons.h"
#include "engine/kernel/problem.h"
#include "engine/kernel/samples.h"
#include "engine/kernel/start.h"
#include "engine/kernel/steer.h"
#include "engine/kernel/ties.h"

#ifndef KERNEL_LEVEL
#define KERNEL_LEVEL portable
#endif

static void month_of(struct block *block, struct work *work, const struct scenario *scenario, int regime, int month)
{
    const struct rates *r = &scenario->rates;
    struct helm helm = helm_of(regime_steering(&scenario->regimes[regime], month), r, month);
    float force = funder_force(scenario->roles.push, helm.kpi_weight, scenario->roles.room);
    memcpy(work->lived, block->alive, sizeof work->lived);
    count_insiders(block, work, &scenario->plan);
    steer(block, work, scenario, &helm, month);
    ties(block, work, scenario);
    problem(block, work, scenario, force, month);
    persons(block, work, scenario, month);
    convener(block, work, scenario);
    funder(block, work, r, force, month);
    survival(block, work, r);
}

#define NAME_OF(level) kernel_##level
#define KERNEL_NAME(level) NAME_OF(level)
#define TEXT_OF(level) #level
#define KERNEL_TEXT(level) TEXT_OF(level)

extern const struct kernel KERNEL_NAME(KERNEL_LEVEL);
const struct kernel KERNEL_NAME(KERNEL_LEVEL) = {
    .level = KERNEL_TEXT(KERNEL_LEVEL),
    .start = start,
    .acts = acts,
    .luck = luck_of,
    .month = month_of,
    .organisations = organisations,
    .close = close_month,
    .aftercare = aftercare,
    .observe = observe,
    .count = count_samples,
    .count_pairs = count_pairs,
};
