/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "trial.h"
#include "run/schedule.h"

/* What is planned, without running it. */

enum { POINTS = 5, MOST = 1000 };

/* How often each replicate of each point was asked for. */
struct asked {
    int times[POINTS][MOST];
    int n_requests, longest;
};

static struct study sweep(struct setup *setup, int n_replicates)
{
    setup_begin(setup, 1);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
    struct study study = trial_study(setup, n_replicates);
    study.design.n_points = POINTS;
    return study;
}

static void ask_all(const struct study *study, const struct runner_options *options, const struct runner_sink *sink,
                    int limit, struct asked *asked)
{
    struct schedule *schedule;
    struct span requests[64];
    int n;
    assert_int_equal(schedule_new(&schedule, study, options, sink), DREDGE_OK);
    do {
        assert_int_equal(schedule_next(schedule, limit, requests, &n), DREDGE_OK);
        assert_between(n, 0, limit);
        for (int k = 0; k < n; k++) {
            assert_between(requests[k].point, 0, POINTS - 1);
            assert_true(requests[k].n_replicates > 0);
            for (int r = 0; r < requests[k].n_replicates; r++) {
                asked->times[requests[k].point][requests[k].first + r]++;
            }
            asked->n_requests++;
            asked->longest = requests[k].n_replicates > asked->longest ? requests[k].n_replicates : asked->longest;
        }
    } while (n > 0);
    schedule_free(schedule);
}

static void assert_each(const struct asked *asked, int n_replicates, int times)
{
    for (int point = 0; point < POINTS; point++) {
        for (int r = 0; r < MOST; r++) {
            assert_int_equal(asked->times[point][r], r < n_replicates ? times : 0);
        }
    }
}

/* Every replicate of every point once, whatever the limit of requests at a time; chunks of 256. */
static void fixed_number(void **state)
{
    (void)state;
    static const int limits[] = {1, 3, 64};
    static const int numbers[] = {1, 255, 256, 257, 700};
    for (int l = 0; l < 3; l++) {
        for (int k = 0; k < 5; k++) {
            static struct asked asked;
            struct setup setup;
            struct study study = sweep(&setup, numbers[k]);
            struct runner_options options = {.n_shards = 0};
            struct runner_sink sink = {.context = NULL};
            memset(&asked, 0, sizeof asked);
            ask_all(&study, &options, &sink, limits[l], &asked);
            assert_each(&asked, numbers[k], 1);
            assert_int_equal(asked.n_requests, POINTS * ((numbers[k] + 255) / 256));
            assert_int_equal(asked.longest, numbers[k] < 256 ? numbers[k] : 256);
        }
    }
    schedule_free(NULL);
}

/* Chunks of about 256 collaborations: fewer runs of a programme; never more than there are. */
static void chunks(void **state)
{
    (void)state;
    static const int cases[][3] = {{1, 1000, 256}, {1, 40, 40}, {10, 1000, 25},
                                   {255, 1000, 1}, {256, 9, 1}, {9999, 9, 1}};
    for (int k = 0; k < 6; k++) {
        struct setup setup;
        struct study study = sweep(&setup, cases[k][1]);
        study.parameters.collaborations = cases[k][0];
        assert_int_equal(schedule_chunk(&study), cases[k][2]);
    }
}

/* However early it ends, the points that were asked for are spread over the design: no gap is three times as long as it
 * would be if they were equally far apart, and no point has a chunk more than another one. */
static void first_ones_are_an_even_sample(void **state)
{
    (void)state;
    static const int n_points[] = {1, 2, 3, 8, 64, 97, 360};
    for (size_t k = 0; k < sizeof n_points / sizeof n_points[0]; k++) {
        struct setup setup;
        struct study study = sweep(&setup, 600);
        struct runner_options options = {.n_shards = 0};
        struct runner_sink sink = {.context = NULL};
        struct schedule *schedule;
        struct span request;
        int n, n_points_here = n_points[k], times[360] = {0};
        study.design.n_points = n_points_here;
        assert_int_equal(schedule_new(&schedule, &study, &options, &sink), DREDGE_OK);
        int n_chunks = (600 + schedule_chunk(&study) - 1) / schedule_chunk(&study);
        for (int asked = 1; asked <= n_points_here * n_chunks; asked++) {
            assert_int_equal(schedule_next(schedule, 1, &request, &n), DREDGE_OK);
            assert_int_equal(n, 1);
            times[request.point]++;
            int least = (asked - 1) / n_points_here, gap = 0;
            for (int point = 0; point < n_points_here; point++) {
                assert_between(times[point], least, least + 1);
                gap = times[point] > 0 ? 0 : gap + 1;
                assert_true(asked > n_points_here || gap * asked < 3 * n_points_here);
            }
        }
        schedule_free(schedule);
    }
}

/* The shards together ask for everything once. */
static void shards(void **state)
{
    (void)state;
    for (int n_shards = 2; n_shards <= 7; n_shards++) {
        static struct asked asked;
        struct setup setup;
        struct study study = sweep(&setup, 600);
        struct runner_sink sink = {.context = NULL};
        memset(&asked, 0, sizeof asked);
        for (int shard = 0; shard < n_shards; shard++) {
            struct runner_options options = {.shard = shard, .n_shards = n_shards};
            int before = asked.n_requests;
            ask_all(&study, &options, &sink, 2, &asked);
            assert_between(asked.n_requests - before, 15 / n_shards, 15 / n_shards + 1);
        }
        assert_each(&asked, 600, 1);
    }
}

/* Every seventh replicate is there already, and all of point 2. */
static int some(void *context, int point, int replicate)
{
    (void)context;
    return point == 2 || replicate % 7 == 3;
}

static void finished_before(void **state)
{
    (void)state;
    static struct asked asked;
    struct setup setup;
    struct study study = sweep(&setup, 300);
    struct runner_options options = {.n_shards = 1};
    struct runner_sink sink = {.has = some};
    struct schedule *schedule;
    struct span requests[64];
    int n;
    memset(&asked, 0, sizeof asked);
    ask_all(&study, &options, &sink, 5, &asked);
    int n_finished = 0;
    for (int point = 0; point < POINTS; point++) {
        for (int r = 0; r < 300; r++) {
            assert_int_equal(asked.times[point][r], !some(NULL, point, r));
            n_finished += some(NULL, point, r);
        }
    }
    assert_int_equal(schedule_new(&schedule, &study, &options, &sink), DREDGE_OK);
    do {
        assert_int_equal(schedule_next(schedule, 64, requests, &n), DREDGE_OK);
    } while (n > 0);
    assert_int_equal(schedule_skipped(schedule), n_finished * 2); /* runs: two regimes */
    schedule_free(schedule);
}

/* Chunks that come from outside (other processes take the ones between). */
static long long every_third(void *context, long long n_chunks)
{
    long long *next = context;
    long long number = *next;
    assert_int_equal(n_chunks, POINTS * 2);
    *next += 3;
    return number;
}

static void chunks_from_outside(void **state)
{
    (void)state;
    static struct asked asked;
    struct setup setup;
    struct study study = sweep(&setup, 300);
    struct runner_sink sink = {.context = NULL};
    memset(&asked, 0, sizeof asked);
    for (long long process = 0; process < 3; process++) {
        long long next = process;
        struct runner_options options = {.next = every_third, .next_context = &next};
        ask_all(&study, &options, &sink, 4, &asked);
    }
    assert_each(&asked, 300, 1);
}

/* ---- under a stopping rule ---- */

/* The results of a request: differences +-d, where d shrinks from point to point. */
static void answer(const struct study *study, struct schedule *schedule, const struct span *request, int impossible)
{
    struct parcel parcel;
    size_t n = (size_t)request->n_replicates;
    assert_int_equal(parcel_init(&parcel, study, *request), DREDGE_OK);
    for (size_t r = 0; r < n && !impossible; r++) {
        double d = 0.4 / (1 + request->point);
        double *row = parcel.outcomes + (size_t)OUTCOME_structural_share * 2 * n;
        row[r] = 0.5;
        row[n + r] = (request->first + (int)r) % 2 ? 0.5 + d : 0.5 - d;
    }
    if (impossible) {
        (void)strcpy(parcel.message, "impossible");
    }
    schedule_tell(schedule, &parcel);
    parcel_free(&parcel);
}

/* Runs the rule to its end; `bad` is an impossible point, or -1. */
static void stop_all(const struct study *study, const struct runner_options *options, int limit, int bad,
                     struct asked *asked)
{
    struct runner_sink sink = {.context = NULL};
    struct schedule *schedule;
    struct span requests[64];
    int n;
    assert_int_equal(schedule_new(&schedule, study, options, &sink), DREDGE_OK);
    do {
        assert_int_equal(schedule_next(schedule, limit, requests, &n), DREDGE_OK);
        for (int k = 0; k < n; k++) {
            for (int r = 0; r < requests[k].n_replicates; r++) {
                asked->times[requests[k].point][requests[k].first + r]++;
            }
            answer(study, schedule, &requests[k], requests[k].point == bad);
        }
    } while (n > 0);
    schedule_free(schedule);
}

/* The half width is t d / sqrt(n - 1), about 1.97 d / sqrt(n - 1), and up to 6% more as few replicates do not show a tail
 * (base/confidence.h): with 0.05, n must be above 251, 66, 32, 20 and 14. The
 * looks are at 20, 32, 64, 112, 176, 272, 416, and two in a row must find it so. */
static void stopping_rule(void **state)
{
    (void)state;
    static const int expected[POINTS] = {416, 176, 112, 64, 32};
    for (int limit = 1; limit <= 64; limit += 21) {
        for (int n_shards = 1; n_shards <= 3; n_shards++) {
            static struct asked asked;
            struct setup setup;
            struct study study = sweep(&setup, 500);
            study.replication.min = 10;
            study.replication.outcome = OUTCOME_structural_share;
            study.replication.half_width = 0.05;
            memset(&asked, 0, sizeof asked);
            for (int shard = 0; shard < n_shards; shard++) {
                struct runner_options options = {.shard = shard, .n_shards = n_shards};
                stop_all(&study, &options, limit, -1, &asked);
            }
            for (int point = 0; point < POINTS; point++) {
                for (int r = 0; r < MOST; r++) {
                    assert_int_equal(asked.times[point][r], r < expected[point]);
                }
            }
        }
    }
}

/* A point that cannot run is asked once; the others go on. */
static void impossible_point(void **state)
{
    (void)state;
    static struct asked asked;
    struct setup setup;
    struct study study = sweep(&setup, 100);
    struct runner_options options = {.n_shards = 1};
    study.replication.min = 10;
    study.replication.outcome = OUTCOME_structural_share;
    study.replication.half_width = 1e-9;
    memset(&asked, 0, sizeof asked);
    stop_all(&study, &options, 64, 3, &asked);
    for (int point = 0; point < POINTS; point++) {
        assert_int_equal(asked.times[point][9], 1);
        assert_int_equal(asked.times[point][99], point != 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_number),    cmocka_unit_test(first_ones_are_an_even_sample),
        cmocka_unit_test(chunks),          cmocka_unit_test(shards),
        cmocka_unit_test(finished_before), cmocka_unit_test(chunks_from_outside),
        cmocka_unit_test(stopping_rule),   cmocka_unit_test(impossible_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
