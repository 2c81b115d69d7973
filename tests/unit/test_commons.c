/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "fit.h"
#include "rules.h"
#include "setup.h"
#include "engine/commons.h"
#include "engine/fixed.h"

/* 30, 40, 9 and 3 organisations for 4, 4, 3 and 3 seats in each of 64 collaborations: pools of min(N, 4 seats) = 16, 16,
 * 9 and 3. */

enum { SECTORS = N_SECTORS, COLLABORATIONS = 64, ALL = 82 };
static const int N_OF[SECTORS] = {30, 40, 9, 3}, SEATS_OF[SECTORS] = {4, 4, 3, 3}, FIRST_OF[SECTORS] = {0, 30, 70, 79};

static void programme(struct setup *setup, struct scenario *scenario)
{
    setup_begin(setup, 6);
    setup_set(setup, "programme.collaborations", COLLABORATIONS);
    setup_set(setup, "programme.organisations.public", 30);
    setup_set(setup, "programme.organisations.private", 40);
    setup_set(setup, "programme.organisations.nonprofit", 9);
    setup_set(setup, "programme.organisations.knowledge", 3);
    (void)setup_regime(setup, "iterative");
    memset(scenario, 0, sizeof *scenario);
    setup_scenario(setup, scenario);
}

/* A block of collaborations first .. first + LANES - 1, seated. */
static void seat(const struct commons *commons, const struct scenario *scenario, struct block *block, uint32_t first,
                 uint32_t replicate)
{
    block->n_lanes = LANES;
    for (uint32_t lane = 0; lane < LANES; lane++) {
        block->replicate[lane] = replicate;
        block->entity[lane] = first + lane;
    }
    commons_seat(commons, scenario, block);
}

static void organisations(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario;
    struct commons commons;
    programme(&setup, &scenario);
    assert_int_equal(commons_init(&commons, &scenario, 1), DREDGE_OK);
    assert_int_equal(commons.n_organisations, ALL);
    for (int sector = 0; sector < SECTORS; sector++) {
        assert_int_equal(commons.first_of[sector], FIRST_OF[sector]);
    }
    commons_start(&commons, &scenario, 0);
    float first = commons.organisation[0].position[0];
    for (int number = 0; number < ALL; number++) {
        assert_true(commons.organisation[number].standing == 0.4F);
        assert_true(commons.organisation[number].appreciation == 0.5F);
        assert_true(number == 0 || commons.organisation[number].position[0] != first);
    }
    commons_start(&commons, &scenario, 1);
    assert_true(commons.organisation[0].position[0] != first);
    commons_free(&commons);
    commons_free(&commons); /* safe when zeroed */
    scenario_free(&scenario);
}

/* Every seat has an organisation of its sector, from the pool of its region, and no two seats the same. Over many
 * replicates each member of the pool is drawn equally often (false alarm 1e-6 per sector). */
static void seating(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario;
    struct commons commons;
    struct block block;
    static double counts[SECTORS][16];
    programme(&setup, &scenario);
    assert_int_equal(commons_init(&commons, &scenario, 1), DREDGE_OK);
    assert_int_equal(block_init(&block, &scenario, 1), DREDGE_OK);
    for (uint32_t round = 0; round < 400; round++) {
        seat(&commons, &scenario, &block, round % 4 * LANES, round);
        for (int lane = 0; lane < LANES; lane++) {
            int taken[ALL] = {0};
            for (int s = 0; s < scenario.plan.n_seats; s++) {
                int sector = scenario.plan.seat[s].sector;
                int n = N_OF[sector];
                int n_pool = n < 4 * SEATS_OF[sector] ? n : 4 * SEATS_OF[sector];
                int start = (int)block.entity[lane] * n / COLLABORATIONS;
                int number = (int)block.organisation[s][lane];
                int place = (number - FIRST_OF[sector] - start + n) % n;
                assert_between(number, FIRST_OF[sector], FIRST_OF[sector] + n - 1);
                assert_between(place, 0, n_pool - 1);
                assert_int_equal(taken[number]++, 0);
                counts[sector][place]++;
            }
        }
    }
    for (int sector = 0; sector < 3; sector++) { /* all of the fourth sector's are always taken */
        assert_true(fit_even(N_OF[sector] < 16 ? N_OF[sector] : 16, counts[sector]) > FIT_ALARM);
    }
    block_free(&block);
    commons_free(&commons);
    scenario_free(&scenario);
}

/* Exact sums, their means, and a rounding of at most half a unit of 2^-28. */
static void fixed_point(void **state)
{
    (void)state;
    int64_t sum = 0;
    double expected = 0;
    for (int k = -500; k <= 1000; k++) {
        double value = k * 0.123456789;
        assert_close((double)fixed_from(value) * 0x1p-28, value, 0x1p-29);
        sum += fixed_from(value);
        expected += value;
    }
    assert_close(fixed_mean(sum, 1501), expected / 1501, 0x1p-29);
    assert_int_equal(fixed_from(0.3), -fixed_from(-0.3));
}

/* The means over the inside seats of an organisation in living collaborations (docs/model.md 4.5), summed by three
 * threads; an organisation without such a seat does not change. */
static void learning(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario;
    struct commons commons;
    struct block block;
    struct work work;
    programme(&setup, &scenario);
    assert_int_equal(commons_init(&commons, &scenario, 3), DREDGE_OK);
    assert_int_equal(block_init(&block, &scenario, 1), DREDGE_OK);
    assert_int_equal(work_init(&work, &scenario), DREDGE_OK);
    commons_start(&commons, &scenario, 0);
    struct organisation before[ALL];
    memcpy(before, commons.organisation, sizeof before);
    double n[ALL] = {0}, trust[ALL] = {0}, escalated[ALL] = {0}, structural[ALL] = {0}, frame[ALL] = {0};
    for (int part = 0; part < 3; part++) {
        seat(&commons, &scenario, &block, (uint32_t)part * LANES, 0);
        for (int lane = 0; lane < LANES; lane++) {
            work.lived[lane] = lane % 5 != 0;
            work.partners_inverse[lane] = 1.0F / 9;
            work.structural[lane] = lane % 3;
            for (int s = 0; s < scenario.plan.n_seats; s++) {
                block.inside[s][lane] = s < 10;
                work.trust_sum[s][lane] = 0.3F * (float)s + 0.1F * (float)lane + 0.05F * (float)part;
                work.escalated_sum[s][lane] = 0.02F * (float)s;
                for (int axis = 0; axis < N_AXES; axis++) {
                    work.frame_start[axis][s][lane] = 0.1F * (float)(s - lane + axis);
                }
                if (s < 10 && lane % 5 != 0) {
                    uint32_t number = block.organisation[s][lane];
                    n[number]++;
                    trust[number] += (double)work.trust_sum[s][lane] / 9;
                    escalated[number] += (double)work.escalated_sum[s][lane] / 9;
                    structural[number] += lane % 3;
                    frame[number] += (double)work.frame_start[1][s][lane];
                }
            }
        }
        commons_gather(&commons, &scenario, &block, &work, part);
    }
    commons_add(&commons, 0, 50);
    commons_add(&commons, 50, ALL);
    commons_learn(&commons, &scenario, 0, ALL);
    int n_without = 0;
    for (int k = 0; k < ALL; k++) {
        const struct organisation *now = &commons.organisation[k];
        if (n[k] == 0) {
            assert_memory_equal(now, &before[k], sizeof *now);
            n_without++;
            continue;
        }
        double a = (double)before[k].appreciation, x = (double)before[k].position[1];
        assert_close((double)now->standing, 0.4 + 0.02 * (trust[k] / n[k] - 0.4), RULE_TOLERANCE);
        assert_close((double)now->appreciation, a + 0.02 * ((1 - a) * structural[k] / n[k] - a * escalated[k] / n[k]),
                     RULE_TOLERANCE);
        assert_close((double)now->position[1], x + 0.01 * (frame[k] / n[k] - x), RULE_TOLERANCE);
    }
    assert_between(n_without, 1, 60);
    memcpy(before, commons.organisation, sizeof before);
    commons_learn(&commons, &scenario, 0, ALL); /* the sums were set to zero */
    assert_memory_equal(before, commons.organisation, sizeof before);
    work_free(&work);
    block_free(&block);
    commons_free(&commons);
    scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organisations),
        cmocka_unit_test(seating),
        cmocka_unit_test(fixed_point),
        cmocka_unit_test(learning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
