/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "report/packed.h"
#include "testing.h"

/* By hand: codes of 0, 0.5, missing, 1 between 0 and 1 are 0, 32767, 65535, 65534; as little-endian bytes 00 00 FF 7F FF
 * FF FE FF; in base64 (RFC 4648) AAD/f////v8=. */
static void by_hand(void **state)
{
    (void)state;
    const float values[4] = {0.0F, 0.5F, NAN, 1.0F};
    char work[64];
    char *text = NULL;
    struct json json = {0};
    assert_true(packed_bytes(4) <= sizeof work);
    packed_write(&json, 4, values, work);
    assert_int_equal(json_finish(&json, &text), DREDGE_OK);
    assert_string_equal(text, "{\"low\":0,\"high\":1,\"n\":4,\"bytes\":\"AAD/f////v8=\"}");
    free(text);
}

static void nothing_or_one_value(void **state)
{
    (void)state;
    const float missing[1] = {NAN};
    const float equal[2] = {3.0F, 3.0F};
    char work[64];
    char *text = NULL;
    struct json json = {0};
    packed_write(&json, 1, missing, work);
    assert_int_equal(json_finish(&json, &text), DREDGE_OK);
    assert_string_equal(text, "{\"low\":0,\"high\":0,\"n\":1,\"bytes\":\"//8=\"}");
    free(text);
    packed_write(&json, 2, equal, work);
    assert_int_equal(json_finish(&json, &text), DREDGE_OK);
    assert_string_equal(text, "{\"low\":3,\"high\":3,\"n\":2,\"bytes\":\"AAAAAA==\"}");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(nothing_or_one_value)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
