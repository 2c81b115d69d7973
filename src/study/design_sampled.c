/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/design_sampled.h"

#include <stdlib.h>
#include <string.h>

#include "base/stream.h"
#include "model/purpose.h"
#include "study/design.h"
#include "study/distribution.h"
#include "study/sobol.h"

/* ---- draws: one block per factor and row ---- */

struct draw {
    double uniform;       /* 0 .. 1 */
    uint32_t choice, key; /* words */
};

static struct draw draw_at(uint64_t seed, int factor, int row)
{
    struct stream_address address = {
        .seed = seed, .purpose = PURPOSE_DESIGN, .entity = (uint32_t)factor, .index = (uint32_t)row};
    uint32_t words[4];
    stream_words(&address, words);
    return (struct draw){((double)words[0] + 0.5) * 0x1p-32, words[1], words[2]};
}

struct ranked {
    uint32_t key, item;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return a->item < b->item ? -1 : a->item > b->item;
}

/* ---- Latin hypercubes ---- */

/* One factor of a Latin hypercube that is being filled. */
struct strata {
    int *stratum;         /* [n] of each row, among as many as there are rows yet */
    double *within;       /* [n] place of each row in its stratum, 0 .. 1 */
    unsigned char *taken; /* [n], 1 where a stratum has its row */
    struct ranked *order; /* [n] */
};

/* Gives the rows first .. n-1 the strata, of n, that the rows before them leave free, in random order. */
static void fill_strata(struct strata *strata, uint64_t seed, int factor, int first, int n)
{
    memset(strata->taken, 0, (size_t)n);
    for (int row = 0; row < first; row++) {
        strata->taken[strata->stratum[row]] = 1;
    }
    for (int row = first; row < n; row++) {
        strata->order[row - first] = (struct ranked){draw_at(seed, factor, row).key, (uint32_t)row};
    }
    qsort(strata->order, (size_t)(n - first), sizeof *strata->order, compare_ranked);
    int next = 0;
    for (int stratum = 0; stratum < n; stratum++) {
        if (!strata->taken[stratum]) {
            int row = (int)strata->order[next++].item;
            strata->stratum[row] = stratum;
            strata->within[row] = draw_at(seed, factor, row).uniform;
        }
    }
}

/* Halves the strata: each row stays where it is. */
static void halve_strata(struct strata *strata, int n)
{
    for (int row = 0; row < n; row++) {
        int upper = strata->within[row] >= 0.5;
        strata->stratum[row] = 2 * strata->stratum[row] + upper;
        strata->within[row] = 2 * strata->within[row] - upper; /* exact: 33 bits, and at most 23 halvings */
    }
}

/* Each factor visits each of n equal strata once, in its own random order (McKay, Beckman & Conover 1979). A hypercube
 * of 2 n rows begins with the one of n rows, whose strata it halves. */
dredge_status sampled_latin_hypercube(struct design *design)
{
    int n = design->n_points, odd = n;
    size_t rows = (size_t)n;
    while (odd % 2 == 0) {
        odd /= 2;
    }
    struct strata strata = {calloc(rows, sizeof(int)), calloc(rows, sizeof(double)), malloc(rows),
                            malloc(rows * sizeof(struct ranked))};
    dredge_status status = DREDGE_OK;
    if (strata.stratum == NULL || strata.within == NULL || strata.taken == NULL || strata.order == NULL) {
        status = status_no_memory(rows * (sizeof(int) + sizeof(double) + sizeof(struct ranked) + 1));
        goto out;
    }
    for (int factor = 0; factor < design->n_factors; factor++) {
        int first = 0;
        for (int size = odd; size <= n; size *= 2) {
            fill_strata(&strata, design->seed, factor, first, size);
            for (int row = first; row < size; row++) {
                double place = (strata.stratum[row] + strata.within[row]) / size;
                design->values[(size_t)row * (size_t)design->n_factors + (size_t)factor] =
                    distribution_value(&design->factors[factor], place);
            }
            halve_strata(&strata, size);
            first = size;
        }
    }
out:
    free(strata.stratum);
    free(strata.within);
    free(strata.taken);
    free(strata.order);
    return status;
}

/* ---- Sobol sequences ---- */

dredge_status sampled_sobol(struct design *design, design_keeps *keeps, const void *context)
{
    struct sobol sobol;
    dredge_status status = sobol_begin(&sobol, design->n_factors, design->seed);
    long long tries = (long long)design->n_points * DESIGN_MAX_TRIES;
    int n_kept = 0;
    tries = tries < 1 << 30 ? tries : 1 << 30; /* the length of the sequence */
    for (long long point = 0; point < tries && n_kept < design->n_points && status == DREDGE_OK; point++) {
        double place[SOBOL_MAX_DIMENSIONS];
        double *values = design->values + (size_t)n_kept * (size_t)design->n_factors;
        sobol_next(&sobol, place);
        for (int factor = 0; factor < design->n_factors; factor++) {
            values[factor] = distribution_value(&design->factors[factor], place[factor]);
        }
        n_kept += keeps == NULL || keeps(context, values);
    }
    design->n_points = n_kept;
    sobol_end(&sobol);
    return status;
}

/* ---- one factor at a time ---- */

/* A trajectory starts on a grid of n_levels (p) levels and then changes one factor at a time by p / (2 (p - 1)), in a
 * random order, up where it started low and down where it started high (Morris 1991). */
dredge_status sampled_morris(struct design *design)
{
    size_t n_factors = (size_t)design->n_factors;
    struct ranked *order = malloc(n_factors * sizeof *order);
    if (order == NULL) {
        return status_no_memory(n_factors * sizeof *order);
    }
    uint32_t half = (uint32_t)design->n_levels / 2;
    double top = design->n_levels - 1;
    for (int row = 0; row < design->n_rows; row++) {
        double *points = design->values + (size_t)row * (n_factors + 1) * n_factors;
        for (size_t factor = 0; factor < n_factors; factor++) {
            struct draw draw = draw_at(design->seed, (int)factor, row);
            uint32_t level = stream_choice(draw.choice, 2 * half);
            points[factor] = distribution_value(&design->factors[factor], level / top);
            order[factor] = (struct ranked){draw.key, (uint32_t)factor};
        }
        qsort(order, n_factors, sizeof *order, compare_ranked);
        for (size_t step = 1; step <= n_factors; step++) {
            double *point = points + step * n_factors;
            memcpy(point, point - n_factors, n_factors * sizeof *point);
            uint32_t moved = order[step - 1].item;
            uint32_t level = stream_choice(draw_at(design->seed, (int)moved, row).choice, 2 * half);
            uint32_t next = level < half ? level + half : level - half;
            point[moved] = distribution_value(&design->factors[moved], next / top);
        }
    }
    free(order);
    return DREDGE_OK;
}

/* What the rows of a saltelli design come from. */
struct sobol_rows {
    struct sobol *sobol; /* NULL: plain random numbers */
    double *places;      /* [4][n_factors]: A, B, and both in the units of the factors */
    int *unit;           /* [n_factors] */
    int n_units;
};

/* The rows of one scramble: A, B, then A with each unit of B, B with each unit of A. */
static void fill_rows(struct design *design, const struct sobol_rows *rows, int first, int n_rows)
{
    size_t k = (size_t)design->n_factors;
    size_t n_units = (size_t)rows->n_units;
    double *scaled = rows->places + 2 * k; /* [2][k]: rows A and B */
    for (int base = first; base < first + n_rows; base++) {
        if (rows->sobol != NULL) {
            sobol_next(rows->sobol, rows->places);
        }
        for (size_t place = 0; place < 2 * k; place++) {
            double at = rows->sobol != NULL ? rows->places[place] : draw_at(design->seed, (int)place, base).uniform;
            scaled[place] = distribution_value(&design->factors[place % k], at);
        }
        double *row = design->values + (size_t)base * (2 * n_units + 2) * k;
        memcpy(row, scaled, 2 * k * sizeof *row);
        for (size_t swap = 0; swap < 2 * n_units; swap++) {
            double *mixed = row + (2 + swap) * k;
            int from_b = swap >= n_units;
            memcpy(mixed, scaled + (from_b ? k : 0), k * sizeof *mixed);
            for (size_t factor = 0; factor < k; factor++) {
                if ((size_t)rows->unit[factor] == swap % n_units) {
                    mixed[factor] = scaled[(from_b ? 0 : k) + factor];
                }
            }
        }
    }
}

/* Saltelli 2002. The places of A and B are a Sobol sequence in 2 k dimensions, each scramble another one; plain random
 * numbers where the sequence has too few dimensions. */
dredge_status sampled_saltelli(struct design *design)
{
    size_t k = (size_t)design->n_factors;
    int with_sobol = 2 * design->n_factors <= SOBOL_MAX_DIMENSIONS;
    int n_scrambles = design->n_scrambles > 0 ? design->n_scrambles : 1;
    int n_rows = design->n_rows / n_scrambles;
    struct sobol_rows rows = {.places = calloc(4 * k, sizeof(double)), .unit = calloc(k, sizeof *rows.unit)};
    dredge_status status = DREDGE_OK;
    if (rows.places == NULL || rows.unit == NULL) {
        status = status_no_memory(4 * k * sizeof(double));
    }
    rows.n_units = status == DREDGE_OK ? design_units(design->n_factors, design->factors, rows.unit) : 0;
    for (int scramble = 0; scramble < n_scrambles && status == DREDGE_OK; scramble++) {
        struct sobol sobol = {.dimensions = 0};
        if (with_sobol) { /* any other seed scrambles anew */
            status =
                sobol_begin(&sobol, 2 * design->n_factors, design->seed + (uint64_t)scramble * 0x9E3779B97F4A7C15U);
            rows.sobol = &sobol;
        }
        if (status == DREDGE_OK) {
            fill_rows(design, &rows, scramble * n_rows, n_rows);
        }
        sobol_end(&sobol);
    }
    free(rows.unit);
    free(rows.places);
    return status;
}
