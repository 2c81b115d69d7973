/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "engine/rows.h"
#include "engine/scenario.h"
#include "engine/work.h"

/* Everything that a run reads is in the scenario, in single precision where rules use it. */
static void complete(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario = {0};
    setup_begin(&setup, 12345678901234567U);
    setup_set(&setup, "model.gen_work", 0.3);
    setup_set(&setup, "problem.causes", 6);
    (void)setup_regime(&setup, "linear_kpi");
    (void)setup_regime(&setup, "iterative");
    setup_scenario(&setup, &scenario);
    assert_true(scenario.seed == 12345678901234567U);
    assert_true(scenario.rates.gen_work == 0.3F);
    assert_int_equal(scenario.rates.causes, 6);
    assert_int_equal(scenario.n_regimes, 2);
    assert_string_equal(scenario.regimes[1].name, "iterative");
    assert_int_equal(scenario.plan.n_seats, 14);
    assert_int_equal(scenario.parameters.sector[SECTOR_PUBLIC].organisations, 4); /* one per seat */
    assert_true(scenario.trust->mean == 0.4 && scenario.trust->concentration == 20);
    assert_true(scenario.momentum->mean == 0.75 && scenario.momentum->concentration == 20);
    assert_true(scenario.commitment->mean == 0.75 && scenario.commitment->concentration == 17);
    assert_true(scenario.skill->mean == 0.5);
    scenario_free(&scenario);
    scenario_free(&scenario); /* safe when zeroed */
}

/* What government's roles do is worked out once. */
static void role(void **state)
{
    (void)state;
    for (int funds = 0; funds < 2; funds++) {
        for (int convenes = 0; convenes < 2; convenes++) {
            struct setup setup;
            struct scenario scenario = {0};
            setup_begin(&setup, 1);
            setup_set(&setup, "government.funds", funds);
            setup_set(&setup, "government.convenes", convenes);
            (void)setup_regime(&setup, "iterative");
            setup_scenario(&setup, &scenario);
            assert_close((double)scenario.roles.room, funds && convenes ? 0.5 * (1 - 0.3) : 0.5, 1e-7);
            assert_close((double)scenario.roles.push, funds ? 1 : 0.5, 1e-7);
            scenario_free(&scenario);
        }
    }
}

/* A scenario is replaced by the next one, and its tables only where they are for other values. */
static void replaced(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario = {0};
    setup_begin(&setup, 1);
    (void)setup_regime(&setup, "iterative");
    setup_scenario(&setup, &scenario);
    scenario.tables->knot[512] = 0.125F; /* a mark */
    setup_set(&setup, "seats.inside.public", 5);
    setup_set(&setup, "convener.skill", 0.9);
    (void)setup_regime(&setup, "linear");
    setup_scenario(&setup, &scenario);
    assert_int_equal(scenario.plan.n_seats, 16);
    assert_int_equal(scenario.n_regimes, 2);
    assert_true(scenario.trust->knot[512] == 0.125F);
    assert_true(scenario.skill->mean == 0.9);
    scenario_free(&scenario);
}

/* Rows of a work space lie apart, on boundaries, and within its bytes. */
static void work_space(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario = {0};
    struct work work;
    setup_begin(&setup, 1);
    setup_set(&setup, "problem.causes", 5); /* odd: the last block of draws has a row to spare */
    (void)setup_regime(&setup, "iterative");
    setup_scenario(&setup, &scenario);
    assert_int_equal(work_init(&work, &scenario), DREDGE_OK);
    assert_int_equal(work_bytes(&scenario) % LANE_ALIGNMENT, 0);
    struct {
        void *row;
        size_t n;
    } rows[] = {{work.luck.tie, 94},
                {work.luck.person_noise, 14},
                {work.luck.person_event, 14},
                {work.luck.withdrawal, 17},
                {work.luck.relapse, 6},
                {work.luck.stale, 6},
                {work.drive, 14},
                {work.trust_sum, 14},
                {work.open_sum, 14},
                {work.escalated_sum, 14},
                {work.pull[0], 14},
                {work.pull[1], 14},
                {work.pull[2], 14},
                {work.frame_start[0], 14},
                {work.frame_start[1], 14},
                {work.frame_start[2], 14},
                {work.leaves, 14},
                {work.withdraws, 14},
                {work.joins, 14}};
    size_t n_rows = sizeof rows / sizeof rows[0];
    for (size_t k = 0; k < n_rows; k++) {
        assert_int_equal((uintptr_t)rows[k].row % LANE_ALIGNMENT, 0);
        assert_true((char *)rows[k].row + rows[k].n * sizeof(lane_real) <= (char *)work.memory + work_bytes(&scenario));
        memset(rows[k].row, (int)k + 1, rows[k].n * sizeof(lane_real));
    }
    for (size_t k = 0; k < n_rows; k++) {
        const unsigned char *bytes = rows[k].row;
        for (size_t byte = 0; byte < rows[k].n * sizeof(lane_real); byte++) {
            assert_int_equal(bytes[byte], k + 1);
        }
    }
    work_free(&work);
    work_free(&work); /* safe when zeroed */
    scenario_free(&scenario);
}

/* In aftercare nobody works: what is observed of the month's flows is zero. */
static void rest(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 1);
    setup_set(&setup, "months", 10);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    rig_steps(&rig, 10);
    assert_true(rig.ensemble.work.process[0] > 0.0F);
    rig_steps(&rig, 1);
    for (int lane = 0; lane < LANES; lane++) {
        assert_true(rig.ensemble.work.process[lane] == 0.0F && rig.ensemble.work.escalations[lane] == 0.0F);
        assert_true(rig.ensemble.work.quick[lane] == 0 && rig.ensemble.work.left[SECTOR_PUBLIC][lane] == 0);
    }
    rig_free(&rig);
}

static void rows(void **state)
{
    (void)state;
    struct rows counting = {NULL, 0};
    assert_null(rows_take(&counting, 3, 20));
    assert_int_equal(counting.n_bytes, 64);
    assert_null(rows_take(&counting, 1, 65));
    assert_int_equal(counting.n_bytes, 192);
    char *memory = rows_new(100);
    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % LANE_ALIGNMENT, 0);
    for (int byte = 0; byte < 100; byte++) {
        assert_int_equal(memory[byte], 0);
    }
    struct rows placing = {memory, 0};
    assert_ptr_equal(rows_take(&placing, 1, 10), memory);
    assert_ptr_equal(rows_take(&placing, 1, 10), memory + 64);
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete),   cmocka_unit_test(role), cmocka_unit_test(replaced),
        cmocka_unit_test(work_space), cmocka_unit_test(rest), cmocka_unit_test(rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
