/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/digest.h"
#include "testing.h"

/* Expected values: `xxhsum -H2` (xxHash 0.8.1) over the same bytes. */

static void expect(const struct digest *digest, const char *expected)
{
    char hex[33];
    digest_hex(digest, hex);
    assert_string_equal(hex, expected);
}

static void test_known_answers(void **state)
{
    (void)state;
    struct digest digest;
    digest_begin(&digest);
    expect(&digest, "99aa06d3014798d86001c324468d497f"); /* of nothing */
    digest_bytes(&digest, 6, "dredge");
    expect(&digest, "1dcfb1a8bdcf1bf313657ea783342f6b");
}

/* Text, whole, real, NaN, float, NaN, bytes, as little-endian bytes in a row. */
static void test_encoding(void **state)
{
    (void)state;
    struct digest *digest = digest_new();
    assert_non_null(digest);
    const double reals[] = {0.5, NAN};
    const float floats[] = {0.25F, -NAN};
    digest_text(digest, "dredge");
    digest_whole(digest, -1);
    digest_reals(digest, 2, reals);
    digest_floats(digest, 2, floats);
    digest_bytes(digest, 3, "\1\2\3");
    expect(digest, "1bb80f6020d4d2cac7973d4c7e0d921d");
    digest_free(digest);
    digest_free(NULL);
}

/* Values go through a buffer: the digest must not depend on how they are handed over. */
static void test_chunks(void **state)
{
    (void)state;
    double values[1000];
    for (int index = 0; index < 1000; index++) {
        values[index] = index / 8.0;
    }
    struct digest at_once, in_parts;
    digest_begin(&at_once);
    digest_reals(&at_once, 1000, values);
    expect(&at_once, "b164f0fabf819e86b1f473b262335d3f");
    digest_begin(&in_parts);
    for (size_t first = 0; first < 1000; first += 125) {
        digest_reals(&in_parts, 125, values + first);
    }
    expect(&in_parts, "b164f0fabf819e86b1f473b262335d3f");
}

static void test_text_boundaries(void **state)
{
    (void)state;
    struct digest left, right;
    char left_hex[33], right_hex[33];
    digest_begin(&left);
    digest_text(&left, "ab");
    digest_text(&left, "c");
    digest_begin(&right);
    digest_text(&right, "a");
    digest_text(&right, "bc");
    digest_hex(&left, left_hex);
    digest_hex(&right, right_hex);
    assert_string_not_equal(left_hex, right_hex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_encoding),
        cmocka_unit_test(test_chunks),
        cmocka_unit_test(test_text_boundaries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
