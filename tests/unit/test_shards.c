/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "store/parts/shards.h"

static void test_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"1/1", "3/8", "1-8/8", "1,3-5/8", "2,4,6-7/1000000"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct shards shards = {0};
        assert_int_equal(shards_add_text(&shards, texts[i], "x.h5"), DREDGE_OK);
        assert_int_equal(shards_complete(&shards), i == 0 || i == 2);
        char *text = shards_text(&shards, 1);
        assert_non_null(text);
        assert_string_equal(text, texts[i]);
        free(text);
        shards_free(&shards);
        shards_free(&shards);
    }
}

static void test_adding(void **state)
{
    (void)state;
    struct shards shards = {0};
    assert_false(shards_complete(&shards));
    assert_int_equal(shards_add(&shards, 4, 5, "x.h5"), DREDGE_OK);
    assert_int_equal(shards_add_text(&shards, "1-2/5", "x.h5"), DREDGE_OK);
    char *missing = shards_text(&shards, 0);
    assert_string_equal(missing, "3-4/5");
    free(missing);
    assert_int_equal(shards_add_text(&shards, "3-4/5", "x.h5"), DREDGE_OK);
    assert_true(shards_complete(&shards));
    assert_int_equal(shards_add(&shards, 0, 6, "y.h5"), DREDGE_FILE);
    assert_non_null(strstr(status_message(), "y.h5: holds shards of 6, not of 5"));
    status_clear();
    shards_free(&shards);
}

static void test_nonsense(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "1",
                                        "/8",
                                        "0/8",
                                        "9/8",
                                        "1-9/8",
                                        "3-1/8",
                                        "1,/8",
                                        ",1/8",
                                        "1 /8",
                                        "1/8 ",
                                        "1/0",
                                        "-1/8",
                                        "1/-8",
                                        "a/8",
                                        "1--2/8",
                                        "1-/8",
                                        "1/99999999999",
                                        "99999999999999999999/8"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct shards shards = {0};
        assert_int_equal(shards_add_text(&shards, texts[i], "x.h5"), DREDGE_FILE);
        assert_non_null(strstr(status_message(), "x.h5: its list of shards cannot be read"));
        status_clear();
        shards_free(&shards);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
