/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "setup.h"
#include "state.h"
#include "trial.h"
#include "engine/outcomes.h"
#include "engine/world.h"

/* What must not matter, or only in a known way: when a study ends, into how many phases a regime is cut, seats that nobody ever
 * takes, which of two equal sectors is which, and in how many collaborations a programme is counted. */

static void begin(struct setup *setup, uint64_t seed)
{
    setup_begin(setup, seed);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
}

/* A shorter horizon is a prefix: the same bits after its months. */
static void shorter_horizons(void **state)
{
    (void)state;
    struct setup setup;
    struct rig brief;
    struct rig whole;
    begin(&setup, 21);
    rig_start(&whole, &setup, NULL, 0, LANES);
    setup_set(&setup, "months", 48);
    rig_start(&brief, &setup, NULL, 0, LANES);
    for (int month = 0; month < 48; month++) {
        rig_steps(&brief, 1);
        rig_steps(&whole, 1);
        for (int regime = 0; regime < 2; regime++) {
            state_assert_block(&brief.ensemble.blocks[regime], &whole.ensemble.blocks[regime], &whole.scenario);
        }
    }
    rig_free(&brief);
    rig_free(&whole);
}

/* What is set in the first month is as if the study had it, where the start does not look at it; what it is said again to be
 * changes nothing. */
static void set_from_the_start(void **state)
{
    (void)state;
    static const char *const keys[] = {"funder.target", "model.gen_work", "sectors.private.patience",
                                       "government.convenes", "model.lapse"};
    static const double values[] = {2, 0.3, 0.5, 1, 0.2};
    struct setup setup;
    struct rig rigs[2];
    struct act acts[15];
    begin(&setup, 24);
    rig_start(&rigs[1], &setup, NULL, 0, LANES);
    for (int k = 0; k < 5; k++) {
        for (int again = 0; again < 3; again++) {
            acts[3 * k + again] =
                (struct act){1 + 40 * again, 3 * k + again, ACT_SET, parameter_find(keys[k]), values[k]};
        }
        setup_set(&setup, keys[k], values[k]);
    }
    assert_int_equal(scenario_let_happen(&rigs[1].scenario, 15, acts), DREDGE_OK);
    scenario_tables(&rigs[1].scenario);
    rig_start(&rigs[0], &setup, NULL, 0, LANES);
    for (int month = 0; month < 140; month++) {
        rig_steps(&rigs[0], 1);
        rig_steps(&rigs[1], 1);
        for (int regime = 0; regime < 2; regime++) {
            state_assert_block(&rigs[0].ensemble.blocks[regime], &rigs[1].ensemble.blocks[regime], &rigs[0].scenario);
        }
    }
    rig_free(&rigs[0]);
    rig_free(&rigs[1]);
}

/* A regime cut into phases that steer alike gives the same bits. */
static void split_phases(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 22);
    (void)setup_regime(&setup, "linear_sustained");
    (void)setup_regime(&setup, "linear_sustained");
    struct regime *split = &setup.regimes[1];
    for (int phase = 1; phase < REGIME_MAX_PHASES; phase++) {
        split->phase[phase] = split->phase[0];
        split->phase[phase].from = 5 * phase;
    }
    split->n_phases = REGIME_MAX_PHASES;
    rig_start(&rig, &setup, NULL, 0, LANES);
    for (int month = 0; month < 130; month++) {
        rig_steps(&rig, 1);
        state_assert_block(&rig.ensemble.blocks[0], &rig.ensemble.blocks[1], &rig.scenario);
    }
    rig_free(&rig);
}

/* Seats outside that nobody ever takes, and that neither block nor weigh in aftercare, change nothing inside. */
static void seats_never_taken(void **state)
{
    (void)state;
    static const char *const keys[] = {"model.invite", "model.block", "model.absent"};
    struct setup setup;
    struct rig rigs[2];
    begin(&setup, 23);
    setup_set_all(&setup, 3, keys, 0);
    for (int more = 0; more < 2; more++) {
        for (int sector = 0; sector < N_SECTORS; sector++) {
            setup.parameters.sector[sector].outside = more ? 3 : 1;
        }
        rig_start(&rigs[more], &setup, NULL, 0, LANES);
    }
    for (int month = 0; month < 150; month++) {
        rig_steps(&rigs[0], 1);
        rig_steps(&rigs[1], 1);
        for (int regime = 0; regime < 2; regime++) {
            const struct block *a = &rigs[0].ensemble.blocks[regime], *b = &rigs[1].ensemble.blocks[regime];
            assert_memory_equal(a->trust, b->trust, 45 * sizeof(lane_real)); /* the ties of ten seats come first */
            assert_memory_equal(a->unexplored, b->unexplored, 45 * sizeof(lane_real));
            assert_memory_equal(a->momentum, b->momentum, 10 * sizeof(lane_real));
            assert_memory_equal(a->inside, b->inside, 10 * sizeof(lane_whole));
            assert_memory_equal(a->addressed, b->addressed, 4 * sizeof(lane_whole));
            assert_memory_equal(a->symptom, b->symptom, sizeof(lane_real));
            assert_memory_equal(a->goes_on, b->goes_on, sizeof(lane_whole));
        }
    }
    rig_free(&rigs[0]);
    rig_free(&rigs[1]);
}

/* Two sectors that change places, with their seats and profiles, give the same distribution: means within four standard errors
 * of both, on 12 comparisons; false alarm below 0.001. */
static void sectors_that_change_places(void **state)
{
    (void)state;
    static const enum outcome outcomes[] = {OUTCOME_structural_share, OUTCOME_quick_results, OUTCOME_trust_end,
                                            OUTCOME_momentum_end,     OUTCOME_inclusion,     OUTCOME_survival};
    struct trial trials[2];
    for (int swapped = 0; swapped < 2; swapped++) {
        struct setup setup;
        begin(&setup, 24 + (uint64_t)swapped); /* luck of its own */
        setup.parameters.sector[SECTOR_PRIVATE].inside = 5;
        setup.parameters.sector[SECTOR_NONPROFIT].inside = 2;
        if (swapped) {
            struct sector_parameters kept = setup.parameters.sector[SECTOR_PRIVATE];
            setup.parameters.sector[SECTOR_PRIVATE] = setup.parameters.sector[SECTOR_NONPROFIT];
            setup.parameters.sector[SECTOR_NONPROFIT] = kept;
        }
        trial_run(&trials[swapped], &setup, 800);
    }
    for (size_t k = 0; k < sizeof outcomes / sizeof *outcomes; k++) {
        for (int regime = 0; regime < 2; regime++) {
            struct estimate a = trial_mean(&trials[0], outcomes[k], regime);
            struct estimate b = trial_mean(&trials[1], outcomes[k], regime);
            assert_close(a.mean, b.mean, ESTIMATE_ERRORS * hypot(a.error, b.error) + 1e-9);
        }
    }
    trial_free(&trials[0]);
    trial_free(&trials[1]);
}

static void outcomes_of_programme(int n, double outcomes[N_OUTCOME_COLUMNS])
{
    struct setup setup;
    struct scenario scenario = {0};
    struct world world;
    setup_begin(&setup, 26);
    (void)setup_regime(&setup, "iterative");
    setup_set(&setup, "months", 60);
    setup_set(&setup, "programme.collaborations", n);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        struct sector_parameters *own = &setup.parameters.sector[sector];
        own->organisations = n * (own->inside + own->outside) / 2;
    }
    setup_scenario(&setup, &scenario);
    assert_int_equal(world_init(&world, kernel_best(), &scenario, 0, n, 2), DREDGE_OK);
    world_start(&world, 0, 0);
    for (int month = 0; month < 60; month++) {
        world_step(&world, 0);
    }
    assert_true(world_outcomes(&world, outcomes));
    world_free(&world);
    scenario_free(&scenario);
}

/* A programme twice as large, with twice the organisations, has the same means: 400 against 800 collaborations, within 0.05 for
 * shares (a standard deviation of 0.2 gives standard errors of 0.010 and 0.007; neighbours share organisations). */
static void larger_programmes(void **state)
{
    (void)state;
    double half[N_OUTCOME_COLUMNS], whole[N_OUTCOME_COLUMNS];
    outcomes_of_programme(400, half);
    outcomes_of_programme(800, whole);
    static const enum outcome outcomes[] = {OUTCOME_structural_share, OUTCOME_trust_end, OUTCOME_momentum_end,
                                            OUTCOME_inclusion, OUTCOME_symptom_burden};
    for (size_t k = 0; k < sizeof outcomes / sizeof *outcomes; k++) {
        assert_close(half[outcomes[k]], whole[outcomes[k]], 0.05);
    }
}

/* Where organisations learn nothing, collaborations at the same organisations give the same bits whatever sits beside them: the
 * first 48 of 64 and of 128, with two organisations for each. All seats are public, since the organisations of later sectors have
 * other numbers in a larger programme. */
static void collaborations_beside(void **state)
{
    (void)state;
    static const char *const keys[] = {"model.org_learning", "model.org_shift"};
    struct scenario scenarios[2] = {{0}};
    struct world worlds[2];
    for (int k = 0; k < 2; k++) {
        struct setup setup;
        int n = 64 << k;
        begin(&setup, 27);
        setup_set_all(&setup, 2, keys, 0);
        setup_set(&setup, "programme.collaborations", n);
        for (int sector = 0; sector < N_SECTORS; sector++) {
            struct sector_parameters *own = &setup.parameters.sector[sector];
            own->inside = sector == SECTOR_PUBLIC ? 5 : 0;
            own->outside = sector == SECTOR_PUBLIC ? 2 : 0;
            own->organisations = sector == SECTOR_PUBLIC ? 2 * n : 0;
        }
        setup_scenario(&setup, &scenarios[k]);
        assert_int_equal(world_init(&worlds[k], kernel_best(), &scenarios[k], 0, n, 1 + k), DREDGE_OK);
        world_start(&worlds[k], 0, 0);
    }
    for (int month = 0; month < 130; month++) {
        world_step(&worlds[0], 0);
        world_step(&worlds[1], 0);
        for (int block = 0; block < 48 / LANES; block++) {
            state_assert_block(&worlds[0].blocks[block], &worlds[1].blocks[block], &scenarios[0]);
        }
    }
    for (int k = 0; k < 2; k++) {
        world_free(&worlds[k]);
        scenario_free(&scenarios[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shorter_horizons),
        cmocka_unit_test(set_from_the_start),
        cmocka_unit_test(split_phases),
        cmocka_unit_test(seats_never_taken),
        cmocka_unit_test(sectors_that_change_places),
        cmocka_unit_test(larger_programmes),
        cmocka_unit_test(collaborations_beside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
