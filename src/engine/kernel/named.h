/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_KERNEL_NAMED_H
#define ENGINE_KERNEL_NAMED_H

#include "engine/kernel/draws.h"
#include "model/person.h"
#include "model/roster.h"

/* What members and their answers put in place of a drawn start (docs/model.md 5). */

static inline int is_given(double value)
{
    return value - value == 0;
}

static void fill_row(lane_real row, double value)
{
    for (int lane = 0; lane < LANES; lane++) {
        row[lane] = (float)value;
    }
}

/* An organisation stands where its members stand who said so, on each axis for itself. */
static void named_organisations(struct block *block, const struct scenario *scenario)
{
    const struct roster *roster = scenario->roster;
    for (int first = 0; first < roster->n_members; first++) {
        for (int axis = 0; axis < N_AXES && roster->members[first].first_of_organisation == first; axis++) {
            double sum = 0;
            int n = 0;
            for (int seat = first; seat < roster->n_members; seat++) {
                const struct member *member = &roster->members[seat];
                int counts = member->first_of_organisation == first && is_given(member->position[axis]);
                sum += counts ? member->position[axis] : 0;
                n += counts;
            }
            for (int seat = first; n > 0 && seat < roster->n_members; seat++) {
                if (roster->members[seat].first_of_organisation == first) {
                    fill_row(block->position[axis][seat], (double)scenario->rates.divergence * (sum / n));
                }
            }
        }
    }
}

static void named_persons(struct block *block, const struct scenario *scenario)
{
    for (int seat = 0; seat < scenario->roster->n_members; seat++) {
        const struct member *member = &scenario->roster->members[seat];
        for (int axis = 0; axis < N_AXES; axis++) {
            if (is_given(member->position[axis])) {
                fill_row(block->frame[axis][seat], (double)scenario->rates.divergence * member->position[axis]);
            }
        }
        if (is_given(member->momentum)) {
            fill_row(block->momentum[seat], (double)person_momentum_within((float)member->momentum));
        }
    }
}

/* Answers; what nobody answered about trust is drawn already, from the distribution that fits the answers. */
static void named_ties(struct block *block, const struct scenario *scenario)
{
    const struct roster *roster = scenario->roster;
    _Alignas(LANE_ALIGNMENT) lane_real uniform[4];
    for (int tie = 0; roster->trust != NULL && tie < scenario->plan.n_ties; tie++) {
        if (is_given(roster->trust[tie])) {
            fill_row(block->trust[tie], roster->trust[tie]);
        }
    }
    for (int tie = 0; roster->latent != NULL && tie < scenario->plan.n_ties; tie++) {
        if (tie % 4 == 0) {
            draw_uniforms(block, scenario->seed, PURPOSE_START_LATENT, 0, (uint32_t)tie / 4, uniform);
        }
        if (is_given(roster->latent[tie])) {
            fill_row(block->latent[tie], roster->latent[tie]);
        } else {
            for (int lane = 0; lane < LANES; lane++) {
                block->latent[tie][lane] = quantiles_at(scenario->latent, uniform[tie % 4][lane]);
            }
        }
    }
}

#endif
