/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "setup.h"

/* Whole months of a small table, recomputed in double precision from the state before each month with the equations of
 * docs/model.md, default rates as literals. The number of wins is taken from the engine (test_kernel_problem.c). Three
 * insiders (public, private, knowledge: seats 0, 1, 2), one public outsider (seat 3). Turnover has a test of its own. */

enum { SEATS = 4, TIES = 6, MONTHS = 30, REVIEW = 4 };

static const double PATIENCE[SEATS] = {1, 1.3, 0.7, 1}, SENSITIVITY[SEATS] = {1.2, 1, 0.8, 1.2};
static const double INSIGHT[SEATS] = {1, 1, 1.3, 1};

struct before {
    double trust[TIES], latent[TIES], open[TIES], unexplored[TIES];
    double frame[N_AXES][SEATS], position[N_AXES][SEATS], momentum[SEATS], standing[SEATS], appreciation[SEATS];
    double commitment, skill, pressure, budget, relevance, fatigue, wins, symptom, backlog;
    double mean_latent, mean_open, mean_momentum;
    int inside[SEATS];
};

/* Flows of the month, over ties with two insiders. */
struct flows {
    double process, reaching, skill;
    double pull[N_AXES][SEATS], trust_sum[SEATS], open_sum[SEATS], escalated_sum[SEATS];
    double learning, damage, through;
    int n_ties, n_inside;
};

static struct before take(const struct block *block, int lane)
{
    struct before before;
    for (int tie = 0; tie < TIES; tie++) {
        before.trust[tie] = (double)block->trust[tie][lane];
        before.latent[tie] = (double)block->latent[tie][lane];
        before.open[tie] = (double)block->open[tie][lane];
        before.unexplored[tie] = (double)block->unexplored[tie][lane];
    }
    for (int seat = 0; seat < SEATS; seat++) {
        for (int axis = 0; axis < N_AXES; axis++) {
            before.frame[axis][seat] = (double)block->frame[axis][seat][lane];
            before.position[axis][seat] = (double)block->position[axis][seat][lane];
        }
        before.momentum[seat] = (double)block->momentum[seat][lane];
        before.standing[seat] = (double)block->standing[seat][lane];
        before.appreciation[seat] = (double)block->appreciation[seat][lane];
        before.inside[seat] = block->inside[seat][lane];
    }
    before.commitment = (double)block->commitment[lane];
    before.skill = (double)block->skill[lane];
    before.pressure = (double)block->pressure[lane];
    before.budget = (double)block->budget[lane];
    before.relevance = (double)block->relevance[lane];
    before.fatigue = (double)block->fatigue[lane];
    before.symptom = (double)block->symptom[lane];
    before.backlog = (block->n_diagnosed[lane] - block->n_addressed[lane]) / 4.0;
    before.wins = (double)block->wins[lane];
    before.mean_latent = (double)block->mean_latent[lane];
    before.mean_open = (double)block->mean_open[lane];
    before.mean_momentum = (double)block->mean_momentum[lane];
    return before;
}

/* One tie of two insiders: checks its next state and adds its flows. */
static void check_tie(const struct before *b, const struct block *block, const struct luck *luck, int lane, int i,
                      int j, struct flows *flows)
{
    double reaching = flows->reaching;
    int tie = plan_tie(i, j);
    double t = b->trust[tie], l = b->latent[tie], q = b->open[tie], s = flows->process, p = b->pressure;
    double gap[N_AXES];
    double squares = 0;
    for (int axis = 0; axis < N_AXES; axis++) {
        gap[axis] = b->frame[axis][j] - b->frame[axis][i];
        squares += gap[axis] * gap[axis];
    }
    double d = fraction(squares), w = sqrt(b->momentum[i] * b->momentum[j]), z = 0.3 + 0.7 * t;
    uint32_t word = luck->tie[tie][lane];
    double xi = 2 * ((word & 0xFFF) + 0.5) / 4096, u = ((word >> 12) + 0.5) / 1048576;
    double g = fraction((0.01 + 0.10 * w * b->budget * (1 - s)) * d * xi) * (1 - l - q);
    double a = fraction(0.7 * reaching * z) * l;
    double r = fraction(1.6 * flows->skill * reaching * z) * q;
    double buried = fraction(0.2 * (1 - s)) * (q - r);
    double settled = fraction(0.05) * (q - r - buried);             /* settle 0.05 */
    double rate = 2 * 0.5 * (1 - t) * (l + q * (1 - s)) * (1 + p) + /* escalate 0.5, backfire 0.4 */
                  0.4 * reaching * (1 - t) * (1 - flows->skill) * l;
    double out = u < fraction(rate) ? 0.6 * (l - a) : 0;
    double next = t + (1 - t) * fraction(0.8 * r + 0.03 * b->relevance * b->wins * (1 - q));
    double e = b->unexplored[tie], left = e / (1 + r);
    next = next * (1 - fraction(0.15 * q * (1 - s))) * (1 - 0.5 * out);
    next = next + 0.01 * (0.4 - next);
    assert_close((double)block->trust[tie][lane], next, RULE_TOLERANCE);
    assert_close((double)block->latent[tie][lane], l + g - a + buried - out, RULE_TOLERANCE);
    assert_close((double)block->open[tie][lane], q + a + out - r - buried - settled, RULE_TOLERANCE);
    assert_close((double)block->unexplored[tie][lane], left + fraction(0.005) * (1 - left), RULE_TOLERANCE);
    for (int axis = 0; axis < N_AXES; axis++) {
        flows->pull[axis][i] += r * gap[axis];
        flows->pull[axis][j] -= r * gap[axis];
    }
    flows->trust_sum[i] += t;
    flows->trust_sum[j] += t;
    flows->open_sum[i] += q;
    flows->open_sum[j] += q;
    flows->escalated_sum[i] += out;
    flows->escalated_sum[j] += out;
    flows->damage += out;
    flows->through += r;
    flows->learning += r * e * 4 * d * (1 - d) * (INSIGHT[i] + INSIGHT[j]) / 2;
    flows->n_ties++;
}

static void check_ties(const struct before *b, const struct block *block, const struct work *work, int lane,
                       struct flows *flows)
{
    for (int j = 1; j < SEATS; j++) {
        for (int i = 0; i < j; i++) {
            int tie = plan_tie(i, j);
            if (b->inside[i] && b->inside[j]) {
                check_tie(b, block, &work->luck, lane, i, j, flows);
            } else {
                assert_true((double)block->trust[tie][lane] == b->trust[tie]);
                assert_true((double)block->latent[tie][lane] == b->latent[tie]);
                assert_true((double)block->open[tie][lane] == b->open[tie]);
            }
        }
    }
    assert_close((double)work->learning[lane], flows->learning / flows->n_ties, RULE_TOLERANCE);
    assert_close((double)work->escalated[lane], flows->damage / flows->n_ties, RULE_TOLERANCE);
    double c = b->skill;
    assert_close((double)block->skill[lane], c + (1 - c) * fraction(0.25 * flows->through / flows->n_ties),
                 RULE_TOLERANCE);
    double f = b->fatigue;
    assert_close((double)block->fatigue[lane], f + (flows->process - f) / 3, RULE_TOLERANCE);
}

static void check_person(const struct before *b, const struct block *block, const struct work *work, int lane, int seat,
                         const struct flows *flows)
{
    if (!b->inside[seat]) {
        assert_true((double)block->momentum[seat][lane] == b->momentum[seat]);
        assert_true((double)block->standing[seat][lane] == b->standing[seat]);
        assert_true((double)block->frame[0][seat][lane] == b->frame[0][seat]);
        return;
    }
    int partners = flows->n_inside - 1;
    double structural = work->structural[lane];
    double wins = work->quick[lane] + structural;
    double open = flows->open_sum[seat] / partners, escalated = flows->escalated_sum[seat] / partners;
    double gain = 0.15 * b->commitment + 0.09 * 2 * fraction(wins);
    double loss = 0.15 * (1 - b->commitment) + 0.28 * open + 0.10 * flows->process * (1 - b->appreciation[seat]) +
                  PATIENCE[seat] * 0.075 * (1 - b->relevance) + SENSITIVITY[seat] * 0.10 * b->pressure +
                  0.3 * escalated;
    double m = b->momentum[seat];
    m += (gain / (gain + loss) - m) * fraction(gain + loss) + 0.02 * (double)work->luck.person_noise[seat][lane];
    assert_close((double)block->momentum[seat][lane], fmin(fmax(m, 0.01), 1), RULE_TOLERANCE);

    double x = b->appreciation[seat];
    assert_close((double)block->appreciation[seat][lane], x + 0.02 * ((1 - x) * structural - x * escalated),
                 RULE_TOLERANCE);
    double standing = b->standing[seat];
    assert_close((double)block->standing[seat][lane], standing + 0.02 * (flows->trust_sum[seat] / partners - standing),
                 RULE_TOLERANCE);
    for (int axis = 0; axis < N_AXES; axis++) {
        double y = b->frame[axis][seat], position = b->position[axis][seat];
        double shifted = y + 0.9 * flows->pull[axis][seat] / partners;
        assert_close((double)block->frame[axis][seat][lane], shifted + 0.02 * (position - shifted), RULE_TOLERANCE);
        assert_close((double)block->position[axis][seat][lane], position + 0.01 * (y - position), RULE_TOLERANCE);
    }
}

/* `since`: quick and structural wins since the last review date, kept by the test. */
static void check_funder(const struct before *b, const struct block *block, const struct work *work, int lane,
                         int month, double since[2])
{
    double wins = work->quick[lane] + work->structural[lane];
    double faded = b->relevance * (1 - fraction((1 - b->symptom) / 9));
    double pressure = b->pressure, budget = b->budget;
    since[0] += work->quick[lane] + work->paper[lane];
    since[1] += work->structural[lane];
    if ((month + 1) % REVIEW == 0) {
        double gap = fmax(0, 1 - (since[0] + 0.5 * since[1]) / (1.5 * REVIEW)); /* target 1.5 */
        double force = 0.8 * (1 - 0.25 * (1 - 0.3));                            /* kpi_weight, room, dual_role */
        pressure += 0.7 * (force * gap - pressure);
        budget = fmin(fmax(budget * (1 - 0.15 * force * gap) + 0.1 * (1 - gap) * (1 - budget), 0.1), 1);
        since[0] = since[1] = 0;
    }
    assert_close((double)block->relevance[lane], faded + (1 - faded) * fraction(wins), RULE_TOLERANCE);
    assert_close((double)block->pressure[lane], pressure, RULE_TOLERANCE);
    assert_close((double)block->budget[lane], budget, RULE_TOLERANCE);
    assert_close((double)block->wins[lane], wins, 0);
}

static void check_lane(const struct before *b, const struct block *block, const struct work *work, int lane, int month,
                       double since[2])
{
    struct flows flows = {0};
    double s = 0.30 + (b->mean_open + 0.5 * b->mean_latent - 0.2) - 2 * fmax(0, 0.6 - b->mean_momentum) -
               0.3 * (b->backlog - 0.5);
    double imprinted = 1 - 0.3 * fraction(fmax(0, month - 12) / 12); /* imprint 0.3, contact 0.9, saturation 0.5 */
    flows.process = fmin(fmax(s, 0), 0.95) * (1 - b->pressure);
    flows.reaching = flows.process * 0.9 * imprinted / (1 + 0.5 * b->fatigue);
    flows.skill = b->skill * (1 - 0.3) * (1 - 0.15); /* government pays, sits and convenes */
    double h = 0.5 + 0.8 * (b->mean_momentum - 0.5);
    assert_close((double)work->process[lane], flows.process, RULE_TOLERANCE);
    assert_close((double)work->depth[lane], fmin(fmax(h, 0), 1) * (1 - b->pressure), RULE_TOLERANCE);
    for (int seat = 0; seat < SEATS; seat++) {
        flows.n_inside += b->inside[seat];
    }
    assert_close((double)work->coverage[lane], flows.n_inside / (double)SEATS, RULE_TOLERANCE);
    check_ties(b, block, work, lane, &flows);
    for (int seat = 0; seat < SEATS; seat++) {
        check_person(b, block, work, lane, seat, &flows);
        double u = (double)work->luck.person_event[seat][lane];
        int joins = u < fraction(0.5 * 1.5 * flows.process * b->mean_open); /* a mandate of 0.5 */
        assert_int_equal(block->inside[seat][lane], b->inside[seat] || joins);
    }
    check_funder(b, block, work, lane, month, since);
}

static void small_table(struct setup *setup)
{
    setup_begin(setup, 2022);
    setup_set(setup, "seats.inside.public", 1);
    setup_set(setup, "seats.inside.private", 1);
    setup_set(setup, "seats.inside.nonprofit", 0);
    setup_set(setup, "seats.inside.knowledge", 1);
    setup_set(setup, "seats.outside.private", 0);
    setup_set(setup, "seats.outside.nonprofit", 0);
    setup_set(setup, "seats.outside.knowledge", 0);
    setup_set(setup, "model.escalate", 0.5);
    setup_set(setup, "model.turnover", 0);
    setup_set(setup, "model.burnout", 0);
    setup_set(setup, "model.collapse_below", 0);
    setup_set(setup, "model.exit", 0);
    setup_set(setup, "model.succession", 0);
    setup_set(setup, "model.settle", 0.05);
    setup_set(setup, "model.backfire", 0.4);
    setup_set(setup, "model.imprint", 0.3);
    setup_set(setup, "model.contact", 0.9);
    setup_set(setup, "model.saturation", 0.5);
    setup_set(setup, "government.convenes", 1);
    setup_set(setup, "funder.review_months", REVIEW);
    setup_set(setup, "funder.target", 1.5);
    setup_set(setup, "funder.room", 0.25);
    struct steering *steering = setup_regime(setup, "iterative_kpi");
    steering->depth_gain = 0.8;
}

static void months(void **state)
{
    (void)state;
    struct setup setup;
    struct rig rig;
    double since[LANES][2] = {{0}};
    int n_joined = 0;
    int n_escalated = 0;
    small_table(&setup);
    rig_start(&rig, &setup, NULL, 0, LANES);
    const struct block *block = &rig.ensemble.blocks[0];
    for (int month = 0; month < MONTHS; month++) {
        struct before before[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            before[lane] = take(block, lane);
        }
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            check_lane(&before[lane], block, &rig.ensemble.work, lane, month, since[lane]);
            n_joined += block->inside[3][lane] && !before[lane].inside[3];
            n_escalated += rig.ensemble.work.escalations[lane] > 0;
        }
    }
    /* what the test is to see did happen */
    assert_true(n_joined > 3 && n_escalated > 50);
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(months)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
