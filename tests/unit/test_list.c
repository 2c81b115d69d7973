/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/list.h"
#include "testing.h"

static void a_list_grows_and_keeps_its_members(void **state)
{
    (void)state;
    enum { MANY = 1000 };
    int *list = NULL, capacity = 0, n_moves = 0;
    for (int n = 0; n < MANY; n++) {
        int before = capacity;
        assert_int_equal(list_grow(&list, sizeof *list, n, &capacity), DREDGE_OK);
        assert_true(capacity > n);
        n_moves += capacity != before;
        list[n] = n;
    }
    assert_true(n_moves < 10); /* it doubles */
    for (int n = 0; n < MANY; n++) {
        assert_int_equal(list[n], n);
    }
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_list_grows_and_keeps_its_members)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
