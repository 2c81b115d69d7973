/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_SPACE_H
#define SEARCH_SPACE_H

#include "base/status.h"
#include "model/regime.h"

/* The part of the space of regimes that a search moves in: some steering parameters between bounds, the others as in
 * the regime it starts from. Points are vectors of 0 .. 1. */

enum { SPACE_MAX = 8 };

struct space {
    int n;
    int steering[SPACE_MAX]; /* indices in steering_infos */
    double low[SPACE_MAX], high[SPACE_MAX];
    struct steering rest; /* the parameters that do not move */
};

/* base, tension_gain, tension_setpoint, momentum_gain, momentum_setpoint, depth, depth_gain and kpi_weight, between
 * bounds that make sense; or only those named in `vary` ("base,depth"; NULL: all). DREDGE_USAGE for another name. */
STATUS_CHECKED dredge_status space_init(struct space *space, const struct steering *rest, const char *vary);

/* The regime at a place x[n], values outside 0 .. 1 moved to the border. */
void space_regime(const struct space *space, const double *x, const char *name, struct regime *regime);

/* The place of a regime's first phase, moved to the border where it lies outside. */
void space_place(const struct space *space, const struct regime *regime, double *x);

#endif
