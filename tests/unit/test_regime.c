/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "model/regime.h"

static const struct steering *built_in(const char *name)
{
    int index = regime_info_find(name);
    assert_between(index, 0, n_regime_infos - 1);
    return &regime_infos[index].steering;
}

static double get(const struct steering *steering, const char *key)
{
    int index = steering_find(key);
    assert_between(index, 0, n_steering - 1);
    return steering_get(steering, index);
}

static void test_tables(void **state)
{
    (void)state;
    assert_int_equal(n_steering, 16);
    assert_int_equal(n_regime_infos, 10);
    for (int index = 0; index < n_steering; index++) {
        const struct steering_info *info = &steering_infos[index];
        assert_int_equal(steering_find(info->key), index);
        assert_true(info->low <= info->default_value && info->default_value <= info->high);
        for (int regime = 0; regime < n_regime_infos; regime++) {
            double value = steering_get(&regime_infos[regime].steering, index);
            assert_true(info->low <= value && value <= info->high);
        }
    }
    for (int regime = 0; regime < n_regime_infos; regime++) {
        assert_int_equal(regime_info_find(regime_infos[regime].name), regime);
    }
    assert_int_equal(steering_find("target"), -1);
    assert_int_equal(regime_info_find("nothing"), -1);
}

/* docs/model.md 5, the table of regimes. */
static void test_rows(void **state)
{
    (void)state;
    const struct steering *linear_kpi = built_in("linear_kpi");
    assert_true(get(linear_kpi, "front") == 0.6 && get(linear_kpi, "formation_months") == 12);
    assert_true(get(linear_kpi, "formation_gate") == 0.05 && get(linear_kpi, "base") == 0.08);
    assert_true(get(linear_kpi, "tension_gain") == 0 && get(linear_kpi, "tension_setpoint") == 0.2);
    assert_true(get(linear_kpi, "momentum_gain") == 0 && get(linear_kpi, "momentum_setpoint") == 0.6);
    assert_true(get(linear_kpi, "depth") == 0.5 && get(linear_kpi, "depth_gain") == 0);
    assert_true(get(linear_kpi, "kpi_weight") == 0.8);
    const struct steering *iterative = built_in("iterative");
    assert_true(get(iterative, "front") == 0 && get(iterative, "formation_months") == 0);
    assert_true(get(iterative, "base") == 0.30 && get(iterative, "tension_gain") == 1);
    assert_true(get(iterative, "momentum_gain") == 2 && get(iterative, "depth_gain") == 0);
    assert_true(get(iterative, "backlog_gain") == 0.3 && get(iterative, "backlog_setpoint") == 0.5);
    assert_true(get(iterative, "kpi_weight") == 0.2);
    assert_true(get(built_in("iterative_deep"), "depth_gain") == 0.8);
    assert_true(get(built_in("iterative_deep"), "depth_setpoint") == 0.5);
    assert_true(get(built_in("linear_sustained"), "base") == 0.2);
    const struct steering *alternating = built_in("alternating");
    assert_true(get(alternating, "swing") == 0.3 && get(alternating, "swing_months") == 24);
    assert_true(get(built_in("results_only"), "base") == 0);
    assert_true(get(built_in("process_only"), "base") == 0.95);
}

/* Which rows are others with one change. */
static void test_relatives(void **state)
{
    (void)state;
    static const struct {
        const char *name, *like, *key1, *key2;
    } relatives[] = {{"linear", "linear_kpi", "kpi_weight", ""},
                     {"iterative_kpi", "iterative", "kpi_weight", ""},
                     {"iterative_deep", "iterative", "depth_gain", ""},
                     {"linear_sustained", "linear_kpi", "base", ""},
                     {"alternating", "constant", "swing", "swing_months"},
                     {"results_only", "constant", "base", ""},
                     {"process_only", "constant", "base", ""}};
    for (size_t row = 0; row < sizeof relatives / sizeof relatives[0]; row++) {
        for (int index = 0; index < n_steering; index++) {
            const char *key = steering_infos[index].key;
            int differs = steering_get(built_in(relatives[row].name), index) !=
                          steering_get(built_in(relatives[row].like), index);
            int may = strcmp(key, relatives[row].key1) == 0 || strcmp(key, relatives[row].key2) == 0;
            assert_int_equal(differs, may);
        }
    }
}

static void test_phases(void **state)
{
    (void)state;
    struct regime regime;
    regime_from_info(&regime, regime_info_find("linear_kpi"));
    assert_string_equal(regime.name, "linear_kpi");
    assert_int_equal(regime.n_phases, 1);
    regime.n_phases = 3;
    regime.phase[1] = (struct regime_phase){12, *built_in("iterative")};
    regime.phase[2] = (struct regime_phase){24, *built_in("constant")};
    assert_ptr_equal(regime_steering(&regime, 0), &regime.phase[0].steering);
    assert_ptr_equal(regime_steering(&regime, 11), &regime.phase[0].steering);
    assert_ptr_equal(regime_steering(&regime, 12), &regime.phase[1].steering);
    assert_ptr_equal(regime_steering(&regime, 23), &regime.phase[1].steering);
    assert_ptr_equal(regime_steering(&regime, 24), &regime.phase[2].steering);
    assert_ptr_equal(regime_steering(&regime, 9999), &regime.phase[2].steering);
}

static void test_mix(void **state)
{
    (void)state;
    struct steering mix;
    memset(&mix, 0, sizeof mix);
    steering_add(&mix, 0.25, built_in("linear_kpi"));
    steering_add(&mix, 0.75, built_in("iterative"));
    assert_true(get(&mix, "formation_months") == 3); /* 0.25 of 12 */
    assert_true(get(&mix, "front") == 0.25 * 0.6);
    assert_true(get(&mix, "tension_gain") == 0.75);
    steering_set(&mix, steering_find("base"), 0.5);
    assert_true(mix.base == 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables), cmocka_unit_test(test_rows), cmocka_unit_test(test_relatives),
        cmocka_unit_test(test_phases), cmocka_unit_test(test_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
