/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CALIBRATE_ADJUST_H
#define SEARCH_CALIBRATE_ADJUST_H

#include "search/calibrate.h"

/* Regression adjustment (Beaumont, Zhang & Balding 2002): takes off the keys' places what the figures' distance to the
 * fitted targets explains of them, by weighted least squares, for the part of the tolerance above 1. */
STATUS_CHECKED dredge_status posterior_adjust(struct posterior *posterior);

#endif
