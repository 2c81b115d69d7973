/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <gsl/gsl_randist.h>

#include "model.h"

static void start_seats(struct collaboration *c, gsl_rng *rng)
{
    for (int i = 0; i < SEATS; i++) {
        struct person *person = &c->person[i];
        struct organisation *organisation = &c->organisation[i];
        person->sector = seat_sector[i];
        person->inside = i < INSIDE;
        for (int axis = 0; axis < 3; axis++) {
            double profile = sector_position[person->sector][axis];
            organisation->position[axis] = divergence * (profile + gsl_ran_gaussian(rng, 0.4));
            person->frame[axis] = organisation->position[axis] + gsl_ran_gaussian(rng, 0.1);
        }
        organisation->standing = trust_start;
        organisation->appreciation = recognition;
        person->momentum = gsl_ran_beta(rng, 20 * rest, 20 * (1 - rest));
    }
    for (int j = 0; j < SEATS; j++) {
        for (int i = 0; i < j; i++) {
            c->tie[i][j].trust = gsl_ran_beta(rng, 20 * trust_start, 20 * (1 - trust_start));
            c->tie[i][j].latent = 0.5 * phi(squared_distance(c->person[i].frame, c->person[j].frame));
            c->tie[i][j].open = 0;
        }
    }
}

void start(struct collaboration *c, gsl_rng *rng)
{
    memset(c, 0, sizeof *c);
    start_seats(c, rng);
    for (int k = 0; k < CAUSES; k++) {
        for (int layer = 0; layer < LAYERS; layer++) {
            c->cause[k].owner[layer] = (int)gsl_rng_uniform_int(rng, SECTORS);
        }
        c->cause[k].diagnosed = gsl_rng_uniform(rng) < known;
    }
    c->skill = gsl_ran_beta(rng, 20 * skill, 20 * (1 - skill));
    c->symptom = urgency;
    c->budget = c->visibility = 1;
    c->formation = c->alive = 1;
}
