/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <omp.h>

#include "base/threads.h"

/* Whatever OMP_NUM_THREADS says. */
static void most_threads(void **state)
{
    (void)state;
    int before = omp_get_max_threads();
    omp_set_num_threads(1 << 20);
    assert_int_equal(threads_for(0), MOST_THREADS);
    omp_set_num_threads(before);
    assert_int_equal(threads_for(0), before);
    assert_int_equal(threads_for(3), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
