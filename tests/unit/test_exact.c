/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <float.h>

#include "base/exact.h"

/* Against the C library in double precision, whose own error is far below the bounds stated in base/exact.h. */

static double relative(double got, double expected)
{
    return expected == 0 ? fabs(got) : fabs(got / expected - 1);
}

/* Every 997th normal float: all exponents, 2 million numbers; and all floats around 1, where the logarithm vanishes. */
static void logf_sweep(void **state)
{
    (void)state;
    double worst = 0;
    for (uint32_t bits = 0x00800000U; bits<0x7F800000U; bits += bits> 0x3F7F0000U && bits < 0x3F810000U ? 1 : 997) {
        float x;
        memcpy(&x, &bits, sizeof x);
        worst = fmax(worst, relative((double)exact_logf(x), log((double)x)));
    }
    assert_true(exact_logf(1.0F) == 0.0F);
    assert_close(worst, 0, 0x1p-22);
}

/* Mantissas over all binary exponents of normal doubles, and near 1. */
static void log_sweep(void **state)
{
    (void)state;
    double worst = 0;
    for (int exponent = -1021; exponent <= 1023; exponent++) {
        for (int k = 0; k < 1000; k++) {
            double x = ldexp(1 + (k + 0.123) / 1000, exponent);
            worst = fmax(worst, relative(exact_log(x), log(x)));
        }
    }
    for (int k = -100000; k <= 100000; k++) {
        double x = 1 + k * 1e-9;
        worst = fmax(worst, relative(exact_log(x), log(x)));
    }
    assert_true(exact_log(1.0) == 0.0);
    assert_close(worst, 0, 0x1p-48);
}

static void exp_sweep(void **state)
{
    (void)state;
    double worst = 0;
    for (int k = 0; k <= 2000000; k++) {
        float x = (float)(k * 4e-5);
        worst = fmax(worst, relative((double)exact_exp_minus(x), exp(-(double)x)));
    }
    assert_true(exact_exp_minus(0.0F) == 1.0F);
    assert_true(exact_exp_minus(80.0F) > 0.0F);
    assert_close(worst, 0, 0x1p-21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logf_sweep),
        cmocka_unit_test(log_sweep),
        cmocka_unit_test(exp_sweep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
