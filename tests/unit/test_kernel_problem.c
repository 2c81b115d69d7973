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
    int lane, g[MAX_CAUSES], a[MAX_CAUSES], quick, paper, structural, found[N_SOURCES];
    double kappa;
};

static double uniform_at(const struct problem_state *now, uint32_t purpose, int item, int per_index, int which)
{
    struct stream_address address = {SEED, now->replicate, purpose, 0, now->month, (uint32_t)(item / per_index)};
    uint32_t words[4];
    stream_words(&address, words);
    return (double)stream_uniform(words[item % per_index * (4 / per_index) + which]);
}

static int cause_at(const struct problem_state *now, uint32_t purpose, int item, int per_index)
{
    struct stream_address address = {SEED, now->replicate, purpose, 0, now->month, (uint32_t)(item / per_index)};
    uint32_t words[4];
    stream_words(&address, words);
    return (int)((uint64_t)words[item % per_index * 2] * (uint64_t)now->scenario->rates.causes >> 32);
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

static int is_present(const struct problem_state *now, int sector)
{
    int present = 0;
    for (int seat = 0; seat < now->scenario->plan.n_seats; seat++) {
        present |= now->block->inside[seat][now->lane] && now->scenario->plan.seat[seat].sector == sector;
    }
    return present;
}

/* Conflict reaches every layer; analysis and doing layer g with probability reach^g. */
static void diagnose(struct problem_state *now, enum diagnosis_source source, int number)
{
    static const uint32_t purposes[N_SOURCES] = {PURPOSE_DIAGNOSIS, PURPOSE_ANALYSIS, PURPOSE_DOING};
    uint32_t purpose = purposes[source];
    int per_index = source == SOURCE_CONFLICT ? 2 : 1;
    const struct parameters *p = &now->scenario->parameters;
    for (int n = 0; n < number; n++) {
        int cause = cause_at(now, purpose, n, per_index);
        int g = now->g[cause];
        if (g < p->layers) {
            int owner = now->block->owner[cause * p->layers + g][now->lane];
            int foreseen = uniform_at(now, purpose, n, per_index, 1) < p->foreseeable;
            int reached = source == SOURCE_CONFLICT || uniform_at(now, purpose, n, 1, 2) < pow(p->reach, g);
            int finds = is_present(now, owner) && (g == now->a[cause] || foreseen) && reached;
            now->g[cause] += finds;
            now->found[source] += finds;
        }
    }
}

/* Returns how many attempts turned into quick ones. */
static int dig(struct problem_state *now, int number)
{
    const struct parameters *p = &now->scenario->parameters;
    int turned = 0;
    for (int n = 0; n < number; n++) {
        int cause = cause_at(now, PURPOSE_STRUCTURAL, n, 2);
        int support = 0;
        for (int step = 1; step <= p->coupling; step++) {
            support += now->g[(cause + step) % p->causes] >= now->g[cause];
        }
        if (now->a[cause] == now->g[cause]) {
            turned++;
        } else if (uniform_at(now, PURPOSE_STRUCTURAL, n, 2, 1) <
                   p->ease * now->kappa * (1 + support) / (1 + p->coupling)) {
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
    double k = before->n_inside[lane], pressure = (double)before->pressure[lane];
    double force = now->scenario->regimes[0].phase[0].steering.kpi_weight * (1 - p->room); /* government funds */
    double effort = p->attempts * (double)before->mean_momentum[lane] * (double)before->budget[lane] *
                    (1 + p->kpi_drive * pressure + p->focus * force * fmin(1, p->target / p->focus_full)) *
                    (1 - s * (1 - p->synergy * (double)before->skill[lane])) / (1 + p->inertia * s * (k - 1) / 9) *
                    (1 - p->freeride * (1 - 1 / k) * (1 - force));
    double learned = p->diagnose * (double)now->work->learning[lane];
    int analyses = after->formation[lane] && is_present(now, SECTOR_KNOWLEDGE);
    diagnose(now, SOURCE_CONFLICT, poisson_quantile(uniform_at(now, PURPOSE_EFFORT, 0, 1, 0), learned));
    diagnose(now, SOURCE_ANALYSIS,
             poisson_quantile(uniform_at(now, PURPOSE_SOURCE, 0, 1, 0), analyses ? p->analysis * s : 0));
    diagnose(now, SOURCE_DOING, poisson_quantile(uniform_at(now, PURPOSE_SOURCE, 0, 1, 1), p->doing * effort));
    int turned = dig(now, poisson_quantile(uniform_at(now, PURPOSE_EFFORT, 0, 1, 1), effort * h));
    int n_quick = poisson_quantile(uniform_at(now, PURPOSE_EFFORT, 0, 1, 2), effort * (1 - h)) + turned;
    for (int n = 0; n < n_quick; n++) {
        int succeeds = uniform_at(now, PURPOSE_QUICK, n, 4, 0) < p->quick_floor + (1 - p->quick_floor) * now->kappa;
        int on_paper = succeeds && uniform_at(now, PURPOSE_PAPER, n, 4, 0) < p->gaming * pressure;
        now->paper += on_paper;
        now->quick += succeeds && !on_paper;
    }
    fall_back(now);
    int sum = 0;
    for (int cause = 0; cause < p->causes; cause++) {
        assert_int_equal(after->diagnosed[cause][lane], now->g[cause]);
        assert_int_equal(after->addressed[cause][lane], now->a[cause]);
        sum += now->a[cause];
    }
    assert_int_equal(now->work->quick[lane], now->quick);
    assert_int_equal(now->work->paper[lane], now->paper);
    assert_int_equal(now->work->structural[lane], now->structural);
    for (int source = 0; source < N_SOURCES; source++) {
        assert_int_equal(now->work->found[source][lane], now->found[source]);
    }
    assert_int_equal(after->n_addressed[lane], sum);
    double share = sum / (double)(p->causes * p->layers);
    double symptom = (double)before->symptom[lane];
    symptom = (symptom + p->regenerate * (1 - share - symptom)) * pow(1 - p->relief, now->quick);
    assert_close((double)after->symptom[lane], symptom, RULE_TOLERANCE);
}

/* What happened in all lanes and months, to see that the test saw something. */
struct count {
    int structural, quick, paper, lost, deeper, found[N_SOURCES];
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
    struct count count = {0};
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
            count.paper += now.paper;
            for (int source = 0; source < N_SOURCES; source++) {
                count.found[source] += now.found[source];
            }
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
    setup_set(&setup, "model.collapse_below", 0);
    (void)setup_regime(&setup, "linear_kpi");
    struct count count = play_months(&setup, 120);
    assert_true(count.structural > 50 && count.quick > 500 && count.paper > 5 && count.lost > 3 && count.deeper > 10);
    assert_true(count.found[SOURCE_CONFLICT] > 20 && count.found[SOURCE_ANALYSIS] > 10 &&
                count.found[SOURCE_DOING] > 20);
}

/* Deeper, more strongly coupled causes, half of the layers foreseeable, much damage, neither government nor knowledge at the table. */
static void another_problem(void **state)
{
    (void)state;
    struct setup setup;
    setup_begin(&setup, SEED);
    setup_set(&setup, "model.collapse_below", 0);
    setup_set(&setup, "problem.causes", 7);
    setup_set(&setup, "problem.layers", 2);
    setup_set(&setup, "problem.coupling", 5);
    setup_set(&setup, "problem.foreseeable", 0.5);
    setup_set(&setup, "government.sits", 0);
    setup_set(&setup, "seats.inside.knowledge", 0); /* no analysis until somebody of knowledge joins */
    setup_set(&setup, "model.invite", 0.02);
    setup_set(&setup, "model.escalate", 0.5);
    setup_set(&setup, "model.stale", 0.2);
    setup_set(&setup, "model.attempts", 8);
    setup_set(&setup, "model.synergy", 0.4);
    setup_set(&setup, "model.inertia", 2);
    setup_set(&setup, "model.freeride", 0.3);
    setup_set(&setup, "model.reach", 0.9);
    (void)setup_regime(&setup, "linear_kpi");
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
