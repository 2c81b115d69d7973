/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_ROSTER_H
#define STUDY_ROSTER_H

#include "base/digest.h"
#include "model/parameters.h"
#include "model/roster.h"

/* Who sits, as a study names them. */

/* Puts members into the order of seats (inside by sector, then outside by sector; otherwise as they came), and finds who is
 * of one organisation. */
void roster_order(struct roster *roster);

/* The seats that the members take. */
void roster_seats(const struct roster *roster, struct parameters *parameters);

/* The Beta distribution with mean and spread of `n` values, less those that are NaN; the concentration is NaN when fewer
 * than three differ too little to say. */
void roster_fit(int n, const double *values, double *mean, double *concentration);

/* Adds all that determines results: not the names. */
void roster_digest(const struct roster *roster, struct digest *digest);

void roster_free(struct roster *roster); /* safe when zeroed */

#endif
