/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_DERIVED_H
#define MODEL_DERIVED_H

#include <math.h>

#include "model/outcomes.h"

/* Outcomes that a study derives from the series of a run, or from other outcomes. A number is carried from month to month, NaN
 * while there is none. Months are months passed; month 0 is the start. */

enum { DERIVED_NAME_BYTES = 64, DERIVED_TEXT_BYTES = 256, DERIVED_MOST_TERMS = 32 };

enum derived_kind {
    DERIVED_VALUE_OF, /* the series after `to` months */
    DERIVED_FIRST_MONTH, /* the first month after which the series is at least (at most) `bound`; if never, the month after the
                            last one */
    DERIVED_CHANGE,  /* after `to` months less after `from` */
    DERIVED_AREA,    /* sum of the series after each of the months from + 1 .. to */
    DERIVED_WEIGHTS, /* weighted sum of other outcomes */
    DERIVED_COST     /* in euro, of support */
};

/* What support costs. */
struct costs {
    double hours, euro, convener; /* hours per seat and month, euro per hour, euro per month */
    double discount;              /* per year */
};

struct derived_term {
    int outcome; /* of the table, or N_OUTCOMES + the number of an earlier one of these */
    double weight;
};

struct derived {
    char name[DERIVED_NAME_BYTES], unit[DERIVED_NAME_BYTES];
    char long_name[DERIVED_TEXT_BYTES], description[DERIVED_TEXT_BYTES];
    enum derived_kind kind;
    int better;
    double matters; /* as in the table of outcomes */
    int series, from, to, is_at_most;
    double bound;
    int n_terms;
    struct derived_term terms[DERIVED_MOST_TERMS];
    struct costs costs;
};

/* A month of a run as derived outcomes see it. */
struct derived_month {
    int month;           /* months passed, 0: the start */
    double seats, lived; /* of a collaboration under support its insiders at the start of the month, and 1; means, of a
                            programme */
    double present;      /* what a euro of this month is worth at the start */
};

/* Does it need the series of this month? */
static inline int derived_sees(const struct derived *derived, int month)
{
    switch (derived->kind) {
    case DERIVED_VALUE_OF:
        return month == derived->to;
    case DERIVED_CHANGE:
        return month == derived->from || month == derived->to;
    case DERIVED_AREA:
        return month > derived->from && month <= derived->to;
    case DERIVED_FIRST_MONTH:
        return 1;
    case DERIVED_COST:
        return month > 0;
    case DERIVED_WEIGHTS:
        break;
    }
    return 0;
}

static inline double derived_cost(const struct costs *costs, const struct derived_month *month)
{
    return (month->seats * costs->hours * costs->euro + month->lived * costs->convener) * month->present;
}

/* The number carried on over a month that it sees, in which the series is `value`. */
static inline double derived_carry(const struct derived *derived, const struct derived_month *month, double value,
                                   double carried)
{
    switch (derived->kind) {
    case DERIVED_VALUE_OF:
        return value;
    case DERIVED_FIRST_MONTH: {
        int holds = derived->is_at_most ? value <= derived->bound : value >= derived->bound;
        return isnan(carried) && holds ? month->month : carried;
    }
    case DERIVED_CHANGE:
        return month->month == derived->from ? -value : carried + value;
    case DERIVED_AREA:
        return (isnan(carried) ? 0 : carried) + value;
    case DERIVED_COST:
        return (isnan(carried) ? 0 : carried) + derived_cost(&derived->costs, month);
    case DERIVED_WEIGHTS:
        break;
    }
    return carried;
}

#endif
