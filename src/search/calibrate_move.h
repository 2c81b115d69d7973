/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CALIBRATE_MOVE_H
#define SEARCH_CALIBRATE_MOVE_H

#include "search/calibrate_smc.h"

/* Takes the mean and the covariance of the particles as they are, for the proposals that follow. */
void smc_shape(struct smc *smc);

/* One Metropolis step of all particles at the tolerance; `*n_accepted` of them move. */
STATUS_CHECKED dredge_status smc_move(struct smc *smc, int *n_accepted);

#endif
