/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/cells.h"

#include <math.h>
#include <stdlib.h>

dredge_status cells_init(int n_points, int n_replicates, struct cells *cells)
{
    size_t n = (size_t)n_points * ((size_t)n_replicates + 1);
    *cells = (struct cells){.n_points = n_points, .n_replicates = n_replicates};
    cells->mean = malloc((n + 1) * sizeof *cells->mean);
    if (cells->mean == NULL) {
        return status_no_memory((n + 1) * sizeof *cells->mean);
    }
    cells->deviation = cells->mean + n_points;
    return DREDGE_OK;
}

void cells_free(struct cells *cells)
{
    free(cells->mean);
    *cells = (struct cells){0};
}

void cells_fill_means(struct cells *cells, const struct panel *panel)
{
    for (int p = 0; p < cells->n_points; p++) {
        cells->mean[p] = panel_point_mean(panel, p, NULL);
    }
}

void cells_fill(struct cells *cells, const struct panel *panel)
{
    size_t n_replicates = (size_t)cells->n_replicates;
    double least = INFINITY;
    double most = -INFINITY;
    cells->has_gaps = 0;
    for (int p = 0; p < cells->n_points; p++) {
        const double *row = panel->values + (size_t)p * panel->stride;
        double *deviation = cells->deviation + (size_t)p * n_replicates;
        int n = 0;
        cells->mean[p] = panel_point_mean(panel, p, &n);
        cells->has_gaps |= n < cells->n_replicates;
        double share = 1.0 / n;
        for (size_t k = 0; k < n_replicates; k++) {
            least = row[k] < least ? row[k] : least; /* a gap is neither */
            most = row[k] > most ? row[k] : most;
            deviation[k] = (row[k] - cells->mean[p]) * share;
        }
    }
    cells->reach = panel->reach;
    if (cells->reach.low < cells->reach.high && least <= most) {
        cells->reach = reach_make(&panel->reach, least, most);
    }
}

void cells_means(const struct cells *cells, int n_cells, const unsigned char *of, double *out)
{
    int n[256] = {0};
    for (int c = 0; c < n_cells; c++) {
        out[c] = 0;
    }
    for (int p = 0; p < cells->n_points; p++) {
        if (!isnan(cells->mean[p])) {
            out[of[p]] += cells->mean[p];
            n[of[p]]++;
        }
    }
    for (int c = 0; c < n_cells; c++) {
        out[c] = n[c] > 0 ? out[c] / n[c] : NAN;
    }
}

/* By replicate, the sum over the points of each cell of the deviations: sum[n_cells][n_replicates]; NaN where a replicate
 * has no value in the cell. */
static void add_deviations(const struct cells *cells, int n_cells, const unsigned char *of, double *sum)
{
    size_t n = (size_t)cells->n_replicates;
    for (size_t i = 0; i < (size_t)n_cells * n; i++) {
        sum[i] = cells->has_gaps ? NAN : 0;
    }
    for (int p = 0; p < cells->n_points; p++) {
        const double *deviation = cells->deviation + (size_t)p * n;
        double *own = sum + of[p] * n;
        for (size_t k = 0; !cells->has_gaps && k < n; k++) {
            own[k] += deviation[k];
        }
        for (size_t k = 0; cells->has_gaps && k < n; k++) {
            if (!isnan(deviation[k])) {
                own[k] = (isnan(own[k]) ? 0 : own[k]) + deviation[k];
            }
        }
    }
}

static void read_interval(const struct cells *cells, int n, double *units, double confidence, struct cell *cell)
{
    struct sample sample;
    sample_read(n, units, &cells->reach, &sample);
    sample_interval(&sample, confidence, &cell->low, &cell->high);
}

/* The units of a cell: its means by replicate; where no point has two replicates, its points. `work` is [n_points]. */
static void close_cell(const struct cells *cells, int number, const unsigned char *of, double *sum, double confidence,
                       double *work, struct cell *cell)
{
    int n_there = 0;
    for (int k = 0; k < cells->n_replicates; k++) {
        n_there += !isnan(sum[k]);
    }
    if (n_there >= 2) {
        int n = 0;
        for (int k = 0; k < cells->n_replicates; k++) {
            if (!isnan(sum[k])) {
                sum[n++] = cell->mean + sum[k] * n_there / cell->n_points;
            }
        }
        read_interval(cells, n, sum, confidence, cell);
    } else if (cell->n_points >= 2) {
        int n = 0;
        for (int p = 0; p < cells->n_points; p++) {
            if (of[p] == number && !isnan(cells->mean[p])) {
                work[n++] = cells->mean[p];
            }
        }
        read_interval(cells, n, work, confidence, cell);
    }
}

dredge_status cells_find(const struct cells *cells, int n_cells, const unsigned char *of, double confidence,
                         struct cell *out)
{
    size_t n = (size_t)n_cells * (size_t)cells->n_replicates + (size_t)cells->n_points + (size_t)n_cells;
    double *sum = malloc((n + 1) * sizeof *sum);
    if (sum == NULL) {
        return status_no_memory((n + 1) * sizeof *sum);
    }
    double *work = sum + (size_t)n_cells * (size_t)cells->n_replicates;
    double *means = work + cells->n_points;
    cells_means(cells, n_cells, of, means);
    for (int c = 0; c < n_cells; c++) {
        out[c] = (struct cell){.mean = means[c], .low = NAN, .high = NAN};
    }
    for (int p = 0; p < cells->n_points; p++) {
        out[of[p]].n_points += !isnan(cells->mean[p]);
    }
    add_deviations(cells, n_cells, of, sum);
    for (int c = 0; c < n_cells; c++) {
        if (out[c].n_points > 0) {
            close_cell(cells, c, of, sum + (size_t)c * (size_t)cells->n_replicates, confidence, work, &out[c]);
        }
    }
    free(sum);
    return DREDGE_OK;
}
