/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "rules.h"
#include "setup.h"
#include "base/stream.h"
#include "model/purpose.h"

/* Who leaves, who comes, and what that does to the ties (docs/model.md 4.4). All else is switched off, so that the ties
 * change by newcomers only. */

enum { SEED = 8, SEATS = 14 };

static void frozen(struct setup *setup)
{
    static const char *const keys[] = {
        "model.gen_base",       "model.gen_work",     "model.surface",        "model.bury",
        "model.escalate",       "model.reframe",      "model.trust_win",      "model.trust_open",
        "model.trust_drift",    "model.recover",      "model.win_energy",     "model.drain_open",
        "model.drain_process",  "model.drain_unseen", "model.momentum_noise", "model.burnout",
        "model.invite",         "model.attempts",     "model.org_learning",   "model.org_shift",
        "model.constituency",   "model.turnover",     "model.exit",           "model.succession",
        "model.collapse_below", "model.renew",        "model.drain_pressure"};
    setup_begin(setup, SEED);
    for (size_t key = 0; key < sizeof keys / sizeof keys[0]; key++) {
        setup_set(setup, keys[key], 0);
    }
    (void)setup_regime(setup, "constant");
}

/* Ties with some of everything, organisations of different standing. */
static void fill(struct block *block, const struct plan *plan)
{
    for (int lane = 0; lane < LANES; lane++) {
        for (int tie = 0; tie < plan->n_ties; tie++) {
            block->trust[tie][lane] = 0.2F + 0.006F * (float)tie + 0.01F * (float)lane;
            block->latent[tie][lane] = 0.004F * (float)tie;
            block->open[tie][lane] = 0.5F - 0.003F * (float)tie;
            block->unexplored[tie][lane] = 0.9F - 0.005F * (float)tie;
        }
        for (int seat = 0; seat < plan->n_seats; seat++) {
            block->standing[seat][lane] = 0.05F * (float)seat + 0.01F * (float)lane;
        }
    }
}

static double normal_of(int seat, int lane, int axis, int month)
{
    struct stream_address address = {SEED, (uint32_t)lane, PURPOSE_NEWCOMER, 0, (uint32_t)month, (uint32_t)seat};
    uint32_t words[4];
    stream_words(&address, words);
    return (double)stream_normal(stream_uniform(words[axis]));
}

/* Newcomers one after the other, in the order of their seats. */
static void expect_newcomers(const struct block *block, const struct luck *luck, int lane, double rate,
                             double trust[SEATS * SEATS], double latent[SEATS * SEATS], double open[SEATS * SEATS],
                             double unexplored[SEATS * SEATS], int leaves[SEATS])
{
    for (int seat = 0; seat < SEATS; seat++) {
        leaves[seat] = seat < 10 && (double)luck->person_event[seat][lane] < fraction(rate);
        for (int other = 0; leaves[seat] && other < SEATS; other++) {
            if (other != seat) {
                int tie = plan_tie(seat, other);
                double standing = ((double)block->standing[seat][lane] + (double)block->standing[other][lane]) / 2;
                trust[tie] = 0.4 + 0.4 * (trust[tie] - 0.4) + 0.6 * 0.5 * (standing - 0.4);
                latent[tie] += open[tie];
                open[tie] = 0;
                unexplored[tie] = 1 - 0.4 * (1 - unexplored[tie]);
            }
        }
    }
}

static void newcomers(void **state)
{
    (void)state;
    const double rate = 0.6;
    struct setup setup;
    struct rig rig;
    frozen(&setup);
    setup_set(&setup, "model.turnover", rate);
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    const struct work *work = &rig.ensemble.work;
    fill(block, &rig.scenario.plan);
    double trust[LANES][SEATS * SEATS], latent[LANES][SEATS * SEATS], open[LANES][SEATS * SEATS];
    double unexplored[LANES][SEATS * SEATS];
    for (int lane = 0; lane < LANES; lane++) {
        for (int tie = 0; tie < rig.scenario.plan.n_ties; tie++) {
            trust[lane][tie] = (double)block->trust[tie][lane];
            latent[lane][tie] = (double)block->latent[tie][lane];
            open[lane][tie] = (double)block->open[tie][lane];
            unexplored[lane][tie] = (double)block->unexplored[tie][lane];
        }
    }
    rig_steps(&rig, 1);
    int n_all = 0;
    for (int lane = 0; lane < LANES; lane++) {
        int leaves[SEATS];
        int n = 0;
        expect_newcomers(block, &work->luck, lane, rate, trust[lane], latent[lane], open[lane], unexplored[lane],
                         leaves);
        for (int tie = 0; tie < rig.scenario.plan.n_ties; tie++) {
            assert_close((double)block->trust[tie][lane], trust[lane][tie], RULE_TOLERANCE);
            assert_close((double)block->latent[tie][lane], latent[lane][tie], RULE_TOLERANCE);
            assert_close((double)block->open[tie][lane], open[lane][tie], RULE_TOLERANCE);
            assert_close((double)block->unexplored[tie][lane], unexplored[lane][tie], RULE_TOLERANCE);
        }
        for (int seat = 0; seat < SEATS; seat++) {
            n += leaves[seat];
            for (int axis = 0; leaves[seat] && axis < N_AXES; axis++) {
                double position = (double)block->position[axis][seat][lane];
                assert_close((double)block->frame[axis][seat][lane], position + 0.1 * normal_of(seat, lane, axis, 0),
                             RULE_TOLERANCE);
                assert_close((double)block->momentum[seat][lane], 0.8 * (double)block->commitment[lane],
                             RULE_TOLERANCE);
            }
        }
        int left = 0;
        for (int sector = 0; sector < N_SECTORS; sector++) {
            left += work->left[sector][lane];
            assert_true(block->totals.turnover[sector][lane] == (float)work->left[sector][lane]);
        }
        assert_int_equal(left, n);
        n_all += n;
    }
    assert_between(n_all, 30, 90); /* 160 insiders, phi(0.6) = 0.375: 60 expected, standard deviation 6 */
    rig_free(&rig);
}

/* The worn out leave at the rate turnover + burnout (1 - m)^3, m of the start of the month. */
static void burnout(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    frozen(&setup);
    setup_set(&setup, "model.turnover", 0.1);
    setup_set(&setup, "model.burnout", 2);
    rig_start(&rig, &setup, NULL, 0, LANES);
    for (int month = 0; month < 20; month++) {
        lane_real before[SEATS];
        memcpy(before, rig.ensemble.blocks[0].momentum, sizeof before);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            for (int seat = 0; seat < SEATS; seat++) {
                double tired = 1 - (double)before[seat][lane];
                double chance = fraction(0.1 + 2 * tired * tired * tired);
                double u = (double)rig.ensemble.work.luck.person_event[seat][lane];
                assert_int_equal(rig.ensemble.work.leaves[seat][lane], seat < 10 && u < chance);
            }
        }
    }
    rig_free(&rig);
}

/* Outsiders join with probability phi(invite s Q), as they are, and work from the next month on; none leaves the table. */
static void joiners(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    frozen(&setup);
    setup_set(&setup, "model.invite", 3);
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    const struct work *work = &rig.ensemble.work;
    fill(block, &rig.scenario.plan);
    rig_refresh(&rig);
    int n_joined = 0;
    for (int month = 0; month < 6; month++) {
        struct block before = *block; /* the means of the start of the month */
        lane_whole inside[SEATS];
        lane_real momentum[SEATS];
        memcpy(inside, block->inside, sizeof inside);
        memcpy(momentum, block->momentum, sizeof momentum);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            double chance = fraction(3 * (double)work->process[lane] * (double)before.mean_open[lane]);
            int n_inside = 0;
            for (int seat = 0; seat < SEATS; seat++) {
                int joins = !inside[seat][lane] && (double)work->luck.person_event[seat][lane] < chance;
                assert_int_equal(block->inside[seat][lane], inside[seat][lane] || joins);
                assert_close((double)block->momentum[seat][lane], (double)momentum[seat][lane], RULE_TOLERANCE);
                n_inside += block->inside[seat][lane];
                n_joined += joins;
            }
            assert_close((double)work->coverage[lane], before.n_inside[lane] / (double)SEATS, RULE_TOLERANCE);
            assert_int_equal(block->n_inside[lane], n_inside);
        }
    }
    assert_between(n_joined, 20, 64);
    rig_free(&rig);
}

/* Insiders withdraw with probability phi(exit (1 - m) (1 - v)), in the order of their seats, while more than two remain; they
 * keep their state, and those who are invited again come back as they were. */
static void withdrawals(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    frozen(&setup);
    setup_set(&setup, "model.exit", 10);
    setup_set(&setup, "model.invite", 1);
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    const struct work *work = &rig.ensemble.work;
    fill(block, &rig.scenario.plan);
    int n_withdrew = 0, n_returned = 0, n_at_least = 0, has_withdrawn[SEATS][LANES] = {{0}};
    float momentum_of[LANES] = {0}, frame_of[LANES] = {0};
    for (int lane = 0; lane < LANES; lane++) {
        momentum_of[lane] = block->momentum[3][lane];
        frame_of[lane] = block->frame[1][3][lane];
    }
    rig_refresh(&rig);
    for (int month = 0; month < 40; month++) {
        lane_whole inside[SEATS];
        lane_real relevance;
        memcpy(inside, block->inside, sizeof inside);
        memcpy(relevance, block->relevance, sizeof relevance);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            int remaining = 0, n = 0;
            for (int seat = 0; seat < SEATS; seat++) {
                remaining += inside[seat][lane];
            }
            for (int seat = 0; seat < SEATS; seat++) {
                double m = (double)block->momentum[seat][lane]; /* frozen */
                double chance = fraction(10 * (1 - m) * (1 - (double)relevance[lane]));
                int goes = inside[seat][lane] && remaining > 2 && (double)work->luck.withdrawal[seat][lane] < chance;
                remaining -= goes;
                n += goes;
                assert_int_equal(work->withdraws[seat][lane], goes);
                assert_false(goes && block->inside[seat][lane]);
                n_returned += has_withdrawn[seat][lane] && block->inside[seat][lane] && !inside[seat][lane];
                has_withdrawn[seat][lane] |= goes;
            }
            n_at_least += remaining == 2;
            n_withdrew += n;
            int counted = 0;
            for (int sector = 0; sector < N_SECTORS; sector++) {
                counted += work->withdrew[sector][lane];
            }
            assert_int_equal(counted, n);
            assert_true(block->n_inside[lane] >= 2);
            assert_true(block->momentum[3][lane] == momentum_of[lane] && block->frame[1][3][lane] == frame_of[lane]);
        }
    }
    assert_true(n_withdrew > 100 && n_returned > 10 && n_at_least > 10);
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newcomers),
        cmocka_unit_test(burnout),
        cmocka_unit_test(joiners),
        cmocka_unit_test(withdrawals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
