/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "run/beginning.h"
#include "search/figure.h"
#include "search/summaries.h"
#include "testing.h"

static const double weights[2] = {0.75, 0.25};

/* Two regimes of four runs; one value is missing. */
static const double values[8] = {0.1, 0.2, 0.3, NAN, 0.5, 0.6, 0.7, 0.8};

static double figure(enum evidence_kind kind, double level, const double *others)
{
    const struct evidence target = {.kind = kind, .level = level};
    double scratch[16];
    return figure_of(&target, 2, weights, 4, values, others, scratch);
}

/* Means 0.2 and 0.65: 0.75 * 0.2 + 0.25 * 0.65. Shares of at least 0.3: 1/3 and 1. */
static void means_and_shares(void **state)
{
    (void)state;
    assert_close(figure(EVIDENCE_MEAN, 0, NULL), 0.3125, 1e-14);
    assert_close(figure(EVIDENCE_SHARE, 0.3, NULL), 0.75 / 3 + 0.25, 1e-14);
}

/* Weights of the values in order: 0.25 each for 0.1, 0.2, 0.3, then 0.0625 for each of the four others. */
static void quantiles(void **state)
{
    (void)state;
    assert_close(figure(EVIDENCE_QUANTILE, 0.25, NULL), 0.1, 0);
    assert_close(figure(EVIDENCE_QUANTILE, 0.5, NULL), 0.2, 0);
    assert_close(figure(EVIDENCE_QUANTILE, 0.76, NULL), 0.5, 0);
    assert_close(figure(EVIDENCE_QUANTILE, 1, NULL), 0.8, 0);
}

/* In the first regime the other rises with the value (correlation 1 over the three pairs), in the second it falls (-1):
 * 0.75 - 0.25. Without spread there is no correlation, and the other regime counts alone. */
static void correlations(void **state)
{
    (void)state;
    const double others[8] = {1, 2, 3, 4, 9, 8, 7, 6};
    const double flat[8] = {1, 1, 1, 1, 9, 8, 7, 6};
    assert_close(figure(EVIDENCE_CORRELATION, 0, others), 0.5, 1e-12);
    assert_close(figure(EVIDENCE_CORRELATION, 0, flat), -1, 1e-12);
}

static const char text[] =
    "months: 24\naftercare_months: 0\nseed: 5\nregimes: [linear_kpi, iterative]\n"
    "outcomes: [{name: trust_24, value_of: {series: trust, month: 24}}]\n"
    "calibration:\n"
    "  mixture: {linear_kpi: 3, iterative: 1}\n"
    "  priors: {convener.skill: {low: 0, high: 1}}\n"
    "  targets:\n"
    "    - {name: trust, outcome: trust_end, value: 0.5, error: 0.1}\n"
    "    - {name: late, series: trust, month: 24, value: 0.5, error: 0.1}\n"
    "    - {name: rise, series: trust, month: 24, minus_month: 0, value: 0, error: 0.1}\n"
    "    - {name: short, outcome: trust_end, value: 0.5, error: 0.1, set: {months: 18}}\n"
    "    - {name: start, series: trust, month: 0, value: 0.5, error: 0.1}\n"
    "    - {name: own, outcome: trust_24, value: 0.5, error: 0.1, use: hold_out}\n"
    "    - {name: skilled, outcome: trust_end, value: 0.5, error: 0.1, set: {convener.skill: 1}}\n"
    "    - {name: held, outcome: trust_end, value: 0.5, error: 0.1, set: {months: 12}, use: hold_out}\n";

/* Figures of runs: trust at the end is the series in the last month; a change is the level less that of the start, which
 * nothing but the start's own trust moves (its mean is 0.5 by default); an outcome that the study derives is a figure as well;
 * settings of a target count, also for a key that has a prior; the same luck gives the same figures, another luck others;
 * settings under which nothing is fitted can be left out. */
static void of_runs(void **state)
{
    (void)state;
    enum { N = 8 };
    struct study study;
    const double x[3] = {0.2, 0.9, 1};
    const uint64_t luck[3] = {0, 0, 0};
    const uint64_t other[3] = {1, 0, 1};
    double out[2][3 * N];
    assert_int_equal(study_parse("evidence.yaml", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_non_null(study.calibration);
    assert_int_equal(summaries_n_settings(study.calibration, 0), 4);
    assert_int_equal(summaries_n_settings(study.calibration, 1), 3);
    struct summaries summaries = {.study = &study, .calibration = study.calibration, .n_replicates = 16};
    assert_int_equal(summaries_run(&summaries, 3, x, NULL, luck, out[0]), DREDGE_OK);
    assert_int_equal(summaries.n_runs, 3 * 4 * 2 * 16);
    assert_int_equal(summaries_run(&summaries, 3, x, NULL, luck, out[1]), DREDGE_OK);
    assert_memory_equal(out[0], out[1], sizeof out[0]);
    for (int row = 0; row < 3; row++) {
        const double *own = out[0] + (size_t)N * (size_t)row;
        assert_close(own[1], own[0], 1e-5); /* trajectories are kept in units of 2^-24 */
        assert_close(own[2], own[1] - own[4], 1e-12);
        assert_close(own[4], study.parameters.trust_start, 0.02); /* 16 replicates of 45 ties */
        assert_close(own[4], out[0][4], 0);
        assert_close(own[5], own[1], 1e-5);
        assert_true(fabs(own[3] - own[0]) > 1e-6);
        assert_close(own[6], out[0][6], 0); /* the same for every prior value */
    }
    assert_close(out[0][2 * N + 6], out[0][2 * N], 0); /* skill 1 by prior and by setting */
    assert_int_equal(summaries_run(&summaries, 3, x, NULL, other, out[1]), DREDGE_OK);
    assert_true(out[0][0] != out[1][0] && out[0][4] != out[1][4]);
    assert_memory_equal(out[0] + N, out[1] + N, N * sizeof(double)); /* each row by its own number */
    summaries.fitted_only = 1;
    assert_int_equal(summaries_run(&summaries, 3, x, NULL, luck, out[1]), DREDGE_OK);
    for (int i = 0; i < 3 * N; i++) {
        if (i % N == N - 1) {
            assert_true(isnan(out[1][i]) && !isnan(out[0][i])); /* nothing is fitted under its settings */
        } else {
            assert_close(out[1][i], out[0][i], 0);
        }
    }
    assert_int_equal(summaries.n_runs, 3 * 2 * 16 * (4 * 3 + 3));
    study_free(&study);
}

/* The start of a programme of several collaborations is that of each of them on average. */
static void start_of_a_programme(void **state)
{
    (void)state;
    struct study study;
    double out[N_SERIES];
    static const char programme[] = "months: 2\nprogramme: {collaborations: 40}\nregimes: [iterative]\n";
    assert_int_equal(study_parse("programme.yaml", programme, strlen(programme), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(beginning_series(&study, 2, out), DREDGE_OK);
    assert_close(out[SERIES_trust], study.parameters.trust_start, 0.02);
    assert_close(out[SERIES_survival], 1, 0);
    assert_close(out[SERIES_structural_share], 0, 0);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(means_and_shares), cmocka_unit_test(quantiles),
                                       cmocka_unit_test(correlations), cmocka_unit_test(of_runs),
                                       cmocka_unit_test(start_of_a_programme)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
