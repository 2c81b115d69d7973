/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_H
#define MODEL_H

#include <gsl/gsl_rng.h>

#include "defaults.h"

struct steering {
    const char *name;
    double front;
    int formation_months;
    double formation_gate, base, tension_gain, tension_setpoint, momentum_gain, momentum_setpoint, depth, depth_gain;
    double kpi_weight, swing;
    int swing_months;
};

struct organisation {
    double position[3], standing, appreciation;
};

struct person {
    int sector, inside;
    double frame[3], momentum;
};

struct tie {
    double trust, latent, open;
};

struct cause {
    int owner[LAYERS], diagnosed, addressed;
};

struct collaboration {
    struct organisation organisation[SEATS];
    struct person person[SEATS];
    struct tie tie[SEATS][SEATS]; /* [i][j], i < j */
    struct cause cause[CAUSES];
    double skill, symptom, pressure, budget, visibility;
    double quick_since_review, structural_since_review;
    int wins, formation, alive;
};

struct means {
    double trust, latent, open, momentum, coverage;
    int insiders, ties;
};

/* A collaboration of the default scenario as it starts. */
void start(struct collaboration *c, gsl_rng *rng);

struct means means_of(const struct collaboration *c);
double structural_share(const struct collaboration *c);

/* One month of a living collaboration; returns the number of its ties between insiders. */
int living_month(struct collaboration *c, const struct steering *steering, int month, gsl_rng *rng);

/* One month of a collaboration that has ended, and one after support has stopped with this much latent tension. */
void ended_month(struct collaboration *c, gsl_rng *rng);
void aftercare_month(struct collaboration *c, double latent, gsl_rng *rng);

/* The fraction of a month that a rate per month becomes. */
static inline double phi(double rate)
{
    return rate / (1 + rate);
}

static inline double squared_distance(const double a[3], const double b[3])
{
    double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return x * x + y * y + z * z;
}

#endif
