/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "model/outcomes.h"
#include "parse.h"
#include "testing.h"

static double get(const struct study *study, const char *key)
{
    int index = parameter_find(key);
    assert_true(index >= 0);
    return parameter_get(&study->parameters, index);
}

/* ---- what a study may say ---- */

static void test_defaults(void **state)
{
    (void)state;
    struct study study = parse("{}");
    assert_string_equal(study.file, "folder/test.yaml");
    assert_string_equal(study.title, "test");
    assert_string_equal(study.question, "");
    assert_int_equal(study.scale, SCALE_regional);
    assert_string_equal(study.text, "{}");
    assert_string_equal(study.overrides, "");
    assert_int_equal(study.seed, 1);
    assert_int_equal(study.replication.min, 200);
    assert_int_equal(study.replication.max, 200);
    assert_int_equal(study.replication.outcome, -1);
    assert_int_equal(study.n_regimes, 2);
    assert_string_equal(study.regimes[0].name, "linear_kpi");
    assert_string_equal(study.regimes[1].name, "iterative");
    assert_int_equal(study.design.method, DESIGN_NONE);
    assert_int_equal(study.design.n_points, 1);
    assert_int_equal(study.design.n_factors, 0);
    assert_int_equal(study.trajectories, TRAJECTORIES_SUMMARY);
    assert_int_equal(study.every, 1);
    assert_int_equal(study_n_samples(&study), 156);
    assert_int_equal(study.parameters.sector[SECTOR_PUBLIC].organisations, 4); /* one per seat */
    study_free(&study);
    assert_null(study.text);
    study_free(&study);
}

/* The example of the guide, with every section. */
static void test_example(void **state)
{
    (void)state;
    struct study study =
        parse("title: Regional energy transition\n"
              "question: At which KPI target does the capability trap tip?\n"
              "scale: national\n"
              "months: 96\n"
              "aftercare_months: 24\n"
              "seed: 20220101\n"
              "replicates: {min: 60, max: 5000, until: {outcome: solved_share, half_width: 0.02, confidence: 0.9}}\n"
              "programme: {collaborations: 3, organisations: {public: 5, private: 6, nonprofit: 4, knowledge: 3}}\n"
              "seats:\n"
              "  inside:  {public: 2, private: 3, nonprofit: 2, knowledge: 2}\n"
              "  outside: {public: 1, private: 0, nonprofit: 1, knowledge: 1}\n"
              "divergence: 1.5\n"
              "problem:    {causes: 5, layers: 4, coupling: 1, foreseeable: 0.3, known: 0.35, urgency: 0.6}\n"
              "government: {funds: false, sits: false, convenes: true}\n"
              "funder:     {room: 0.6, review_months: 6, target: 1e0}\n"
              "convener:   {skill: 0.7, skill_concentration: 0, sensing: 0.1}\n"
              "recognition: 0.8\n"
              "sectors:    {private: {patience: 1.4}, public: {collective: -1}}\n"
              "model:      {turnover: 0.01}\n"
              "regimes: [iterative, {name: own, base: 0.2}]\n"
              "design: {method: list, factors: {funder.target: [1, 2]}}\n"
              "output: {trajectories: runs, every: 3}\n");
    assert_string_equal(study.title, "Regional energy transition");
    assert_string_equal(study.question, "At which KPI target does the capability trap tip?");
    assert_int_equal(study.scale, SCALE_national);
    assert_int_equal(study.seed, 20220101);
    assert_int_equal(study.replication.min, 60);
    assert_int_equal(study.replication.max, 5000);
    assert_int_equal(study.replication.outcome, OUTCOME_solved_share);
    assert_close(study.replication.half_width, 0.02, 0);
    assert_close(study.replication.confidence, 0.9, 0);
    assert_int_equal(study.parameters.collaborations, 3);
    assert_close(get(&study, "programme.organisations.knowledge"), 3, 0);
    assert_close(get(&study, "seats.outside.private"), 0, 0);
    assert_close(get(&study, "problem.layers"), 4, 0);
    assert_close(get(&study, "government.convenes"), 1, 0);
    assert_close(get(&study, "government.sits"), 0, 0);
    assert_close(get(&study, "sectors.public.collective"), -1, 0);
    assert_close(get(&study, "model.turnover"), 0.01, 0);
    assert_close(get(&study, "model.burnout"), 0.06, 0); /* the default */
    assert_int_equal(study.trajectories, TRAJECTORIES_RUNS);
    assert_int_equal(study_n_samples(&study), 40);
    assert_int_equal(study.design.n_points, 2);
    study_free(&study);
}

/* Writes a key as nested mappings: "a.b" and "1" become {a: {b: 1}}. */
static void nest(const char *key, const char *value, char text[512])
{
    size_t used = 0;
    int depth = 1;
    text[used++] = '{';
    for (const char *at = key; *at != '\0'; at++) {
        if (*at == '.') {
            used += (size_t)snprintf(text + used, 512 - used, ": {");
            depth++;
        } else {
            text[used++] = *at;
        }
    }
    used += (size_t)snprintf(text + used, 512 - used, ": %s", value);
    while (depth-- > 0) {
        text[used++] = '}';
    }
    text[used] = '\0';
}

/* Neighbours that make every value of one key possible. */
static const char *const generous[] = {"problem.coupling=0", "regimes=[iterative]", "replicates=1", "output.every=1"};

/* Every parameter of the table, at both ends of its range, in the file and by --set; and beyond them. */
static void test_all_parameters(void **state)
{
    (void)state;
    for (int index = 0; index < n_parameters; index++) {
        const struct parameter_info *info = &parameter_infos[index];
        if (strcmp(info->key, "problem.coupling") == 0) {
            continue; /* tied to the causes */
        }
        const double ends[] = {info->low, info->high};
        for (int end = 0; end < 2; end++) {
            int means_default = strncmp(info->key, "programme.organisations.", 24) == 0 && end == 0;
            char value[64], text[512], override[256];
            (void)snprintf(value, sizeof value, "%.17g", ends[end]);
            if (info->type == PARAMETER_FLAG) {
                (void)snprintf(value, sizeof value, "%s", ends[end] > 0 ? "true" : "false");
            }
            nest(info->key, value, text);
            struct study study = parse_with(text, 4, generous);
            assert_int_equal(get(&study, info->key) == ends[end], !means_default);
            char digest[33], digest_set[33];
            study_digest(&study, digest);
            study_free(&study);
            (void)snprintf(override, sizeof override, "%s=%s", info->key, value);
            const char *overrides[5] = {generous[0], generous[1], generous[2], generous[3], override};
            study = parse_with("{}", 5, overrides);
            study_digest(&study, digest_set);
            assert_string_equal(digest, digest_set);
            study_free(&study);

            (void)snprintf(value, sizeof value, "%.17g", end == 0 ? info->low - 1 : info->high + 1);
            nest(info->key, value, text);
            assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
            assert_non_null(strstr(status_message(), info->key));
        }
    }
}

static void test_all_steering(void **state)
{
    (void)state;
    for (int index = 0; index < n_steering; index++) {
        const struct steering_info *info = &steering_infos[index];
        char text[256], override[128];
        double value = (info->low + info->high) / 2;
        (void)snprintf(text, sizeof text, "{months: 12000, regimes: [{name: own, %s: %.17g}]}", info->key, value);
        struct study study = parse(text);
        assert_close(steering_get(&study.regimes[0].phase[0].steering, index), value, 0);
        study_free(&study);
        (void)snprintf(override, sizeof override, "regimes.iterative.%s=%.17g", info->key, value);
        const char *overrides[] = {override, "months=12000"};
        study = parse_with("{}", 2, overrides);
        assert_close(steering_get(&study.regimes[1].phase[0].steering, index), value, 0);
        int built_in = regime_info_find("linear_kpi");
        assert_close(steering_get(&study.regimes[0].phase[0].steering, index),
                     steering_get(&regime_infos[built_in].steering, index), 0); /* only the one that is named */
        study_free(&study);
    }
}

/* ---- points ---- */

static void test_point(void **state)
{
    (void)state;
    struct study study = parse("design:\n"
                               "  method: list\n"
                               "  factors:\n"
                               "    seats.inside.public: [3, 9, 2]\n"
                               "    problem.causes: [4, 4, 5]\n"
                               "    government.sits: [true, false, true]\n"
                               "    regimes.switch.base: [0.1, 0.2, 0.3]\n"
                               "regimes: [iterative, {name: switch, phases: [{from: 0}, {from: 6}]}]\n");
    struct parameters parameters;
    struct regime regimes[2];
    char sentence[256] = "";
    assert_int_equal(study_point(&study, 1, &parameters, regimes, sizeof sentence, sentence), DREDGE_OK);
    assert_int_equal(parameters.sector[SECTOR_PUBLIC].inside, 9);
    assert_int_equal(parameters.sector[SECTOR_PUBLIC].organisations, 10); /* follows the seats */
    assert_int_equal(parameters.sits, 0);
    assert_close(regimes[0].phase[0].steering.base, 0.3, 0);
    assert_close(regimes[1].phase[0].steering.base, 0.2, 0);
    assert_close(regimes[1].phase[1].steering.base, 0.2, 0);
    assert_close(study.regimes[1].phase[1].steering.base, 0.3, 0); /* the study itself stays as it was */
    status_clear();
    study.design.values[2 * 4 + 1] = 2; /* as no study that was read has it */
    assert_int_equal(study_point(&study, 2, &parameters, regimes, sizeof sentence, sentence), DREDGE_STUDY);
    assert_string_equal(sentence, "a coupling of 2 needs at least 3 causes, and problem.causes is 2");
    assert_string_equal(status_message(), ""); /* not recorded: such runs fail, the others go on */
    study_free(&study);
}

/* The months may be a factor; formation longer than one of them is a mistake. */
static void test_point_horizon(void **state)
{
    (void)state;
    struct study study = parse("{output: {every: 4}, design: {factors: {months: [12, 30]}}}");
    assert_int_equal(study_n_samples(&study), (30 + 36) / 4);
    study_free(&study);
    refused(
        "{design: {factors: {months: [6, 12, 30]}}}",
        "folder/test.yaml:1: design: 1 of 3 points cannot run (0); at point 0 (months = 6) the formation of linear_kpi "
        "lasts 12 months, longer than the horizon of 6 months; `where` can leave points out");
    refused("{design: {factors: {months: [1, 2, 3, 4, 5, 6]}}}",
            "folder/test.yaml:1: design: 6 of 6 points cannot run (0, 1, 2, 3, ...); at point 0 (months = 1) the "
            "formation of "
            "linear_kpi lasts 12 months, longer than the horizon of 1 months");
    study = parse("{months: 12}");
    study_free(&study);
    refused("{months: 11}", "folder/test.yaml:1: months = 11: the formation of linear_kpi lasts 12 months, longer than "
                            "the horizon of 11 months");
}

static void test_designs(void **state)
{
    (void)state;
    static const struct {
        const char *design;
        int n_points, n_rows, n_levels;
    } designs[] = {
        {"method: grid, factors: {funder.target: [1, 2, 3], government.sits: [true, false]}", 6, 0, 0},
        {"factors: {funder.target: [1, 2]}", 2, 0, 0},
        {"method: latin_hypercube, factors: {funder.target: {low: 1, high: 2, scale: log}}", 256, 256, 0},
        {"method: sobol, points: 10, factors: {funder.target: [1, 2]}", 10, 10, 0},
        {"method: morris, factors: {funder.target: {low: 1, high: 2}, months: {low: 20, high: 40}}", 60, 20, 4},
        {"method: morris, points: 20, levels: 6, factors: {funder.target: {low: 1, high: 2}}", 20, 10, 6},
        {"method: morris, trajectories: 5, factors: {government.sits: [true, false]}", 10, 5, 4},
        {"method: saltelli, points: 39, factors: {funder.target: {low: 1, high: 2}}", 32, 8, 0},
        {"method: saltelli, bases: 8, factors: {funder.target: {low: 1, high: 2}}", 32, 8, 0}};
    for (size_t index = 0; index < sizeof designs / sizeof designs[0]; index++) {
        char text[256];
        (void)snprintf(text, sizeof text, "{design: {%s}}", designs[index].design);
        struct study study = parse(text);
        assert_int_equal(study.design.n_points, designs[index].n_points);
        if (designs[index].n_rows > 0) {
            assert_int_equal(study.design.n_rows, designs[index].n_rows);
        }
        assert_int_equal(study.design.n_levels, designs[index].n_levels);
        study_free(&study);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_defaults),       cmocka_unit_test(test_example),
                                       cmocka_unit_test(test_all_parameters), cmocka_unit_test(test_all_steering),
                                       cmocka_unit_test(test_point),          cmocka_unit_test(test_point_horizon),
                                       cmocka_unit_test(test_designs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
