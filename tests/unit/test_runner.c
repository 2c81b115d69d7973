/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "trial.h"
#include "engine/outcomes.h"

enum { REPLICATES = 300, REGIMES = 2 };

/* Three points that differ in their target; trajectories of every sixth month. */
struct sweep {
    struct setup setup;
    struct study study;
    struct factor factor;
    double values[3];
};

static struct study *begin(struct sweep *sweep, enum trajectories trajectories)
{
    memset(sweep, 0, sizeof *sweep);
    setup_begin(&sweep->setup, 20220101);
    setup_set(&sweep->setup, "months", 36);
    setup_set(&sweep->setup, "aftercare_months", 6);
    (void)setup_regime(&sweep->setup, "linear_kpi");
    (void)setup_regime(&sweep->setup, "iterative");
    sweep->study = trial_study(&sweep->setup, REPLICATES);
    const double targets[3] = {0.5, 1, 2};
    memcpy(sweep->values, targets, sizeof targets);
    sweep->factor.index = parameter_find("funder.target");
    sweep->study.design = (struct design){.method = DESIGN_LIST,
                                          .n_points = 3,
                                          .n_factors = 1,
                                          .factors = &sweep->factor,
                                          .values = sweep->values,
                                          .n_rows = 3};
    sweep->study.trajectories = trajectories;
    sweep->study.every = 6;
    return &sweep->study;
}

static void run(const struct study *study, const struct runner_options *options, struct kept *kept)
{
    struct runner_sink sink = {.context = kept, .append = kept_append};
    assert_int_equal(runner_run(study, options, &sink), DREDGE_OK);
}

static int same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* All outcomes of all runs. */
static void assert_same_outcomes(const struct study *study, const struct kept *a, const struct kept *b)
{
    for (int point = 0; point < study->design.n_points; point++) {
        for (int regime = 0; regime < study->n_regimes; regime++) {
            for (int r = 0; r < study->replication.max; r++) {
                for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
                    assert_true(
                        same(kept_outcome(a, point, outcome, regime, r), kept_outcome(b, point, outcome, regime, r)));
                }
            }
        }
    }
}

/* The tallies of a point and regime, added up over its parcels. */
static struct tally summed(const struct study *study, const struct kept *kept, int point, int regime)
{
    struct tally sum;
    assert_int_equal(tally_init(&sum, N_SERIES, study_n_samples(study)), DREDGE_OK);
    for (int k = 0; k < kept->n; k++) {
        if (kept->parcels[k].span.point == point) {
            const struct tally_code *code = &kept->parcels[k].tallies[regime];
            size_t position = 0;
            assert_true(tally_code_add(code->n_bytes, code->bytes, &position, &sum));
            assert_int_equal(position, code->n_bytes);
        }
    }
    return sum;
}

static void assert_same_tallies(const struct study *study, const struct kept *a, const struct kept *b)
{
    size_t cells = (size_t)N_SERIES * (size_t)study_n_samples(study);
    for (int point = 0; point < study->design.n_points; point++) {
        for (int regime = 0; regime < study->n_regimes; regime++) {
            struct tally one = summed(study, a, point, regime);
            struct tally other = summed(study, b, point, regime);
            assert_int_equal(one.n[0], study->replication.max);
            assert_memory_equal(one.sum, other.sum, cells * sizeof *one.sum);
            assert_memory_equal(one.sum_squares, other.sum_squares, cells * sizeof *one.sum_squares);
            assert_memory_equal(one.bins, other.bins, cells * TALLY_BINS * sizeof *one.bins);
            tally_free(&one);
            tally_free(&other);
        }
    }
}

/* What the runner does is what ensembles do. */
static void as_ensembles_do(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_NONE);
    struct runner_options options = {.n_threads = 2};
    struct kept kept = {0, 0, NULL};
    run(study, &options, &kept);
    setup_set(&sweep.setup, "funder.target", 2);
    struct rig rig;
    rig_start(&rig, &sweep.setup, NULL, 288, 12);
    rig_steps(&rig, 42);
    for (int lane = 0; lane < 12; lane++) {
        for (int regime = 0; regime < REGIMES; regime++) {
            double outcomes[N_OUTCOME_COLUMNS];
            outcomes_of(&rig.ensemble.blocks[regime], &rig.scenario, lane, outcomes);
            for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
                assert_true(same(kept_outcome(&kept, 2, outcome, regime, 288 + lane), outcomes[outcome]));
            }
        }
    }
    rig_free(&rig);
    kept_free(&kept);
}

static void any_number_of_threads(void **state)
{
    (void)state;
    static const int n_threads[] = {2, 3, 8};
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_SUMMARY);
    struct runner_options options = {.n_threads = 1};
    struct kept one = {0, 0, NULL};
    run(study, &options, &one);
    for (int k = 0; k < 3; k++) {
        struct kept other = {0, 0, NULL};
        options.n_threads = n_threads[k];
        run(study, &options, &other);
        assert_same_outcomes(study, &one, &other);
        assert_same_tallies(study, &one, &other);
        kept_free(&other);
    }
    kept_free(&one);
}

static void shards_add_up(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_SUMMARY);
    struct runner_options options = {.n_threads = 2};
    struct kept whole = {0, 0, NULL};
    struct kept parts = {0, 0, NULL};
    run(study, &options, &whole);
    options.n_shards = 4;
    for (options.shard = 0; options.shard < 4; options.shard++) {
        run(study, &options, &parts);
    }
    assert_same_outcomes(study, &whole, &parts);
    assert_same_tallies(study, &whole, &parts);
    kept_free(&whole);
    kept_free(&parts);
}

/* What is there already is not run again. */
static int odd_ones(void *context, int point, int replicate)
{
    (void)context;
    (void)point;
    return replicate % 2;
}

static void only_what_is_missing(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_NONE);
    struct runner_options options = {.n_threads = 2};
    struct kept whole = {0, 0, NULL};
    struct kept part = {0, 0, NULL};
    struct runner_sink sink = {.context = &part, .has = odd_ones, .append = kept_append};
    run(study, &options, &whole);
    assert_int_equal(runner_run(study, &options, &sink), DREDGE_OK);
    int n = 0;
    for (int k = 0; k < part.n; k++) {
        assert_int_equal(part.parcels[k].span.n_replicates, 1);
        assert_int_equal(part.parcels[k].span.first % 2, 0);
        n++;
    }
    assert_int_equal(n, 3 * REPLICATES / 2);
    assert_true(same(kept_outcome(&whole, 1, 0, 1, 298), kept_outcome(&part, 1, 0, 1, 298)));
    kept_free(&whole);
    kept_free(&part);
}

/* Trajectories of single runs hold what an ensemble observes in the last month of each step; summaries count them. */
static void trajectories(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_RUNS);
    struct runner_options options = {.n_threads = 3};
    struct kept runs = {0, 0, NULL};
    struct kept summaries = {0, 0, NULL};
    run(study, &options, &runs);
    study->trajectories = TRAJECTORIES_SUMMARY;
    run(study, &options, &summaries);
    struct tally tally = summed(study, &summaries, 0, 1);
    float statistics[N_STATISTICS][7];
    tally_statistics(&tally, SERIES_trust, &statistics[0][0]);
    for (int sample = 0; sample < 7; sample++) {
        double mean = 0;
        for (int k = 0; k < runs.n; k++) {
            const struct parcel *parcel = &runs.parcels[k];
            assert_int_equal(parcel->n_samples, 7);
            int row = (SERIES_trust * REGIMES + 1) * parcel->span.n_replicates;
            for (int r = 0; parcel->span.point == 0 && r < parcel->span.n_replicates; r++) {
                mean += (double)parcel->runs[(row + r) * 7 + sample] / REPLICATES;
            }
        }
        assert_close((double)statistics[TALLY_MEAN][sample], mean, 1e-6);
    }
    struct rig rig;
    setup_set(&sweep.setup, "funder.target", 0.5);
    rig_start(&rig, &sweep.setup, NULL, 0, 1); /* the target of point 0 */
    for (int month = 0; month < 36; month++) {
        rig_steps(&rig, 1);
        if (month % 6 == 5) {
            const struct parcel *first = &runs.parcels[0];
            assert_true(first->span.point == 0 && first->span.first == 0);
            float seen = first->runs[(SERIES_trust * REGIMES + 1) * first->span.n_replicates * 7 + month / 6];
            assert_true(seen == rig.ensemble.blocks[1].mean_trust[0]);
        }
    }
    rig_free(&rig);
    tally_free(&tally);
    kept_free(&runs);
    kept_free(&summaries);
}

/* Worlds side by side (20 collaborations) and one after the other on all threads (200): the same on one thread. */
static void programmes(void **state)
{
    (void)state;
    static const int collaborations[] = {20, 200};
    for (int k = 0; k < 2; k++) {
        struct sweep sweep;
        struct study *study = begin(&sweep, TRAJECTORIES_SUMMARY);
        struct kept one = {0, 0, NULL};
        struct kept other = {0, 0, NULL};
        study->parameters.collaborations = collaborations[k];
        study->replication.min = study->replication.max = 2;
        run(study, &(struct runner_options){.n_threads = 1}, &one);
        run(study, &(struct runner_options){.n_threads = 3}, &other);
        assert_same_outcomes(study, &one, &other);
        assert_same_tallies(study, &one, &other);
        kept_free(&one);
        kept_free(&other);
    }
}

/* A point whose values do not go together fails with a sentence; the others are run. */
static void impossible_points(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_SUMMARY);
    struct runner_options options = {.n_threads = 2};
    struct kept kept = {0, 0, NULL};
    sweep.factor.index = parameter_find("problem.coupling");
    sweep.values[0] = 0;
    sweep.values[1] = 60; /* of four causes */
    sweep.values[2] = 2;
    run(study, &options, &kept);
    for (int k = 0; k < kept.n; k++) {
        const struct parcel *parcel = &kept.parcels[k];
        int failed = parcel->span.point == 1;
        assert_int_equal(parcel->message[0] != '\0', failed);
        for (int r = 0; r < REGIMES * parcel->span.n_replicates; r++) {
            assert_int_equal(parcel->status[r], failed ? RUN_FAILED : RUN_DONE);
            assert_int_equal(isnan(parcel->outcomes[r]) != 0, failed);
        }
    }
    kept_free(&kept);
}

/* ---- stopping, failing, telling ---- */

static volatile sig_atomic_t stop_now;

struct teller {
    long long calls, last, n_runs;
    long long stop_at; /* runs after which to stop */
};

static void tell(void *context, const struct runner_progress *progress)
{
    struct teller *teller = context;
    teller->calls++;
    assert_true(progress->n_done >= teller->last && progress->n_done <= progress->n_runs);
    teller->last = progress->n_done;
    teller->n_runs = progress->n_runs;
    stop_now = teller->stop_at > 0 && progress->n_done >= teller->stop_at;
}

/* Stopped on the way, the runner hands over what is finished, whole parcels only, and says so. */
static void stopped(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_NONE);
    struct teller teller = {.stop_at = 700};
    struct runner_options options = {.n_threads = 1, .stop = &stop_now, .progress = tell, .progress_context = &teller};
    struct kept kept = {0, 0, NULL};
    struct runner_sink sink = {.context = &kept, .append = kept_append};
    assert_int_equal(runner_run(study, &options, &sink), DREDGE_INTERRUPTED);
    status_clear();
    assert_between(kept.n, 1, 5);
    for (int k = 0; k < kept.n; k++) {
        for (int r = 0; r < REGIMES * kept.parcels[k].span.n_replicates; r++) {
            assert_int_equal(kept.parcels[k].status[r], RUN_DONE);
        }
    }
    stop_now = 0;
    kept_free(&kept);
}

static void progress(void **state)
{
    (void)state;
    struct sweep sweep;
    struct study *study = begin(&sweep, TRAJECTORIES_NONE);
    struct teller teller = {.stop_at = 0};
    struct runner_options options = {.n_threads = 1, .progress = tell, .progress_context = &teller};
    struct kept kept = {0, 0, NULL};
    run(study, &options, &kept);
    assert_int_equal(runner_runs(study), 3 * REGIMES * REPLICATES);
    assert_int_equal(teller.n_runs, 3 * REGIMES * REPLICATES);
    assert_int_equal(teller.last, 3 * REGIMES * REPLICATES);
    assert_true(teller.calls > 10);
    kept_free(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_ensembles_do), cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(shards_add_up),   cmocka_unit_test(only_what_is_missing),
        cmocka_unit_test(trajectories),    cmocka_unit_test(impossible_points),
        cmocka_unit_test(programmes),      cmocka_unit_test(stopped),
        cmocka_unit_test(progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
