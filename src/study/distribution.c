/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/distribution.h"

#include <math.h>
#include <string.h>

#include "base/exact.h"
#include "study/factor.h"

/* exp(x), 0 below -700 and cut at 700: x = n log 2 + r, Taylor series in r with |r| <= log(2) / 2. Relative error below
 * 2^-50. */
static double exact_exp(double x)
{
    if (x < -700) {
        return 0;
    }
    x = x > 700 ? 700 : x;
    double n = floor(x * 1.44269504088896340736 + 0.5);
    double r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10; /* log 2 in two parts */
    double series = 1;
    for (int k = 14; k >= 1; k--) {
        series = 1 + series * r / k;
    }
    uint64_t bits = (uint64_t)(1023 + (int)n) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return series * power;
}

/* ---- normal ---- */

/* Marsaglia 2004: 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...). */
static double normal_share(double x)
{
    if (!(fabs(x) < 8)) {
        return x > 0;
    }
    double term = x, sum = x;
    for (int k = 3; fabs(term) > 1e-17 * fabs(sum); k += 2) {
        term *= x * x / k;
        sum += term;
    }
    return 0.5 + sum * exact_exp(-0.5 * x * x) * 0.398942280401432677940;
}

static double polynomial(int n, const double *coefficients, double x)
{
    double sum = 0;
    for (int k = n - 1; k >= 0; k--) {
        sum = sum * x + coefficients[k];
    }
    return sum;
}

/* Wichura 1988, algorithm AS 241 (PPND16); p inside (0, 1). */
static double normal_quantile(double p)
{
    static const double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                               1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                               3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double b[] = {1.0,
                               4.2313330701600911252e+1,
                               6.8718700749205790830e+2,
                               5.3941960214247511077e+3,
                               2.1213794301586595867e+4,
                               3.9307895800092710610e+4,
                               2.8729085735721942674e+4,
                               5.2264952788528545610e+3};
    static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                               3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    static const double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                               2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[] = {1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        return q * polynomial(8, a, r) / polynomial(8, b, r);
    }
    double r = sqrt(-exact_log(q < 0 ? p : 1 - p));
    double tail = r <= 5 ? polynomial(8, c, r - 1.6) / polynomial(8, d, r - 1.6)
                         : polynomial(8, e, r - 5) / polynomial(8, f, r - 5);
    return q < 0 ? -tail : tail;
}

/* ---- beta ---- */

/* Logarithm of the gamma function, x > 0: Stirling's series from 15 on, below by x! = x (x - 1)!. */
static double log_gamma(double x)
{
    double product = 1;
    while (x < 15) {
        product *= x;
        x += 1;
    }
    double r = 1 / (x * x);
    double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
    return (x - 0.5) * exact_log(x) - x + 0.918938533204672741780 + series - exact_log(product);
}

/* The continued fraction of the incomplete beta function by Lentz's method (Press et al. 2007, section 6.4). */
static double beta_fraction(double a, double b, double x)
{
    enum { MOST = 10000 };
    static const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int m = 1; m <= MOST; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double last = h;
        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        if (fabs(h - last) < 1e-15 * fabs(h)) {
            break;
        }
    }
    return h;
}

/* Newton's method on the share below x, within bounds that close in on the quantile. */
static double beta_quantile(double a, double b, double p)
{
    enum { MOST = 100 };
    double log_beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b);
    double low = 0, high = 1, x = a / (a + b);
    for (int step = 0; step < MOST && high - low > 1e-16; step++) {
        double front = exact_exp(a * exact_log(x) + b * exact_log(1 - x) - log_beta);
        double share =
            x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
        low = share < p ? x : low;
        high = share < p ? high : x;
        double next = front > 0 ? x - (share - p) * x * (1 - x) / front : low;
        next = next > low && next < high ? next : (low + high) / 2;
        if (fabs(next - x) <= 1e-16 * x || next >= 1 || next < 1e-300) {
            return next;
        }
        x = next;
    }
    return x;
}

/* ---- triangular: shape low, mode, high ---- */

static double triangular_share(const double shape[3], double x)
{
    if (x <= shape[0] || x >= shape[2]) {
        return x >= shape[2];
    }
    double width = shape[2] - shape[0];
    return x <= shape[1] ? (x - shape[0]) * (x - shape[0]) / (width * (shape[1] - shape[0]))
                         : 1 - (shape[2] - x) * (shape[2] - x) / (width * (shape[2] - shape[1]));
}

static double triangular_quantile(const double shape[3], double p)
{
    double width = shape[2] - shape[0];
    double left = width * (shape[1] - shape[0]), right = width * (shape[2] - shape[1]);
    return p * width <= shape[1] - shape[0] ? shape[0] + sqrt(p * left) : shape[2] - sqrt((1 - p) * right);
}

/* ---- all ---- */

/* The share of the distribution below x; of those that are cut off at the range. */
static double share_below(const struct factor *factor, double x)
{
    const double *shape = factor->shape;
    switch (factor->distribution) {
    case DISTRIBUTION_UNIFORM:
    case DISTRIBUTION_LOG:
    case DISTRIBUTION_BETA:
        break;
    case DISTRIBUTION_NORMAL:
        return normal_share((x - shape[0]) / shape[1]);
    case DISTRIBUTION_TRIANGULAR:
        return triangular_share(shape, x);
    case DISTRIBUTION_LOGNORMAL:
        return x <= 0 ? 0 : normal_share((exact_log(x) - exact_log(shape[0])) / shape[1]);
    }
    return x >= factor->high;
}

double distribution_inside(const struct factor *factor)
{
    return share_below(factor, factor->high) - share_below(factor, factor->low);
}

/* The quantile of a distribution that is cut off. */
static double quantile_inside(const struct factor *factor, double u)
{
    const double *shape = factor->shape;
    double below = share_below(factor, factor->low);
    double p = below + u * (share_below(factor, factor->high) - below);
    p = p < 1e-15 ? 1e-15 : p > 1 - 1e-15 ? 1 - 1e-15 : p;
    if (factor->distribution == DISTRIBUTION_TRIANGULAR) {
        return triangular_quantile(shape, p);
    }
    double x = normal_quantile(p);
    return factor->distribution == DISTRIBUTION_NORMAL ? shape[0] + shape[1] * x
                                                       : exact_exp(exact_log(shape[0]) + shape[1] * x);
}

static double log_value(const struct factor *factor, double u)
{
    double log_low = exact_log(factor->low);
    double value = exact_exp(log_low + u * (exact_log(factor->high) - log_low));
    return u <= 0 ? factor->low : u >= 1 ? factor->high : value;
}

static double real_value(const struct factor *factor, double u)
{
    double low = factor->low, high = factor->high;
    switch (factor->distribution) {
    case DISTRIBUTION_UNIFORM:
        break;
    case DISTRIBUTION_LOG:
        return log_value(factor, u);
    case DISTRIBUTION_BETA:
        return low + (high - low) * beta_quantile(factor->shape[0], factor->shape[1], u);
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_TRIANGULAR:
    case DISTRIBUTION_LOGNORMAL:
        return quantile_inside(factor, u);
    }
    return low + u * (high - low);
}

double distribution_value(const struct factor *factor, double u)
{
    if (factor->n_values > 0) { /* categories, equally likely */
        int category = (int)(u * factor->n_values);
        return factor->values[category < factor->n_values ? category : factor->n_values - 1];
    }
    double low = factor->low, high = factor->high, value;
    int is_whole = factor_about(factor).is_whole;
    if (is_whole && factor->distribution == DISTRIBUTION_UNIFORM) { /* every whole number equally likely */
        value = floor(low + u * (high - low + 1));
    } else {
        value = real_value(factor, u);
        value = is_whole ? floor(value + 0.5) : value;
    }
    return value < low ? low : value > high ? high : value;
}
