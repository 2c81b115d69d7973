/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/prim.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/prim_search.h"

struct prim_options prim_defaults(void)
{
    return (struct prim_options){.peel = 0.05, .paste = 0.05, .mass_min = 0.05, .quasi_p = 0.05, .n_boxes = 3};
}

/* The chance of at least n_cases of n where each is a case with `chance`, times the peels that the search tried, at most 1. */
static double correct_p(const struct prim_search *search, int n_cases, int n, double chance)
{
    double p = n_cases == 0 ? 1 : gsl_cdf_binomial_Q((unsigned)n_cases - 1, chance, (unsigned)n);
    return fmin(1, p * (double)search->n_tried);
}

/* Quasi-p of each restricted factor: the chance that a box of this size drawn from the box without the factor's
 * restriction holds at least as many cases, corrected for the search. */
static void find_quasi_p(struct prim_search *search)
{
    int n_cases = 0;
    int n = prim_search_count(search, search->best, -1, &n_cases);
    for (int f = 0; f < search->n_factors; f++) {
        struct prim_limit *limit = &search->best[f];
        limit->quasi_p = NAN;
        if (prim_is_restricted(limit)) {
            int wider_cases = 0;
            int wider = prim_search_count(search, search->best, f, &wider_cases);
            limit->quasi_p = correct_p(search, n_cases, n, (double)wider_cases / wider);
        }
    }
}

/* Drops the restriction that chance explains best, again and again, until all left are below the threshold. */
static void drop_chance(struct prim_search *search, const struct prim_options *options)
{
    for (;;) {
        int worst = -1;
        find_quasi_p(search);
        for (int f = 0; f < search->n_factors; f++) {
            double p = search->best[f].quasi_p;
            if (p > options->quasi_p && (worst < 0 || p > search->best[worst].quasi_p)) {
                worst = f;
            }
        }
        if (worst < 0) {
            return;
        }
        search->best[worst] = (struct prim_limit){.quasi_p = NAN};
    }
}

/* Is the box denser than the base rate of all points explains? */
static int beats_base_rate(const struct prim_search *search, const struct prim_options *options)
{
    int n_cases = 0;
    int n = prim_search_count(search, search->best, -1, &n_cases);
    return prim_search_restricted(search, search->best) > 0 &&
           correct_p(search, n_cases, n, (double)search->n_cases_all / search->n_all) <= options->quasi_p;
}

/* Writes the box and takes its points out of play. */
static void take_box(struct prim_search *search, struct prim_box *box)
{
    int n_cases = 0;
    int n = prim_search_count(search, search->best, -1, &n_cases);
    memcpy(box->limits, search->best, (size_t)search->n_factors * sizeof *box->limits);
    box->n_points = n;
    box->n_cases = n_cases;
    box->density = (double)n_cases / n;
    box->coverage = (double)n_cases / search->n_cases_all;
    box->mass = (double)n / search->n_all;
    box->n_restricted = prim_search_restricted(search, search->best);
    int kept = 0;
    for (int i = 0; i < search->n; i++) {
        if (!prim_search_holds(search, search->best, search->points[i], -1)) {
            search->points[kept++] = search->points[i];
        }
    }
    search->n = kept;
    search->n_cases -= n_cases;
}

/* Open sides get the limits of all points, so that a box can be drawn. */
static void close_sides(const struct prim_search *search, int n_points, struct prim_box *box)
{
    for (int f = 0; f < search->n_factors; f++) {
        double low = INFINITY;
        double high = -INFINITY;
        for (int p = 0; p < n_points; p++) {
            if (search->interest[p] >= 0) {
                low = fmin(low, prim_search_value(search, p, f));
                high = fmax(high, prim_search_value(search, p, f));
            }
        }
        struct prim_limit *limit = &box->limits[f];
        limit->low = limit->has_low ? limit->low : low;
        limit->high = limit->has_high ? limit->high : high;
    }
}

static void find_boxes(struct prim_search *search, int n_points, const struct prim_options *options, int max_steps,
                       struct prim *prim)
{
    while (prim->n_boxes < options->n_boxes && search->n_cases > 0 && search->n_cases < search->n) {
        int first = prim->n_boxes == 0;
        if (!prim_search_peel(search, options, max_steps, first ? prim->steps : NULL, &prim->n_steps)) {
            return;
        }
        prim_search_paste(search, options);
        drop_chance(search, options);
        if (!beats_base_rate(search, options)) {
            return;
        }
        struct prim_box *box = &prim->boxes[prim->n_boxes];
        box->limits = prim->limits + (size_t)prim->n_boxes * (size_t)search->n_factors;
        take_box(search, box);
        close_sides(search, n_points, box);
        prim->n_boxes++;
    }
}

dredge_status prim_compute(int n_points, int n_factors, const double *x, const enum prim_kind *kinds,
                           const signed char *interest, const struct prim_options *options, struct prim *prim)
{
    enum { MAX_STEPS = 1000 };
    size_t n = (size_t)n_points + 1;
    size_t k = (size_t)n_factors + 1;
    struct prim_search search = {.n_factors = n_factors, .x = x, .kinds = kinds, .interest = interest};
    *prim = (struct prim){.n_factors = n_factors};
    int *indices = malloc(2 * n * sizeof *indices);
    search.column = malloc(n * sizeof *search.column);
    search.box = calloc(2 * k, sizeof *search.box);
    prim->boxes = calloc((size_t)options->n_boxes + 1, sizeof *prim->boxes);
    prim->limits = calloc(((size_t)options->n_boxes + 1) * k, sizeof *prim->limits);
    prim->steps = calloc(MAX_STEPS, sizeof *prim->steps);
    dredge_status status = DREDGE_OK;
    if (indices == NULL || search.column == NULL || search.box == NULL || prim->boxes == NULL || prim->limits == NULL ||
        prim->steps == NULL) {
        status = status_no_memory(2 * n * sizeof *indices);
        goto out;
    }
    search.points = indices;
    search.inside = indices + n;
    search.best = search.box + k;
    for (int p = 0; p < n_points; p++) {
        if (interest[p] >= 0) {
            search.points[search.n++] = p;
            search.n_cases += interest[p];
        }
    }
    search.n_all = prim->n_points = search.n;
    search.n_cases_all = prim->n_cases = search.n_cases;
    find_boxes(&search, n_points, options, MAX_STEPS, prim);
out:
    free(search.box);
    free(search.column);
    free(indices);
    if (status != DREDGE_OK) {
        prim_free(prim);
    }
    return status;
}

void prim_free(struct prim *prim)
{
    free(prim->steps);
    free(prim->limits);
    free(prim->boxes);
    *prim = (struct prim){0};
}
