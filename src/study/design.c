/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/design.h"

#include <stdlib.h>
#include <string.h>

#include "study/design_sampled.h"
#include "study/where.h"

/* ---- how many ---- */

enum { COUNT_LIMIT = 2000000000 };

long long design_count(enum design_method method, int n_factors, const struct factor *factors, long long n_rows)
{
    long long count = n_rows;
    switch (method) {
    case DESIGN_NONE:
        return 1;
    case DESIGN_LIST:
    case DESIGN_POSTERIOR:
        return n_factors > 0 ? factors[0].n_values : 0;
    case DESIGN_GRID:
        count = 1;
        for (int factor = 0; factor < n_factors && count < COUNT_LIMIT; factor++) {
            count *= factors[factor].n_values;
        }
        break;
    case DESIGN_LATIN_HYPERCUBE:
    case DESIGN_SOBOL:
        break;
    case DESIGN_MORRIS:
        count = n_rows * (n_factors + 1);
        break;
    case DESIGN_SALTELLI:
        count = n_rows * (2 * design_units(n_factors, factors, NULL) + 2);
        break;
    }
    return count < COUNT_LIMIT ? count : COUNT_LIMIT;
}

/* ---- the points ---- */

/* The last factor changes fastest. */
static void fill_grid(struct design *design)
{
    for (int point = 0; point < design->n_points; point++) {
        int rest = point;
        for (int factor = design->n_factors - 1; factor >= 0; factor--) {
            const struct factor *own = &design->factors[factor];
            design->values[(size_t)point * (size_t)design->n_factors + (size_t)factor] =
                own->values[rest % own->n_values];
            rest /= own->n_values;
        }
    }
}

static void fill_list(struct design *design)
{
    for (int point = 0; point < design->n_points; point++) {
        for (int factor = 0; factor < design->n_factors; factor++) {
            design->values[(size_t)point * (size_t)design->n_factors + (size_t)factor] =
                design->factors[factor].values[point];
        }
    }
}

/* Takes out the points that are not kept. */
static void drop_points(struct design *design, design_keeps *keeps, const void *context)
{
    size_t n_factors = (size_t)design->n_factors;
    int n_kept = 0;
    for (int point = 0; point < design->n_points; point++) {
        const double *values = design->values + (size_t)point * n_factors;
        if (keeps(context, values)) {
            memmove(design->values + (size_t)n_kept * n_factors, values, n_factors * sizeof *values);
            n_kept++;
        }
    }
    design->n_points = n_kept;
}

static dredge_status fill_points(struct design *design)
{
    switch (design->method) {
    case DESIGN_NONE:
    case DESIGN_SOBOL:
        break;
    case DESIGN_GRID:
        fill_grid(design);
        break;
    case DESIGN_LIST:
    case DESIGN_POSTERIOR:
        fill_list(design);
        break;
    case DESIGN_LATIN_HYPERCUBE:
        return sampled_latin_hypercube(design);
    case DESIGN_MORRIS:
        return sampled_morris(design);
    case DESIGN_SALTELLI:
        return sampled_saltelli(design);
    }
    return DREDGE_OK;
}

dredge_status design_fill(struct design *design, design_keeps *keeps, const void *context)
{
    design->n_points = (int)design_count(design->method, design->n_factors, design->factors, design->n_rows);
    if (design->method == DESIGN_NONE || design->n_factors < 1 || design->n_points < 1) {
        return DREDGE_OK;
    }
    size_t n_values = (size_t)design->n_points * (size_t)design->n_factors;
    design->values = malloc(n_values * sizeof *design->values);
    if (design->values == NULL) {
        return status_no_memory(n_values * sizeof *design->values);
    }
    if (design->method == DESIGN_SOBOL) {
        return sampled_sobol(design, keeps, context);
    }
    dredge_status status = fill_points(design);
    if (status == DREDGE_OK && keeps != NULL) {
        drop_points(design, keeps, context);
    }
    return status;
}

void design_free(struct design *design)
{
    for (int factor = 0; design->factors != NULL && factor < design->n_factors; factor++) {
        free(design->factors[factor].values);
    }
    free(design->factors);
    free(design->values);
    where_free(&design->where);
    memset(design, 0, sizeof *design);
}
