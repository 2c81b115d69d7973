/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_PRIM_H
#define ANALYSIS_PRIM_H

#include "base/status.h"

/* Scenario discovery with the patient rule induction method (Friedman & Fisher 1999, doi:10.1023/A:1008894516817): boxes
 * in the space of the factors in which cases of interest are dense. Coverage, density and quasi-p values as in Bryant &
 * Lempert 2010 (doi:10.1016/j.techfore.2009.08.002). */

struct prim_options {
    double peel;     /* share of the box that a peel may take, 0.05 */
    double paste;    /* share of the box that a paste may add, 0.05 */
    double mass_min; /* smallest box as a share of all points, 0.05 */
    double quasi_p;  /* restrictions with a larger quasi-p value are dropped, 0.05 */
    int n_boxes;     /* boxes looked for, 3 */
};

struct prim_limit {
    double low, high;      /* closed interval of the factor; that of all points when not restricted */
    int has_low, has_high; /* restricted on this side? */
    double quasi_p;        /* chance of at least so many cases without this factor's restriction; NaN if unrestricted */
};

struct prim_box {
    double density;  /* cases of interest in the box / points in the box */
    double coverage; /* cases of interest in the box / cases of interest that there are */
    double mass;     /* points in the box / all points */
    int n_points, n_cases, n_restricted;
    struct prim_limit *limits; /* [n_factors], owned by the result */
};

/* A step of the peeling trajectory of the first box. */
struct prim_step {
    double density, coverage, mass;
    int n_restricted;
};

struct prim {
    int n_factors, n_points, n_cases; /* points with a value; those of interest */
    int n_boxes;
    struct prim_box *boxes;    /* [n_boxes], owned; none when no box is denser than the whole */
    struct prim_limit *limits; /* behind the boxes, owned */
    int n_steps;
    struct prim_step *steps; /* [n_steps], owned */
};

struct prim_options prim_defaults(void);

/* x[n_points][n_factors]; interest[n_points]: 1 a case of interest, 0 not, -1 left out. Later boxes are looked for among
 * the points outside earlier ones; their coverage and mass are shares of all. Of each peeling trajectory the box with
 * the largest harmonic mean of density and coverage is taken, then pasted, then restrictions that chance explains are
 * dropped. Freed with prim_free. */
STATUS_CHECKED dredge_status prim_compute(int n_points, int n_factors, const double *x, const signed char *interest,
                                          const struct prim_options *options, struct prim *prim);
void prim_free(struct prim *prim);

#endif
