/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "setup.h"
#include "engine/plan.h"

/* Counts: docs/model.md 5, 3 + 3 + 2 + 2 inside, one of each outside. */
static void default_plan(void **state)
{
    (void)state;
    static const int sectors[14] = {0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 0, 1, 2, 3};
    struct setup setup;
    struct plan plan;
    setup_begin(&setup, 1);
    assert_int_equal(plan_init(&plan, &setup.parameters), DREDGE_OK);
    assert_int_equal(plan.n_seats, 14);
    assert_int_equal(plan.n_ties, 14 * 13 / 2);
    const float patience[N_SECTORS] = {1, 1.3F, 1, 0.7F};
    const float sensitivity[N_SECTORS] = {1.2F, 1, 0.8F, 0.8F};
    for (int seat = 0; seat < 14; seat++) {
        assert_int_equal(plan.seat[seat].sector, sectors[seat]);
        assert_int_equal(plan.seat[seat].starts_inside, seat < 10);
        assert_true(plan.seat[seat].patience == patience[sectors[seat]]);
        assert_true(plan.seat[seat].sensitivity == sensitivity[sectors[seat]]);
    }
    plan_free(&plan);
    plan_free(&plan); /* safe when zeroed */
}

/* Tie (i, j), i < j, has the number j (j - 1) / 2 + i: all pairs once, in any order of the two. */
static void ties(void **state)
{
    (void)state;
    struct setup setup;
    struct plan plan;
    setup_begin(&setup, 1);
    setup_set(&setup, "seats.inside.private", 7);
    assert_int_equal(plan_init(&plan, &setup.parameters), DREDGE_OK);
    int number = 0;
    for (int j = 1; j < plan.n_seats; j++) {
        for (int i = 0; i < j; i++) {
            assert_int_equal(plan.pair[number].i, i);
            assert_int_equal(plan.pair[number].j, j);
            assert_int_equal(plan_tie(i, j), number);
            assert_int_equal(plan_tie(j, i), number);
            number++;
        }
    }
    assert_int_equal(number, plan.n_ties);
    plan_free(&plan);
}

/* Every pair of sectors has a number of its own, in the order of sector_pair_names. The mean insight of a tie with a knowledge seat (1.3) and another (1.0) is 1.15. */
static void pairs_of_sectors(void **state)
{
    (void)state;
    static const int numbers[4][4] = {{0, 1, 2, 3}, {1, 4, 5, 6}, {2, 5, 7, 8}, {3, 6, 8, 9}};
    struct setup setup;
    struct plan plan;
    setup_begin(&setup, 1);
    assert_int_equal(plan_init(&plan, &setup.parameters), DREDGE_OK);
    int seen[N_SECTOR_PAIRS] = {0};
    for (int tie = 0; tie < plan.n_ties; tie++) {
        const struct pair *pair = &plan.pair[tie];
        int a = plan.seat[pair->i].sector;
        int b = plan.seat[pair->j].sector;
        int n_knowledge = (a == SECTOR_KNOWLEDGE) + (b == SECTOR_KNOWLEDGE);
        assert_int_equal(pair->sectors, numbers[a][b]);
        assert_close((double)pair->mean_insight, 1 + 0.15 * n_knowledge, 1e-6);
        seen[pair->sectors]++;
    }
    /* seats by sector: 4, 4, 3, 3 */
    const int expected[N_SECTOR_PAIRS] = {6, 16, 12, 12, 6, 12, 12, 3, 9, 3};
    assert_memory_equal(seen, expected, sizeof seen);
    plan_free(&plan);
}

/* Government that does not sit keeps the numbers of its seats, but they start outside. */
static void government_outside(void **state)
{
    (void)state;
    struct setup setup;
    struct plan plan;
    setup_begin(&setup, 1);
    setup_set(&setup, "government.sits", 0);
    assert_int_equal(plan_init(&plan, &setup.parameters), DREDGE_OK);
    assert_int_equal(plan.n_seats, 14);
    for (int seat = 0; seat < 14; seat++) {
        assert_int_equal(plan.seat[seat].starts_inside, seat >= 3 && seat < 10);
    }
    plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_plan),
        cmocka_unit_test(ties),
        cmocka_unit_test(pairs_of_sectors),
        cmocka_unit_test(government_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
