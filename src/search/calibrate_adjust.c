/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/calibrate_adjust.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* A regression on the distances of figures to the fitted targets, in errors. */
struct regression {
    size_t n_columns; /* a constant and the fitted targets */
    gsl_matrix *normal;
    gsl_vector *right, *slopes;
    double *row; /* [n_columns] */
};

/* The distances of particle i. */
static void fill_row(const struct posterior *posterior, int i, double *row)
{
    size_t c = 0;
    row[c++] = 1;
    for (int t = 0; t < posterior->n_targets; t++) {
        const struct evidence *target = &posterior->calibration->targets[t];
        double figure = posterior->figures[(size_t)i * (size_t)posterior->n_targets + (size_t)t];
        if (!target->is_held_out) {
            row[c++] = isnan(figure) ? 0 : (figure - target->value) / target->error;
        }
    }
}

/* The slopes of one key's places. */
static void fit(const struct posterior *posterior, size_t key, struct regression *regression)
{
    static const double ridge = 1e-9; /* where figures do not vary */
    size_t n = regression->n_columns;
    gsl_matrix_set_zero(regression->normal);
    gsl_vector_set_zero(regression->right);
    for (int i = 0; i < posterior->n; i++) {
        double weight = posterior->weight[i];
        double place = posterior->u[(size_t)i * (size_t)posterior->n_priors + key];
        fill_row(posterior, i, regression->row);
        for (size_t a = 0; a < n; a++) {
            *gsl_vector_ptr(regression->right, a) += weight * regression->row[a] * place;
            for (size_t b = 0; b < n; b++) {
                *gsl_matrix_ptr(regression->normal, a, b) += weight * regression->row[a] * regression->row[b];
            }
        }
    }
    for (size_t a = 0; a < n; a++) {
        *gsl_matrix_ptr(regression->normal, a, a) += ridge;
    }
    (void)gsl_linalg_cholesky_decomp1(regression->normal);
    (void)gsl_linalg_cholesky_solve(regression->normal, regression->right, regression->slopes);
}

static void take_off(struct posterior *posterior, size_t key, struct regression *regression)
{
    double excess = 1 - 1 / posterior->tolerance;
    for (int i = 0; i < posterior->n; i++) {
        double *place = &posterior->u[(size_t)i * (size_t)posterior->n_priors + key];
        double fitted = 0;
        fill_row(posterior, i, regression->row);
        for (size_t a = 1; a < regression->n_columns; a++) {
            fitted += gsl_vector_get(regression->slopes, a) * regression->row[a];
        }
        *place = fmin(fmax(*place - excess * fitted, 0), 1);
    }
}

dredge_status posterior_adjust(struct posterior *posterior)
{
    struct regression regression = {.n_columns = 1};
    for (int t = 0; t < posterior->n_targets; t++) {
        regression.n_columns += !posterior->calibration->targets[t].is_held_out;
    }
    size_t n = regression.n_columns;
    regression.normal = gsl_matrix_calloc(n, n);
    regression.right = gsl_vector_alloc(n);
    regression.slopes = gsl_vector_alloc(n);
    regression.row = malloc(n * sizeof *regression.row);
    int has_room =
        regression.normal != NULL && regression.right != NULL && regression.slopes != NULL && regression.row != NULL;
    for (size_t key = 0; has_room && key < (size_t)posterior->n_priors; key++) {
        fit(posterior, key, &regression);
        take_off(posterior, key, &regression);
    }
    posterior->is_adjusted = has_room;
    free(regression.row);
    gsl_vector_free(regression.slopes);
    gsl_vector_free(regression.right);
    gsl_matrix_free(regression.normal);
    return has_room ? DREDGE_OK : status_no_memory(n * n * sizeof(double));
}
