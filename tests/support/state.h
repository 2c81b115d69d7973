/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_STATE_H
#define TESTS_STATE_H

#include "setup.h"

/* The state of blocks, compared bit by bit. */

/* Asserts that lane `a` of one block and lane `b` of another are in the same state. */
void state_assert_lane(const struct block *one, int a, const struct block *other, int b,
                       const struct scenario *scenario);

/* The same for all lanes in use. */
void state_assert_block(const struct block *one, const struct block *other, const struct scenario *scenario);

#endif
