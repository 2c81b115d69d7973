/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "trial.h"
#include "run/replay.h"

/* One run again is the run: all outcomes and trajectories, bit by bit, of a study with summaries and of a programme. */

static void study_of(struct setup *setup, struct study *study, int collaborations)
{
    setup_begin(setup, 9);
    setup_set(setup, "months", 24);
    setup_set(setup, "aftercare_months", 6);
    setup_set(setup, "programme.collaborations", collaborations);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
    *study = trial_study(setup, 300);
    study->trajectories = TRAJECTORIES_RUNS;
    study->every = 3;
}

static void compare(const struct study *study, const struct kept *kept, int replicate)
{
    struct parcel again;
    assert_int_equal(replay_run(study, 0, replicate, &again), DREDGE_OK);
    assert_int_equal(again.span.first, replicate);
    assert_int_equal(again.span.n_replicates, 1);
    assert_int_equal(again.n_samples, 10);
    for (int k = 0; k < kept->n; k++) {
        const struct parcel *parcel = &kept->parcels[k];
        int within = replicate - parcel->span.first;
        if (within < 0 || within >= parcel->span.n_replicates) {
            continue;
        }
        for (int row = 0; row < N_OUTCOMES * 2; row++) {
            assert_memory_equal(&again.outcomes[row], &parcel->outcomes[row * parcel->span.n_replicates + within],
                                sizeof again.outcomes[0]);
        }
        for (int row = 0; row < N_SERIES * 2; row++) {
            assert_memory_equal(&again.runs[(size_t)row * 10],
                                &parcel->runs[(size_t)(row * parcel->span.n_replicates + within) * 10],
                                10 * sizeof again.runs[0]);
        }
    }
    parcel_free(&again);
}

static void single_collaborations(void **state)
{
    (void)state;
    static const int replicates[] = {0, 17, 255, 256, 299};
    struct setup setup;
    struct study study;
    struct kept kept = {0, 0, NULL};
    struct runner_options options = {.n_threads = 3};
    struct runner_sink sink = {.context = &kept, .append = kept_append};
    study_of(&setup, &study, 1);
    assert_int_equal(runner_run(&study, &options, &sink), DREDGE_OK);
    for (int k = 0; k < 5; k++) {
        compare(&study, &kept, replicates[k]);
    }
    kept_free(&kept);
}

static void programmes(void **state)
{
    (void)state;
    struct setup setup;
    struct study study;
    struct kept kept = {0, 0, NULL};
    struct runner_options options = {.n_threads = 3};
    struct runner_sink sink = {.context = &kept, .append = kept_append};
    study_of(&setup, &study, 20);
    study.replication.min = study.replication.max = 4;
    assert_int_equal(runner_run(&study, &options, &sink), DREDGE_OK);
    compare(&study, &kept, 0);
    compare(&study, &kept, 3);
    kept_free(&kept);
}

/* A study that stops by precision, or keeps summaries, is replayed with trajectories all the same. */
static void whatever_the_study_keeps(void **state)
{
    (void)state;
    struct setup setup;
    struct study study;
    struct parcel one;
    struct parcel other;
    study_of(&setup, &study, 1);
    assert_int_equal(replay_run(&study, 0, 5, &one), DREDGE_OK);
    study.trajectories = TRAJECTORIES_NONE;
    study.replication.outcome = 0;
    study.replication.half_width = 0.1;
    assert_int_equal(replay_run(&study, 0, 5, &other), DREDGE_OK);
    assert_memory_equal(one.runs, other.runs, sizeof(float) * N_SERIES * 2 * 10);
    assert_memory_equal(one.outcomes, other.outcomes, sizeof(double) * N_OUTCOMES * 2);
    parcel_free(&one);
    parcel_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_collaborations),
        cmocka_unit_test(programmes),
        cmocka_unit_test(whatever_the_study_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
