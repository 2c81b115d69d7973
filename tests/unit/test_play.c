/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The game shows the engine's runs, and nothing else. */
#include "lab_study.h"

#include <math.h>
#include <stdlib.h>

#include "run/play.h"

static const char single[] = "months: 60\naftercare_months: 12\nseed: 7\nreplicates: 4\n";
static const char programme[] = "months: 24\naftercare_months: 6\nseed: 7\nreplicates: 1\n"
                                "programme: {collaborations: 40, organisations: {public: 9, private: 9, nonprofit: 6, "
                                "knowledge: 6}}\n";

enum { N_REGIMES = 2 };

static void two_regimes(const struct study *study, struct regime regimes[N_REGIMES])
{
    assert_true(study_regime_named(study, "linear_kpi", &regimes[0]));
    assert_true(study_regime_named(study, "iterative", &regimes[1]));
}

/* Series of lane 0 by month and regime. */
struct seen {
    float symptom[N_REGIMES][72], trust[N_REGIMES][72], share[N_REGIMES][72], quick[N_REGIMES][72],
        escalations[N_REGIMES][72];
};

static void see(void *context, int regime, int month, const struct work *work)
{
    struct seen *seen = context;
    seen->symptom[regime][month] = work->series[SERIES_symptom][0];
    seen->trust[regime][month] = work->series[SERIES_trust][0];
    seen->share[regime][month] = work->series[SERIES_structural_share][0];
    seen->quick[regime][month] = work->series[SERIES_quick_results][0];
    seen->escalations[regime][month] = work->series[SERIES_escalations][0];
}

/* The frames of a game are the series of the same replicate in an ensemble, to the last bit. */
static void test_frames_are_the_runs(void **state)
{
    (void)state;
    struct study study;
    struct regime regimes[N_REGIMES];
    struct play game;
    struct scenario scenario = {0};
    struct ensemble ensemble;
    static struct seen seen;
    lab_study(single, &study);
    two_regimes(&study, regimes);
    assert_int_equal(scenario_make(&scenario, study.seed, &study.parameters, N_REGIMES, regimes), DREDGE_OK);
    scenario_tables(&scenario);
    assert_int_equal(ensemble_init(&ensemble, kernel_best(), &scenario), DREDGE_OK);
    ensemble_start(&ensemble, 3, 1);
    ensemble_run(&ensemble, 1, see, &seen);

    assert_int_equal(play_init(&game, &study, N_REGIMES, regimes, 3), DREDGE_OK);
    const int seats = game.scenario.plan.n_seats, ties = game.scenario.plan.n_ties;
    int month = 0;
    while (play_step(&game)) {
        for (int regime = 0; regime < N_REGIMES; regime++) {
            const float *frame = game.frames + regime * game.stride;
            assert_true(frame[PLAY_symptom] == seen.symptom[regime][month]);
            assert_true(frame[PLAY_trust] == seen.trust[regime][month]);
            assert_true(frame[PLAY_quick] == seen.quick[regime][month]);
            assert_true(fabsf(frame[PLAY_structural_share] - seen.share[regime][month]) < 1e-6F);
            /* the flags of escalation, counted and divided by the ties between insiders at the start of the month */
            const float *escalated = frame + N_PLAY_SCALARS + 3 * seats + 3 * ties;
            float count = 0;
            for (int tie = 0; tie < ties; tie++) {
                count += escalated[tie];
            }
            assert_true((count > 0) == (seen.escalations[regime][month] > 0));
        }
        month++;
    }
    assert_int_equal(month, 72);
    play_free(&game);
    ensemble_free(&ensemble);
    scenario_free(&scenario);
    study_free(&study);
}

/* Of a programme the game steps the whole world: the collaboration that is shown is the first of world_step's. */
static void test_programme_is_the_world(void **state)
{
    (void)state;
    struct study study;
    struct regime regimes[N_REGIMES];
    struct play game;
    struct world world;
    lab_study(programme, &study);
    two_regimes(&study, regimes);
    assert_int_equal(play_init(&game, &study, N_REGIMES, regimes, 0), DREDGE_OK);
    assert_int_equal(world_init(&world, kernel_best(), &game.scenario, 0, study.parameters.collaborations, 1),
                     DREDGE_OK);
    world_start(&world, 0, 1);
    int month = 0;
    for (; play_step(&game); month++) {
        world_step(&world, 0);
        const float *frame = game.frames + game.stride;
        const float *trust = frame + N_PLAY_SCALARS + 3 * game.scenario.plan.n_seats;
        assert_true(frame[PLAY_symptom] == world.blocks[0].symptom[0]);
        assert_true(frame[PLAY_pressure] == world.blocks[0].pressure[0]);
        for (int tie = 0; tie < game.scenario.plan.n_ties; tie++) {
            assert_true(trust[tie] == world.blocks[0].trust[tie][0]);
        }
    }
    assert_int_equal(month, 30);
    world_free(&world);
    play_free(&game);
    study_free(&study);
}

/* A hand that holds still is the constant regime. */
static void test_still_hand_is_constant(void **state)
{
    (void)state;
    struct study study;
    struct regime regimes[N_REGIMES];
    struct play game;
    lab_study(single, &study);
    assert_true(study_regime_named(&study, "constant", &regimes[0]));
    assert_true(study_regime_named(&study, "results_only", &regimes[1]));
    assert_int_equal(play_init(&game, &study, N_REGIMES, regimes, 1), DREDGE_OK);
    do {
        play_steer(&game, 1, 0.30, 0.5); /* base and depth of `constant` in model/regime.def */
        assert_memory_equal(game.frames, game.frames + game.stride, (size_t)game.stride * sizeof *game.frames);
    } while (play_step(&game));
    play_free(&game);
    study_free(&study);
}

static void test_unknown_regime(void **state)
{
    (void)state;
    struct study study;
    struct regime regime;
    lab_study(single, &study);
    assert_false(study_regime_named(&study, "iteratief", &regime));
    study_free(&study);
}

static void test_describe(void **state)
{
    (void)state;
    struct study study;
    struct regime regimes[N_REGIMES];
    struct play game;
    struct json json = {0};
    char *text;
    lab_study(single, &study);
    two_regimes(&study, regimes);
    assert_int_equal(play_init(&game, &study, N_REGIMES, regimes, 0), DREDGE_OK);
    play_describe(&game, &json);
    assert_int_equal(json_finish(&json, &text), DREDGE_OK);
    /* the defaults of model/parameters.def: 10 seats inside and 4 outside, 14 * 13 / 2 ties */
    assert_non_null(strstr(text, "\"seats\":14"));
    assert_non_null(strstr(text, "\"ties\":91"));
    assert_non_null(strstr(text, "\"sectors\":[0,0,0,1,1,1,2,2,3,3,0,1,2,3]"));
    assert_non_null(strstr(text, "\"months\":60"));
    free(text);
    play_free(&game);
    study_free(&study);
}

/* Where a design varies the study, a game is its first point: of parameters, regimes, weights of mixes and events. */
static void test_first_point(void **state)
{
    (void)state;
    static const char *const texts[2] = {
        "months: 30\nseed: 7\nregimes: [linear_kpi, {name: blend, mix: {linear_kpi: 0.5, process_only: 0.5}}]\n"
        "events: [{name: cut, month: 20, set: {funder.target: 3}}]\n"
        "design: {method: list, factors: {convener.skill: [0.9, 0.1], regimes.blend.mix.process_only: [0.1, 0.9],"
        " regimes.linear_kpi.base: [0.5, 0.1], events.cut.month: [4, 20]}}\n",
        "months: 30\nseed: 7\nconvener: {skill: 0.9}\n"
        "regimes: [{name: firm, like: linear_kpi, base: 0.5}, {name: blend, mix: {linear_kpi: 0.9, process_only: "
        "0.1}}]\n"
        "events: [{name: cut, month: 4, set: {funder.target: 3}}]\n"};
    static const char *const names[2][2] = {{"linear_kpi", "blend"}, {"firm", "blend"}};
    struct study studies[2];
    lab_study(texts[0], &studies[0]);
    lab_study(texts[1], &studies[1]);
    for (int regime = 0; regime < 2; regime++) {
        struct play games[2];
        for (int k = 0; k < 2; k++) {
            struct regime own;
            assert_int_equal(play_regime(&studies[k], names[k][regime], &own), DREDGE_OK);
            assert_int_equal(play_init(&games[k], &studies[k], 1, &own, 3), DREDGE_OK);
        }
        assert_int_equal(games[0].stride, games[1].stride);
        for (int month = 0; month < 30; month++) {
            assert_memory_equal(games[0].frames, games[1].frames, (size_t)games[0].stride * sizeof *games[0].frames);
            assert_int_equal(play_step(&games[0]), play_step(&games[1]));
        }
        play_free(&games[0]);
        play_free(&games[1]);
    }
    struct regime none;
    status_clear();
    assert_int_equal(play_regime(&studies[0], "blendd", &none), DREDGE_USAGE);
    assert_string_equal(status_message(), "there is no regime \"blendd\", did you mean blend?");
    status_clear();
    study_free(&studies[0]);
    study_free(&studies[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_point),
        cmocka_unit_test(test_frames_are_the_runs),
        cmocka_unit_test(test_programme_is_the_world),
        cmocka_unit_test(test_still_hand_is_constant),
        cmocka_unit_test(test_unknown_regime),
        cmocka_unit_test(test_describe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
