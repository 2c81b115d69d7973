/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "state.h"
#include "base/stream.h"
#include "model/purpose.h"

/* Every vector level that this processor has computes the same bits, and the luck of base/stream.h. */

static void two_regimes(struct setup *setup)
{
    setup_begin(setup, 77);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
    setup_set(setup, "months", 24);
}

/* Everything happens all the time, and counts need GSL's generator. */
static void extreme(struct setup *setup)
{
    static const struct {
        const char *key;
        double value;
    } values[] = {
        {"model.gen_base", 10},      {"model.gen_work", 10},      {"model.surface", 10},    {"model.bury", 10},
        {"model.escalate", 10},      {"model.reframe", 10},       {"model.frame_shift", 1}, {"model.constituency", 1},
        {"model.trust_through", 10}, {"model.trust_win", 10},     {"model.trust_open", 10}, {"model.trust_escalate", 1},
        {"model.trust_drift", 1},    {"model.win_energy", 10},    {"model.drain_open", 10}, {"model.momentum_noise", 1},
        {"model.turnover", 1},       {"model.burnout", 10},       {"model.invite", 10},     {"model.attempts", 100},
        {"model.kpi_drive", 10},     {"model.diagnose", 1000},    {"model.stale", 10},      {"model.relapse", 10},
        {"model.fragile", 10},       {"model.block", 10},         {"model.regenerate", 1},  {"model.relief", 1},
        {"model.unsupported", 10},   {"model.org_learning", 1},   {"model.org_shift", 1},   {"model.cut", 1},
        {"model.collapse_below", 1}, {"divergence", 10},          {"problem.causes", 64},   {"problem.layers", 32},
        {"problem.coupling", 63},    {"funder.review_months", 1}, {"funder.target", 1000},  {"funder.room", 0},
    };
    two_regimes(setup);
    for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
        setup_set(setup, values[k].key, values[k].value);
    }
}

/* Nothing ever happens. */
static void nothing(struct setup *setup)
{
    two_regimes(setup);
    for (int index = 0; index < n_parameters; index++) {
        if (strncmp(parameter_infos[index].key, "model.", 6) == 0) {
            parameter_set(&setup->parameters, index, parameter_infos[index].low);
        }
    }
}

/* An odd table: 2 seats inside, 33 outside, one cause of one layer, government outside, no skill. */
static void odd(struct setup *setup)
{
    two_regimes(setup);
    setup_set(setup, "seats.inside.private", 1);
    setup_set(setup, "seats.inside.nonprofit", 0);
    setup_set(setup, "seats.inside.knowledge", 1);
    setup_set(setup, "seats.outside.nonprofit", 28);
    setup_set(setup, "government.sits", 0);
    setup_set(setup, "government.convenes", 1);
    setup_set(setup, "model.invite", 10);
    setup_set(setup, "problem.causes", 1);
    setup_set(setup, "problem.layers", 1);
    setup_set(setup, "problem.coupling", 0);
    setup_set(setup, "convener.skill", 0);
}

static void compare_levels(const struct setup *setup)
{
    const struct kernel *kernels[SETUP_KERNELS];
    struct rig rigs[SETUP_KERNELS];
    int n = setup_kernels(kernels);
    for (int k = 0; k < n; k++) {
        rig_start(&rigs[k], setup, kernels[k], 0, LANES);
    }
    for (int month = 0; month < 24 + 12; month++) {
        for (int k = 0; k < n; k++) {
            rig_steps(&rigs[k], 1);
            for (int regime = 0; k > 0 && regime < setup->n_regimes; regime++) {
                state_assert_block(&rigs[0].ensemble.blocks[regime], &rigs[k].ensemble.blocks[regime],
                                   &rigs[0].scenario);
            }
        }
    }
    for (int k = 0; k < n; k++) {
        rig_free(&rigs[k]);
    }
}

static void levels_agree(void **state)
{
    (void)state;
    void (*const setups[])(struct setup *) = {two_regimes, extreme, nothing, odd};
    for (int k = 0; k < 4; k++) {
        struct setup setup;
        setups[k](&setup);
        compare_levels(&setup);
    }
}

/* What a level observes is the same too: the sums over all series. */
static void levels_observe_the_same(void **state)
{
    (void)state;
    const struct kernel *kernels[SETUP_KERNELS];
    lane_real series[SETUP_KERNELS][N_SERIES_COLUMNS];
    int n = setup_kernels(kernels);
    struct setup setup;
    two_regimes(&setup);
    for (int k = 0; k < n; k++) {
        struct rig rig;
        rig_start(&rig, &setup, kernels[k], 0, LANES);
        rig_steps(&rig, 20);
        kernels[k]->observe(&rig.ensemble.blocks[1], &rig.ensemble.work, &rig.scenario);
        memcpy(series[k], rig.ensemble.work.series, sizeof series[k]);
        assert_memory_equal(series[0], series[k], sizeof series[k]);
        rig_free(&rig);
    }
}

static uint32_t raw(const struct setup *setup, uint32_t replicate, uint32_t purpose, int month, int item, int per_index,
                    int which)
{
    struct stream_address address = {setup->seed, replicate, purpose, 0, (uint32_t)month, (uint32_t)(item / per_index)};
    uint32_t words[4];
    stream_words(&address, words);
    return words[item % per_index * (4 / per_index) + which];
}

static float word(const struct setup *setup, uint32_t replicate, uint32_t purpose, int month, int item, int per_index,
                  int which)
{
    return stream_uniform(raw(setup, replicate, purpose, month, item, per_index, which));
}

/* docs/model.md 7 and model/purpose.h: each draw of the month at its address, on every level. */
static void luck_is_addressed(void **state)
{
    (void)state;
    const struct kernel *kernels[SETUP_KERNELS];
    int n = setup_kernels(kernels);
    struct setup setup;
    setup_begin(&setup, 0x123456789abcdefU);
    (void)setup_regime(&setup, "iterative");
    for (int k = 0; k < n; k++) {
        struct rig rig;
        rig_start(&rig, &setup, kernels[k], 1000, LANES);
        const struct luck *luck = &rig.ensemble.work.luck;
        for (int seat = 10; seat < 14; seat++) { /* ties without a seat that is taken have no luck */
            rig.ensemble.blocks[0].inside[seat][seat] = 1;
        }
        for (int month = 0; month < 120; month += 17) {
            kernels[k]->luck(&rig.ensemble.work, 1, &rig.ensemble.blocks[0], &rig.scenario, month);
            for (int lane = 0; lane < LANES; lane++) {
                uint32_t replicate = 1000 + (uint32_t)lane;
                for (int tie = 0; tie < rig.scenario.plan.n_ties; tie++) {
                    assert_int_equal(luck->tie[tie][lane], raw(&setup, replicate, PURPOSE_TIE, month, tie, 4, 0));
                }
                for (int seat = 0; seat < rig.scenario.plan.n_seats; seat++) {
                    float noise = stream_normal(word(&setup, replicate, PURPOSE_PERSON, month, seat, 2, 0));
                    assert_true(luck->person_noise[seat][lane] == noise);
                    assert_true(luck->person_event[seat][lane] ==
                                word(&setup, replicate, PURPOSE_PERSON, month, seat, 2, 1));
                    assert_true(luck->withdrawal[seat][lane] ==
                                word(&setup, replicate, PURPOSE_WITHDRAWAL, month, seat, 4, 0));
                }
                for (int cause = 0; cause < rig.scenario.rates.causes; cause++) {
                    assert_true(luck->relapse[cause][lane] ==
                                word(&setup, replicate, PURPOSE_RELAPSE, month, cause, 2, 0));
                    assert_true(luck->stale[cause][lane] ==
                                word(&setup, replicate, PURPOSE_RELAPSE, month, cause, 2, 1));
                }
                for (int which = 0; which < 4; which++) {
                    assert_true(luck->effort[which][lane] ==
                                word(&setup, replicate, PURPOSE_EFFORT, month, 0, 1, which));
                    assert_true(luck->source[which][lane] ==
                                word(&setup, replicate, PURPOSE_SOURCE, month, 0, 1, which));
                    assert_true(luck->succession[which][lane] ==
                                word(&setup, replicate, PURPOSE_SUCCESSION, month, 0, 1, which));
                }
            }
        }
        rig_free(&rig);
    }
}

/* DREDGE_LEVEL chooses a level; one that does not exist is told, and leaves the best one to those who do not ask. */
static void levels_by_name(void **state)
{
    (void)state;
    const struct kernel *kernels[SETUP_KERNELS];
    int n = setup_kernels(kernels);
    const struct kernel *best = kernels[n - 1];
    assert_int_equal(setenv("DREDGE_LEVEL", "v9", 1), 0);
    assert_ptr_equal(kernel_best(), best);
    status_clear();
    assert_int_equal(kernel_check(1), DREDGE_USAGE);
    assert_non_null(strstr(status_message(), "DREDGE_LEVEL=v9: there is no such vector level"));
    status_clear();
    for (int k = 0; k < n; k++) {
        assert_int_equal(setenv("DREDGE_LEVEL", kernels[k]->level, 1), 0);
        assert_int_equal(kernel_check(1), DREDGE_OK);
        assert_ptr_equal(kernel_best(), kernels[k]);
    }
    assert_int_equal(setenv("DREDGE_LEVEL", "", 1), 0);
    assert_int_equal(kernel_check(1), DREDGE_OK);
    assert_int_equal(unsetenv("DREDGE_LEVEL"), 0);
    assert_int_equal(kernel_check(1), DREDGE_OK);
    assert_ptr_equal(kernel_best(), best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_agree),
        cmocka_unit_test(levels_observe_the_same),
        cmocka_unit_test(luck_is_addressed),
        cmocka_unit_test(levels_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
