/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/least_squares.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Singular values below this share of the largest are none. */
static const double TOLERANCE = 1e-10;

static double product(int n, const double *a, int stride_a, const double *b, int stride_b)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += a[(size_t)i * (size_t)stride_a] * b[(size_t)i * (size_t)stride_b];
    }
    return sum;
}

static void subtract(int n, double factor, const double *from, int stride_from, double *of, int stride_of)
{
    for (int i = 0; i < n; i++) {
        of[(size_t)i * (size_t)stride_of] -= factor * from[(size_t)i * (size_t)stride_from];
    }
}

/* Modified Gram-Schmidt (Golub & Van Loan 2013, 5.2.8): x = q r, with q in x's place; c = q'y, and y becomes what is left
 * of it. A column that depends on those before it becomes 0. */
static void orthogonalise(int n, int k, double *x, double *y, double *r, double *c)
{
    for (int j = 0; j < k; j++) {
        double before = sqrt(product(n, x + j, k, x + j, k));
        for (int twice = 0; twice < 2; twice++) { /* the second time removes what rounding has left */
            for (int i = 0; i < j; i++) {
                double share = product(n, x + i, k, x + j, k);
                subtract(n, share, x + i, k, x + j, k);
                r[i * k + j] += share;
            }
        }
        double length = sqrt(product(n, x + j, k, x + j, k));
        r[j * k + j] = length > TOLERANCE * before ? length : 0;
        for (int i = 0; i < n; i++) {
            x[(size_t)i * (size_t)k + (size_t)j] *= r[j * k + j] > 0 ? 1 / length : 0;
        }
    }
    for (int j = 0; j < k; j++) {
        c[j] = product(n, x + j, k, y, 1);
        subtract(n, c[j], x + j, k, y, 1);
    }
}

static void rotate(int k, double cosine, double sine, double *a, double *b)
{
    for (size_t i = 0; i < (size_t)k * (size_t)k; i += (size_t)k) {
        double first = a[i], second = b[i];
        a[i] = cosine * first - sine * second;
        b[i] = sine * first + cosine * second;
    }
}

/* One-sided Jacobi rotations (Golub & Van Loan 2013, 8.6.3): turns the columns of r until they stand at right angles, their
 * lengths then being the singular values; v (the identity at first) is turned along. */
static void turn(int k, double *r, double *v)
{
    enum { MOST_SWEEPS = 60 };
    int has_turned = 1;
    for (int sweep = 0; sweep < MOST_SWEEPS && has_turned; sweep++) {
        has_turned = 0;
        for (int p = 0; p < k - 1; p++) {
            for (int q = p + 1; q < k; q++) {
                double alpha = product(k, r + p, k, r + p, k), beta = product(k, r + q, k, r + q, k);
                double gamma = product(k, r + p, k, r + q, k);
                if (fabs(gamma) <= 4 * DBL_EPSILON * sqrt(alpha * beta)) {
                    continue;
                }
                double zeta = (beta - alpha) / (2 * gamma);
                double tangent = copysign(1 / (fabs(zeta) + sqrt(1 + zeta * zeta)), zeta);
                double cosine = 1 / sqrt(1 + tangent * tangent);
                rotate(k, cosine, cosine * tangent, r + p, r + q);
                rotate(k, cosine, cosine * tangent, v + p, v + q);
                has_turned = 1;
            }
        }
    }
}

dredge_status least_squares(int n, int k, double *x, double *y, double *slopes, double *spreads,
                            struct least_squares *fit)
{
    size_t square = (size_t)k * (size_t)k;
    double *r = calloc(2 * square + (size_t)k + 1, sizeof *r);
    if (r == NULL) {
        return status_no_memory((2 * square + (size_t)k + 1) * sizeof *r);
    }
    double *v = r + square, *c = v + square, largest = 0;
    orthogonalise(n, k, x, y, r, c);
    for (int i = 0; i < k; i++) {
        v[i * k + i] = 1;
        slopes[i] = spreads[i] = 0;
    }
    turn(k, r, v);
    for (int i = 0; i < k; i++) {
        largest = fmax(largest, product(k, r + i, k, r + i, k));
    }
    *fit = (struct least_squares){0, product(n, y, 1, y, 1)};
    double unused = product(k, c, 1, c, 1); /* of what the columns could explain */
    for (int i = 0; i < k; i++) {
        double squared = product(k, r + i, k, r + i, k), along = product(k, r + i, k, c, 1);
        if (squared <= TOLERANCE * TOLERANCE * largest) {
            continue;
        }
        fit->rank++;
        unused -= along * along / squared;
        for (int f = 0; f < k; f++) {
            slopes[f] += v[f * k + i] * along / squared;
            spreads[f] += v[f * k + i] * v[f * k + i] / squared;
        }
    }
    fit->residual += fit->rank < k ? fmax(0, unused) : 0;
    free(r);
    return DREDGE_OK;
}
