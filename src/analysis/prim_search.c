/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/prim_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A change of one factor's limit: of a number its low (side 0) or high (side 1), of a category one left out or let in. */
struct change {
    int factor, side; /* side: for a category its number */
    double limit;
    int n, n_cases; /* inside afterwards */
};

double prim_search_value(const struct prim_search *search, int point, int factor)
{
    return search->x[(size_t)point * (size_t)search->n_factors + (size_t)factor];
}

static int is_category(const struct prim_search *search, int factor)
{
    return search->kinds != NULL && search->kinds[factor] == PRIM_CATEGORY;
}

static uint64_t category_bit(double value)
{
    return (uint64_t)1 << (int)value;
}

static int is_within(const struct prim_search *search, const struct prim_limit *limit, int point, int factor)
{
    double value = prim_search_value(search, point, factor);
    if (is_category(search, factor)) {
        return (limit->left_out & category_bit(value)) == 0;
    }
    return !(limit->has_low && value < limit->low) && !(limit->has_high && value > limit->high);
}

int prim_search_holds(const struct prim_search *search, const struct prim_limit *limits, int point, int skip)
{
    for (int f = 0; f < search->n_factors; f++) {
        if (f != skip && !is_within(search, &limits[f], point, f)) {
            return 0;
        }
    }
    return 1;
}

int prim_search_count(const struct prim_search *search, const struct prim_limit *limits, int skip, int *n_cases)
{
    int n = 0;
    *n_cases = 0;
    for (int i = 0; i < search->n; i++) {
        int holds = prim_search_holds(search, limits, search->points[i], skip);
        n += holds;
        *n_cases += holds && search->interest[search->points[i]] == 1;
    }
    return n;
}

int prim_search_restricted(const struct prim_search *search, const struct prim_limit *limits)
{
    int n = 0;
    for (int f = 0; f < search->n_factors; f++) {
        n += prim_is_restricted(&limits[f]);
    }
    return n;
}

static int compare_doubles(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

/* The new limit when a share `alpha` of the box is peeled off one side of a number: the peeled points are those beyond it.
 * With ties a whole value goes, at least one. Returns 0 when everything would go. */
static int peel_limit(const struct prim_search *search, int factor, int upper, double alpha, double *limit)
{
    int n = search->n_inside;
    for (int i = 0; i < n; i++) {
        search->column[i] = prim_search_value(search, search->inside[i], factor);
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
        at += upper ? -1 : 1;
    }
    if (at < 0 || at >= n) {
        return 0;
    }
    *limit = search->column[at];
    return 1;
}

/* Sets the limit of a change. */
static void apply(struct prim_limit *limit, int of_category, const struct change *change)
{
    if (of_category) {
        limit->left_out |= (uint64_t)1 << change->side;
        limit->is_chosen = 1;
    } else if (change->side) {
        limit->high = change->limit;
        limit->has_high = 1;
    } else {
        limit->low = change->limit;
        limit->has_low = 1;
    }
}

/* Counts what stays in the box after a peel. */
static void count_stay(const struct prim_search *search, struct change *change)
{
    struct prim_limit limit = {0};
    apply(&limit, is_category(search, change->factor), change);
    change->n = change->n_cases = 0;
    for (int i = 0; i < search->n_inside; i++) {
        int stays = is_within(search, &limit, search->inside[i], change->factor);
        change->n += stays;
        change->n_cases += stays && search->interest[search->inside[i]] == 1;
    }
}

static int count_cases_inside(const struct prim_search *search)
{
    int n = 0;
    for (int i = 0; i < search->n_inside; i++) {
        n += search->interest[search->inside[i]] == 1;
    }
    return n;
}

/* Which proposals a factor has: bit 0 and 1 for the sides of a number, or the categories that are in the box. */
static uint64_t list_proposals(const struct prim_search *search, int factor)
{
    uint64_t present = 0;
    if (!is_category(search, factor)) {
        return 3;
    }
    for (int i = 0; i < search->n_inside; i++) {
        present |= category_bit(prim_search_value(search, search->inside[i], factor));
    }
    return present;
}

/* The possible peels of a factor are numbered from 0: two sides, or the categories. Returns 0 when there is no such. */
static int propose(const struct prim_search *search, int factor, int number, double alpha, struct change *change)
{
    *change = (struct change){.factor = factor, .side = number};
    if (is_category(search, factor)) {
        count_stay(search, change);
        return 1;
    }
    if (!peel_limit(search, factor, number, alpha, &change->limit)) {
        return 0;
    }
    count_stay(search, change);
    return 1;
}

/* Peels what gains most density per point removed; of equal ones the one that leaves most. Returns 0 when none is left. */
static int peel_once(struct prim_search *search, const struct prim_options *options)
{
    struct change best = {.factor = -1};
    double best_gain = -INFINITY;
    double density = (double)count_cases_inside(search) / search->n_inside;
    int least = (int)ceil(options->mass_min * search->n_all);
    least = least > 1 ? least : 1;
    for (int f = 0; f < search->n_factors; f++) {
        uint64_t proposals = list_proposals(search, f);
        for (int number = 0; number < PRIM_CATEGORIES && proposals >> number != 0; number++) {
            struct change change;
            if ((proposals >> number & 1) == 0 || !propose(search, f, number, options->peel, &change) ||
                change.n == search->n_inside || change.n < least) {
                continue;
            }
            double gain = ((double)change.n_cases / change.n - density) / (search->n_inside - change.n);
            search->n_tried++;
            if (gain > best_gain || (gain == best_gain && change.n > best.n)) {
                best_gain = gain;
                best = change;
            }
        }
    }
    if (best.factor < 0) {
        return 0;
    }
    apply(&search->box[best.factor], is_category(search, best.factor), &best);
    int n = 0;
    for (int i = 0; i < search->n_inside; i++) {
        if (is_within(search, &search->box[best.factor], search->inside[i], best.factor)) {
            search->inside[n++] = search->inside[i];
        }
    }
    search->n_inside = n;
    return 1;
}

int prim_search_peel(struct prim_search *search, const struct prim_options *options, int max_steps,
                     struct prim_step *steps, int *n_steps)
{
    double base = (double)search->n_cases / search->n;
    double best_score = 0;
    memset(search->box, 0, (size_t)search->n_factors * sizeof *search->box);
    memcpy(search->inside, search->points, (size_t)search->n * sizeof *search->inside);
    search->n_inside = search->n;
    search->n_tried = 0;
    for (int step = 0;; step++) {
        int cases = count_cases_inside(search);
        double density = (double)cases / search->n_inside;
        double coverage = (double)cases / search->n_cases;
        double above = (density - base) / (1 - base);
        double score = above > 0 ? 2 * above * coverage / (above + coverage) : 0;
        if (steps != NULL && step < max_steps) {
            steps[step] = (struct prim_step){density, (double)cases / search->n_cases_all,
                                             (double)search->n_inside / search->n_all,
                                             prim_search_restricted(search, search->box)};
            *n_steps = step + 1;
        }
        if (score > best_score) {
            best_score = score;
            memcpy(search->best, search->box, (size_t)search->n_factors * sizeof *search->box);
        }
        if (!peel_once(search, options)) {
            return best_score > 0;
        }
    }
}

/* The limit when a side is let out so that at most a share of the box comes in; 0 when there is nothing to let in. */
static int paste_limit(const struct prim_search *search, struct prim_limit *limits, int factor, int upper, double share,
                       double *limit)
{
    struct prim_limit own = limits[factor];
    if (!(upper ? own.has_high : own.has_low)) {
        return 0;
    }
    int inside_cases = 0;
    int n_inside = prim_search_count(search, limits, -1, &inside_cases);
    int n = 0;
    *(upper ? &limits[factor].has_high : &limits[factor].has_low) = 0;
    for (int i = 0; i < search->n; i++) {
        double value = prim_search_value(search, search->points[i], factor);
        if ((upper ? value > own.high : value < own.low) && prim_search_holds(search, limits, search->points[i], -1)) {
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

/* The limit of a factor with one side or category let out a little; 0 when there is nothing to let in. */
static int let_out(const struct prim_search *search, struct prim_limit *limits, int factor, int number, double share,
                   struct prim_limit *wider)
{
    *wider = limits[factor];
    if (is_category(search, factor)) {
        uint64_t bit = (uint64_t)1 << number;
        wider->left_out &= ~bit;
        wider->is_chosen = wider->left_out != 0;
        return (limits[factor].left_out & bit) != 0;
    }
    double limit = 0;
    if (!paste_limit(search, limits, factor, number, share, &limit)) {
        return 0;
    }
    *(number ? &wider->high : &wider->low) = limit;
    return 1;
}

void prim_search_paste(struct prim_search *search, const struct prim_options *options)
{
    struct prim_limit *limits = search->best;
    for (int improved = 1; improved;) {
        int n_cases = 0;
        int n = prim_search_count(search, limits, -1, &n_cases);
        double best = n > 0 ? (double)n_cases / n : 0;
        int best_factor = -1;
        struct prim_limit best_limit = {0};
        for (int f = 0; f < search->n_factors; f++) {
            int n_proposals = is_category(search, f) ? PRIM_CATEGORIES : 2;
            for (int number = 0; prim_is_restricted(&limits[f]) && number < n_proposals; number++) {
                struct prim_limit before = limits[f];
                struct prim_limit wider;
                if (let_out(search, limits, f, number, options->paste, &wider)) {
                    limits[f] = wider;
                    int m = prim_search_count(search, limits, -1, &n_cases);
                    limits[f] = before;
                    if (m > n && (double)n_cases / m > best) {
                        best = (double)n_cases / m;
                        best_factor = f;
                        best_limit = wider;
                    }
                }
            }
        }
        improved = best_factor >= 0;
        if (improved) {
            limits[best_factor] = best_limit;
        }
    }
}
