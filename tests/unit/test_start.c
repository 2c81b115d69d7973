/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <gsl/gsl_cdf.h>

#include "rules.h"
#include "setup.h"
#include "base/stream.h"
#include "model/purpose.h"

/* The start of a collaboration (docs/model.md 5), number by number from the addresses of model/purpose.h, in double
 * precision. */

enum { FIRST = 500, SEED = 4711 };

static const double SECTORS[N_SECTORS][N_AXES] = {{0.8, -0.3, 0.2}, {-0.8, 0.5, -0.2}, {0.3, 0.8, 0.3}, {0, -0.4, 0.9}};

static int start(void **state)
{
    static struct rig rig;
    struct setup setup;
    setup_begin(&setup, SEED);
    (void)setup_regime(&setup, "iterative");
    setup_set(&setup, "divergence", 1.25);
    setup_set(&setup, "model.trust_start", 0.35);
    setup_set(&setup, "model.rest", 0.7);
    setup_set(&setup, "recognition", 0.45);
    setup_set(&setup, "problem.urgency", 0.65);
    setup_set(&setup, "convener.skill", 0.6);
    setup_set(&setup, "government.convenes", 1);
    setup_set(&setup, "model.rest_concentration", 30);
    setup_set(&setup, "model.momentum_concentration", 25);
    setup_set(&setup, "model.latent_start", 0.4);
    rig_start(&rig, &setup, NULL, FIRST, LANES);
    *state = &rig;
    return 0;
}

static int end(void **state)
{
    rig_free(*state);
    return 0;
}

static uint32_t word_at(int lane, uint32_t purpose, uint32_t entity, uint32_t index, int which)
{
    struct stream_address address = {SEED, FIRST + (uint32_t)lane, purpose, entity, 0, index};
    uint32_t words[4];
    stream_words(&address, words);
    return words[which];
}

static double uniform_at(int lane, uint32_t purpose, uint32_t entity, uint32_t index, int which)
{
    return (double)stream_uniform(word_at(lane, purpose, entity, index, which));
}

static double normal_at(int lane, uint32_t purpose, uint32_t entity, uint32_t index, int which)
{
    return gsl_cdf_ugaussian_Pinv(uniform_at(lane, purpose, entity, index, which));
}

/* Organisation of a seat: divergence (sector position + 0.4 Normal); frame: that + 0.1 Normal. */
static void positions_and_frames(void **state)
{
    const struct rig *rig = *state;
    const struct block *block = &rig->ensemble.blocks[0];
    for (int seat = 0; seat < rig->scenario.plan.n_seats; seat++) {
        for (int axis = 0; axis < N_AXES; axis++) {
            for (int lane = 0; lane < LANES; lane++) {
                double centre = SECTORS[rig->scenario.plan.seat[seat].sector][axis];
                double position =
                    1.25 * (centre + 0.4 * normal_at(lane, PURPOSE_ORGANISATION, (uint32_t)seat, 0, axis));
                double frame = position + 0.1 * normal_at(lane, PURPOSE_START_FRAME, 0, (uint32_t)seat, axis);
                assert_close((double)block->position[axis][seat][lane], position, 1e-5);
                assert_close((double)block->frame[axis][seat][lane], frame, 1e-5);
            }
        }
    }
}

/* Beta quantiles of one uniform each, four items to a block; GSL's quantile where the table's chords are short. */
static void trust_momentum_skill(void **state)
{
    const struct rig *rig = *state;
    const struct block *block = &rig->ensemble.blocks[0];
    for (int lane = 0; lane < LANES; lane++) {
        for (int tie = 0; tie < rig->scenario.plan.n_ties; tie++) {
            double u = uniform_at(lane, PURPOSE_START_TRUST, 0, (uint32_t)tie / 4, tie % 4);
            if (u > 0.01 && u < 0.99) {
                double expected = gsl_cdf_beta_Pinv(u, 20 * 0.35, 20 * 0.65);
                assert_close((double)block->trust[tie][lane], expected, 1e-4);
            }
        }
        for (int seat = 0; seat < rig->scenario.plan.n_seats; seat++) {
            double u = uniform_at(lane, PURPOSE_START_MOMENTUM, 0, (uint32_t)seat / 4, seat % 4);
            if (u > 0.01 && u < 0.99) {
                double own = (double)block->commitment[lane] + gsl_cdf_beta_Pinv(u, 25 * 0.7, 25 * 0.3) - 0.7;
                assert_close((double)block->momentum[seat][lane], fmin(fmax(own, 0.01), 1), 1e-4);
            }
        }
        double u = uniform_at(lane, PURPOSE_CONVENER, 0, 0, 0);
        double skill = gsl_cdf_beta_Pinv(u, 20 * 0.6, 20 * 0.4);
        assert_close((double)block->skill[lane], skill, 1e-3);
        double commitment = gsl_cdf_beta_Pinv(uniform_at(lane, PURPOSE_CONVENER, 0, 0, 1), 30 * 0.7, 30 * 0.3);
        assert_close((double)block->commitment[lane], commitment, 1e-3);
    }
}

/* latent = latent_start phi(delta^2), open = 0, everything unexplored */
static void tension(void **state)
{
    const struct rig *rig = *state;
    const struct block *block = &rig->ensemble.blocks[0];
    for (int tie = 0; tie < rig->scenario.plan.n_ties; tie++) {
        const struct pair *pair = &rig->scenario.plan.pair[tie];
        for (int lane = 0; lane < LANES; lane++) {
            double squares = 0;
            for (int axis = 0; axis < N_AXES; axis++) {
                double gap = (double)block->frame[axis][pair->i][lane] - (double)block->frame[axis][pair->j][lane];
                squares += gap * gap;
            }
            assert_close((double)block->latent[tie][lane], 0.4 * fraction(squares), RULE_TOLERANCE);
            assert_true(block->open[tie][lane] == 0.0F && block->unexplored[tie][lane] == 1.0F);
        }
    }
}

static void problem(void **state)
{
    const struct rig *rig = *state;
    const struct block *block = &rig->ensemble.blocks[0];
    for (int lane = 0; lane < LANES; lane++) {
        for (int cause = 0; cause < 4; cause++) {
            int known = uniform_at(lane, PURPOSE_KNOWN, 0, 0, cause) < 0.25;
            assert_int_equal(block->diagnosed[cause][lane], known);
            assert_int_equal(block->addressed[cause][lane], 0);
        }
        for (int layer = 0; layer < 12; layer++) {
            uint32_t word = word_at(lane, PURPOSE_OWNER, 0, (uint32_t)layer / 4, layer % 4);
            assert_int_equal(block->owner[layer][lane], word >> 30); /* four sectors: the two highest bits */
        }
    }
}

static void constants_and_means(void **state)
{
    const struct rig *rig = *state;
    const struct block *block = &rig->ensemble.blocks[0];
    for (int lane = 0; lane < LANES; lane++) {
        assert_true(block->symptom[lane] == 0.65F);
        assert_true(block->pressure[lane] == 0.0F && block->budget[lane] == 1.0F && block->relevance[lane] == 1.0F);
        assert_true(block->fatigue[lane] == 0.0F && block->failed[lane] == 0 && block->mean_unexplored[lane] == 1.0F);
        assert_true(block->formation[lane] && block->alive[lane] && block->goes_on[lane]);
        assert_int_equal(block->n_diagnosed[lane], block->diagnosed[0][lane] + block->diagnosed[1][lane] +
                                                       block->diagnosed[2][lane] + block->diagnosed[3][lane]);
        assert_true(block->wins[lane] == 0.0F);
        double trust = 0;
        double latent = 0;
        double momentum = 0;
        for (int seat = 0; seat < 14; seat++) {
            assert_true(block->standing[seat][lane] == 0.35F && block->appreciation[seat][lane] == 0.45F);
            assert_int_equal(block->inside[seat][lane], seat < 10);
            momentum += seat < 10 ? (double)block->momentum[seat][lane] / 10 : 0;
        }
        for (int tie = 0; tie < 45; tie++) { /* the ties of the first ten seats come first */
            trust += (double)block->trust[tie][lane] / 45;
            latent += (double)block->latent[tie][lane] / 45;
        }
        assert_int_equal(block->n_inside[lane], 10);
        assert_close((double)block->mean_trust[lane], trust, RULE_TOLERANCE);
        assert_close((double)block->mean_latent[lane], latent, RULE_TOLERANCE);
        assert_close((double)block->mean_momentum[lane], momentum, RULE_TOLERANCE);
        assert_true(block->mean_open[lane] == 0.0F);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_and_frames),
        cmocka_unit_test(trust_momentum_skill),
        cmocka_unit_test(tension),
        cmocka_unit_test(problem),
        cmocka_unit_test(constants_and_means),
    };
    return cmocka_run_group_tests(tests, start, end);
}
