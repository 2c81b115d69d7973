/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantiles.h"

#include <math.h>

/* The quantiles are found by integrating the density z^(a-1) (1-z)^(b-1) from the mean a / (a + b) to both ends. A side
 * goes from the mean down to z = 0; the other one is the same with a and b exchanged and z counted from 1. Each is cut
 * into cells in which the density is a power series, and the series of a cell gives the density where the next starts.
 * Only + - * / and sqrt, so that every compiler and C library computes the same bits. */

enum { TERMS = 14 };

struct side {
    double a, b;
    double mean, rest; /* where it starts; rest = 1 - mean, which may be far smaller */
    double end;        /* what lies below is 0 for a float */
    double mass;       /* all of it, where the density at the mean is 1 */
};

/* From z down to z (1 - width); t from 0 to 1 says where. */
struct cell {
    double z, rest, width;
    double height;          /* z times the density at z */
    double density[TERMS];  /* mass per t: sum of density[n] t^n */
    double integral[TERMS]; /* mass from the cell's start: t times the sum of integral[n] t^n */
};

/* With z(s) = z (1 - s) and w = z / (1 - z) the density f(s) satisfies
 *     (1 - s) (1 + w s) f' = ((b - 1) w - (a - 1) - (a + b - 2) w s) f,
 * which gives its coefficients one after the other. The cell is short against the distances to z = 0 and z = 1, where the
 * series stops converging, and against the scale on which f changes. */
static void expand(struct cell *cell, const struct side *side)
{
    double w = cell->z / cell->rest;
    double first = (side->b - 1) * w - (side->a - 1);
    double second = -(side->a + side->b - 2) * w;
    double h = 1 / (8 + 8 * w + fabs(first) + sqrt((side->a + side->b) * w));
    double before = 0;
    double here = cell->height * h;
    cell->width = h;
    for (int n = 0; n < TERMS; n++) {
        cell->density[n] = here;
        cell->integral[n] = here / (n + 1);
        double next = (h * (first - (w - 1) * n) * here + h * (h * (second + w * (n - 1))) * before) / (n + 1);
        before = here;
        here = next;
    }
}

static struct cell first_cell(const struct side *side)
{
    struct cell cell = {.z = side->mean, .rest = side->rest, .height = side->mean};
    expand(&cell, side);
    return cell;
}

/* The mass from the cell's start to t, and the density there. */
static inline double mass_at(const struct cell *cell, double t, double *density)
{
    double mass = cell->integral[TERMS - 1];
    double slope = cell->density[TERMS - 1];
    for (int n = TERMS - 2; n >= 0; n--) {
        mass = mass * t + cell->integral[n];
        slope = slope * t + cell->density[n];
    }
    *density = slope;
    return mass * t;
}

/* Goes on to the cell below; returns the mass of the one that is left. */
static double next_cell(struct cell *cell, const struct side *side)
{
    double density;
    double mass = mass_at(cell, 1, &density);
    cell->height = density / cell->width * (1 - cell->width);
    cell->rest += cell->z * cell->width;
    cell->z *= 1 - cell->width;
    expand(cell, side);
    return mass;
}

/* The mass of a side: cells until what lies below is negligible, or has a series of its own that converges fast:
 * z^a (1-z)^b / a F(a + b, 1; a + 1; z) (DLMF 8.17.8). What lies below is less than z^a (1-z)^b / (a (1-z) - b z), because
 * z^a (1-z)^b is log-concave in log(z / (1-z)). */
static double side_mass(const struct side *side)
{
    double sum = side->a + side->b;
    double mass = 0;
    struct cell cell = first_cell(side);
    while (cell.z * fmax(sum / (side->a + 1), 1) > 0.5) {
        mass += next_cell(&cell, side);
        if (cell.height * cell.rest < 0x1p-60 * mass * (side->a * cell.rest - side->b * cell.z)) {
            return mass;
        }
    }
    double term = cell.height * cell.rest / side->a;
    double tail = 0;
    for (int n = 0; term > 0x1p-60 * tail; n++) {
        tail += term;
        term *= (sum + n) / (side->a + 1 + n) * cell.z;
    }
    return mass + tail;
}

/* The places z[n] at which the mass from the mean is target, target + step, ... */
static void side_places(const struct side *side, double target, double step, int n, double *z)
{
    struct cell cell = first_cell(side);
    double density;
    double mass = mass_at(&cell, 1, &density);
    double t = 0;
    for (int k = 0; k < n; k++) {
        while (target > mass && cell.z > side->end) {
            target -= next_cell(&cell, side);
            mass = mass_at(&cell, 1, &density);
            t = 0;
        }
        if (cell.z <= side->end) {
            z[k] = 0;
            continue;
        }
        /* Newton's steps from the place before, until the error, about the square of the last one, is below 2^-40. */
        double low = t;
        double move = 1;
        while (fabs(move) > 0x1p-20) {
            double now = t;
            double excess = mass_at(&cell, t, &density) - target;
            t = fmin(fmax(t - excess / density, low), 1);
            move = t - now;
        }
        z[k] = cell.z * (1 - t * cell.width);
        target += step;
    }
}

static void integrate(struct quantiles *quantiles, double mean, double concentration)
{
    double a = mean * concentration;
    double b = (1 - mean) * concentration;
    struct side lower = {.a = a, .b = b, .mean = mean, .rest = 1 - mean, .end = 0x1p-150};
    struct side upper = {.a = b, .b = a, .mean = 1 - mean, .rest = mean, .end = 0x1p-25};
    lower.mass = side_mass(&lower);
    upper.mass = side_mass(&upper);
    double step = (lower.mass + upper.mass) / QUANTILE_STEPS;
    int n_lower = (int)fmin(lower.mass / step, QUANTILE_STEPS - 1);
    int n_upper = QUANTILE_STEPS - 1 - n_lower;
    double z[QUANTILE_STEPS];
    side_places(&lower, lower.mass - n_lower * step, step, n_lower, z);
    for (int k = 0; k < n_lower; k++) {
        quantiles->knot[n_lower - k] = (float)z[k];
    }
    side_places(&upper, (n_lower + 1) * step - lower.mass, step, n_upper, z);
    for (int k = 0; k < n_upper; k++) {
        quantiles->knot[n_lower + 1 + k] = (float)(1 - z[k]);
    }
}

void quantiles_make(struct quantiles *quantiles, double mean, double concentration)
{
    if (quantiles->concentration == concentration && quantiles->mean == mean) {
        return;
    }
    quantiles->mean = mean;
    quantiles->concentration = concentration;
    if (mean <= 0 || mean >= 1 || concentration <= 0) {
        for (int k = 0; k <= QUANTILE_STEPS + 1; k++) {
            quantiles->knot[k] = (float)mean;
        }
        return;
    }
    quantiles->knot[0] = 0;
    integrate(quantiles, mean, concentration);
    quantiles->knot[QUANTILE_STEPS] = 1;
    quantiles->knot[QUANTILE_STEPS + 1] = 1;
}
