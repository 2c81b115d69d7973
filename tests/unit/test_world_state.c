/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "engine/world_state.h"

enum { MONTHS = 24, AFTERCARE = 6, N = 70, REPLICATE = 3, REGIME = 1 };

static void programme(struct setup *setup, struct scenario *scenario)
{
    setup_begin(setup, 20220109);
    setup_set(setup, "months", MONTHS);
    setup_set(setup, "aftercare_months", AFTERCARE);
    setup_set(setup, "programme.collaborations", N);
    setup_set(setup, "programme.organisations.public", 30);
    setup_set(setup, "programme.organisations.private", 40);
    setup_set(setup, "programme.organisations.nonprofit", 20);
    setup_set(setup, "programme.organisations.knowledge", 20);
    (void)setup_regime(setup, "linear_kpi");
    (void)setup_regime(setup, "iterative");
    setup_scenario(setup, scenario);
}

/* The state of a whole world: [N] records, then the organisations. */
static uint32_t *take(const struct world *world)
{
    size_t record = world_state_words(world->scenario);
    size_t n_organisations = (size_t)world->commons.n_organisations;
    uint32_t *words = malloc((N * record + n_organisations * WORLD_ORGANISATION_WORDS) * sizeof *words);
    assert_non_null(words);
    for (int number = 0; number < N; number++) {
        world_state_get(world, number, words + (size_t)number * record);
    }
    for (size_t k = 0; k < n_organisations; k++) {
        world_state_get_organisation(world, (int)k, words + N * record + k * WORLD_ORGANISATION_WORDS);
    }
    return words;
}

static void put(struct world *world, const uint32_t *words)
{
    size_t record = world_state_words(world->scenario);
    world_start(world, REPLICATE, REGIME);
    for (int number = world->first; number < world->first + world->n_collaborations; number++) {
        assert_true(world_state_put(world, number, words + (size_t)number * record));
    }
    for (int k = 0; k < world->commons.n_organisations; k++) {
        world_state_put_organisation(world, k, words + N * record + (size_t)k * WORLD_ORGANISATION_WORDS);
    }
}

static void step(struct world *world, int n, float series[][N_SERIES_COLUMNS])
{
    for (int k = 0; k < n; k++) {
        world_step(world, 1);
        memcpy(series[k], world->series, sizeof world->series);
    }
}

/* A world that goes on from the state of any month, on another number of threads, does what the other one does. */
static void goes_on(void **state)
{
    (void)state;
    static const int months[] = {1, 12, MONTHS - 1, MONTHS, MONTHS + 3};
    static float series[MONTHS + AFTERCARE][N_SERIES_COLUMNS], again[MONTHS + AFTERCARE][N_SERIES_COLUMNS];
    struct setup setup;
    struct scenario scenario = {0};
    struct world world, other;
    double outcomes[N_OUTCOME_COLUMNS], own[N_OUTCOME_COLUMNS];
    programme(&setup, &scenario);
    assert_int_equal(world_init(&world, kernel_best(), &scenario, 0, N, 1), DREDGE_OK);
    for (size_t k = 0; k < sizeof months / sizeof months[0]; k++) {
        int rest = MONTHS + AFTERCARE - months[k];
        assert_int_equal(world_init(&other, kernel_best(), &scenario, 0, N, 3), DREDGE_OK);
        world_start(&world, REPLICATE, REGIME);
        step(&world, months[k], series);
        uint32_t *words = take(&world);
        put(&other, words);
        other.month = months[k];
        step(&world, rest, series);
        step(&other, rest, again);
        assert_memory_equal(series, again, (size_t)rest * sizeof series[0]);
        world_outcomes(&world, outcomes);
        world_outcomes(&other, own);
        assert_memory_equal(outcomes, own, sizeof outcomes);
        free(words);
        world_free(&other);
    }
    world_free(&world);
    scenario_free(&scenario);
}

/* What a part of a world has is what the whole has for these collaborations. */
static void parts_have_the_records_of_the_whole(void **state)
{
    (void)state;
    enum { FIRST = 37, PART = 21 };
    struct setup setup;
    struct scenario scenario = {0};
    struct world world, part;
    programme(&setup, &scenario);
    size_t record = world_state_words(&scenario);
    uint32_t *one = malloc(record * sizeof *one);
    assert_non_null(one);
    assert_int_equal(record % 2, 0);
    assert_int_equal(world_init(&world, kernel_best(), &scenario, 0, N, 2), DREDGE_OK);
    assert_int_equal(world_init(&part, kernel_best(), &scenario, FIRST, PART, 2), DREDGE_OK);
    world_start(&world, REPLICATE, REGIME);
    for (int month = 0; month < MONTHS; month++) {
        world_step(&world, 0);
    }
    uint32_t *words = take(&world);
    put(&part, words);
    for (int number = FIRST; number < FIRST + PART; number++) {
        world_state_get(&part, number, one);
        assert_memory_equal(one, words + (size_t)number * record, record * sizeof *one);
    }
    free(words);
    free(one);
    world_free(&part);
    world_free(&world);
    scenario_free(&scenario);
}

/* Numbers that the month would use as places in memory are not taken from a record that has them wrong. */
static void impossible_records_are_refused(void **state)
{
    (void)state;
    struct setup setup;
    struct scenario scenario = {0};
    struct world world;
    programme(&setup, &scenario);
    size_t record = world_state_words(&scenario);
    int n_refused = 0;
    assert_int_equal(world_init(&world, kernel_best(), &scenario, 0, N, 1), DREDGE_OK);
    world_start(&world, REPLICATE, REGIME);
    uint32_t *words = take(&world);
    for (size_t k = 0; k < record; k++) {
        uint32_t word = words[k];
        words[k] = 0x7f7f7f7f;
        n_refused += !world_state_put(&world, 0, words);
        words[k] = word;
        assert_true(world_state_put(&world, 0, words));
    }
    int n_owner_words = (scenario.rates.causes * scenario.rates.layers + 3) / 4;
    assert_int_equal(n_refused, scenario.plan.n_seats + 2 * scenario.rates.causes + n_owner_words);
    free(words);
    world_free(&world);
    scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on),
        cmocka_unit_test(parts_have_the_records_of_the_whole),
        cmocka_unit_test(impossible_records_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
