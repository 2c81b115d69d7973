/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_randist.h>

#include "model.h"

/* The problem: causes in layers, found, addressed and lost again, and their symptom. */

void diagnoses(struct collaboration *c, double expected, double sight, const int present[SECTORS], gsl_rng *rng)
{
    unsigned n = gsl_ran_poisson(rng, expected);
    for (unsigned k = 0; k < n; k++) {
        struct cause *cause = &c->cause[gsl_rng_uniform_int(rng, CAUSES)];
        if (cause->diagnosed < LAYERS && present[cause->owner[cause->diagnosed]] &&
            (cause->diagnosed == cause->addressed || gsl_rng_uniform(rng) < foreseeable) &&
            gsl_rng_uniform(rng) < pow(sight, cause->diagnosed)) {
            cause->diagnosed++;
        }
    }
}

int structural_attempts(struct collaboration *c, double expected, double coordination, gsl_rng *rng, int *turned)
{
    int wins = 0;
    unsigned n = gsl_ran_poisson(rng, expected);
    for (unsigned k = 0; k < n; k++) {
        int which = (int)gsl_rng_uniform_int(rng, CAUSES);
        struct cause *cause = &c->cause[which];
        if (cause->addressed == cause->diagnosed) {
            ++*turned;
            continue;
        }
        int ready = 0;
        for (int step = 1; step <= COUPLING; step++) {
            ready += c->cause[(which + step) % CAUSES].diagnosed >= cause->diagnosed;
        }
        if (gsl_rng_uniform(rng) < ease * coordination * (1 + ready) / (1 + COUPLING)) {
            cause->addressed++;
            wins++;
        }
    }
    return wins;
}

void go_stale(struct cause *cause, gsl_rng *rng)
{
    if (cause->diagnosed > cause->addressed) {
        cause->diagnosed -= happens(rng, stale);
    }
}

void relapses(struct collaboration *c, double escalation, double coverage, gsl_rng *rng)
{
    for (int k = 0; k < CAUSES; k++) {
        struct cause *cause = &c->cause[k];
        if (cause->addressed > 0) {
            double rate = cause->addressed < LAYERS
                              ? relapse * cause->addressed + fragile * escalation + block * (1 - coverage)
                              : fragile * escalation / 2;
            cause->addressed -= happens(rng, rate);
        }
        go_stale(cause, rng);
    }
}

double structural_share(const struct collaboration *c)
{
    int addressed = 0;
    for (int k = 0; k < CAUSES; k++) {
        addressed += c->cause[k].addressed;
    }
    return (double)addressed / (CAUSES * LAYERS);
}

void regenerate_symptom(struct collaboration *c, int quick)
{
    c->symptom += regenerate * (1 - structural_share(c) - c->symptom);
    c->symptom *= pow(1 - relief, quick);
}

void unsupported_relapses(struct collaboration *c, const struct means *m, int goes_on, gsl_rng *rng)
{
    double rate = (goes_on ? 0.5 : 1) * (unsupported * m->latent + absent * (1 - m->coverage));
    for (int k = 0; k < CAUSES; k++) {
        c->cause[k].addressed -= (int)gsl_ran_binomial(rng, phi(rate), (unsigned)c->cause[k].addressed);
    }
}
