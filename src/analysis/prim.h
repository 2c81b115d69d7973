/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_PRIM_H
#define ANALYSIS_PRIM_H

#include <stdint.h>

#include "base/status.h"

/* Scenario discovery with the patient rule induction method (Friedman & Fisher 1999, doi:10.1023/A:1008894516817): boxes
 * in the space of the factors in which cases of interest are dense. Coverage, density and quasi-p values as in Bryant &
 * Lempert 2010 (doi:10.1016/j.techfore.2009.08.002); peeling by the gain in density per point removed, which is fair to
 * factors of few values (the lenient criterion of Friedman & Fisher; Kwakkel & Jaxa-Rozen 2016,
 * doi:10.1016/j.envsoft.2015.11.020). */

/* How the values of a factor are: numbers in an order, or categories (whole numbers 0 .. PRIM_CATEGORIES - 1, as flags are)
 * of which a box leaves some out. */
enum prim_kind { PRIM_NUMBER, PRIM_CATEGORY };
enum { PRIM_CATEGORIES = 64 };

struct prim_options {
    double peel;     /* share of the box that a peel may take, 0.05 */
    double paste;    /* share of the box that a paste may add, 0.05 */
    double mass_min; /* smallest box as a share of all points, 0.05 */
    double quasi_p;  /* restrictions with a larger corrected quasi-p value are dropped, 0.05 */
    int n_boxes;     /* boxes looked for, 3 */
};

struct prim_limit {
    double low, high;      /* closed interval of the factor; that of all points when not restricted */
    int has_low, has_high; /* a number restricted on this side? */
    int is_chosen;         /* a category restricted? */
    uint64_t left_out;     /* bit c: category c is left out */
    double
        quasi_p; /* chance of at least so many cases without this factor's restriction, times the peels that the search
                       tried (Bonferroni), at most 1; NaN if unrestricted */
};

struct prim_box {
    double density;  /* cases of interest in the box / points in the box */
    double coverage; /* cases of interest in the box / cases of interest that there are */
    double mass;     /* points in the box / all points */
    int n_points, n_cases, n_restricted;
    struct prim_limit *limits; /* [n_factors], owned by the result */
};

/* A step of the peeling trajectory of the first box: the trade-off of density and coverage. */
struct prim_step {
    double density, coverage, mass;
    int n_restricted;
};

/* Is the factor restricted? */
static inline int prim_is_restricted(const struct prim_limit *limit)
{
    return limit->has_low || limit->has_high || limit->is_chosen;
}

struct prim {
    int n_factors, n_points, n_cases; /* points with a value; those of interest */
    int n_boxes;
    struct prim_box *boxes;    /* [n_boxes], owned; none when no box is denser than the whole */
    struct prim_limit *limits; /* behind the boxes, owned */
    int n_steps;
    struct prim_step *steps; /* [n_steps], owned */
};

struct prim_options prim_defaults(void);

/* x[n_points][n_factors]; kinds[n_factors], NULL: all are numbers; interest[n_points]: 1 a case of interest, 0 not, -1 left
 * out. Later boxes are looked for among the points outside earlier ones; their coverage and mass are shares of all. Of each
 * peeling trajectory the box is taken that has the largest harmonic mean of coverage and of density above the base rate,
 * (density - base) / (1 - base); it is pasted, and restrictions that the search explains by chance are dropped. A box whose
 * density the base rate explains, with the same correction, is none. Freed with prim_free. */
STATUS_CHECKED dredge_status prim_compute(int n_points, int n_factors, const double *x, const enum prim_kind *kinds,
                                          const signed char *interest, const struct prim_options *options,
                                          struct prim *prim);
void prim_free(struct prim *prim);

#endif
