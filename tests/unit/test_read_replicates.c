/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parse.h"
#include "testing.h"

static void test_replicates(void **state)
{
    (void)state;
    struct study study = parse("replicates: 7");
    assert_int_equal(study.replication.min, 7);
    assert_int_equal(study.replication.max, 7);
    study_free(&study);
    study = parse("replicates: {until: {outcome: trust_end, half_width: 0.01}}");
    assert_int_equal(study.replication.min, 50);
    assert_int_equal(study.replication.max, 10000);
    assert_close(study.replication.confidence, 0.95, 0);
    study_free(&study);
    study = parse("replicates: {max: 20, until: {outcome: trust_end, half_width: 0.01}}");
    assert_int_equal(study.replication.min, 20); /* not above the max */
    study_free(&study);
    const char *const overrides[] = {"replicates=9"};
    study = parse_with("replicates: {until: {outcome: trust_end, half_width: 0.01}}", 1, overrides);
    assert_int_equal(study.replication.max, 9);
    assert_int_equal(study.replication.outcome, -1);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_replicates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
