/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "setup.h"
#include "base/stream.h"
#include "model/act.h"
#include "model/purpose.h"

/* What the world does at the start of a month (docs/model.md 4.0). */

enum { SEED = 31, SEATS = 14, MONTH = 12 };

static void rig_acts(struct rig *rig, const struct setup *setup, int n_acts, const struct act *acts)
{
    memset(rig, 0, sizeof *rig);
    setup_scenario(setup, &rig->scenario);
    assert_int_equal(scenario_let_happen(&rig->scenario, n_acts, acts), DREDGE_OK);
    scenario_tables(&rig->scenario);
    assert_int_equal(ensemble_init(&rig->ensemble, kernel_best(), &rig->scenario), DREDGE_OK);
    ensemble_start(&rig->ensemble, 0, LANES);
}

static struct act act_of(int month, int order, enum act_kind kind, int what, double value)
{
    return (struct act){month, order, kind, what, value};
}

static void both(struct setup *setup)
{
    setup_begin(setup, SEED);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
}

/* The acts of one month on the state that there is, as the ensemble lets them happen. */
static void happen(struct rig *rig, int month)
{
    const struct act *acts;
    int n_acts = scenario_acts(&rig->scenario, month, &acts);
    rig->ensemble.kernel->acts(&rig->ensemble.blocks[0], scenario_in(&rig->scenario, month), month, n_acts, acts);
}

/* Up to the month before, every bit is as it is without; from then on both regimes differ. */
static void test_before(void **state)
{
    (void)state;
    static const enum act_kind kinds[] = {ACT_SET, ACT_SHOCK, ACT_REPLACE, ACT_JOIN, ACT_CONVENER};
    struct setup setup;
    both(&setup);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        int what = kinds[k] == ACT_SET ? parameter_find("model.gen_work") : SECTOR_PUBLIC;
        struct act act = act_of(MONTH, 0, kinds[k], what, 1);
        struct rig with, without;
        rig_acts(&with, &setup, 1, &act);
        rig_acts(&without, &setup, 0, NULL);
        rig_steps(&with, MONTH - 1);
        rig_steps(&without, MONTH - 1);
        for (int later = 0; later < 2; later++) {
            for (int regime = 0; regime < 2; regime++) {
                const struct block *a = &with.ensemble.blocks[regime], *b = &without.ensemble.blocks[regime];
                size_t n_bytes = (size_t)((const char *)a->owner - (const char *)a->trust);
                int same = memcmp(a->trust, b->trust, n_bytes) == 0 &&
                           memcmp(a->symptom, b->symptom, sizeof a->symptom) == 0 &&
                           memcmp(&a->totals, &b->totals, sizeof a->totals) == 0;
                assert_int_equal(same, !later);
            }
            rig_steps(&with, 6);
            rig_steps(&without, 6);
        }
        rig_free(&with);
        rig_free(&without);
    }
}

/* Added, then kept in range; what is outside or has ended stays, but for the symptom. */
static void test_shock(void **state)
{
    (void)state;
    struct setup setup;
    both(&setup);
    const struct act acts[] = {act_of(1, 0, ACT_SHOCK, SHOCK_trust, -0.25),   act_of(1, 1, ACT_SHOCK, SHOCK_open, 0.9),
                               act_of(1, 2, ACT_SHOCK, SHOCK_momentum, -0.9), act_of(1, 3, ACT_SHOCK, SHOCK_budget, -1),
                               act_of(1, 4, ACT_SHOCK, SHOCK_symptom, 0.5),   act_of(1, 5, ACT_CONVENER, 0, 0.125)};
    struct rig rig;
    rig_acts(&rig, &setup, 6, acts);
    struct block *block = &rig.ensemble.blocks[0];
    int n_ties = rig.scenario.plan.n_ties;
    rig_fill(block->trust, n_ties, 0.5);
    rig_fill(block->latent, n_ties, 0.25);
    rig_fill(block->momentum, SEATS, 0.5);
    block->alive[3] = 0;
    happen(&rig, 0);
    for (int tie = 0; tie < n_ties; tie++) {
        const struct pair *pair = &rig.scenario.plan.pair[tie];
        int inside = rig.scenario.plan.seat[pair->i].starts_inside && rig.scenario.plan.seat[pair->j].starts_inside;
        assert_close(block->trust[tie][0], inside ? 0.25 : 0.5, 0);
        assert_close(block->open[tie][0], inside ? 0.75 : 0, 0); /* what tension under the table leaves */
        assert_close(block->trust[tie][3], 0.5, 0);
    }
    assert_close(block->mean_trust[0], 0.25, 1e-6);
    assert_close(block->momentum[0][0], 0.01, 1e-9);
    assert_close(block->momentum[SEATS - 1][0], 0.5, 0);
    assert_close(block->budget[0], 0.1, 1e-7);
    assert_close(block->budget[3], 1, 0);
    assert_close(block->symptom[0], 1, 0);
    assert_close(block->symptom[3], 1, 0);
    assert_close(block->skill[0], 0.125, 0);
    assert_true(block->skill[3] > 0.125F);
    rig_free(&rig);
}

/* Who comes: those with the lowest draws, as many as there are; all regimes have the same luck. */
static void test_join(void **state)
{
    (void)state;
    struct setup setup;
    both(&setup);
    setup_set(&setup, "seats.outside.private", 3);
    const struct act acts[] = {act_of(5, 0, ACT_JOIN, SECTOR_PRIVATE, 2), act_of(6, 1, ACT_JOIN, SECTOR_PRIVATE, 2)};
    struct rig rig;
    rig_acts(&rig, &setup, 2, acts);
    struct block *block = &rig.ensemble.blocks[0];
    happen(&rig, 4);
    int first = -1;
    for (int seat = 0; seat < rig.scenario.plan.n_seats && first < 0; seat++) {
        const struct seat *own = &rig.scenario.plan.seat[seat];
        first = own->sector == SECTOR_PRIVATE && !own->starts_inside ? seat : -1;
    }
    for (int lane = 0; lane < LANES; lane++) {
        int last = first; /* the highest draw stays outside */
        uint32_t highest = 0;
        for (int seat = first; seat < first + 3; seat++) {
            struct stream_address address = {SEED, (uint32_t)lane, PURPOSE_JOINING, 0, 4, (uint32_t)seat};
            uint32_t words[4];
            stream_words(&address, words);
            last = words[0] > highest ? seat : last;
            highest = words[0] > highest ? words[0] : highest;
        }
        for (int seat = first; seat < first + 3; seat++) {
            assert_int_equal(block->inside[seat][lane], seat != last);
        }
        assert_int_equal(block->n_inside[lane], 12);
    }
    happen(&rig, 5);
    assert_int_equal(block->n_inside[0], 13); /* one was left */
    rig_free(&rig);
}

/* Everybody, nobody, and half: by draws of their own, and as newcomers of a turnover. */
static void test_replace(void **state)
{
    (void)state;
    struct setup setup;
    both(&setup);
    setup_set(&setup, "model.frame_spread", 0);
    const struct act acts[] = {act_of(1, 0, ACT_REPLACE, SECTOR_PUBLIC, 1),
                               act_of(2, 1, ACT_REPLACE, SECTOR_PRIVATE, 0),
                               act_of(3, 2, ACT_REPLACE, SECTOR_PRIVATE, 0.5)};
    struct rig rig;
    rig_acts(&rig, &setup, 3, acts);
    struct block *block = &rig.ensemble.blocks[0];
    rig_fill(block->trust, rig.scenario.plan.n_ties, 0.9);
    rig_fill(block->open, rig.scenario.plan.n_ties, 0.2);
    happen(&rig, 0);
    for (int lane = 0; lane < LANES; lane++) {
        assert_int_equal(block->replaced[SECTOR_PUBLIC][lane], 3);
        assert_close(block->frame[0][1][lane], block->position[0][1][lane], 0);
        assert_close(block->momentum[1][lane], 0.8F * block->commitment[lane], 1e-7);
        assert_close(block->trust[plan_tie(2, 12)][lane], 0.4 + 0.4 * 0.5, 1e-6);
        assert_close(block->open[plan_tie(2, 12)][lane], 0, 0);
        assert_close(block->trust[plan_tie(3, 12)][lane], 0.9, 1e-7);
    }
    happen(&rig, 1);
    assert_int_equal(block->replaced[SECTOR_PRIVATE][0], 0);
    happen(&rig, 2);
    int n = 0;
    for (int lane = 0; lane < LANES; lane++) {
        for (int seat = 3; seat < 6; seat++) {
            struct stream_address address = {SEED, (uint32_t)lane, PURPOSE_REPLACEMENT, 0, 2, (uint32_t)seat};
            uint32_t words[4];
            stream_words(&address, words);
            n += stream_uniform(words[3]) < 0.5F;
        }
    }
    int n_replaced = 0;
    for (int lane = 0; lane < LANES; lane++) {
        n_replaced += block->replaced[SECTOR_PRIVATE][lane];
    }
    assert_int_equal(n_replaced, n);
    rig_steps(&rig, 1); /* they count as turnover of this month */
    assert_true(block->totals.turnover[SECTOR_PUBLIC][0] >= 3);
    rig_free(&rig);
}

/* What is set holds from its month on, and what follows from it too: roles, profiles of seats, successors. */
static void test_set(void **state)
{
    (void)state;
    struct setup setup;
    both(&setup);
    const struct act acts[] = {act_of(20, 0, ACT_SET, parameter_find("convener.skill"), 0.9),
                               act_of(10, 1, ACT_SET, parameter_find("funder.target"), 2),
                               act_of(10, 2, ACT_SET, parameter_find("sectors.private.sensitivity"), 5),
                               act_of(15, 3, ACT_SHOCK, SHOCK_trust, 0.1),
                               act_of(20, 4, ACT_SET, parameter_find("government.convenes"), 1)};
    struct scenario scenario = {.seed = 0};
    setup_scenario(&setup, &scenario);
    assert_int_equal(scenario_let_happen(&scenario, 5, acts), DREDGE_OK);
    scenario_tables(&scenario);
    assert_int_equal(scenario.n_eras, 2);
    assert_ptr_equal(scenario_in(&scenario, 8), &scenario);
    const struct scenario *middle = scenario_in(&scenario, 9), *late = scenario_in(&scenario, 500);
    assert_ptr_equal(middle, scenario_in(&scenario, 18));
    assert_ptr_equal(late, scenario_in(&scenario, 19));
    assert_close(scenario.rates.target, 0.75, 0);
    assert_close(middle->rates.target, 2, 0);
    assert_close(late->rates.target, 2, 0);
    assert_close(scenario.plan.seat[3].sensitivity, 1, 0);
    assert_close(middle->plan.seat[3].sensitivity, 5, 0);
    assert_ptr_equal(late->plan.seat, middle->plan.seat);
    assert_close(scenario.roles.call, 1, 0);
    assert_true(late->roles.call > 1.0F);
    assert_ptr_equal(middle->skill, scenario.skill);
    assert_true(quantiles_at(late->skill, 0.5F) > quantiles_at(scenario.skill, 0.5F) + 0.3F);
    const struct act *found;
    assert_int_equal(scenario_acts(&scenario, 9, &found), 2);
    assert_int_equal(found[0].order, 1);
    assert_int_equal(scenario_acts(&scenario, 10, &found), 0);
    assert_int_equal(scenario_acts(&scenario, 14, &found), 1);
    assert_int_equal(scenario_acts(&scenario, 19, &found), 2);
    setup_scenario(&setup, &scenario); /* made anew: nothing happens in it */
    assert_int_equal(scenario.n_acts + scenario.n_eras, 0);
    scenario_free(&scenario);
}

/* Keys that only the start looks at are no matter of acts. */
static void test_may_set(void **state)
{
    (void)state;
    static const char *const never[] = {"months",
                                        "programme.organisations.public",
                                        "seats.inside.private",
                                        "problem.causes",
                                        "government.sits",
                                        "sectors.public.action",
                                        "model.rest"};
    static const char *const ever[] = {"funder.target",    "convener.skill",          "problem.coupling",
                                       "model.gen_work",   "sectors.public.patience", "government.funds",
                                       "model.trust_start"};
    for (size_t k = 0; k < sizeof never / sizeof never[0]; k++) {
        assert_false(act_may_set(parameter_find(never[k])));
        assert_true(act_may_set(parameter_find(ever[k])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_before), cmocka_unit_test(test_shock),
                                       cmocka_unit_test(test_join),   cmocka_unit_test(test_replace),
                                       cmocka_unit_test(test_set),    cmocka_unit_test(test_may_set)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
