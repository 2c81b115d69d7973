/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_DOUBT_H
#define ANALYSIS_DOUBT_H

#include "analysis/paired.h"

/* How sure a difference is where the model's values are uncertain: design points are draws of a posterior, equally likely,
 * and a difference varies by luck (replicates at one point) and by what is not known (points). */

struct doubt {
    int n_points; /* with a value */
    double mean;  /* over points */
    /* standard deviations: of single pairs at a point; of the points' means without their luck */
    double luck, unknown;
    double unknown_share; /* of the sum of both variances, which is all there is (law of total variance), the second */
    double low, high;     /* the middle 95% of what the difference can be */
    /* share of that in which the regime is better, worse; and by as much as matters, at least; NaN for outcomes without a
     * better side */
    double ahead, behind, ahead_matters, behind_matters;
};

/* From the differences of pairs by point and replicate. The means of points are drawn together towards the mean of all, so that
 * their variance is that of what is not known: of the observed variance, the share that is luck is taken off
 * (analysis/target.h). The error of the mean of all, which luck brings to all points alike, comes on top, so that few
 * replicates make no false certainty. With one replicate per point luck is not known: NaN, and the points' means stand as
 * they are. */
STATUS_CHECKED dredge_status doubt_compute(const struct panel *difference, const struct question *question,
                                           struct doubt *doubt);

/* The same of the points marked 1 ([n_points]) alone. */
STATUS_CHECKED dredge_status doubt_compute_some(const struct panel *difference, const unsigned char *marks,
                                                const struct question *question, struct doubt *doubt);

#endif
