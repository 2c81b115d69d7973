/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/design.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>

#include "base/exact.h"
#include "base/stream.h"
#include "model/purpose.h"
#include "study/factor.h"

const char *const design_methods[DESIGN_SALTELLI + 2] = {"none",  "grid",   "list",     "latin_hypercube",
                                                         "sobol", "morris", "saltelli", NULL};

/* ---- how many ---- */

enum { COUNT_LIMIT = 2000000000 };

long long design_count(enum design_method method, int n_factors, const struct factor *factors, long long n_rows)
{
    long long count = n_rows;
    switch (method) {
    case DESIGN_NONE:
        return 1;
    case DESIGN_LIST:
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
        count = n_rows * (2 * n_factors + 2);
        break;
    }
    return count < COUNT_LIMIT ? count : COUNT_LIMIT;
}

/* ---- from 0 .. 1 to the factor ---- */

/* exp(x) for |x| <= 700: x = n log 2 + r, Taylor series in r with |r| <= log(2) / 2. Made of exact operations like
 * base/exact.h, so that design points are the same bits on every machine; relative error below 2^-50. */
static double exact_exp(double x)
{
    double n = floor(x * 1.44269504088896340736 + 0.5);
    double r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10; /* log 2 in two parts */
    double series = 1;
    for (int k = 14; k >= 1; k--) {
        series = 1 + series * r / k;
    }
    uint64_t bits = (uint64_t)(1023 + (int)n) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return series * power;
}

double design_scale(const struct factor *factor, double u)
{
    if (factor->n_values > 0) { /* categories, equally likely */
        int category = (int)(u * factor->n_values);
        return factor->values[category < factor->n_values ? category : factor->n_values - 1];
    }
    double low = factor->low, high = factor->high, value;
    int whole = factor_about(factor).is_whole;
    if (factor->logarithmic) {
        double log_low = exact_log(low);
        value = exact_exp(log_low + u * (exact_log(high) - log_low));
        value = u <= 0 ? low : u >= 1 ? high : value;
        value = whole ? floor(value + 0.5) : value;
    } else if (whole) { /* every whole number equally likely */
        value = floor(low + u * (high - low + 1));
    } else {
        value = low + u * (high - low);
    }
    return value < low ? low : value > high ? high : value;
}

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

/* ---- the methods ---- */

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

/* Each factor visits each of n equal strata once, in its own random order (McKay, Beckman & Conover 1979). */
static dredge_status fill_latin_hypercube(struct design *design, uint64_t seed)
{
    size_t n = (size_t)design->n_points;
    struct ranked *order = malloc(n * sizeof *order);
    if (order == NULL) {
        return status_no_memory(n * sizeof *order);
    }
    for (int factor = 0; factor < design->n_factors; factor++) {
        for (size_t row = 0; row < n; row++) {
            order[row] = (struct ranked){draw_at(seed, factor, (int)row).key, (uint32_t)row};
        }
        qsort(order, n, sizeof *order, compare_ranked);
        for (size_t stratum = 0; stratum < n; stratum++) {
            uint32_t row = order[stratum].item;
            double place = ((double)stratum + draw_at(seed, factor, (int)row).uniform) / (double)n;
            design->values[row * (size_t)design->n_factors + (size_t)factor] =
                design_scale(&design->factors[factor], place);
        }
    }
    free(order);
    return DREDGE_OK;
}

static gsl_qrng *sobol_new(int n_dimensions)
{
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)n_dimensions);
    gsl_set_error_handler(handler);
    return sequence;
}

/* GSL's sequence (Antonov & Saleev 1979), which begins at the centre. */
static dredge_status fill_sobol(struct design *design)
{
    gsl_qrng *sequence = sobol_new(design->n_factors);
    if (sequence == NULL) {
        return status_fail(DREDGE_MEMORY, "out of memory for a Sobol sequence");
    }
    for (int point = 0; point < design->n_points; point++) {
        double place[DESIGN_SOBOL_FACTORS];
        (void)gsl_qrng_get(sequence, place);
        for (int factor = 0; factor < design->n_factors; factor++) {
            design->values[(size_t)point * (size_t)design->n_factors + (size_t)factor] =
                design_scale(&design->factors[factor], place[factor]);
        }
    }
    gsl_qrng_free(sequence);
    return DREDGE_OK;
}

/* A trajectory starts on a grid of n_levels (p) levels and then changes one factor at a time by p / (2 (p - 1)), in a
 * random order, up where it started low and down where it started high (Morris 1991). */
static dredge_status fill_morris(struct design *design, uint64_t seed)
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
            struct draw draw = draw_at(seed, (int)factor, row);
            uint32_t level = stream_choice(draw.choice, 2 * half);
            points[factor] = design_scale(&design->factors[factor], level / top);
            order[factor] = (struct ranked){draw.key, (uint32_t)factor};
        }
        qsort(order, n_factors, sizeof *order, compare_ranked);
        for (size_t step = 1; step <= n_factors; step++) {
            double *point = points + step * n_factors;
            memcpy(point, point - n_factors, n_factors * sizeof *point);
            uint32_t moved = order[step - 1].item;
            uint32_t level = stream_choice(draw_at(seed, (int)moved, row).choice, 2 * half);
            uint32_t next = level < half ? level + half : level - half;
            point[moved] = design_scale(&design->factors[moved], next / top);
        }
    }
    free(order);
    return DREDGE_OK;
}

/* Two independent places (A and B) per factor and base: a Sobol sequence in 2 k dimensions, shifted around by one random
 * number per dimension (Cranley & Patterson 1976); plain random numbers where the sequence has too few dimensions. */
static void saltelli_places(const struct design *design, gsl_qrng *sequence, uint64_t seed, int base, double *places)
{
    if (sequence != NULL) {
        (void)gsl_qrng_get(sequence, places);
    }
    for (int place = 0; place < 2 * design->n_factors; place++) {
        double uniform = draw_at(seed, place, sequence != NULL ? 0 : base).uniform;
        double sum = uniform + (sequence != NULL ? places[place] : 0);
        places[place] = sum < 1 ? sum : sum - 1;
    }
}

/* Rows A, B, then A with each factor of B, then B with each factor of A (Saltelli 2002). */
static dredge_status fill_saltelli(struct design *design, uint64_t seed)
{
    size_t k = (size_t)design->n_factors;
    int with_sobol = 2 * design->n_factors <= DESIGN_SOBOL_FACTORS;
    double *places = calloc(4 * k, sizeof *places);
    gsl_qrng *sequence = with_sobol ? sobol_new(2 * design->n_factors) : NULL;
    dredge_status status = DREDGE_OK;
    if (places == NULL || (with_sobol && sequence == NULL)) {
        status = status_no_memory(4 * k * sizeof *places);
        goto out;
    }
    double *scaled = places + 2 * k; /* [2][k]: rows A and B */
    for (int base = 0; base < design->n_rows; base++) {
        saltelli_places(design, sequence, seed, base, places);
        for (size_t place = 0; place < 2 * k; place++) {
            scaled[place] = design_scale(&design->factors[place % k], places[place]);
        }
        double *row = design->values + (size_t)base * (2 * k + 2) * k;
        memcpy(row, scaled, 2 * k * sizeof *row);
        for (size_t swap = 0; swap < 2 * k; swap++) {
            double *mixed = row + (2 + swap) * k;
            int from_b = swap >= k;
            memcpy(mixed, scaled + (from_b ? k : 0), k * sizeof *mixed);
            mixed[swap % k] = scaled[(from_b ? 0 : k) + swap % k];
        }
    }
out:
    free(places);
    gsl_qrng_free(sequence);
    return status;
}

dredge_status design_fill(struct design *design, uint64_t seed)
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
    switch (design->method) {
    case DESIGN_NONE:
        break;
    case DESIGN_GRID:
        fill_grid(design);
        break;
    case DESIGN_LIST:
        fill_list(design);
        break;
    case DESIGN_LATIN_HYPERCUBE:
        return fill_latin_hypercube(design, seed);
    case DESIGN_SOBOL:
        return fill_sobol(design);
    case DESIGN_MORRIS:
        return fill_morris(design, seed);
    case DESIGN_SALTELLI:
        return fill_saltelli(design, seed);
    }
    return DREDGE_OK;
}

void design_free(struct design *design)
{
    for (int factor = 0; design->factors != NULL && factor < design->n_factors; factor++) {
        free(design->factors[factor].values);
    }
    free(design->factors);
    free(design->values);
    memset(design, 0, sizeof *design);
}
