/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_H
#define MODEL_H

#include <gsl/gsl_rng.h>

#include "defaults.h"

struct steering {
    const char *name;
    double front;
    int formation_months;
    double formation_gate, base, tension_gain, momentum_gain, backlog_gain, depth_gain, kpi_weight, swing;
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
    double trust, latent, open, unexplored;
};

struct cause {
    int owner[LAYERS], diagnosed, addressed;
};

struct collaboration {
    struct organisation organisation[SEATS];
    struct person person[SEATS];
    struct tie tie[SEATS][SEATS]; /* [i][j], i < j */
    struct cause cause[CAUSES];
    double commitment, skill, symptom, pressure, budget, relevance;
    double counted_since_review, structural_since_review; /* counted: quick results, also those on paper */
    int wins, formation, alive;
};

struct means {
    double trust, latent, open, momentum, coverage;
    int insiders, ties;
};

/* A collaboration of the default scenario as it starts. */
void start(struct collaboration *c, const struct steering *steering, gsl_rng *rng);

/* A Beta number with this mean. */
double beta(gsl_rng *rng, double mean, double concentration);

struct means means_of(const struct collaboration *c);

/* What a month does to the problem: layers that are found, by the sectors present; attempts at causes, which return the number of
 * structural wins and add those that found nothing diagnosed to `turned`; what is found and goes stale; layers that fall back, also
 * without support, half as fast while the collaboration goes on by itself; and the symptom, after so many quick results. */
void diagnoses(struct collaboration *c, double expected, double sight, const int present[SECTORS], gsl_rng *rng);
int structural_attempts(struct collaboration *c, double expected, double coordination, gsl_rng *rng, int *turned);
void go_stale(struct cause *cause, gsl_rng *rng);
void relapses(struct collaboration *c, double escalation, double coverage, gsl_rng *rng);
void unsupported_relapses(struct collaboration *c, const struct means *m, int goes_on, gsl_rng *rng);
void regenerate_symptom(struct collaboration *c, int quick);
double structural_share(const struct collaboration *c);

/* One month of a living collaboration; returns the number of its ties between insiders. */
int living_month(struct collaboration *c, const struct steering *steering, int month, gsl_rng *rng);

/* One month of a collaboration that has ended, and one after support has stopped; `m` is of the end of it. Goes on is what a
 * living collaboration does by itself until it lapses. */
void ended_month(struct collaboration *c, const struct means *m, gsl_rng *rng);
void aftercare_month(struct collaboration *c, const struct means *m, int *goes_on, gsl_rng *rng);

/* The fraction of a month that a rate per month becomes. */
static inline double phi(double rate)
{
    return rate / (1 + rate);
}

static inline int happens(gsl_rng *rng, double rate)
{
    return gsl_rng_uniform(rng) < phi(rate);
}

static inline double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static inline double squared_distance(const double a[3], const double b[3])
{
    double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return x * x + y * y + z * z;
}

#endif
