/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many futures are the replicates of the study. */
#include "lab_study.h"

#include <math.h>
#include <stdlib.h>

#include "engine/outcomes.h"
#include "lab/futures.h"
#include "run/play.h"

enum { N_FUTURES = 21 }; /* more than one block of lanes, and not a multiple */

static double outcome_of(const struct futures *futures, int outcome, int regime, int replicate)
{
    int row = outcome * futures->scenario.n_regimes + regime;
    return futures->outcomes[row * futures->n + replicate];
}

static void test_futures_are_replicates(void **state)
{
    (void)state;
    struct study study;
    struct regime regimes[2];
    struct futures futures;
    lab_study("months: 48\naftercare_months: 6\nseed: 11\n", &study);
    assert_true(study_regime_named(&study, "linear_kpi", &regimes[0]));
    assert_true(study_regime_named(&study, "iterative", &regimes[1]));
    assert_int_equal(futures_init(&futures, &study, 2, regimes, N_FUTURES), DREDGE_OK);
    assert_int_equal(futures_batch(&futures), LANES);
    assert_int_equal(futures_batch(&futures), N_FUTURES);
    assert_int_equal(futures_batch(&futures), N_FUTURES);

    /* replicate 18 on its own */
    struct ensemble ensemble;
    double alone[N_OUTCOME_COLUMNS];
    assert_int_equal(ensemble_init(&ensemble, kernel_best(), &futures.scenario), DREDGE_OK);
    ensemble_start(&ensemble, 18, 1);
    ensemble_run(&ensemble, 1, NULL, NULL);
    for (int regime = 0; regime < 2; regime++) {
        outcomes_of(&ensemble.blocks[regime], &futures.scenario, 0, alone);
        for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
            double seen = outcome_of(&futures, outcome, regime, 18);
            assert_true(seen == alone[outcome] || (isnan(seen) && isnan(alone[outcome])));
        }
        for (int month = 0; month < 54; month++) {
            assert_int_equal(futures.tallies[regime].n[month], N_FUTURES);
        }
    }
    ensemble_free(&ensemble);
    futures_free(&futures);
    study_free(&study);
}

static void test_programme(void **state)
{
    (void)state;
    struct study study;
    struct regime regime;
    struct futures futures;
    lab_study("months: 12\naftercare_months: 2\nseed: 5\nprogramme: {collaborations: 20, organisations: {public: 6, "
              "private: 6, nonprofit: 4, knowledge: 4}}\n",
              &study);
    assert_true(study_regime_named(&study, "iterative", &regime));
    assert_int_equal(futures_init(&futures, &study, 1, &regime, 2), DREDGE_OK);
    assert_int_equal(futures_batch(&futures), 1);
    assert_int_equal(futures_batch(&futures), 2);
    assert_true(outcome_of(&futures, OUTCOME_trust_end, 0, 0) != outcome_of(&futures, OUTCOME_trust_end, 0, 1));
    assert_int_equal(futures.tallies[0].n[13], 2);
    futures_free(&futures);
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_futures_are_replicates),
        cmocka_unit_test(test_programme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
