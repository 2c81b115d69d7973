/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <gsl/gsl_randist.h>

#include "model.h"

double beta(gsl_rng *rng, double mean, double concentration)
{
    return gsl_ran_beta(rng, concentration * mean, concentration * (1 - mean));
}

static void start_seats(struct collaboration *c, gsl_rng *rng)
{
    for (int i = 0; i < SEATS; i++) {
        struct person *person = &c->person[i];
        struct organisation *organisation = &c->organisation[i];
        person->sector = seat_sector[i];
        person->inside = i < INSIDE;
        for (int axis = 0; axis < 3; axis++) {
            double profile = sector_position[person->sector][axis];
            organisation->position[axis] = divergence * (profile + gsl_ran_gaussian(rng, position_spread));
            person->frame[axis] = organisation->position[axis] + gsl_ran_gaussian(rng, frame_spread);
        }
        organisation->standing = trust_start;
        organisation->appreciation = recognition;
        person->momentum = clamp(c->commitment + beta(rng, rest, momentum_concentration) - rest, 0.01, 1);
    }
    for (int j = 0; j < SEATS; j++) {
        for (int i = 0; i < j; i++) {
            c->tie[i][j].trust = beta(rng, trust_start, trust_concentration);
            c->tie[i][j].latent = latent_start * phi(squared_distance(c->person[i].frame, c->person[j].frame));
            c->tie[i][j].unexplored = 1;
        }
    }
}

void start(struct collaboration *c, const struct steering *steering, gsl_rng *rng)
{
    memset(c, 0, sizeof *c);
    c->commitment = beta(rng, rest, rest_concentration);
    start_seats(c, rng);
    for (int k = 0; k < CAUSES; k++) {
        for (int layer = 0; layer < LAYERS; layer++) {
            c->cause[k].owner[layer] = (int)gsl_rng_uniform_int(rng, SECTORS);
        }
        c->cause[k].diagnosed = gsl_rng_uniform(rng) < known;
    }
    c->skill = beta(rng, skill, skill_concentration);
    c->symptom = urgency;
    c->budget = c->relevance = 1;
    c->formation = steering->front > 0 && steering->formation_months > 0;
    c->alive = 1;
}
