/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "model/outcomes.h"
#include "parse.h"
#include "run/function.h"
#include "run/runner.h"
#include "trial.h"

/* A function gives the outcomes of the study whose design lists the same points, bit by bit. */

static const char listed[] =
    "months: 24\naftercare_months: 6\nseed: 5\nreplicates: 20\nregimes: [linear_kpi, iterative]\n"
    "design: {method: list, factors: {convener.skill: [0.2, 0.7, 0.4], problem.causes: [4, 3, 6],"
    " regimes.iterative.base: [0.1, 0.3, 0.5]}}\n";
static const char plain[] = "months: 24\naftercare_months: 6\nseed: 5\nregimes: [linear_kpi, iterative]\n";
static const char *const keys[] = {"convener.skill", "problem.causes", "regimes.iterative.base"};
static const double rows[3][3] = {{0.2, 4, 0.1}, {0.7, 3, 0.3}, {0.4, 6, 0.5}};
enum { N_ROWS = 3, N_REPLICATES = 20, N_ASKED = 2 };
static const int asked[N_ASKED] = {OUTCOME_quick_results, OUTCOME_trust_end};

static dredge_status call(const struct study *study, int regime, int first, int n_replicates, const double *x,
                          double *out)
{
    struct function function = {.study = study,
                                .regime = regime,
                                .n_factors = 3,
                                .factors = keys,
                                .n_outcomes = N_ASKED,
                                .outcomes = asked,
                                .first = first,
                                .n_replicates = n_replicates};
    struct function_options options = {.n_threads = 2};
    status_clear();
    return function_call(&function, N_ROWS, x, &options, out);
}

static void same_as_the_design(void **state)
{
    (void)state;
    struct study with = parse(listed), without = parse(plain);
    static double all[N_ROWS][N_ASKED][2][N_REPLICATES], one[N_ROWS][N_ASKED][1][N_REPLICATES / 2];
    assert_int_equal(call(&without, -1, 0, N_REPLICATES, &rows[0][0], &all[0][0][0][0]), DREDGE_OK);
    assert_int_equal(call(&without, 1, N_REPLICATES / 2, N_REPLICATES / 2, &rows[0][0], &one[0][0][0][0]), DREDGE_OK);

    struct kept kept = {0, 0, NULL};
    struct runner_options options = {.n_threads = 1};
    struct runner_sink sink = {.context = &kept, .append = kept_append};
    with.trajectories = TRAJECTORIES_NONE;
    assert_int_equal(runner_run(&with, &options, &sink), DREDGE_OK);
    int n_compared = 0;
    for (int k = 0; k < kept.n; k++) {
        const struct parcel *parcel = &kept.parcels[k];
        for (int row = 0; row < N_ASKED * 2 * parcel->span.n_replicates; row++) {
            int within = row % parcel->span.n_replicates, regime = row / parcel->span.n_replicates % 2;
            int outcome = row / parcel->span.n_replicates / 2, replicate = parcel->span.first + within;
            const double *expected =
                &parcel->outcomes[(asked[outcome] * 2 + regime) * parcel->span.n_replicates + within];
            assert_memory_equal(&all[parcel->span.point][outcome][regime][replicate], expected, sizeof *expected);
            if (regime == 1 && replicate >= N_REPLICATES / 2) {
                assert_memory_equal(&one[parcel->span.point][outcome][0][replicate - N_REPLICATES / 2], expected,
                                    sizeof *expected);
            }
            n_compared++;
        }
    }
    assert_int_equal(n_compared, N_ROWS * N_ASKED * 2 * N_REPLICATES);
    kept_free(&kept);
    study_free(&with);
    study_free(&without);
}

static void check_refused(const struct study *study, int regime, int row, int column, double value,
                          dredge_status status, const char *sentence)
{
    double x[N_ROWS][3], out[N_ROWS][N_ASKED][2][1];
    memcpy(x, rows, sizeof x);
    x[row][column] = value;
    assert_int_equal(call(study, regime, 0, 1, &x[0][0], &out[0][0][0][0]), status);
    assert_string_equal(status_message(), sentence);
}

static void what_cannot_be(void **state)
{
    (void)state;
    struct study study = parse(plain);
    check_refused(&study, -1, 1, 0, 1.5, DREDGE_USAGE, "row 1: convener.skill = 1.5: must be a number between 0 and 1");
    check_refused(&study, -1, 2, 0, NAN, DREDGE_USAGE, "row 2: convener.skill = nan: must be a number between 0 and 1");
    check_refused(&study, -1, 0, 1, 2.5, DREDGE_USAGE,
                  "row 0: problem.causes = 2.5: must be a whole number between 1 and 64");
    check_refused(&study, -1, 0, 1, 1, DREDGE_STUDY,
                  "row 0: a coupling of 2 needs at least 3 causes, and problem.causes is 1");
    study_free(&study);
}

static const char mixed[] = "months: 24\naftercare_months: 6\nseed: 5\n"
                            "regimes: [linear_kpi, {name: turning, phases: [{from: 0, mix: {linear_kpi: 0.5, "
                            "process_only: 0.5}}, {from: 9, base: 0.3}]},"
                            " {name: blend, mix: {linear_kpi: 0.5, process_only: 0.5}}]\n";

/* Where one regime runs alone, weights and months of its phases change it as beside the others. */
static void alone_and_beside(void **state)
{
    (void)state;
    static const struct {
        int regime, n_factors;
        const char *keys[2];
        double x[2 * N_ROWS]; /* [N_ROWS][n_factors] */
    } cases[] = {{1,
                  2,
                  {"regimes.turning.phases.0.mix.process_only", "regimes.turning.phases.1.from"},
                  {0.1, 4, 0.9, 20, 0.5, 9}},
                 {2, 1, {"regimes.blend.mix.linear_kpi"}, {0.1, 0.9, 0.4}}};
    struct study study = parse(mixed);
    struct function_options options = {.n_threads = 1};
    enum { N_REGIMES = 3, N_EACH = 4 };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        static double all[N_ROWS][N_ASKED][N_REGIMES][N_EACH], one[N_ROWS][N_ASKED][1][N_EACH];
        struct function function = {.study = &study,
                                    .regime = -1,
                                    .n_factors = cases[c].n_factors,
                                    .factors = cases[c].keys,
                                    .n_outcomes = N_ASKED,
                                    .outcomes = asked,
                                    .n_replicates = N_EACH};
        assert_int_equal(function_check(&function), DREDGE_OK);
        assert_int_equal(function_call(&function, N_ROWS, cases[c].x, &options, &all[0][0][0][0]), DREDGE_OK);
        function.regime = cases[c].regime;
        assert_int_equal(function_check(&function), DREDGE_OK);
        assert_int_equal(function_call(&function, N_ROWS, cases[c].x, &options, &one[0][0][0][0]), DREDGE_OK);
        for (int row = 0; row < N_ROWS; row++) {
            for (int outcome = 0; outcome < N_ASKED; outcome++) {
                assert_memory_equal(one[row][outcome][0], all[row][outcome][function.regime],
                                    sizeof one[row][outcome][0]);
            }
        }
        assert_memory_not_equal(one[0], one[1], sizeof one[0]);
        function.regime = 0;
        status_clear();
        assert_int_equal(function_check(&function), DREDGE_USAGE);
        assert_non_null(strstr(status_message(), "steers another regime than linear_kpi, the only one that runs"));
    }
    study_free(&study);
}

static void wrong_factors(void **state)
{
    (void)state;
    static const struct {
        const char *key, *sentence;
    } cases[] = {{"convener.skil", "no factor is called \"convener.skil\", did you mean convener.skill?"},
                 {"replicates", "no factor is called \"replicates\": a factor is theory, a parameter, regimes.NAME.KEY "
                                "of a regime or events.NAME.KEY "
                                "of an event in this study"},
                 {"convener.skil\033\n", "no factor is called \"convener.skil\\u001b \", did you mean convener.skill?"},
                 {"regimes.iterative.bases",
                  "no factor is called \"regimes.iterative.bases\", did you mean regimes.iterative.base?"},
                 {"regimes.iterative.base",
                  "regimes.iterative.base steers another regime than linear_kpi, the only one that runs"}};
    struct study study = parse(plain);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        const struct function function = {.study = &study, .regime = 0, .n_factors = 1, .factors = &cases[c].key};
        status_clear();
        assert_int_equal(function_check(&function), DREDGE_USAGE);
        assert_string_equal(status_message(), cases[c].sentence);
    }
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_as_the_design),
        cmocka_unit_test(what_cannot_be),
        cmocka_unit_test(alone_and_beside),
        cmocka_unit_test(wrong_factors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
