/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/discovery.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/sensitivity.h"
#include "analysis/target.h"

dredge_status discovery_compute(const struct design *design, const struct panel *panel, int above, double threshold,
                                const struct prim_options *options, struct discovery *discovery)
{
    *discovery = (struct discovery){.threshold = threshold, .above = above};
    dredge_status status = sensitivity_needs_design(design, "scenario discovery");
    if (status != DREDGE_OK) {
        return status;
    }
    size_t n = (size_t)panel->n_points;
    double *points = malloc((n + 1) * sizeof *points);
    signed char *interest = malloc(n + 1);
    if (!points || !interest) {
        status = status_no_memory((n + 1) * sizeof *points);
    } else {
        target_points(panel, points);
        for (size_t p = 0; p < n; p++) {
            int is_case = above ? points[p] > threshold : points[p] < threshold;
            interest[p] = (signed char)(isnan(points[p]) ? -1 : is_case);
        }
        status = prim_compute(panel->n_points, design->n_factors, design->values, interest, options, &discovery->prim);
    }
    free(interest);
    free(points);
    return status;
}

void discovery_free(struct discovery *discovery)
{
    prim_free(&discovery->prim);
}
