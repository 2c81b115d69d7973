/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "rules.h"
#include "setup.h"
#include "state.h"
#include "base/stream.h"
#include "engine/kernel/draws.h"
#include "model/problem.h"

/* Cases whose answer is a formula (docs/model.md 8, docs/validation.md). These hold exactly, or up to the rounding of single
 * precision; the others are distributions (test_nulls_chance.c). */

/* 1. Without difference between frames d = phi(0) = 0, so that G = 0: l = q = 0 for ever when nothing is latent at the
 * start. Exact. */
static void no_tension_without_difference(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 1);
    setup_still(&setup);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    for (int axis = 0; axis < N_AXES; axis++) {
        rig_fill(block->frame[axis], 14, 0);
        rig_fill(block->position[axis], 14, 0);
    }
    rig_fill(block->latent, 91, 0);
    rig_refresh(&rig);
    for (int month = 0; month < 120; month++) {
        rig_steps(&rig, 1);
        for (int tie = 0; tie < 91; tie++) {
            for (int lane = 0; lane < LANES; lane++) {
                assert_true(block->latent[tie][lane] == 0.0F && block->open[tie][lane] == 0.0F);
            }
        }
    }
    rig_free(&rig);
}

/* 2. Without wins and tension, t_n - trust_start = (1 - trust_drift)^n (t_0 - trust_start). */
static void trust_relaxes(void **state)
{
    (void)state;
    static const char *const keys[] = {"model.attempts", "model.gen_base", "model.gen_work"};
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 2);
    setup_still(&setup);
    setup_set_all(&setup, 3, keys, 0);
    setup_set(&setup, "model.trust_drift", 0.03);
    (void)setup_regime(&setup, "constant");
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    rig_fill(block->latent, 91, 0);
    rig_refresh(&rig);
    lane_real start[45];
    memcpy(start, block->trust, sizeof start);
    for (int month = 1; month <= 100; month++) {
        rig_steps(&rig, 1);
        for (int tie = 0; tie < 45; tie++) {
            for (int lane = 0; lane < LANES; lane++) {
                double expected = 0.4 + pow(0.97, month) * ((double)start[tie][lane] - 0.4);
                assert_close((double)block->trust[tie][lane], expected, 2e-6);
            }
        }
    }
    rig_free(&rig);
}

/* 3. s = 1: E holds the factor 1 - s, without synergy, and is 0, and a Poisson number of mean 0 is 0 for every uniform number.
 * Steering stops at s = 0.95, so the rule and the draw are asked themselves. s = 0: A = phi(0) l = 0, so that without
 * escalation nothing is ever open, while tension gathers. Exact. */
static void ends_of_process_work(void **state)
{
    (void)state;
    struct rates r = rules_default();
    struct block address = {.n_lanes = LANES};
    _Alignas(LANE_ALIGNMENT) lane_real mean;
    _Alignas(LANE_ALIGNMENT) lane_real uniform;
    _Alignas(LANE_ALIGNMENT) lane_whole number;
    for (uint32_t word = 0; word < UINT32_MAX - (1U << 24); word += 1U << 24) {
        for (uint32_t lane = 0; lane < LANES; lane++) {
            mean[lane] = problem_effort(&r, (struct problem_month){1, 1, 1, 1, 1, 1, 10});
            uniform[lane] = stream_uniform(word + (lane << 20));
        }
        uniform[0] = stream_uniform(UINT32_MAX);
        draw_poisson(&address, 1, 0, 1, mean, uniform, number);
        for (int lane = 0; lane < LANES; lane++) {
            assert_int_equal(number[lane], 0);
        }
    }

    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 3);
    setup_set(&setup, "model.escalate", 0);
    setup_set(&setup, "model.exit", 0);
    (void)setup_regime(&setup, "results_only");
    rig_start(&rig, &setup, NULL, 0, LANES);
    const struct block *block = &rig.ensemble.blocks[0];
    float latent = block->mean_latent[0];
    for (int month = 0; month < 120; month++) {
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            assert_true(rig.ensemble.work.process[lane] == 0.0F && block->mean_open[lane] == 0.0F);
        }
    }
    assert_true(block->mean_latent[0] > latent);
    rig_free(&rig);
}

/* 7. Without effort P_n = (1 - S) + (1 - regenerate)^n (P_0 - (1 - S)); S stays while solved causes have no reason to
 * relapse (no escalation). */
static void symptom_returns(void **state)
{
    (void)state;
    for (int solved = 0; solved <= 4; solved += 2) {
        struct setup setup;
        struct rig rig;
        setup_begin(&setup, 7);
        setup_still(&setup);
        setup_set(&setup, "model.attempts", 0);
        (void)setup_regime(&setup, "iterative");
        rig_start(&rig, &setup, NULL, 0, LANES);
        struct block *block = &rig.ensemble.blocks[0];
        for (int cause = 0; cause < solved; cause++) {
            for (int lane = 0; lane < LANES; lane++) {
                block->diagnosed[cause][lane] = block->addressed[cause][lane] = 3;
            }
        }
        for (int month = 1; month <= 120; month++) {
            rig_steps(&rig, 1);
            double rest = 1 - solved / 4.0;
            assert_close((double)block->symptom[5], rest + pow(0.955, month) * (0.7 - rest), 2e-6);
        }
        rig_free(&rig);
    }
}

/* 9. The same steering under another name, in phases or as a mix of itself with itself gives identical runs. Exact. */
static void equal_regimes_are_equal(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 9);
    for (int k = 0; k < 3; k++) {
        (void)setup_regime(&setup, "linear_kpi");
        (void)strcpy(setup.regimes[k].name, k == 0 ? "one" : k == 1 ? "phases" : "mix");
    }
    struct regime *phases = &setup.regimes[1];
    phases->n_phases = 3;
    phases->phase[1] = phases->phase[2] = phases->phase[0];
    phases->phase[1].from = 7;
    phases->phase[2].from = 50;
    struct steering *mix = &setup.regimes[2].phase[0].steering;
    memset(mix, 0, sizeof *mix);
    steering_add(mix, 0.5, &setup.regimes[0].phase[0].steering);
    steering_add(mix, 0.5, &setup.regimes[0].phase[0].steering);
    rig_start(&rig, &setup, NULL, 0, LANES);
    for (int month = 0; month < 156; month++) {
        rig_steps(&rig, 1);
        state_assert_block(&rig.ensemble.blocks[0], &rig.ensemble.blocks[1], &rig.scenario);
        state_assert_block(&rig.ensemble.blocks[0], &rig.ensemble.blocks[2], &rig.scenario);
    }
    rig_free(&rig);
}

/* 11. e falls by the factor 1 / (1 + explore R) each month that works R through, nothing renewed: R is phi(reframe skill s) q
 * when q is held, safety_floor is 1 and all ties are alike. */
static void exploration_is_used_up(void **state)
{
    (void)state;
    static const char *const keys[] = {"model.gen_base", "model.gen_work", "model.bury",
                                       "model.surface",  "model.renew",    "model.experience"};
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 11);
    setup_still(&setup);
    setup_set_all(&setup, 6, keys, 0);
    setup_set(&setup, "model.safety_floor", 1);
    setup_set(&setup, "model.explore", 3);
    setup_set(&setup, "convener.skill_concentration", 0);
    setup_regime(&setup, "constant")->kpi_weight = 0;
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    double expected = 1;
    for (int month = 0; month < 36; month++) {
        rig_fill(block->open, 91, 0.4);
        rig_refresh(&rig);
        rig_steps(&rig, 1);
        expected /= 1 + 3 * fraction(1.6 * 0.5 * 0.3) * 0.4;
        assert_close((double)block->unexplored[20][3], expected, 2e-6);
        assert_close((double)block->mean_unexplored[7], expected, 2e-6);
    }
    rig_free(&rig);
}

/* 12. Frames stay in the hull of frames and positions so far, axis by axis: nobody is replaced, and both rates are 1. */
static void frames_stay_in_their_hull(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 12);
    setup_still(&setup);
    setup_set(&setup, "model.frame_shift", 1);
    setup_set(&setup, "model.reframe", 10);
    setup_set(&setup, "model.surface", 10);
    setup_set(&setup, "model.gen_base", 10);
    setup_set(&setup, "convener.skill", 1);
    (void)setup_regime(&setup, "constant");
    (void)setup_regime(&setup, "process_only");
    rig_start(&rig, &setup, NULL, 0, LANES);
    float low[N_AXES][LANES], high[N_AXES][LANES];
    for (int month = 0; month < 120; month++) {
        for (int axis = 0; month == 0 && axis < N_AXES; axis++) {
            for (int lane = 0; lane < LANES; lane++) {
                low[axis][lane] = high[axis][lane] = rig.ensemble.blocks[0].frame[axis][0][lane];
                for (int seat = 0; seat < 14; seat++) {
                    float y = rig.ensemble.blocks[0].frame[axis][seat][lane];
                    float x = rig.ensemble.blocks[0].position[axis][seat][lane];
                    low[axis][lane] = fminf(low[axis][lane], fminf(x, y));
                    high[axis][lane] = fmaxf(high[axis][lane], fmaxf(x, y));
                }
            }
        }
        rig_steps(&rig, 1);
        for (int regime = 0; regime < 2; regime++) {
            for (int axis = 0; axis < N_AXES; axis++) {
                for (int row = 0; row < 14 * LANES; row++) {
                    float y = rig.ensemble.blocks[regime].frame[axis][row / LANES][row % LANES];
                    assert_true(y >= low[axis][row % LANES] - 1e-5F && y <= high[axis][row % LANES] + 1e-5F);
                }
            }
        }
    }
    rig_free(&rig);
}

/* 10. Ranges and a <= g <= D in every month, under every built-in regime (random studies: tests/property). */
static void ranges(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    char sentence[128];
    setup_begin(&setup, 10);
    for (int regime = 0; regime < n_regime_infos; regime++) {
        (void)setup_regime(&setup, regime_infos[regime].name);
    }
    rig_start(&rig, &setup, NULL, 0, LANES);
    for (int month = 0; month < 156; month++) {
        rig_steps(&rig, 1);
        for (int regime = 0; regime < n_regime_infos; regime++) {
            int good = block_verify(&rig.ensemble.blocks[regime], &rig.scenario, sizeof sentence, sentence);
            assert_true(good);
        }
    }
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_tension_without_difference), cmocka_unit_test(trust_relaxes),
        cmocka_unit_test(ends_of_process_work),          cmocka_unit_test(symptom_returns),
        cmocka_unit_test(equal_regimes_are_equal),       cmocka_unit_test(ranges),
        cmocka_unit_test(exploration_is_used_up),        cmocka_unit_test(frames_stay_in_their_hull),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
