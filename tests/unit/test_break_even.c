/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/break_even.h"
#include "testing.h"

/* A gain of 0.3 against a price of 0.1: w 0.3 = (1 - w) 0.1 at w = 1/4. */
static void by_hand(void **state)
{
    (void)state;
    const double lasting[3] = {0.2, 0.3, 0.4};
    const double burden[3] = {0.1, 0.1, 0.1};
    struct break_even even = break_even_find(3, lasting, burden, 0.95);
    assert_true(even.exists);
    assert_close(even.weight, 0.25, 1e-15);
    /* |0.3 w - 0.1 (1 - w)| <= t w s with s = 0.1/sqrt(3), t = 4.3027: 0.1/(0.4 + t s) <= w <= 0.1/(0.4 - t s) */
    double half = 4.3027 * 0.1 / sqrt(3);
    assert_close(even.low, 0.1 / (0.4 + half), 1.1e-3);
    assert_close(even.high, 0.1 / (0.4 - half), 1.1e-3);
}

static void nothing_to_weigh(void **state)
{
    (void)state;
    const double lasting[3] = {0.2, 0.3, 0.4};
    const double burden[3] = {-0.1, -0.1, -0.1};
    struct break_even even = break_even_find(3, lasting, burden, 0.95);
    assert_false(even.exists);
    assert_true(isnan(even.weight));
    const double missing[3] = {NAN, NAN, NAN};
    assert_false(break_even_find(3, missing, lasting, 0.95).exists);
}

/* Two pairs give a weight, but no interval; a missing pair leaves. */
static void too_few(void **state)
{
    (void)state;
    const double lasting[3] = {0.2, 0.4, NAN};
    const double burden[3] = {0.1, 0.1, 0.7};
    struct break_even even = break_even_find(3, lasting, burden, 0.95);
    assert_true(even.exists);
    assert_close(even.weight, 0.25, 1e-15);
    assert_true(isnan(even.low));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(nothing_to_weigh),
                                       cmocka_unit_test(too_few)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
