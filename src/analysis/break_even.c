/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/break_even.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct moments {
    int n;
    double mean[2], square[2], product; /* sums of squares and products of deviations */
};

static struct moments moments_of(int n, const double *a, const double *b)
{
    struct moments moments = {0};
    for (int k = 0; k < n; k++) {
        if (!isnan(a[k]) && !isnan(b[k])) {
            moments.n++;
            moments.mean[0] += a[k];
            moments.mean[1] += b[k];
        }
    }
    moments.mean[0] /= moments.n;
    moments.mean[1] /= moments.n;
    for (int k = 0; k < n; k++) {
        if (!isnan(a[k]) && !isnan(b[k])) {
            double d[2] = {a[k] - moments.mean[0], b[k] - moments.mean[1]};
            moments.square[0] += d[0] * d[0];
            moments.square[1] += d[1] * d[1];
            moments.product += d[0] * d[1];
        }
    }
    return moments;
}

struct break_even break_even_find(int n, const double *lasting, const double *burden, double confidence)
{
    enum { STEPS = 1000 };
    struct break_even found = {.weight = NAN, .low = NAN, .high = NAN};
    struct moments moments = moments_of(n, lasting, burden);
    double gain = moments.mean[0];
    double price = moments.mean[1];
    found.exists = moments.n > 0 && gain * price > 0;
    if (!found.exists) {
        return found;
    }
    found.weight = price / (gain + price);
    if (moments.n < 3) {
        return found;
    }
    double critical = gsl_cdf_tdist_Pinv(1 - (1 - confidence) / 2, moments.n - 1);
    found.low = found.high = found.weight;
    for (int i = 0; i <= STEPS; i++) {
        double w = (double)i / STEPS;
        double v = 1 - w;
        double worth = w * gain - v * price;
        double variance = (w * w * moments.square[0] + v * v * moments.square[1] - 2 * w * v * moments.product) /
                          (moments.n - 1.0) / moments.n;
        if (worth * worth <= critical * critical * variance) {
            found.low = fmin(found.low, w);
            found.high = fmax(found.high, w);
        }
    }
    return found;
}
