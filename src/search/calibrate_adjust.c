/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/calibrate_adjust.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/theory.h"
#include "search/calibrate_smc.h"

/* A regression on the distances of figures to the fitted targets, in errors. */
struct regression {
    size_t n_distances, n_columns; /* distances, then a constant for each theory */
    double *rows;                  /* [n][n_columns] */
    double *
        goal; /* [n_columns], the distance to adjust to: 0, or the nearest that particles have where none gets so far */
    gsl_matrix *normal;
    gsl_vector *right, *slopes;
};

/* The rest of the error has the standard deviation `rest`, in errors. */
static void fill_rows(const struct posterior *posterior, double rest, gsl_rng *rng, struct regression *regression)
{
    const struct calibration *calibration = posterior->calibration;
    for (int i = 0; i < posterior->n; i++) {
        double *row = regression->rows + (size_t)i * regression->n_columns;
        size_t c = 0;
        for (int t = 0; t < posterior->n_targets; t++) {
            const struct evidence *target = &calibration->targets[t];
            double figure = posterior->figures[(size_t)i * (size_t)posterior->n_targets + (size_t)t];
            if (!target->is_held_out) {
                double noise = rest * gsl_cdf_ugaussian_Pinv(gsl_rng_uniform_pos(rng));
                row[c++] = isnan(figure) ? 0 : (figure - target->value) / target->error + noise;
            }
        }
        memset(row + c, 0, (regression->n_columns - c) * sizeof *row);
        size_t theory = 0;
        while (posterior->theory != NULL && calibration->theories[theory] != posterior->theory[i]) {
            theory++;
        }
        row[c + theory] = 1;
    }
}

/* A regression is not trusted beyond the figures that it has seen. */
static void set_goal(const struct posterior *posterior, struct regression *regression)
{
    for (size_t a = 0; a < regression->n_columns; a++) {
        double low = INFINITY;
        double high = -INFINITY;
        for (size_t i = 0; i < (size_t)posterior->n; i++) {
            low = fmin(low, regression->rows[i * regression->n_columns + a]);
            high = fmax(high, regression->rows[i * regression->n_columns + a]);
        }
        regression->goal[a] = fmin(fmax(0, low), high);
    }
}

/* The normal equations, the same for all keys. */
static void fill_normal(const struct posterior *posterior, struct regression *regression)
{
    static const double ridge = 1e-9; /* where figures do not vary, and for theories without particles */
    size_t n = regression->n_columns;
    gsl_matrix_set_zero(regression->normal);
    for (int i = 0; i < posterior->n; i++) {
        const double *row = regression->rows + (size_t)i * n;
        for (size_t a = 0; a < n; a++) {
            for (size_t b = 0; b < n; b++) {
                *gsl_matrix_ptr(regression->normal, a, b) += posterior->weight[i] * row[a] * row[b];
            }
        }
    }
    for (size_t a = 0; a < n; a++) {
        *gsl_matrix_ptr(regression->normal, a, a) += ridge;
    }
    (void)gsl_linalg_cholesky_decomp1(regression->normal);
}

/* How much wider than the residuals what is known after a regression is, under a theory: they have lost what its columns took, and
 * the columns are known from a sample only (the variance of a prediction at no distance). */
static double widening(const struct posterior *posterior, size_t theory, struct regression *regression)
{
    double n = (double)regression->n_columns;
    gsl_vector_set_basis(regression->right, regression->n_distances + theory);
    (void)gsl_linalg_cholesky_solve(regression->normal, regression->right, regression->slopes);
    double leverage = gsl_vector_get(regression->slopes, regression->n_distances + theory) / posterior->ess;
    return sqrt((1 + fmin(leverage, 1)) / (1 - fmin(n / posterior->ess, 0.5)));
}

static void take_off(struct posterior *posterior, size_t key, const double *wider, const struct regression *regression)
{
    size_t n = regression->n_columns;
    size_t k = (size_t)posterior->n_priors;
    gsl_vector_set_zero(regression->right);
    for (size_t i = 0; i < (size_t)posterior->n; i++) {
        double share = posterior->weight[i] * smc_score(posterior->u[i * k + key]);
        for (size_t a = 0; a < n; a++) {
            *gsl_vector_ptr(regression->right, a) += share * regression->rows[i * n + a];
        }
    }
    (void)gsl_linalg_cholesky_solve(regression->normal, regression->right, regression->slopes);
    for (size_t i = 0; i < (size_t)posterior->n; i++) {
        const double *row = regression->rows + i * n;
        double *place = &posterior->u[i * k + key];
        double fitted = 0;
        double centre = 0;
        double own = 0;
        for (size_t a = 0; a < n; a++) {
            double slope = gsl_vector_get(regression->slopes, a);
            if (a < regression->n_distances) {
                fitted += slope * (row[a] - regression->goal[a]);
                centre += slope * regression->goal[a];
            } else {
                centre += slope * row[a];
                own += wider[a - regression->n_distances] * row[a];
            }
        }
        *place = smc_place(centre + own * (smc_score(*place) - fitted - centre));
    }
}

dredge_status posterior_adjust(struct posterior *posterior, gsl_rng *rng)
{
    struct regression regression = {0};
    double tolerance = posterior->tolerance;
    for (int t = 0; t < posterior->n_targets; t++) {
        regression.n_distances += !posterior->calibration->targets[t].is_held_out;
    }
    size_t n_theories = posterior->theory != NULL ? (size_t)posterior->calibration->n_theories : 1;
    size_t n = regression.n_columns = regression.n_distances + n_theories;
    regression.rows = malloc(((size_t)posterior->n + 1) * n * sizeof *regression.rows);
    regression.normal = gsl_matrix_alloc(n, n);
    regression.right = gsl_vector_alloc(n);
    regression.slopes = gsl_vector_alloc(n);
    int has_room =
        regression.rows != NULL && regression.normal != NULL && regression.right != NULL && regression.slopes != NULL;
    if (has_room) {
        regression.goal = regression.rows + (size_t)posterior->n * n;
        fill_rows(posterior, 1 / sqrt(1 - 1 / (tolerance * tolerance)), rng, &regression);
        set_goal(posterior, &regression);
        fill_normal(posterior, &regression);
        double wider[N_THEORIES] = {0};
        for (size_t t = 0; t < n_theories; t++) {
            wider[t] = widening(posterior, t, &regression);
        }
        for (size_t key = 0; key < (size_t)posterior->n_priors; key++) {
            take_off(posterior, key, wider, &regression);
        }
        posterior->is_adjusted = 1;
    }
    free(regression.rows);
    gsl_vector_free(regression.slopes);
    gsl_vector_free(regression.right);
    gsl_matrix_free(regression.normal);
    return has_room ? DREDGE_OK : status_no_memory((size_t)posterior->n * n * sizeof(double));
}
