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

enum { OBSERVED = 9 };
static const enum series observed[OBSERVED] = {SERIES_process_share, SERIES_pressure,  SERIES_symptom,
                                               SERIES_quick_results, SERIES_relevance, SERIES_escalations,
                                               SERIES_paper_results, SERIES_turnover,  SERIES_withdrawals};

static double sum(int n, const lane_real *rows, int lane)
{
    double all = 0;
    for (int row = 0; row < n; row++) {
        all += (double)rows[row][lane];
    }
    return all;
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
    double sums[LANES][OBSERVED] = {{0}}, found[LANES] = {0}, learning[LANES] = {0};
    double first[LANES][3] = {{0}}, year3[LANES], person_months[LANES] = {0};
    for (int month = 0; month < 60; month++) {
        for (int lane = 0; lane < LANES; lane++) {
            person_months[lane] += block->alive[lane] ? block->n_inside[lane] : 0;
        }
        rig_steps(&rig, 1);
        rig.ensemble.kernel->observe(block, work, &rig.scenario);
        for (int lane = 0; lane < LANES; lane++) {
            for (int k = 0; k < OBSERVED; k++) {
                sums[lane][k] += (double)work->series[observed[k]][lane];
            }
            for (int source = 0; source < N_SOURCES; source++) {
                found[lane] += work->found[source][lane];
            }
            for (int pair = 0; pair < N_SECTOR_PAIRS; pair++) {
                learning[lane] += (double)work->pair_learning[pair][lane];
            }
            const int happened[3] = {work->quick[lane] + work->structural[lane] > 0, block->n_addressed[lane] > 0,
                                     block->n_solved[lane] > 0};
            for (int k = 0; k < 3; k++) {
                first[lane][k] = first[lane][k] == 0 && happened[k] ? month + 1 : first[lane][k];
            }
            year3[lane] = month == 35 ? (double)block->symptom[lane] : year3[lane];
        }
    }
    const struct totals *totals = &block->totals;
    for (int lane = 0; lane < LANES; lane++) {
        const float *const rows[6] = {totals->process, totals->pressure,  totals->symptom,
                                      totals->quick,   totals->relevance, totals->escalations};
        for (int k = 0; k < 6; k++) {
            assert_close((double)rows[k][lane], sums[lane][k], 1e-4); /* 60 roundings of sums up to 60 */
        }
        assert_close((double)totals->paper[lane], sums[lane][6], 0);
        assert_close(sum(N_SECTORS, totals->turnover, lane), sums[lane][7], 0);
        assert_close(sum(N_SECTORS, totals->withdrawals, lane), sums[lane][8], 0);
        assert_close(sum(N_SOURCES, totals->found, lane), found[lane], 0);
        assert_close(sum(N_SECTOR_PAIRS, totals->learning, lane), learning[lane], 1e-3);
        assert_close((double)totals->first_win[lane], first[lane][0], 0);
        assert_close((double)totals->first_layer[lane], first[lane][1], 0);
        assert_close((double)totals->first_cause[lane], first[lane][2], 0);
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
            {SERIES_relevance, (double)block->relevance[lane]},
            {SERIES_skill, (double)block->skill[lane]},
            {SERIES_unexplored, (double)block->mean_unexplored[lane]},
            {SERIES_paper_results, work->paper[lane]},
            {SERIES_inclusion, k / 14.0},
            {SERIES_process_share, (double)work->process[lane]},
            {SERIES_pressure, (double)block->pressure[lane]},
            {SERIES_budget, (double)block->budget[lane]},
            {SERIES_survival, block->goes_on[lane]},
        };
        for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
            assert_close((double)work->series[cases[c].series][lane], cases[c].expected, RULE_TOLERANCE);
        }
    }
    rig_free(&rig);
}

/* From its end on a collaboration makes no effort and keeps its persons, ties, organisations, convener, pressure, budget,
 * relevance and fatigue; its layers fall back as without support, diagnoses go stale, and the symptom goes on. */
static void ended_is_frozen(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    struct rig kept;
    begin(&setup);
    setup_set(&setup, "model.unsupported", 0.2);
    setup_set(&setup, "model.stale", 0.2);
    setup_set(&setup, "model.succession", 0.5);
    rig_start(&rig, &setup, NULL, 0, LANES);
    rig_start(&kept, &setup, NULL, 0, LANES);
    rig_steps(&rig, 30);
    rig_steps(&kept, 30);
    struct block *block = &rig.ensemble.blocks[0];
    struct block *before = &kept.ensemble.blocks[0];
    for (int lane = 0; lane < LANES; lane++) {
        block->alive[lane] = before->alive[lane] = 0;
        block->goes_on[lane] = before->goes_on[lane] = 0;
        for (int cause = 0; cause < 4; cause++) {
            block->diagnosed[cause][lane] = before->diagnosed[cause][lane] = 3;
            block->addressed[cause][lane] = before->addressed[cause][lane] = 2;
        }
    }
    rig_steps(&rig, 30);
    int n_lost = 0, n_stale = 0;
    for (int lane = 0; lane < LANES; lane++) {
        assert_true(rig.ensemble.work.process[lane] == 0.0F && rig.ensemble.work.quick[lane] == 0);
        assert_true(block->totals.quick[lane] == before->totals.quick[lane]);
        assert_true(block->totals.person_months[lane] == before->totals.person_months[lane]);
        for (int cause = 0; cause < 4; cause++) {
            n_lost += 2 - block->addressed[cause][lane];
            n_stale += 3 - block->diagnosed[cause][lane];
            assert_true(block->addressed[cause][lane] <= 2);
        }
        assert_true(block->symptom[lane] != before->symptom[lane]);
        /* what may move is set equal, then the rest must be equal */
        block->symptom[lane] = before->symptom[lane];
        block->n_diagnosed[lane] = before->n_diagnosed[lane];
        block->n_addressed[lane] = before->n_addressed[lane];
        block->n_solved[lane] = before->n_solved[lane];
        block->wins[lane] = before->wins[lane];
        block->counted_since[lane] = before->counted_since[lane];
        block->structural_since[lane] = before->structural_since[lane];
        block->formation[lane] = before->formation[lane];
        for (int cause = 0; cause < 4; cause++) {
            block->addressed[cause][lane] = before->addressed[cause][lane];
            block->diagnosed[cause][lane] = before->diagnosed[cause][lane];
        }
    }
    assert_true(n_lost > 20 && n_stale > 20);
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

static double uniform_at(int lane, uint32_t purpose, uint32_t month, uint32_t item)
{
    struct stream_address address = {SEED, (uint32_t)lane, purpose, 0, month, item / 4};
    uint32_t words[4];
    stream_words(&address, words);
    return (double)stream_uniform(words[item % 4]);
}

/* Checks the relapse of a lane in a month without support: eta (unsupported L + absent (1 - c)). Returns layers lost. */
static int check_relapse(const struct rig *rig, int lane, uint32_t month, lane_whole before[4], double eta)
{
    const struct block *block = &rig->ensemble.blocks[0];
    double rate = eta * (0.4 * (double)block->mean_latent[lane] + 0.2 * (1 - block->n_inside[lane] / 14.0));
    int left = 0, n_fallen = 0;
    for (uint32_t layer = 0; layer < 12; layer++) {
        int is_addressed = (int)layer % 3 < before[layer / 3][lane];
        int falls = uniform_at(lane, PURPOSE_AFTERCARE, month, layer) < fraction(rate);
        n_fallen += is_addressed && falls;
        left += is_addressed && !falls;
    }
    assert_int_equal(block->n_addressed[lane], left);
    return n_fallen;
}

static void begin_unsupported(struct setup *setup, struct rig *rig)
{
    begin(setup);
    setup_set(setup, "model.unsupported", 0.4);
    setup_set(setup, "model.absent", 0.2);
    setup_set(setup, "model.lapse", 0.2);
    setup_set(setup, "model.collapse_below", 0);
    rig_start(rig, setup, NULL, 0, LANES);
}

static void fill_causes(struct block *block)
{
    for (int lane = 0; lane < LANES; lane++) {
        for (int cause = 0; cause < 4; cause++) {
            block->diagnosed[cause][lane] = 3;
            block->addressed[cause][lane] = cause;
        }
    }
}

/* First the lapse, with phi(lapse (1 - M T)); then each addressed layer falls back, half as fast while the collaboration goes
 * on; then P <- P + regenerate ((1 - S) - P). */
static void aftercare(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin_unsupported(&setup, &rig);
    rig_steps(&rig, 60);
    struct block *block = &rig.ensemble.blocks[0];
    int n_fallen = 0, n_lapsed = 0;
    fill_causes(block);
    for (uint32_t month = 60; month < 72; month++) {
        lane_whole before[4], goes_on;
        lane_real symptom;
        memcpy(before, block->addressed, sizeof before);
        memcpy(symptom, block->symptom, sizeof symptom);
        memcpy(goes_on, block->goes_on, sizeof goes_on);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            double lapse = fraction(0.2 * (1 - (double)block->mean_momentum[lane] * (double)block->mean_trust[lane]));
            int lapses = uniform_at(lane, PURPOSE_LAPSE, month, 0) < lapse;
            assert_int_equal(block->goes_on[lane], goes_on[lane] && !lapses);
            assert_true(block->alive[lane]);
            n_lapsed += goes_on[lane] && lapses;
            n_fallen += check_relapse(&rig, lane, month, before, block->goes_on[lane] ? 0.5 : 1);
            double p = (double)symptom[lane], share = block->n_addressed[lane] / 12.0;
            assert_close((double)block->symptom[lane], p + 0.045 * (1 - share - p), RULE_TOLERANCE);
        }
    }
    assert_true(n_fallen > 20 && n_lapsed > 5);
    rig_free(&rig);
}

/* What ended in a supported month relapses in the same way, from the next month on. */
static void ended_relapses_as_after_support(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    int n_fallen = 0;
    begin_unsupported(&setup, &rig);
    rig_steps(&rig, 20);
    struct block *block = &rig.ensemble.blocks[0];
    fill_causes(block);
    for (int lane = 0; lane < LANES; lane += 2) {
        block->alive[lane] = block->goes_on[lane] = 0;
    }
    for (uint32_t month = 20; month < 32; month++) {
        lane_whole before[4];
        memcpy(before, block->addressed, sizeof before);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane += 2) {
            n_fallen += check_relapse(&rig, lane, month, before, 1);
        }
    }
    assert_true(n_fallen > 20);
    rig_free(&rig);
}

/* A state that is not finite is noticed in its month, for good, and in no other lane. */
static void failures(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    begin(&setup);
    setup_set(&setup, "model.collapse_below", 0);
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    rig_steps(&rig, 5);
    block->frame[1][2][3] = INFINITY;
    block->momentum[0][7] = NAN;
    rig_steps(&rig, 3);
    for (int lane = 0; lane < LANES; lane++) {
        assert_int_equal(block->failed[lane], lane == 3 || lane == 7 ? 6 : 0);
    }
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_are_sums), cmocka_unit_test(series),
        cmocka_unit_test(ended_is_frozen), cmocka_unit_test(unused_lanes),
        cmocka_unit_test(aftercare),       cmocka_unit_test(ended_relapses_as_after_support),
        cmocka_unit_test(failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
