/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/prim.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct search {
    int n_factors, n; /* n: points in play, indices into x */
    const double *x;
    const signed char *interest;
    int *points; /* [n], points not covered by earlier boxes */
    int *inside; /* [n_inside], points of the box */
    int n_inside;
    double *column;                  /* [n] */
    int n_all, n_cases_all, n_cases; /* all points, all cases, cases in play */
    struct prim_limit *box;          /* [n_factors], the box under way */
    struct prim_limit *best;         /* [n_factors] */
};

struct prim_options prim_defaults(void)
{
    return (struct prim_options){.peel = 0.05, .paste = 0.05, .mass_min = 0.05, .quasi_p = 0.05, .n_boxes = 3};
}

static double search_value(const struct search *search, int point, int factor)
{
    return search->x[(size_t)point * (size_t)search->n_factors + (size_t)factor];
}

/* Is the point within the limits, those of factor `skip` left out (-1: none)? */
static int search_holds(const struct search *search, const struct prim_limit *limits, int point, int skip)
{
    for (int f = 0; f < search->n_factors; f++) {
        double value = search_value(search, point, f);
        if (f != skip &&
            ((limits[f].has_low && value < limits[f].low) || (limits[f].has_high && value > limits[f].high))) {
            return 0;
        }
    }
    return 1;
}

/* Points in play within the limits and the cases of interest among them. */
static int search_count(const struct search *search, const struct prim_limit *limits, int skip, int *n_cases)
{
    int n = 0;
    *n_cases = 0;
    for (int i = 0; i < search->n; i++) {
        int holds = search_holds(search, limits, search->points[i], skip);
        n += holds;
        *n_cases += holds && search->interest[search->points[i]] == 1;
    }
    return n;
}

static int compare_doubles(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

/* The new limit when a share `alpha` of the box is peeled off one side of a factor: the peeled points are those beyond
 * it. With ties a whole value goes, at least one. Returns 0 when everything would go. */
static int search_peel_limit(const struct search *search, int factor, int upper, double alpha, double *limit)
{
    int n = search->n_inside;
    for (int i = 0; i < n; i++) {
        search->column[i] = search_value(search, search->inside[i], factor);
    }
    qsort(search->column, (size_t)n, sizeof *search->column, compare_doubles);
    int take = (int)(alpha * n);
    take = take > 0 ? take : 1;
    int at = upper ? n - 1 - take : take;
    if (at < 0 || at >= n) {
        return 0;
    }
    double end = search->column[upper ? n - 1 : 0];
    while (at >= 0 && at < n && search->column[at] == end) {
        at += upper ? -1 : 1; /* never less than one whole value */
    }
    if (at < 0 || at >= n) {
        return 0;
    }
    *limit = search->column[at];
    return 1;
}

/* Cases and points that stay in the box when the limit of one side is `limit`. */
static int search_stay(const struct search *search, int factor, int upper, double limit, int *n_cases)
{
    int n = 0;
    *n_cases = 0;
    for (int i = 0; i < search->n_inside; i++) {
        double value = search_value(search, search->inside[i], factor);
        int stays = upper ? value <= limit : value >= limit;
        n += stays;
        *n_cases += stays && search->interest[search->inside[i]] == 1;
    }
    return n;
}

static void search_keep(struct search *search, int factor, int upper, double limit)
{
    struct prim_limit *own = &search->box[factor];
    *(upper ? &own->high : &own->low) = limit;
    *(upper ? &own->has_high : &own->has_low) = 1;
    int n = 0;
    for (int i = 0; i < search->n_inside; i++) {
        double value = search_value(search, search->inside[i], factor);
        if (upper ? value <= limit : value >= limit) {
            search->inside[n++] = search->inside[i];
        }
    }
    search->n_inside = n;
}

/* Peels the side whose removal leaves the densest box; of equal ones the largest box. Returns 0 when none is left. */
static int search_peel(struct search *search, const struct prim_options *options)
{
    int best_factor = -1;
    int best_upper = 0;
    int best_n = 0;
    double best_limit = 0;
    double best_density = -1;
    int least = (int)ceil(options->mass_min * search->n_all);
    least = least > 1 ? least : 1;
    for (int side = 0; side < 2 * search->n_factors; side++) {
        double limit = 0;
        int n_cases = 0;
        if (!search_peel_limit(search, side / 2, side % 2, options->peel, &limit)) {
            continue;
        }
        int n = search_stay(search, side / 2, side % 2, limit, &n_cases);
        double density = n > 0 ? (double)n_cases / n : 0;
        if (n >= least && n < search->n_inside && (density > best_density || (density == best_density && n > best_n))) {
            best_factor = side / 2;
            best_upper = side % 2;
            best_limit = limit;
            best_density = density;
            best_n = n;
        }
    }
    if (best_factor >= 0) {
        search_keep(search, best_factor, best_upper, best_limit);
    }
    return best_factor >= 0;
}

static int search_restricted(const struct search *search, const struct prim_limit *limits)
{
    int n = 0;
    for (int f = 0; f < search->n_factors; f++) {
        n += limits[f].has_low || limits[f].has_high;
    }
    return n;
}

static int search_cases_inside(const struct search *search)
{
    int n = 0;
    for (int i = 0; i < search->n_inside; i++) {
        n += search->interest[search->inside[i]] == 1;
    }
    return n;
}

/* Peels from everything in play and leaves the limits with the best harmonic mean of density and coverage in `best`.
 * Records the steps where `steps` is not NULL (at most `max_steps`). Returns whether a box better than no box was
 * found. */
static int search_trajectory(struct search *search, const struct prim_options *options, int max_steps,
                             struct prim_step *steps, int *n_steps)
{
    double base = (double)search->n_cases / search->n;
    double best_score = 2 * base / (base + 1);
    int found = 0;
    memset(search->box, 0, (size_t)search->n_factors * sizeof *search->box);
    memcpy(search->inside, search->points, (size_t)search->n * sizeof *search->inside);
    search->n_inside = search->n;
    for (int step = 0;; step++) {
        int cases = search_cases_inside(search);
        double density = (double)cases / search->n_inside;
        double coverage = (double)cases / search->n_cases;
        double score = cases > 0 ? 2 * density * coverage / (density + coverage) : 0;
        if (steps && step < max_steps) {
            steps[step] =
                (struct prim_step){density, (double)cases / search->n_cases_all,
                                   (double)search->n_inside / search->n_all, search_restricted(search, search->box)};
            *n_steps = step + 1;
        }
        if (step > 0 && density > base && score > best_score) {
            best_score = score;
            found = 1;
            memcpy(search->best, search->box, (size_t)search->n_factors * sizeof *search->box);
        }
        if (!search_peel(search, options)) {
            return found;
        }
    }
}

/* The limit when a side is let out so that at most a share of the box comes in; 0 when there is nothing to let in. */
static int search_paste_limit(struct search *search, struct prim_limit *limits, int factor, int upper, double share,
                              double *limit)
{
    struct prim_limit own = limits[factor];
    if (!(upper ? own.has_high : own.has_low)) {
        return 0;
    }
    int inside_cases = 0;
    int n_inside = search_count(search, limits, -1, &inside_cases);
    int n = 0;
    *(upper ? &limits[factor].has_high : &limits[factor].has_low) = 0;
    for (int i = 0; i < search->n; i++) {
        double value = search_value(search, search->points[i], factor);
        if ((upper ? value > own.high : value < own.low) && search_holds(search, limits, search->points[i], -1)) {
            search->column[n++] = value;
        }
    }
    limits[factor] = own;
    if (n == 0) {
        return 0;
    }
    qsort(search->column, (size_t)n, sizeof *search->column, compare_doubles);
    int take = (int)(share * n_inside);
    take = take < 1 ? 1 : take > n ? n : take;
    *limit = search->column[upper ? take - 1 : n - take];
    return 1;
}

/* Lets the box out again, one side at a time, as long as its density grows. */
static void search_paste(struct search *search, const struct prim_options *options)
{
    struct prim_limit *limits = search->best;
    for (int improved = 1; improved;) {
        improved = 0;
        int n_cases = 0;
        int n = search_count(search, limits, -1, &n_cases);
        double best = n > 0 ? (double)n_cases / n : 0;
        int best_side = -1;
        double best_limit = 0;
        for (int side = 0; side < 2 * search->n_factors; side++) {
            double limit = 0;
            struct prim_limit before = limits[side / 2];
            if (search_paste_limit(search, limits, side / 2, side % 2, options->paste, &limit)) {
                *(side % 2 ? &limits[side / 2].high : &limits[side / 2].low) = limit;
                int m = search_count(search, limits, -1, &n_cases);
                limits[side / 2] = before;
                if (m > n && (double)n_cases / m > best) {
                    best = (double)n_cases / m;
                    best_side = side;
                    best_limit = limit;
                }
            }
        }
        if (best_side >= 0) {
            *(best_side % 2 ? &limits[best_side / 2].high : &limits[best_side / 2].low) = best_limit;
            improved = 1;
        }
    }
}

/* Quasi-p of each restricted factor: the chance that a box of this size drawn from the box without the factor's
 * restriction holds at least as many cases. */
static void search_quasi_p(struct search *search)
{
    int n_cases = 0;
    int n = search_count(search, search->best, -1, &n_cases);
    for (int f = 0; f < search->n_factors; f++) {
        struct prim_limit *limit = &search->best[f];
        limit->quasi_p = NAN;
        if (limit->has_low || limit->has_high) {
            int wider_cases = 0;
            int wider = search_count(search, search->best, f, &wider_cases);
            double chance = (double)wider_cases / wider;
            limit->quasi_p = n_cases == 0 ? 1 : gsl_cdf_binomial_Q((unsigned)n_cases - 1, chance, (unsigned)n);
        }
    }
}

/* Drops the restriction that chance explains best, again and again, until all left are below the threshold. */
static void search_drop(struct search *search, const struct prim_options *options)
{
    for (;;) {
        int worst = -1;
        search_quasi_p(search);
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

/* Writes the box and takes its points out of play. */
static void search_finish(struct search *search, struct prim_box *box)
{
    int n_cases = 0;
    int n = search_count(search, search->best, -1, &n_cases);
    memcpy(box->limits, search->best, (size_t)search->n_factors * sizeof *box->limits);
    box->n_points = n;
    box->n_cases = n_cases;
    box->density = (double)n_cases / n;
    box->coverage = (double)n_cases / search->n_cases_all;
    box->mass = (double)n / search->n_all;
    box->n_restricted = search_restricted(search, search->best);
    int kept = 0;
    for (int i = 0; i < search->n; i++) {
        if (!search_holds(search, search->best, search->points[i], -1)) {
            search->points[kept++] = search->points[i];
        }
    }
    search->n = kept;
    search->n_cases -= n_cases;
}

/* Open sides get the limits of all points, so that a box can be drawn. */
static void search_close_sides(const struct search *search, int n_points, struct prim_box *box)
{
    for (int f = 0; f < search->n_factors; f++) {
        double low = INFINITY;
        double high = -INFINITY;
        for (int p = 0; p < n_points; p++) {
            if (search->interest[p] >= 0) {
                low = fmin(low, search_value(search, p, f));
                high = fmax(high, search_value(search, p, f));
            }
        }
        struct prim_limit *limit = &box->limits[f];
        limit->low = limit->has_low ? limit->low : low;
        limit->high = limit->has_high ? limit->high : high;
    }
}

static void prim_search(struct search *search, int n_points, const struct prim_options *options, int max_steps,
                        struct prim *prim)
{
    while (prim->n_boxes < options->n_boxes && search->n_cases > 0 && search->n_cases < search->n) {
        int first = prim->n_boxes == 0;
        if (!search_trajectory(search, options, max_steps, first ? prim->steps : NULL, &prim->n_steps)) {
            return;
        }
        search_paste(search, options);
        search_drop(search, options);
        int n_cases = 0;
        int n = search_count(search, search->best, -1, &n_cases);
        if (search_restricted(search, search->best) == 0 ||
            (double)n_cases / n <= (double)search->n_cases_all / search->n_all) {
            return;
        }
        struct prim_box *box = &prim->boxes[prim->n_boxes];
        box->limits = prim->limits + (size_t)prim->n_boxes * (size_t)search->n_factors;
        search_finish(search, box);
        search_close_sides(search, n_points, box);
        prim->n_boxes++;
    }
}

dredge_status prim_compute(int n_points, int n_factors, const double *x, const signed char *interest,
                           const struct prim_options *options, struct prim *prim)
{
    enum { MAX_STEPS = 1000 };
    size_t n = (size_t)n_points + 1;
    size_t k = (size_t)n_factors + 1;
    struct search search = {.n_factors = n_factors, .x = x, .interest = interest};
    *prim = (struct prim){.n_factors = n_factors};
    int *indices = malloc(2 * n * sizeof *indices);
    search.column = malloc(n * sizeof *search.column);
    search.box = calloc(2 * k, sizeof *search.box);
    prim->boxes = calloc((size_t)options->n_boxes + 1, sizeof *prim->boxes);
    prim->limits = calloc(((size_t)options->n_boxes + 1) * k, sizeof *prim->limits);
    prim->steps = calloc(MAX_STEPS, sizeof *prim->steps);
    dredge_status status = DREDGE_OK;
    if (!indices || !search.column || !search.box || !prim->boxes || !prim->limits || !prim->steps) {
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
    prim_search(&search, n_points, options, MAX_STEPS, prim);
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
