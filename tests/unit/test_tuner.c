/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "search/tuning.h"
#include "testing.h"

static const char text[] = "title: Small\n"
                           "months: 36\n"
                           "aftercare_months: 12\n"
                           "seed: 5\n"
                           "replicates: 10\n"
                           "regimes: [linear_kpi, iterative]\n";

static struct tuner_options small(void)
{
    struct tuner_options options = tuner_defaults();
    options.n_candidates = 32;
    options.n_generations = 2;
    options.n_refine = 32;
    options.n_validate = 64;
    return options;
}

/* What moves, moves; what does not, stays as in the regime it starts from; and places are found back. */
static void places_and_regimes(void **state)
{
    (void)state;
    struct regime iterative;
    struct regime made;
    struct space space;
    double x[SPACE_MAX];
    regime_from_info(&iterative, regime_info_find("iterative"));
    assert_int_equal(space_init(&space, &iterative.phase[0].steering, "base,kpi_weight,base"), DREDGE_OK);
    assert_int_equal(space.n, 2);
    space_place(&space, &iterative, x);
    assert_close(x[0], 0.30 / 0.95, 1e-12);
    x[0] = 2;
    space_regime(&space, x, "made", &made);
    assert_close(made.phase[0].steering.base, 0.95, 1e-12);
    assert_close(made.phase[0].steering.kpi_weight, 0.2, 1e-12);
    assert_close(made.phase[0].steering.tension_gain, 1.0, 0);
    assert_int_equal(space_init(&space, &iterative.phase[0].steering, NULL), DREDGE_OK);
    assert_int_equal(space.n, SPACE_MAX);
    assert_int_equal(space_init(&space, &iterative.phase[0].steering, "bse"), DREDGE_USAGE);
    status_clear();
}

/* The search never ends below the study's own regimes in the search itself, validates on other luck, and repeats to the
 * last bit. A constraint that nothing can meet is told as not met. */
static void searches_and_repeats(void **state)
{
    (void)state;
    struct study study;
    struct space space;
    struct tuned tuned;
    struct tuned again;
    struct tuner_options options = small();
    assert_int_equal(study_parse("small.yaml", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(space_init(&space, &study.regimes[1].phase[0].steering, NULL), DREDGE_OK);
    assert_int_equal(tuner_run(&study, &space, &options, &tuned), DREDGE_OK);
    assert_int_equal(tuner_run(&study, &space, &options, &again), DREDGE_OK);
    assert_true(tuned.searched >= 0);
    assert_true(tuned.feasible);
    assert_true(tuned.search.seed != tuned.fresh.seed);
    assert_close(again.validated, tuned.validated, 0);
    assert_close(again.optimism, tuned.searched - tuned.validated, 0);
    assert_true(tuned.again.seed != tuned.fresh.seed && tuned.again.seed != tuned.search.seed);
    /* the winner is the best finalist that meets the bounds (here: none), and is told by luck that chose nothing */
    for (int i = tuned.n_own; i < tuned.fresh.n; i++) {
        assert_true(trials_mean(&tuned.fresh, i, options.outcome, NULL) <=
                    trials_mean(&tuned.fresh, tuned.winner, options.outcome, NULL));
    }
    assert_memory_equal(tuned.again.candidates[tuned.winner].x, tuned.fresh.candidates[tuned.winner].x,
                        sizeof tuned.again.candidates[0].x);
    struct paired paired;
    assert_int_equal(tuner_compare(&tuned.again, tuned.winner, 0, OUTCOME_structural_share, &paired), DREDGE_OK);
    assert_close(paired.difference.mean, tuned.validated, 1e-12);
    const struct candidate at_ends = {.x = {0, 1, 0.5}};
    assert_true(tuner_edge(&at_ends, 0) == -1 && tuner_edge(&at_ends, 1) == 1 && tuner_edge(&at_ends, 2) == 0);
    tuner_free(&again);
    tuner_free(&tuned);
    options.n_constraints = 1;
    options.constraints[0] = (struct constraint){.outcome = OUTCOME_symptom_burden, .upper = 1, .bound = 1e-6};
    assert_int_equal(tuner_run(&study, &space, &options, &tuned), DREDGE_OK);
    assert_false(tuned.feasible);
    tuner_free(&tuned);
    study_free(&study);
}

/* Several worlds: by the worst of them, the winner's worst world is no worse than that of any other finalist with the luck
 * that chooses; by regret, its largest regret is the smallest. A mean is the mean over worlds, none is below the worst; in each
 * world one has no regret. Steering makes no world, and a study without design has none. */
static void several_worlds(void **state)
{
    (void)state;
    struct study study;
    struct space space;
    struct tuned tuned;
    struct tuner_options options = small();
    struct tuned_robust robust[32];
    static const char theories[] =
        "months: 36\naftercare_months: 0\nseed: 5\nregimes: [linear_kpi, iterative]\n"
        "design: {factors: {theory: [mixed, inertia, old_wounds], convener.skill: [0.2, 0.8]}}\n";
    static const char steering[] = "design: {factors: {regimes.iterative.base: [0.1, 0.2]}}\n";
    assert_int_equal(study_parse("worlds.yaml", theories, strlen(theories), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(space_init(&space, &study.regimes[1].phase[0].steering, NULL), DREDGE_OK);
    options.n_worlds = 4;
    for (int criterion = TUNER_WORST; criterion <= TUNER_REGRET; criterion++) {
        options.criterion = (enum tuner_criterion)criterion;
        assert_int_equal(tuner_run(&study, &space, &options, &tuned), DREDGE_OK);
        assert_int_equal(tuned.fresh.n_worlds, 4);
        assert_int_equal(tuned.world_points[1], 1);
        assert_int_equal(tuned.world_points[3], 4);
        assert_true(tuned.fresh.n < 32);
        tuning_robust(&tuned.fresh, &options, robust);
        for (int i = tuned.n_own; i < tuned.fresh.n; i++) {
            assert_true(robust[i].worst <= robust[i].mean + 1e-12 && robust[i].regret >= 0);
            assert_true(criterion == TUNER_WORST ? robust[i].worst <= robust[tuned.winner].worst
                                                 : robust[i].regret >= robust[tuned.winner].regret);
        }
        double mean = 0;
        double least_regret = 1;
        for (int w = 0; w < 4; w++) {
            mean += trials_world_mean(&tuned.fresh, 0, OUTCOME_structural_share, w) / 4;
        }
        for (int i = 0; i < tuned.fresh.n; i++) {
            least_regret = fmin(least_regret, tuned.robust[i].regret);
        }
        assert_close(robust[0].mean, mean, 1e-12);
        assert_true(least_regret < 0.05);
        tuner_free(&tuned);
    }
    study_free(&study);
    assert_int_equal(study_parse("steering.yaml", steering, strlen(steering), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(tuner_run(&study, &space, &options, &tuned), DREDGE_USAGE);
    study_free(&study);
    assert_int_equal(study_parse("small.yaml", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(tuner_run(&study, &space, &options, &tuned), DREDGE_USAGE);
    status_clear();
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_and_regimes), cmocka_unit_test(searches_and_repeats),
                                       cmocka_unit_test(several_worlds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
