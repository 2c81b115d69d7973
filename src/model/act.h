/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_ACT_H
#define MODEL_ACT_H

#include "model/law.h"
#include "model/person.h"

/* Acts: what the world does to a collaboration, at the start of a month and whatever its regime is. An event of a study
 * is one act or several. */

enum act_kind {
    ACT_SET,     /* parameter `what` has the value from then on */
    ACT_SHOCK,   /* the value is added to state `what`, once */
    ACT_REPLACE, /* each insider of sector `what` makes place for somebody else, with this probability */
    ACT_JOIN,    /* so many outsiders of sector `what` come to the table */
    ACT_CONVENER /* the convener has this skill */
};

/* What a shock moves, by its name in a study. */
#define SHOCKS(X) X(trust) X(momentum) X(latent) X(open) X(pressure) X(budget) X(relevance) X(symptom)

enum shock {
#define X(name) SHOCK_##name,
    SHOCKS(X)
#undef X
        N_SHOCKS
};

/* "trust", "momentum", ...; ends with NULL. */
extern const char *const shock_names[N_SHOCKS + 1];

struct act {
    int month; /* counted from 1: it acts before anything else in that month */
    int order; /* among the acts of a study, in which those of one month act */
    enum act_kind kind;
    int what;
    double value;
};

/* May an act set this parameter? Not what shapes the start or the seats only: it would do nothing. */
int act_may_set(int parameter);

/* A share after a shock, between 0 and what room there is. */
static inline float act_shocked(float state, float change, float low, float high)
{
    return clamp(state + change, low, high > low ? high : low);
}

#endif
