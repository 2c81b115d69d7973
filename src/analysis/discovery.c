/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/discovery.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/sensitivity.h"
#include "analysis/target.h"
#include "study/factor.h"

dredge_status discovery_compute(const struct design *design, const struct panel *panel, int above, double threshold,
                                const struct prim_options *options, struct discovery *discovery)
{
    *discovery = (struct discovery){.design = design, .threshold = threshold, .above = above};
    dredge_status status = sensitivity_needs_design(design, "scenario discovery");
    if (status != DREDGE_OK) {
        return status;
    }
    size_t n = (size_t)panel->n_points;
    double *points = malloc((n + 1) * sizeof *points);
    signed char *interest = malloc(n + 1);
    enum prim_kind *kinds = malloc(((size_t)design->n_factors + 1) * sizeof *kinds);
    if (points == NULL || interest == NULL || kinds == NULL) {
        status = status_no_memory((n + 1) * sizeof *points);
    } else {
        for (int f = 0; f < design->n_factors; f++) {
            struct factor_about about = factor_about(&design->factors[f]);
            kinds[f] = about.is_flag || about.names != NULL ? PRIM_CATEGORY : PRIM_NUMBER;
        }
        target_points(panel, points);
        for (size_t p = 0; p < n; p++) {
            int is_case = above ? points[p] > threshold : points[p] < threshold;
            interest[p] = (signed char)(isnan(points[p]) ? -1 : is_case);
        }
        status = prim_compute(panel->n_points, design->n_factors, design->values, kinds, interest, options,
                              &discovery->prim);
    }
    free(kinds);
    free(interest);
    free(points);
    return status;
}

void discovery_free(struct discovery *discovery)
{
    prim_free(&discovery->prim);
}

/* The name of category `value` of a factor. */
static const char *name_category(const struct factor_about *about, int value)
{
    return about->names != NULL ? about->names[value] : value ? "true" : "false";
}

void discovery_categories(const struct discovery *discovery, int factor, const struct prim_limit *limit, size_t n_bytes,
                          char *text)
{
    const struct design *design = discovery->design;
    struct factor_about about = factor_about(&design->factors[factor]);
    uint64_t seen = limit->left_out;
    size_t used = 0;
    text[0] = 0;
    for (size_t p = 0; p < (size_t)design->n_points && used < n_bytes; p++) {
        int value = (int)design->values[p * (size_t)design->n_factors + (size_t)factor];
        uint64_t bit = (uint64_t)1 << value;
        if ((seen & bit) == 0) {
            used += (size_t)snprintf(text + used, n_bytes - used, "%s%s", used > 0 ? ", " : "",
                                     name_category(&about, value));
            seen |= bit;
        }
    }
}
