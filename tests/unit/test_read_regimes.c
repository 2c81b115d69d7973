/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "parse.h"
#include "testing.h"

static void test_regimes(void **state)
{
    (void)state;
    struct study study = parse("regimes:\n"
                               "  - constant\n"
                               "  - {name: own, base: 0.1}\n"
                               "  - {name: wiser, like: iterative, base: 0.25, kpi_weight: 0.5}\n"
                               "  - {name: still_wiser, like: wiser, depth: 0.7}\n"
                               "  - {name: half_way, mix: {linear_kpi: 0.25, iterative: 0.75}, swing: 0.1}\n"
                               "  - {name: iterative, front: 0.1}\n");
    assert_int_equal(study.n_regimes, 6);
    const struct steering *own = &study.regimes[1].phase[0].steering;
    for (int index = 0; index < n_steering; index++) { /* without `like`: the defaults of steering */
        double expected = strcmp(steering_infos[index].key, "base") == 0 ? 0.1 : steering_infos[index].default_value;
        assert_close(steering_get(own, index), expected, 0);
    }
    const struct steering *wiser = &study.regimes[2].phase[0].steering;
    assert_close(wiser->tension_gain, 1, 0);
    assert_close(wiser->base, 0.25, 0);
    assert_close(wiser->kpi_weight, 0.5, 0);
    const struct steering *still = &study.regimes[3].phase[0].steering;
    assert_string_equal(study.regimes[3].name, "still_wiser");
    assert_close(still->base, 0.25, 0);
    assert_close(still->depth, 0.7, 0);
    const struct steering *half = &study.regimes[4].phase[0].steering;
    assert_close(half->formation_months, 3, 1e-15);
    assert_close(half->base, 0.25 * 0.08 + 0.75 * 0.3, 1e-15);
    assert_close(half->swing, 0.1, 0);
    const struct steering *changed = &study.regimes[5].phase[0].steering; /* a built-in name starts from the built-in */
    assert_close(changed->front, 0.1, 0);
    assert_close(changed->momentum_gain, 2, 0);
    study_free(&study);
}

static void test_phases(void **state)
{
    (void)state;
    struct study study = parse("regimes:\n"
                               "  - {name: switch, phases: [{from: 0, like: linear_kpi}, {from: 24, like: iterative,"
                               " base: 0.4}, {from: 48, mix: {linear: 0.5, constant: 0.5}}], kpi_weight: 0.6}\n"
                               "  - {name: copy, like: switch, depth: 0.9}\n");
    const struct regime *regime = &study.regimes[0];
    assert_int_equal(regime->n_phases, 3);
    assert_int_equal(regime->phase[1].from, 24);
    assert_close(regime->phase[0].steering.front, 0.6, 0);
    assert_close(regime->phase[1].steering.base, 0.4, 0);
    assert_close(regime->phase[1].steering.tension_gain, 1, 0);
    assert_close(regime->phase[2].steering.front, 0.3, 1e-15);
    for (int phase = 0; phase < 3; phase++) { /* what the regime says holds in every phase */
        assert_close(regime->phase[phase].steering.kpi_weight, 0.6, 0);
        assert_close(study.regimes[1].phase[phase].steering.depth, 0.9, 0);
        assert_close(study.regimes[1].phase[phase].steering.front, regime->phase[phase].steering.front, 0);
    }
    assert_string_equal(study.regimes[1].name, "copy");
    study_free(&study);
    const char *const overrides[] = {"regimes.switch.base=0.5"}; /* wins over what a phase says */
    study = parse_with("regimes: [{name: switch, phases: [{from: 0, base: 0.1}, {from: 6, base: 0.2}]}]", 1, overrides);
    assert_close(study.regimes[0].phase[0].steering.base, 0.5, 0);
    assert_close(study.regimes[0].phase[1].steering.base, 0.5, 0);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_regimes), cmocka_unit_test(test_phases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
