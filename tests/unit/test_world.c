/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "state.h"
#include "engine/outcomes.h"
#include "engine/world.h"

enum { MONTHS = 30, AFTERCARE = 6, N = 150 };

static void programme(struct setup *setup, int collaborations)
{
    setup_begin(setup, 20220108);
    setup_set(setup, "months", MONTHS);
    setup_set(setup, "aftercare_months", AFTERCARE);
    setup_set(setup, "programme.collaborations", collaborations);
    setup_set(setup, "programme.organisations.public", 40);
    setup_set(setup, "programme.organisations.private", 60);
    setup_set(setup, "programme.organisations.nonprofit", 30);
    setup_set(setup, "programme.organisations.knowledge", 20);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
}

/* What a world did: its series by month and its outcomes. */
struct record {
    float series[MONTHS + AFTERCARE][N_SERIES_COLUMNS];
    double outcomes[N_OUTCOME_COLUMNS];
};

static void run(struct world *world, uint32_t replicate, int regime, struct record *record)
{
    world_start(world, replicate, regime);
    for (int month = 0; month < MONTHS + AFTERCARE; month++) {
        world_step(world, 1);
        memcpy(record->series[month], world->series, sizeof record->series[month]);
    }
    world_outcomes(world, record->outcomes);
}

static void assert_same(const struct record *a, const struct record *b)
{
    assert_memory_equal(a->series, b->series, sizeof a->series);
    assert_memory_equal(a->outcomes, b->outcomes, sizeof a->outcomes);
}

static void whole(const struct scenario *scenario, const struct kernel *kernel, int n_threads, int regime,
                  struct record *record)
{
    struct world world;
    assert_int_equal(world_init(&world, kernel, scenario, 0, N, n_threads), DREDGE_OK);
    run(&world, 2, regime, record);
    world_free(&world);
    world_free(&world); /* safe when zeroed */
}

/* Any number of threads, any vector level: the same bits. */
static void threads_and_levels(void **state)
{
    (void)state;
    static const int n_threads[] = {2, 3, 8};
    const struct kernel *kernels[SETUP_KERNELS];
    int n_kernels = setup_kernels(kernels);
    struct setup setup;
    struct scenario scenario = {0};
    programme(&setup, N);
    setup_scenario(&setup, &scenario);
    for (int regime = 0; regime < 2; regime++) {
        struct record one;
        struct record other;
        whole(&scenario, kernels[0], 1, regime, &one);
        for (int k = 0; k < 3; k++) {
            whole(&scenario, kernels[0], n_threads[k], regime, &other);
            assert_same(&one, &other);
        }
        for (int k = 1; k < n_kernels; k++) {
            whole(&scenario, kernels[k], 2, regime, &other);
            assert_same(&one, &other);
        }
        assert_true(one.outcomes[OUTCOME_quick_results] > 1);
    }
    scenario_free(&scenario);
}

/* ---- a world in parts, each in a thread of its own that stands for a process ---- */

enum { PARTS = 3, MAX_VALUES = 4096 };

struct meeting {
    pthread_barrier_t barrier;
    int64_t sums[MAX_VALUES];
};

struct part {
    struct meeting *meeting;
    const struct scenario *scenario;
    int number, first, n, regime;
    struct record record;
};

static void meet(void *context, size_t n, int64_t *values)
{
    struct part *part = context;
    struct meeting *meeting = part->meeting;
    (void)pthread_barrier_wait(&meeting->barrier);
    if (part->number == 0) {
        memset(meeting->sums, 0, n * sizeof *values);
    }
    for (int turn = 0; turn < PARTS; turn++) {
        (void)pthread_barrier_wait(&meeting->barrier);
        for (size_t k = 0; turn == part->number && k < n; k++) {
            meeting->sums[k] += values[k];
        }
    }
    (void)pthread_barrier_wait(&meeting->barrier);
    memcpy(values, meeting->sums, n * sizeof *values);
}

static void *live(void *argument)
{
    struct part *part = argument;
    struct world world;
    if (world_init(&world, kernel_best(), part->scenario, part->first, part->n, 1) == DREDGE_OK) {
        world.all_sum = meet;
        world.context = part;
        run(&world, 2, part->regime, &part->record);
        world_free(&world);
    }
    return NULL;
}

/* A world in three unequal parts, none a multiple of the lanes, gives the bits of the whole, in every part. */
static void parts(void **state)
{
    (void)state;
    static struct meeting meeting;
    static struct part part[PARTS];
    static const int firsts[PARTS + 1] = {0, 37, 120, N};
    struct setup setup;
    struct scenario scenario = {0};
    struct record one;
    programme(&setup, N);
    setup_scenario(&setup, &scenario);
    for (int regime = 0; regime < 2; regime++) {
        pthread_t threads[PARTS];
        whole(&scenario, kernel_best(), 2, regime, &one);
        assert_int_equal(pthread_barrier_init(&meeting.barrier, NULL, PARTS), 0);
        for (int k = 0; k < PARTS; k++) {
            part[k] = (struct part){.meeting = &meeting,
                                    .scenario = &scenario,
                                    .number = k,
                                    .first = firsts[k],
                                    .n = firsts[k + 1] - firsts[k],
                                    .regime = regime};
            assert_int_equal(pthread_create(&threads[k], NULL, live, &part[k]), 0);
        }
        for (int k = 0; k < PARTS; k++) {
            assert_int_equal(pthread_join(threads[k], NULL), 0);
            assert_same(&one, &part[k].record);
        }
        assert_int_equal(pthread_barrier_destroy(&meeting.barrier), 0);
    }
    scenario_free(&scenario);
}

/* A programme of one collaboration whose seats are held by the organisations of their number (without outsiders, the
 * organisations of all sectors in the order of the seats) is the same collaboration as in an ensemble. The sums of
 * organisations are rounded to 2^-28, hence the tolerance after a year. */
static void one_collaboration(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    struct world world;
    setup_begin(&setup, 44);
    (void)setup_regime(&setup, "iterative");
    for (int sector = 0; sector < N_SECTORS; sector++) {
        setup.parameters.sector[sector].outside = 0;
    }
    rig_start(&rig, &setup, NULL, 7, 1);
    assert_int_equal(world_init(&world, kernel_best(), &rig.scenario, 0, 1, 1), DREDGE_OK);
    world_start(&world, 7, 0);
    struct block *block = &world.blocks[0];
    for (int seat = 0; seat < rig.scenario.plan.n_seats; seat++) {
        block->organisation[seat][0] = (uint32_t)seat;
    }
    commons_copy(&world.commons, &rig.scenario, block);
    world.kernel->start(block, &rig.scenario);
    state_assert_lane(block, 0, &rig.ensemble.blocks[0], 0, &rig.scenario);
    for (int month = 0; month < 12; month++) {
        world_step(&world, 1);
        rig_steps(&rig, 1);
        const struct block *other = &rig.ensemble.blocks[0];
        commons_copy(&world.commons, &rig.scenario, block);
        for (int seat = 0; seat < rig.scenario.plan.n_seats; seat++) {
            assert_close((double)block->standing[seat][0], (double)other->standing[seat][0], 1e-5);
            assert_close((double)block->appreciation[seat][0], (double)other->appreciation[seat][0], 1e-5);
            assert_close((double)block->position[2][seat][0], (double)other->position[2][seat][0], 1e-5);
        }
        assert_close((double)block->mean_trust[0], (double)other->mean_trust[0], 1e-5);
        assert_close((double)block->symptom[0], (double)other->symptom[0], 1e-5);
        assert_close((double)world.series[SERIES_momentum], (double)other->mean_momentum[0], 1e-5);
    }
    world_free(&world);
    rig_free(&rig);
}

/* Support lasts `months`; from then on nobody works or learns, at no table (docs/model.md 4.8). */
static void support_ends(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario = {0};
    struct record record;
    programme(&setup, N);
    setup_scenario(&setup, &scenario);
    whole(&scenario, kernel_best(), 1, 1, &record);
    for (int month = 0; month < MONTHS + AFTERCARE; month++) {
        const float *series = record.series[month];
        assert_int_equal(series[SERIES_process_share] > 0, month < MONTHS);
        assert_int_equal(series[SERIES_quick_results] > 0, month < MONTHS);
        if (month >= MONTHS) {
            assert_true(series[SERIES_trust] == record.series[MONTHS - 1][SERIES_trust]);
        }
    }
    scenario_free(&scenario);
}

/* Outcomes are means over the collaborations for which they are defined. */
static void means_over_collaborations(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario = {0};
    struct world world;
    struct record record;
    double sums[N_OUTCOME_COLUMNS] = {0};
    int n[N_OUTCOME_COLUMNS] = {0};
    programme(&setup, N);
    setup_scenario(&setup, &scenario);
    assert_int_equal(world_init(&world, kernel_best(), &scenario, 0, N, 2), DREDGE_OK);
    run(&world, 0, 0, &record);
    for (int number = 0; number < N; number++) {
        double own[N_OUTCOME_COLUMNS];
        outcomes_of(&world.blocks[number / LANES], &scenario, number % LANES, own);
        for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
            sums[outcome] += isnan(own[outcome]) ? 0 : own[outcome];
            n[outcome] += !isnan(own[outcome]);
        }
    }
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        assert_int_equal(n[outcome] == 0, isnan(record.outcomes[outcome]) != 0);
        if (n[outcome] > 0) {
            assert_close(record.outcomes[outcome], sums[outcome] / n[outcome], 1e-7);
        }
    }
    assert_int_equal(n[OUTCOME_symptom_year3], 0); /* 30 months */
    assert_true(n[OUTCOME_durability] < N);        /* in some nothing is addressed */
    world_free(&world);
    scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_levels),        cmocka_unit_test(parts),
        cmocka_unit_test(one_collaboration),         cmocka_unit_test(support_ends),
        cmocka_unit_test(means_over_collaborations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
