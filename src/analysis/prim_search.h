/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_PRIM_SEARCH_H
#define ANALYSIS_PRIM_SEARCH_H

#include "analysis/prim.h"

/* The search for one box among the points in play: peeling from all of them, and pasting. */

struct prim_search {
    int n_factors, n; /* n: points in play, indices into x */
    const double *x;
    const enum prim_kind *kinds; /* NULL: all numbers */
    const signed char *interest;
    int *points; /* [n], not covered by earlier boxes */
    int *inside; /* [n_inside], points of the box under way */
    int n_inside;
    double *column;                  /* [n] */
    int n_all, n_cases_all, n_cases; /* all points, all cases, cases in play */
    long long n_tried;               /* peels looked at, for the box under way */
    struct prim_limit *box;          /* [n_factors], the box under way */
    struct prim_limit *best;         /* [n_factors] */
};

double prim_search_value(const struct prim_search *search, int point, int factor);

/* Is the point within the limits, those of factor `skip` left out (-1: none)? */
int prim_search_holds(const struct prim_search *search, const struct prim_limit *limits, int point, int skip);

/* Points in play within the limits and the cases of interest among them. */
int prim_search_count(const struct prim_search *search, const struct prim_limit *limits, int skip, int *n_cases);

/* How many factors the limits restrict. */
int prim_search_restricted(const struct prim_search *search, const struct prim_limit *limits);

/* Peels from everything in play; leaves in `best` the limits with the largest harmonic mean of coverage and density above
 * the base rate of what is in play. Records the steps where `steps` is not NULL (at most `max_steps`). Returns whether a
 * box denser than no box was found. */
int prim_search_peel(struct prim_search *search, const struct prim_options *options, int max_steps,
                     struct prim_step *steps, int *n_steps);

/* Lets the best box out again, one side or category at a time, as long as its density grows. */
void prim_search_paste(struct prim_search *search, const struct prim_options *options);

#endif
