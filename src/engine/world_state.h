/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ENGINE_WORLD_STATE_H
#define ENGINE_WORLD_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/world.h"

/* The state of a world between two months, as words that can be saved: everything that later months and the outcomes
 * depend on. Every collaboration has a record of its own, so that a world goes on in other parts, blocks or threads than
 * those that saved it. Draws are addressed and need no state. */

enum { WORLD_ORGANISATION_WORDS = N_AXES + 2 };

/* Words of the record of one collaboration; even. */
size_t world_state_words(const struct scenario *scenario);

/* Writes the record of collaboration `number` of the programme, which must live in this part of the world. */
void world_state_get(const struct world *world, int number, uint32_t *words);

/* Puts the record in the place of the collaboration, after world_start of the same run. Returns 0 when the record cannot
 * be one of this world. */
int world_state_put(struct world *world, int number, const uint32_t *words);

/* The same for organisation `number` of the programme; every part of the world has all of them. */
void world_state_get_organisation(const struct world *world, int number, uint32_t words[WORLD_ORGANISATION_WORDS]);
void world_state_put_organisation(struct world *world, int number, const uint32_t words[WORLD_ORGANISATION_WORDS]);

#endif
