/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "trial.h"

enum { REGIMES = 2 };

/* Runs whose state does not stay finite (positions beyond any range, whose squares are infinite) have failed, with a sentence,
 * and nothing of them is counted; the other points go on. In programmes, too. */
static void failed_runs(void **state)
{
    (void)state;
    for (int programme = 0; programme < 2; programme++) {
        struct setup setup;
        struct kept kept = {0, 0, NULL};
        struct runner_options options = {.n_threads = 2};
        struct runner_sink sink = {.context = &kept, .append = kept_append};
        struct factor factor = {.index = parameter_find("divergence")};
        double values[] = {1, 1e30, 1};
        setup_begin(&setup, 20220101);
        setup_set(&setup, "months", 24);
        setup_set(&setup, "programme.collaborations", programme ? 20 : 1);
        (void)setup_regime(&setup, "linear_kpi");
        (void)setup_regime(&setup, "iterative");
        struct study study = trial_study(&setup, programme ? 3 : 40);
        study.trajectories = TRAJECTORIES_SUMMARY;
        study.design = (struct design){
            .method = DESIGN_LIST, .n_points = 3, .n_factors = 1, .factors = &factor, .values = values, .n_rows = 3};
        assert_int_equal(runner_run(&study, &options, &sink), DREDGE_OK);
        for (int k = 0; k < kept.n; k++) {
            const struct parcel *parcel = &kept.parcels[k];
            int fails = parcel->span.point == 1, n = parcel->span.n_replicates;
            assert_int_equal(strstr(parcel->message, "did not stay finite") != NULL, fails);
            for (int row = 0; row < REGIMES * n; row++) {
                assert_int_equal(parcel->status[row], fails ? RUN_FAILED : RUN_DONE);
                assert_int_equal(isnan(parcel->outcomes[OUTCOME_structural_share * REGIMES * n + row]), fails);
            }
            for (int regime = 0; regime < REGIMES; regime++) {
                const struct tally_code *code = &parcel->tallies[regime];
                struct tally_reader reader;
                struct tally_cell cell;
                tally_reader_begin(&reader, code->n_bytes, code->bytes, parcel->n_samples);
                for (int at = 0; at <= SERIES_trust * parcel->n_samples; at++) {
                    tally_reader_next(&reader, &cell);
                }
                assert_false(reader.is_wrong);
                assert_int_equal(cell.n, fails ? 0 : n);
                assert_int_equal(cell.n_pairs, fails || regime == 0 ? 0 : n);
                assert_true(fails == (cell.sum == 0));
            }
        }
        kept_free(&kept);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(failed_runs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
