/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include <gsl/gsl_randist.h>

#include "fit.h"
#include "rules.h"
#include "setup.h"

/* Of the cases whose answer is a formula (test_nulls.c) those whose answer is a distribution. A correct program would
 * fail each for one seed in a million, and the seeds are fixed. */

/* Constant steering: process share `base`, all delivery effort quick, no reaction of the funder. */
static void constant(struct setup *setup, double base)
{
    struct steering *steering = setup_regime(setup, "constant");
    steering->base = base;
    steering->depth = 0;
    steering->kpi_weight = 0;
}

/* Persons whose momentum does not change. */
static void steady(struct setup *setup)
{
    static const char *const keys[] = {"model.recover",         "model.win_energy",   "model.drain_open",
                                       "model.drain_process",   "model.drain_unseen", "model.drain_pressure",
                                       "model.drain_escalation"};
    setup_still(setup);
    setup_set_all(setup, sizeof keys / sizeof keys[0], keys, 0);
}

/* 4. At constant rates l and q settle, on average, where A = R + B and G = R. With a = phi(surface s), r = phi(reframe skill
 * s), u = phi(bury (1 - s)): l / q = (r + u (1 - r)) / a, q = g / (r + g (1 + l / q)), where g is the mean of
 * phi(c xi), xi uniform on (0, 2): 1 - ln(1 + 2c) / (2c). Seats stand at distance 1 from each other in turn, so that
 * d = phi(1) for the ties between odd and even ones, and c = gen_base d. Means of 16 x 25 ties over 500 months after 100.
 * Each lies within 5 standard errors, which also must be below 0.001: false alarm 1e-6 each. */
static void fixed_point_of_tension(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "model.gen_work",  "model.frame_shift", "model.constituency", "model.org_shift", "convener.skill_concentration",
        "model.experience"};
    struct setup setup;
    struct rig rig;
    setup_begin(&setup, 4);
    setup_still(&setup);
    setup_set_all(&setup, 6, keys, 0);
    setup_set(&setup, "model.safety_floor", 1);
    setup_set(&setup, "model.gen_base", 0.5);
    setup_set(&setup, "months", 600);
    constant(&setup, 0.3);
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    for (int axis = 0; axis < N_AXES; axis++) {
        rig_fill(block->frame[axis], 14, 0);
    }
    for (int seat = 1; seat < 14; seat += 2) {
        rig_fill(&block->frame[0][seat], 1, 1);
    }
    static double latent[25 * LANES], open[25 * LANES];
    memset(latent, 0, sizeof latent);
    memset(open, 0, sizeof open);
    for (int month = 0; month < 600; month++) {
        rig_steps(&rig, 1);
        int place = 0;
        for (int tie = 0; month >= 100 && tie < 45; tie++) {
            const struct pair *pair = &rig.scenario.plan.pair[tie];
            for (int lane = 0; (pair->i + pair->j) % 2 == 1 && lane < LANES; lane++) {
                latent[place] += (double)block->latent[tie][lane] / 500;
                open[place++] += (double)block->open[tie][lane] / 500;
            }
        }
    }
    double c = 0.5 * fraction(1);
    double g = 1 - log(1 + 2 * c) / (2 * c);
    double a = fraction(0.7 * 0.3), r = fraction(1.6 * 0.5 * 0.3), u = fraction(0.2 * 0.7);
    double ratio = (r + u * (1 - r)) / a;
    double q = g / (r + g * (1 + ratio));
    const double *const rows[2] = {latent, open};
    const double expected[2] = {ratio * q, q};
    for (int which = 0; which < 2; which++) {
        double mean = 0;
        double squares = 0;
        for (int k = 0; k < 25 * LANES; k++) {
            mean += rows[which][k] / (25 * LANES);
        }
        for (int k = 0; k < 25 * LANES; k++) {
            squares += (rows[which][k] - mean) * (rows[which][k] - mean);
        }
        double error = sqrt(squares / (25 * LANES - 1) / (25 * LANES));
        assert_true(error < 0.001);
        assert_close(mean, expected[which], 5 * error);
    }
    rig_free(&rig);
}

/* A steady collaboration in which every quick attempt succeeds: kappa = (1 - Q) with coord_floor = 1, and Q = 0 without
 * surfacing. Momentum 0.75 and s = 0.3 make the number of wins Poisson of mean attempts 0.75 0.7. */
static void steady_effort(struct setup *setup, struct rig *rig, double attempts, uint32_t first)
{
    setup_begin(setup, 5);
    steady(setup);
    setup_set(setup, "model.coord_floor", 1);
    setup_set(setup, "model.surface", 0);
    setup_set(setup, "model.attempts", attempts);
    setup_set(setup, "months", 4000);
    constant(setup, 0.3);
    rig_start(rig, setup, NULL, first, LANES);
    rig_fill(rig->ensemble.blocks[0].momentum, 14, 0.75);
    rig_refresh(rig);
}

/* 5. Quick results of a month at constant effort: P(n) = exp(-m) m^n / n!, m = 2.2 0.75 0.7; chi-square of 32,000 months. */
static void quick_results_are_poisson(void **state)
{
    (void)state;
    enum { MONTHS = 2000, CELLS = 20 };
    struct setup setup;
    struct rig rig;
    double counts[CELLS] = {0};
    double expected[CELLS];
    steady_effort(&setup, &rig, 2.2, 0);
    for (unsigned k = 0; k < CELLS; k++) {
        expected[k] = MONTHS * LANES * gsl_ran_poisson_pdf(k, 2.2 * 0.75 * 0.7);
    }
    for (int month = 0; month < MONTHS; month++) {
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) {
            assert_between(rig.ensemble.work.quick[lane], 0, CELLS - 1);
            counts[rig.ensemble.work.quick[lane]]++;
        }
    }
    assert_true(fit_chi_square(CELLS, counts, expected) > FIT_ALARM);
    rig_free(&rig);
}

/* 6. The month of the first result: P(n + 1) = x (1 - x)^n, x = 1 - exp(-0.2 0.75 0.7); chi-square of 2,000 replicates. */
static void first_result_is_geometric(void **state)
{
    (void)state;
    enum { ROUNDS = 125, CELLS = 300 };
    double counts[CELLS] = {0};
    double expected[CELLS];
    double x = 1 - exp(-0.2 * 0.75 * 0.7);
    for (int month = 0; month < CELLS; month++) {
        expected[month] = ROUNDS * LANES * x * pow(1 - x, month);
    }
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct setup setup;
        struct rig rig;
        steady_effort(&setup, &rig, 0.2, round * LANES);
        rig_steps(&rig, 200);
        for (int lane = 0; lane < LANES; lane++) {
            float first = rig.ensemble.blocks[0].totals.first_win[lane];
            assert_true(first > 0.0F);
            counts[(int)first - 1]++;
        }
        rig_free(&rig);
    }
    assert_true(fit_chi_square(CELLS, counts, expected) > FIT_ALARM);
}

/* 8. Without burnout a person stays n more months with probability x (1 - x)^n, x = phi(turnover): chi-square of 160 seats
 * over 500 months, each stay counted that began before month 300 (none lasts 200 months in practice: 0.909^200). */
static void tenure_is_geometric(void **state)
{
    (void)state;
    enum { SEATS = 10, MONTHS = 500, CELLS = 200 };
    struct setup setup;
    struct rig rig;
    static int since[SEATS][LANES];
    double counts[CELLS] = {0};
    double expected[CELLS];
    double n = 0;
    setup_begin(&setup, 8);
    setup_still(&setup);
    setup_set(&setup, "model.turnover", 0.1);
    setup_set(&setup, "months", MONTHS);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, LANES);
    for (int month = 0; month < MONTHS; month++) {
        rig_steps(&rig, 1);
        for (int seat = 0; seat < SEATS; seat++) {
            for (int lane = 0; lane < LANES; lane++) {
                if (rig.ensemble.work.leaves[seat][lane]) {
                    if (since[seat][lane] < 300) {
                        assert_between(month - since[seat][lane], 0, CELLS - 1);
                        counts[month - since[seat][lane]]++;
                        n++;
                    }
                    since[seat][lane] = month + 1;
                }
            }
        }
    }
    for (int k = 0; k < CELLS; k++) {
        double x = fraction(0.1);
        expected[k] = n * x * pow(1 - x, k);
    }
    assert_true(n > 4000);
    assert_true(fit_chi_square(CELLS, counts, expected) > FIT_ALARM);
    rig_free(&rig);
}

/* 13. A collaboration with M = T = 0 lapses n months into aftercare with probability x (1 - x)^n, x = phi(lapse): chi-square of
 * 1,600 replicates. */
static void lapse_is_geometric(void **state)
{
    (void)state;
    enum { ROUNDS = 100, CELLS = 120 };
    double counts[CELLS + 1] = {0}, expected[CELLS + 1];
    double x = fraction(0.05), rest = 1;
    for (int month = 0; month < CELLS; month++) {
        expected[month] = ROUNDS * LANES * x * pow(1 - x, month);
        rest *= 1 - x;
    }
    expected[CELLS] = ROUNDS * LANES * rest;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct setup setup;
        struct rig rig;
        lane_whole left = {0};
        setup_begin(&setup, 13);
        setup_still(&setup);
        setup_set(&setup, "months", 1);
        setup_set(&setup, "aftercare_months", CELLS);
        setup_set(&setup, "model.lapse", 0.05);
        (void)setup_regime(&setup, "constant");
        rig_start(&rig, &setup, NULL, round * LANES, LANES);
        rig_steps(&rig, 1);
        struct block *block = &rig.ensemble.blocks[0];
        memset(block->mean_trust, 0, sizeof block->mean_trust);
        memset(block->mean_momentum, 0, sizeof block->mean_momentum);
        for (int month = 0; month < CELLS; month++) {
            rig_steps(&rig, 1);
            for (int lane = 0; lane < LANES; lane++) {
                left[lane] += block->goes_on[lane];
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            counts[left[lane]]++;
        }
        rig_free(&rig);
    }
    assert_true(fit_chi_square(CELLS + 1, counts, expected) > FIT_ALARM);
}

/* 14. A diagnosis by analysis finds layer g of a cause with probability reach^g: layers foreseeable, owned by a sector that is
 * there, the depth set anew each month; chi-square of three depths. */
static void reach_falls_by_layer(void **state)
{
    (void)state;
    enum { MONTHS = 1500, DEPTHS = 3 };
    struct setup setup;
    struct rig rig;
    double tries[DEPTHS] = {0}, finds[DEPTHS] = {0};
    setup_begin(&setup, 14);
    steady(&setup);
    setup_set(&setup, "months", MONTHS);
    setup_set(&setup, "problem.causes", 1);
    setup_set(&setup, "problem.coupling", 0);
    setup_set(&setup, "problem.foreseeable", 1);
    setup_set(&setup, "model.attempts", 0);
    setup_set(&setup, "model.surface", 0);
    setup_set(&setup, "model.stale", 0);
    setup_set(&setup, "model.analysis", 0.5);
    struct steering *steering = setup_regime(&setup, "linear");
    steering->formation_months = MONTHS;
    steering->formation_gate = 0;
    rig_start(&rig, &setup, NULL, 0, LANES);
    struct block *block = &rig.ensemble.blocks[0];
    for (int month = 0; month < MONTHS; month++) {
        int depth = month % DEPTHS;
        for (int lane = 0; lane < LANES; lane++) {
            block->diagnosed[0][lane] = depth;
        }
        rig_steps(&rig, 1);
        for (int lane = 0; lane < LANES; lane++) { /* first diagnosis only: later ones meet another depth */
            tries[depth]++;
            finds[depth] += block->diagnosed[0][lane] > depth;
        }
    }
    for (int depth = 0; depth < DEPTHS;
         depth++) { /* none of a Poisson number of mean 0.5 0.6, each kept with reach^depth */
        double chance = 1 - exp(-0.5 * 0.6 * pow(0.6, depth));
        double error = sqrt(tries[depth] * chance * (1 - chance));
        assert_close(finds[depth], tries[depth] * chance, 5 * error);
    }
    rig_free(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_point_of_tension),    cmocka_unit_test(quick_results_are_poisson),
        cmocka_unit_test(first_result_is_geometric), cmocka_unit_test(tenure_is_geometric),
        cmocka_unit_test(lapse_is_geometric),        cmocka_unit_test(reach_falls_by_layer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
