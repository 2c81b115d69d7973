/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <math.h>
#include <string.h>

#include "setup.h"

/* No compiler may contract a * b + c to one operation with one rounding, on any vector level: results would then depend
 * on the level. Each kernel computes P + regenerate ((1 - S) - P) in aftercare; here it is computed with a rounding
 * after every operation, and with fmaf to see that the difference would show. (After hannorein/rebound's
 * test_fpcontract.py.) */

static void aftercare_rounds_twice(const struct kernel *kernel, int *n_different)
{
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 1);
    setup_set(&setup, "model.regenerate", 0.1);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, kernel, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    volatile float rate = 0.1F;
    for (int round = 0; round < 1000; round++) {
        float symptoms[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            symptoms[lane] = (float)(round * LANES + lane) / (1000 * LANES);
            block->symptom[lane] = symptoms[lane];
        }
        kernel->aftercare(block, &rig.scenario, 0);
        for (int lane = 0; lane < LANES; lane++) {
            volatile float gap = 1.0F - symptoms[lane];
            volatile float step = rate * gap;
            volatile float expected = symptoms[lane] + step;
            assert_true(block->symptom[lane] == expected);
            *n_different += fmaf(rate, gap, symptoms[lane]) != expected;
        }
    }
    rig_free(&rig);
}

static void no_level_contracts(void **state)
{
    (void)state;
    const struct kernel *kernels[SETUP_KERNELS];
    int n = setup_kernels(kernels);
    for (int k = 0; k < n; k++) {
        int n_different = 0;
        aftercare_rounds_twice(kernels[k], &n_different);
        assert_true(n_different > 1000);
    }
}

/* The rules compiled outside the kernels, as tests and the lab do. */
static void nor_does_other_code(void **state)
{
    (void)state;
    int n_different = 0;
    for (int k = 1; k < 10000; k++) {
        float a = 1.0F + (float)k * 0x1p-20F;
        float b = 1.0F + (float)(k * 7 % 10007) * 0x1p-20F;
        volatile float product = a * b;
        volatile float separate = product - 1.0F;
        assert_true(a * b - 1.0F == separate);
        n_different += fmaf(a, b, -1.0F) != separate;
    }
    assert_true(n_different > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_level_contracts),
        cmocka_unit_test(nor_does_other_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
