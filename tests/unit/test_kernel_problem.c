/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include <gsl/gsl_cdf.h>

#include "rules.h"
#include "setup.h"
#include "base/stream.h"
#include "model/purpose.h"

/* The problem's month (docs/model.md 4.3) played again in double precision, draw by draw, from the addresses of
 * model/purpose.h. Diagnosed and addressed depths, wins and the symptom must be the same. Process share, depth, learning
 * and damage are taken from the engine (test_kernel_month.c). */

enum { SEED = 31, MAX_CAUSES = 8 };

/* One collaboration's problem. */
struct problem_state {
    const struct scenario *scenario;
    const struct block *block; /* means, pressure and budget of the start of the month: a copy */
    const struct work *work;   /* of the month */
    uint32_t replicate, month;
    int lane, g[MAX_CAUSES], a[MAX_CAUSES], quick, structural;
    double kappa;
};

static double uniform_at(const struct problem_state *now, uint32_t purpose, int item, int per_index, int which)
{
    struct stream_address address = {SEED, now->replicate, purpose, 0, now->month, (uint32_t)(item / per_index)};
    uint32_t words[4];
    stream_words(&address, words);
    return (double)stream_uniform(words[item % per_index * (4 / per_index) + which]);
}

static int cause_at(const struct problem_state *now, uint32_t purpose, int item)
{
    struct stream_address address = {SEED, now->replicate, purpose, 0, now->month, (uint32_t)(item / 2)};
    uint32_t words[4];
    stream_words(&address, words);
    return (int)((uint64_t)words[item % 2 * 2] * (uint64_t)now->scenario->rates.causes >> 32);
}

/* The number of k >= 0 with u > CDF(k). */
static int poisson_quantile(double u, double mean)
{
    int k = 0;
    while (u > (mean > 0 ? gsl_cdf_poisson_P((unsigned)k, mean) : 1)) {
        k++;
    }
    return k;
}

static void diagnose(struct problem_state *now, int number)
{
    const struct parameters *p = &now->scenario->parameters;
    for (int n = 0; n < number; n++) {
        int cause = cause_at(now, PURPOSE_DIAGNOSIS, n);
        int g = now->g[cause];
        if (g < p->layers) {
            int owner = now->block->owner[cause * p->layers + g][now->lane];
            int present = 0;
            for (int seat = 0; seat < now->scenario->plan.n_seats; seat++) {
                present |= now->block->inside[seat][now->lane] && now->scenario->plan.seat[seat].sector == owner;
            }
            int foreseen = uniform_at(now, PURPOSE_DIAGNOSIS, n, 2, 1) < p->foreseeable;
            now->g[cause] += present && (g == now->a[cause] || foreseen);
        }
    }
}

/* Returns how many attempts turned into quick ones. */
static int dig(struct problem_state *now, int number)
{
    const struct parameters *p = &now->scenario->parameters;
    int turned = 0;
    for (int n = 0; n < number; n++) {
        int cause = cause_at(now, PURPOSE_STRUCTURAL, n);
        int support = 0;
        for (int step = 1; step <= p->coupling; step++) {
            support += now->g[(cause + step) % p->causes] >= now->g[cause];
        }
        if (now->a[cause] == now->g[cause]) {
            turned++;
        } else if (uniform_at(now, PURPOSE_STRUCTURAL, n, 2, 1) < now->kappa * (1 + support) / (1 + p->coupling)) {
            now->a[cause]++;
            now->structural++;
        }
    }
    return turned;
}

static void fall_back(struct problem_state *now)
{
    const struct parameters *p = &now->scenario->parameters;
    double damage = (double)now->work->escalated[now->lane];
    double absent = 1 - (double)now->block->n_inside[now->lane] / now->scenario->plan.n_seats;
    for (int cause = 0; cause < p->causes; cause++) {
        int a = now->a[cause];
        double rate = a == 0           ? 0
                      : a == p->layers ? p->fragile * damage / 2
                                       : p->relapse * a + p->fragile * damage + p->block * absent;
        now->a[cause] -= uniform_at(now, PURPOSE_RELAPSE, cause, 2, 0) < fraction(rate);
        int stale = uniform_at(now, PURPOSE_RELAPSE, cause, 2, 1) < fraction(p->stale);
        now->g[cause] -= now->g[cause] > now->a[cause] && stale;
    }
}

/* Plays the month of one lane: `block` as it was before, `after` and `work` as the engine left them. */
static void play(struct problem_state *now, const struct block *after)
{
    const struct parameters *p = &now->scenario->parameters;
    const struct block *before = now->block;
    int lane = now->lane;
    double s = (double)now->work->process[lane], h = (double)now->work->depth[lane];
    now->kappa = (p->coord_floor + (1 - p->coord_floor) * (double)before->mean_trust[lane]) *
                 (1 - (double)before->mean_open[lane]);
    double effort = p->attempts * (double)before->mean_momentum[lane] * (double)before->budget[lane] *
                    (1 + p->kpi_drive * (double)before->pressure[lane]) * (1 - s);
    double learned = p->diagnose * (double)now->work->learning[lane];
    diagnose(now, poisson_quantile(uniform_at(now, PURPOSE_EFFORT, 0, 1, 0), learned));
    int turned = dig(now, poisson_quantile(uniform_at(now, PURPOSE_EFFORT, 0, 1, 1), effort * h));
    int n_quick = poisson_quantile(uniform_at(now, PURPOSE_EFFORT, 0, 1, 2), effort * (1 - h)) + turned;
    for (int n = 0; n < n_quick; n++) {
        now->quick += uniform_at(now, PURPOSE_QUICK, n, 4, 0) < 0.3 + 0.7 * now->kappa;
    }
    fall_back(now);
    int sum = 0;
    for (int cause = 0; cause < p->causes; cause++) {
        assert_int_equal(after->diagnosed[cause][lane], now->g[cause]);
        assert_int_equal(after->addressed[cause][lane], now->a[cause]);
        sum += now->a[cause];
    }
    assert_int_equal(now->work->quick[lane], now->quick);
    assert_int_equal(now->work->structural[lane], now->structural);
    assert_int_equal(after->n_addressed[lane], sum);
    double share = sum / (double)(p->causes * p->layers);
    double symptom = (double)before->symptom[lane];
    symptom = (symptom + p->regenerate * (1 - share - symptom)) * pow(1 - p->relief, now->quick);
    assert_close((double)after->symptom[lane], symptom, RULE_TOLERANCE);
}

/* What happened in all lanes and months, to see that the test saw something. */
struct count {
    int structural, quick, lost, deeper;
};

/* A copy of what a month's play needs of the block: rows are shared with it, so depths and seats are copied apart. */
struct copy {
    struct block block;
    int32_t inside[64][LANES], diagnosed[MAX_CAUSES][LANES], addressed[MAX_CAUSES][LANES];
};

static void copy_of(const struct block *block, const struct scenario *scenario, struct copy *copy)
{
    copy->block = *block;
    memcpy(copy->inside, block->inside, (size_t)scenario->plan.n_seats * sizeof(lane_whole));
    memcpy(copy->diagnosed, block->diagnosed, (size_t)scenario->rates.causes * sizeof(lane_whole));
    memcpy(copy->addressed, block->addressed, (size_t)scenario->rates.causes * sizeof(lane_whole));
    copy->block.inside = copy->inside;
}

static struct count play_months(const struct setup *setup, int n_months)
{
    static struct copy copy;
    struct rig rig;
    struct count count = {0, 0, 0, 0};
    rig_start(&rig, setup, NULL, 0, LANES);
    const struct block *block = &rig.ensemble.blocks[0];
    for (int month = 0; month < n_months; month++) {
        copy_of(block, &rig.scenario, &copy);
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            struct problem_state now = {.scenario = &rig.scenario,
                                        .block = &copy.block,
                                        .work = &rig.ensemble.work,
                                        .replicate = (uint32_t)lane,
                                        .month = (uint32_t)month,
                                        .lane = lane};
            for (int cause = 0; cause < rig.scenario.rates.causes; cause++) {
                now.g[cause] = copy.diagnosed[cause][lane];
                now.a[cause] = copy.addressed[cause][lane];
            }
            play(&now, block);
            for (int cause = 0; cause < rig.scenario.rates.causes; cause++) {
                count.lost += now.a[cause] < copy.addressed[cause][lane];
                count.deeper += now.g[cause] > now.a[cause] + 1;
            }
            count.structural += now.structural;
            count.quick += now.quick;
        }
    }
    rig_free(&rig);
    return count;
}

static void defaults(void **state)
{
    (void)state;
    struct setup setup;
    setup_begin(&setup, SEED);
    setup_set(&setup, "model.collapse_below", 0.001);
    (void)setup_regime(&setup, "iterative");
    struct count count = play_months(&setup, 120);
    assert_true(count.structural > 50 && count.quick > 500 && count.lost > 3 && count.deeper > 10);
}

/* Deeper, more strongly coupled causes, half of the layers foreseeable, much damage, no government at the table. */
static void another_problem(void **state)
{
    (void)state;
    struct setup setup;
    setup_begin(&setup, SEED);
    setup_set(&setup, "model.collapse_below", 0.001);
    setup_set(&setup, "problem.causes", 7);
    setup_set(&setup, "problem.layers", 2);
    setup_set(&setup, "problem.coupling", 5);
    setup_set(&setup, "problem.foreseeable", 0.5);
    setup_set(&setup, "government.sits", 0);
    setup_set(&setup, "model.invite", 0.02);
    setup_set(&setup, "model.escalate", 0.5);
    setup_set(&setup, "model.stale", 0.2);
    setup_set(&setup, "model.attempts", 8);
    (void)setup_regime(&setup, "iterative_kpi");
    struct count count = play_months(&setup, 120);
    assert_true(count.structural > 50 && count.quick > 3000 && count.lost > 30 && count.deeper > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults),
        cmocka_unit_test(another_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
