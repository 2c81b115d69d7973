/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_TUNING_FRESH_H
#define SEARCH_TUNING_FRESH_H

#include "search/tuning.h"

/* The end of a search: the winner and the front on fresh luck, and what that takes away from the promise. */

/* Runs the study's own regimes, the search's best and the front of quick relief and structural share on fresh luck, and
 * all of them once more with other luck; chooses the winner. */
STATUS_CHECKED dredge_status tuning_validate(struct tuning *tuning);

/* The front with its uncertainty, and the optimism of the search, from what tuning_validate ran. */
STATUS_CHECKED dredge_status tuning_conclude(struct tuning *tuning);

#endif
