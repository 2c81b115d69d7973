/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_CELLS_H
#define ANALYSIS_CELLS_H

#include "analysis/panel.h"

/* Means of a panel over groups of its points, such as the cells of a map, each with its interval. Replicates share their
 * luck between points, so an interval comes from the means of a cell by replicate, as that of panel_estimate does; with one
 * replicate a point it is over the points of the cell. */

/* A panel made ready, so that many groupings of its points cost little. */
struct cells {
    int n_points, n_replicates;
    int has_gaps;      /* some values are missing */
    double *mean;      /* [n_points], NaN without values; owned */
    double *deviation; /* [n_points][n_replicates] (x - mean) / number of values of the point; NaN in gaps; owned */
    struct reach reach;
};

struct cell {
    int n_points;           /* with a value */
    double mean, low, high; /* NaN without values; low and high where there are too few for an interval */
};

/* Room for panels of this size; freed with cells_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status cells_init(int n_points, int n_replicates, struct cells *cells);
void cells_free(struct cells *cells);

/* Takes the values of a panel of that size; cells_fill_means all that cells_means needs. */
void cells_fill(struct cells *cells, const struct panel *panel);
void cells_fill_means(struct cells *cells, const struct panel *panel);

/* Means only, over the points of each cell: of[n_points] is the cell of a point, out[n_cells]. */
void cells_means(const struct cells *cells, int n_cells, const unsigned char *of, double *out);

/* Means with intervals of `confidence`: out[n_cells]. */
STATUS_CHECKED dredge_status cells_find(const struct cells *cells, int n_cells, const unsigned char *of,
                                        double confidence, struct cell *out);

#endif
