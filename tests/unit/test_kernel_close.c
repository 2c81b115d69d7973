/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "rules.h"
#include "setup.h"
#include "state.h"
#include "base/stream.h"
#include "model/purpose.h"

/* The end of a month: totals, ended collaborations, unused lanes, aftercare, series. */

enum { SEED = 5 };

static void begin(struct setup *setup)
{
    setup_begin(setup, SEED);
    setup_set(setup, "months", 60);
    (void)setup_regime(setup, "iterative");
}

/* Sums of what was observed month by month. */
static void totals_are_sums(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    rig_start(&rig, &setup, NULL, 0, LANES);
    const struct block *block = &rig.ensemble.blocks[0];
    struct work *work = &rig.ensemble.work;
    double sums[LANES][6] = {{0}};
    double first[LANES], year3[LANES], person_months[LANES] = {0};
    for (int lane = 0; lane < LANES; lane++) {
        first[lane] = -1;
    }
    for (int month = 0; month < 60; month++) {
        for (int lane = 0; lane < LANES; lane++) {
            person_months[lane] += block->alive[lane] ? block->n_inside[lane] : 0;
        }
        rig_steps(&rig, 1);
        rig.ensemble.kernel->observe(block, work, &rig.scenario);
        for (int lane = 0; lane < LANES; lane++) {
            static const enum series observed[6] = {SERIES_process_share, SERIES_pressure,    SERIES_symptom,
                                                    SERIES_quick_results, SERIES_escalations, SERIES_turnover};
            for (int k = 0; k < 6; k++) {
                sums[lane][k] += (double)work->series[observed[k]][lane];
            }
            int won = work->quick[lane] + work->structural[lane] > 0;
            first[lane] = first[lane] < 0 && won ? month : first[lane];
            year3[lane] = month == 35 ? (double)block->symptom[lane] : year3[lane];
        }
    }
    const struct totals *totals = &block->totals;
    for (int lane = 0; lane < LANES; lane++) {
        const float *const rows[6] = {totals->process, totals->pressure,    totals->symptom,
                                      totals->quick,   totals->escalations, totals->turnover};
        for (int k = 0; k < 6; k++) {
            assert_close((double)rows[k][lane], sums[lane][k], 1e-4); /* 60 roundings of sums up to 60 */
        }
        assert_close((double)totals->first_win[lane], first[lane], 0);
        assert_close((double)totals->symptom_year3[lane], year3[lane], 0);
        assert_close((double)totals->person_months[lane], person_months[lane], 0);
        assert_close((double)totals->addressed_end[lane], block->n_addressed[lane], 0);
        assert_close((double)totals->solved_end[lane], block->n_solved[lane], 0);
    }
    rig_free(&rig);
}

/* Series of a month against the state and flows that they name. */
static void series(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    rig_start(&rig, &setup, NULL, 0, LANES);
    rig_steps(&rig, 40);
    const struct block *block = &rig.ensemble.blocks[0];
    struct work *work = &rig.ensemble.work;
    rig.ensemble.kernel->observe(block, work, &rig.scenario);
    for (int lane = 0; lane < LANES; lane++) {
        int addressed = 0;
        int solved = 0;
        for (int cause = 0; cause < 4; cause++) {
            addressed += block->addressed[cause][lane];
            solved += block->addressed[cause][lane] == 3;
        }
        int k = block->n_inside[lane];
        const struct {
            enum series series;
            double expected;
        } cases[] = {
            {SERIES_structural_share, addressed / 12.0},
            {SERIES_solved_share, solved / 4.0},
            {SERIES_quick_results, work->quick[lane]},
            {SERIES_symptom, (double)block->symptom[lane]},
            {SERIES_trust, (double)block->mean_trust[lane]},
            {SERIES_momentum, (double)block->mean_momentum[lane]},
            {SERIES_latent, (double)block->mean_latent[lane]},
            {SERIES_open, (double)block->mean_open[lane]},
            {SERIES_turnover, work->left[lane]},
            {SERIES_inclusion, k / 14.0},
            {SERIES_process_share, (double)work->process[lane]},
            {SERIES_pressure, (double)block->pressure[lane]},
            {SERIES_budget, (double)block->budget[lane]},
            {SERIES_survival, block->alive[lane]},
        };
        for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
            assert_close((double)work->series[cases[c].series][lane], cases[c].expected, RULE_TOLERANCE);
        }
    }
    rig_free(&rig);
}

/* From its end on a collaboration makes no effort and keeps its persons, ties, organisations, pressure, budget and
 * visibility; causes and symptom go on (checked against one that lives: they move in some month). */
static void ended_is_frozen(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    struct rig kept;
    begin(&setup);
    setup_set(&setup, "model.relapse", 0.1);
    rig_start(&rig, &setup, NULL, 0, LANES);
    rig_start(&kept, &setup, NULL, 0, LANES);
    rig_steps(&rig, 30);
    rig_steps(&kept, 30);
    struct block *block = &rig.ensemble.blocks[0];
    struct block *before = &kept.ensemble.blocks[0];
    for (int lane = 0; lane < LANES; lane++) {
        block->alive[lane] = before->alive[lane] = 0;
    }
    rig_steps(&rig, 30);
    int n_lost = 0;
    for (int lane = 0; lane < LANES; lane++) {
        assert_true(rig.ensemble.work.process[lane] == 0.0F && rig.ensemble.work.quick[lane] == 0);
        assert_true(block->totals.quick[lane] == before->totals.quick[lane]);
        assert_true(block->totals.person_months[lane] == before->totals.person_months[lane]);
        for (int cause = 0; cause < 4; cause++) {
            n_lost += before->addressed[cause][lane] - block->addressed[cause][lane];
            assert_true(block->addressed[cause][lane] <= before->addressed[cause][lane]);
        }
        assert_true(block->symptom[lane] != before->symptom[lane]);
        /* what may move is set equal, then the rest must be equal */
        block->symptom[lane] = before->symptom[lane];
        block->n_addressed[lane] = before->n_addressed[lane];
        block->n_solved[lane] = before->n_solved[lane];
        block->wins[lane] = before->wins[lane];
        block->quick_since[lane] = before->quick_since[lane];
        block->structural_since[lane] = before->structural_since[lane];
        block->formation[lane] = before->formation[lane];
        for (int cause = 0; cause < 4; cause++) {
            block->addressed[cause][lane] = before->addressed[cause][lane];
            block->diagnosed[cause][lane] = before->diagnosed[cause][lane];
        }
    }
    assert_true(n_lost > 0);
    block->totals = before->totals;
    state_assert_block(block, before, &rig.scenario);
    rig_free(&rig);
    rig_free(&kept);
}

/* Lanes beyond those in use never live. */
static void unused_lanes(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    rig_start(&rig, &setup, NULL, 0, 3);
    for (int month = 0; month < 24; month++) {
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            assert_int_equal(rig.ensemble.blocks[0].alive[lane], lane < 3);
        }
    }
    rig_free(&rig);
}

/* Each addressed layer falls back with probability phi(unsupported L); then P <- P + regenerate ((1 - S) - P). */
static void aftercare(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_set(&setup, "model.unsupported", 0.4);
    rig_start(&rig, &setup, NULL, 0, LANES);
    rig_steps(&rig, 60);
    struct block *block = &rig.ensemble.blocks[0];
    int n_fallen = 0;
    for (int lane = 0; lane < LANES; lane++) {
        for (int cause = 0; cause < 4; cause++) {
            block->addressed[cause][lane] = cause;
        }
    }
    for (uint32_t month = 60; month < 72; month++) {
        int32_t before[4][LANES];
        lane_real symptom;
        memcpy(before, block->addressed, sizeof before);
        memcpy(symptom, block->symptom, sizeof symptom);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            int sum = 0;
            for (uint32_t layer = 0; layer < 12; layer++) {
                struct stream_address address = {SEED, (uint32_t)lane, PURPOSE_AFTERCARE, 0, month, layer / 4};
                uint32_t words[4];
                stream_words(&address, words);
                int falls = (double)stream_uniform(words[layer % 4]) < fraction(0.4 * (double)block->mean_latent[lane]);
                int is_addressed = (int)layer % 3 < before[layer / 3][lane];
                n_fallen += is_addressed && falls;
                sum += is_addressed && !falls;
            }
            assert_int_equal(block->n_addressed[lane], sum);
            double p = (double)symptom[lane];
            assert_close((double)block->symptom[lane], p + 0.05 * (1 - sum / 12.0 - p), RULE_TOLERANCE);
        }
    }
    assert_true(n_fallen > 20);
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_sums), cmocka_unit_test(series),    cmocka_unit_test(ended_is_frozen),
        cmocka_unit_test(unused_lanes),    cmocka_unit_test(aftercare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
