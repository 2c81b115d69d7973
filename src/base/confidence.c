/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/confidence.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

/* The correction for skewness makes a side of Student's t interval so many times as long, at most. */
enum { CONFIDENCE_MOST = 2 };

struct reach reach_make(const struct reach *bounds, double least, double most)
{
    struct reach reach = *bounds;
    double widest = isfinite(reach.high) ? reach.high - reach.low : fmax(1, fabs(most));
    reach.step = most - least > 0 ? most - least : widest;
    if (reach.has_none) {
        double farthest = fmax(fabs(reach.none - least), fabs(reach.none - most));
        reach.rare = farthest > 0 ? farthest : widest; /* nothing but none was seen */
    }
    return reach;
}

/* Rounding in sums of equal terms must not make them differ. */
static int same(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(1, fmax(fabs(a), fabs(b)));
}

/* The most frequent of n sorted values, and how often it occurs; of equally frequent ones the smallest. */
static int find_mode(int n, const double *sorted, double *mode)
{
    int most = 0;
    for (int begin = 0, end = 0; begin < n; begin = end) {
        while (end < n && same(sorted[end], sorted[begin])) {
            end++;
        }
        if (end - begin > most) {
            most = end - begin;
            *mode = sorted[begin];
        }
    }
    return most;
}

static void take_moments(int n, const double *values, struct sample *sample)
{
    double sum = 0;
    double squares = 0;
    double cubes = 0;
    for (int i = 0; i < n; i++) {
        sum += values[i];
    }
    sample->mean = n > 0 ? sum / n : NAN;
    for (int i = 0; i < n; i++) {
        double d = values[i] - sample->mean;
        squares += d * d;
        cubes += d * d * d;
    }
    double spread = n > 0 ? squares / n : 0;
    sample->se = n > 1 ? sqrt(squares / (n - 1.0) / n) : NAN;
    sample->skewness = spread > 0 ? cubes / n / (spread * sqrt(spread)) : 0;
}

static double within(const struct sample *sample, double value)
{
    const struct reach *reach = &sample->reach;
    return reach->low < reach->high ? fmin(fmax(value, reach->low), reach->high) : value;
}

/* How many of n sorted values lie nearer to a value for none than to the middle one. */
static int count_rare(int n, const double *sorted, double rare)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        count += fabs(sorted[i] - sorted[n / 2]) > rare / 2;
    }
    return count;
}

/* Mean and standard error with one value added on each side of the usual one, `step` away. */
static void add_two(int n, double usual, double step, struct sample *sample)
{
    double more[2] = {within(sample, usual - step), within(sample, usual + step)};
    double total = n + 2.0;
    sample->moved = (n * sample->mean + more[0] + more[1]) / total;
    double apart = sample->mean - sample->moved;
    double squares = sample->se * sample->se * n * (n - 1.0) + n * apart * apart;
    for (int i = 0; i < 2; i++) {
        squares += (more[i] - sample->moved) * (more[i] - sample->moved);
    }
    sample->error = sqrt(squares / (total - 1) / total);
}

/* Can one value be all but a few? Then it is more than half of any SOME values, so their middle one. A no costs no
 * sorting of all. */
static int may_be_sparse(int n, const double *values)
{
    enum { SOME = 2 * CONFIDENCE_FEW - 1 };
    double some[SOME];
    int n_others = 0;
    if (n < SOME) {
        return 1;
    }
    for (int i = 0; i < SOME; i++) {
        some[i] = values[i];
    }
    gsl_sort(some, 1, SOME);
    double middle = some[SOME / 2];
    for (int i = 0; i < n && n_others < CONFIDENCE_FEW; i++) {
        n_others += fabs(values[i] - middle) > 1e-11 * fmax(1, fmax(fabs(values[i]), fabs(middle)));
    }
    return n_others < CONFIDENCE_FEW;
}

void sample_read(int n, double *values, const struct reach *reach, struct sample *sample)
{
    *sample = (struct sample){.n = n, .reach = *reach};
    take_moments(n, values, sample);
    if (n < 2 || !(reach->rare > 0 || (reach->step > 0 && may_be_sparse(n, values)))) {
        return;
    }
    gsl_sort(values, 1, (size_t)n);
    double mode = 0;
    int n_others = n - find_mode(n, values, &mode);
    int is_rare = reach->rare > 0 && count_rare(n, values, reach->rare) < CONFIDENCE_FEW;
    sample->is_sparse = is_rare || (reach->step > 0 && n_others < CONFIDENCE_FEW && 2 * n_others <= n);
    if (is_rare) {
        add_two(n, values[n / 2], reach->rare, sample);
    } else if (sample->is_sparse) {
        add_two(n, mode, reach->step, sample);
    }
}

/* Hall's a, the skewness over the root of n, for one side of the interval (-1, 1); 0 where three values are not there. Few values
 * hardly show a tail: the skewness, as its unbiased moments give it, may be larger by half its standard error (of normal
 * values, Joanes & Gill 1998), on each side in the direction that makes it longer. */
static double bend(const struct sample *sample, int side)
{
    double n = sample->n;
    if (sample->n < 3) {
        return 0;
    }
    double skewness = sample->skewness * sqrt((n - 1) / n) * n / (n - 2);
    double error = sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)));
    return (skewness + side * 0.5 * error) / sqrt(n);
}

/* The t value at which Hall's transformation g(t) = t + a t^2 / 3 + a^2 t^3 / 27 + a / 6 is w. */
static double unbend(double a, double w)
{
    return fabs(a) < 1e-8 ? w : 3 / a * (cbrt(1 + a * (w - a / 6)) - 1);
}

void sample_interval(const struct sample *sample, double confidence, double *low, double *high)
{
    *low = *high = NAN;
    if (sample->n < 2) {
        return;
    }
    if (sample->is_sparse) {
        double half = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, sample->n + 1.0) * sample->error;
        *low = fmin(sample->moved - half, sample->mean);
        *high = fmax(sample->moved + half, sample->mean);
    } else {
        double q = gsl_cdf_tdist_Pinv(0.5 + confidence / 2, sample->n - 1.0);
        *low = sample->mean - fmin(fmax(q, unbend(bend(sample, -1), q)), CONFIDENCE_MOST * q) * sample->se;
        *high = sample->mean + fmin(fmax(q, -unbend(bend(sample, 1), -q)), CONFIDENCE_MOST * q) * sample->se;
    }
    *low = within(sample, *low);
    *high = within(sample, *high);
}

double sample_p(const struct sample *sample, double value)
{
    if (sample->n < 2) {
        return NAN;
    }
    if (sample->is_sparse) {
        int between = (value - sample->moved) * (value - sample->mean) <= 0;
        return between ? 1 : 2 * gsl_cdf_tdist_Q(fabs(sample->moved - value) / sample->error, sample->n + 1.0);
    }
    if (sample->se == 0) {
        return sample->mean == value ? 1 : 0;
    }
    double t = (sample->mean - value) / sample->se;
    double a = bend(sample, t > 0 ? -1 : 1);
    double bent = t + a * t * t / 3 + a * a * t * t * t / 27 + a / 6;
    double nearest = fmax(t * bent <= 0 ? 0 : fmin(fabs(t), fabs(bent)), fabs(t) / CONFIDENCE_MOST);
    return 2 * gsl_cdf_tdist_Q(nearest, sample->n - 1.0);
}
