/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/sensitivity.h"
#include "cli/commands.h"
#include "cli/drivers_forms.h"
#include "cli/drivers_table.h"
#include "cli/out.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge sensitivity FILE.h5 [--outcome NAME] [--regime NAME | --difference A-B] [--json | --csv]\n"
    "\n"
    "Which factors of the design drive an outcome: Sobol indices for a saltelli design, elementary effects for a\n"
    "morris design, main effects and interactions for a grid of two levels, and the range and share of variance of\n"
    "each factor for any other.\n"
    "\n"
    "  --outcome NAME     structural_share when not given; dredge show outcomes lists them\n"
    "  --regime NAME      the outcome under this regime\n"
    "  --difference A-B   regime A minus regime B, by pairs; the last regime minus the first when not given\n"
    "  --json             one JSON document\n"
    "  --csv              one line per measure and factor\n";

enum { RESAMPLES = 1000, MAX_WORK = 20000000 };

static dredge_status sensitivity_show(struct results *results, const struct query_target *target,
                                      const struct sensitivity *sensitivity, int as_json, int as_csv)
{
    const struct results_info *info = results_info(results);
    struct json json = {0};
    if (as_csv) {
        drivers_print_csv(sensitivity, info);
        return DREDGE_OK;
    }
    if (!as_json) {
        dredge_status progress = query_print_progress(results);
        return progress != DREDGE_OK ? progress : drivers_print_table(sensitivity, info, target->name);
    }
    drivers_write_json(&json, sensitivity, info, info->outcomes[target->target.outcome].name, target->name);
    return out_json(&json);
}

int cmd_sensitivity(int argc, char **argv)
{
    const char *file = NULL;
    const char *outcome = NULL;
    const char *regime = NULL;
    const char *difference = NULL;
    int json = 0;
    int csv = 0;
    int done = 0;
    const struct query_option options[] = {{"--outcome", &outcome, NULL},
                                           {"--regime", &regime, NULL},
                                           {"--difference", &difference, NULL},
                                           {"--json", NULL, &json},
                                           {"--csv", NULL, &csv}};
    struct results *results = NULL;
    struct study study = {0};
    struct sensitivity sensitivity = {0};
    struct query_target target;
    struct panel panel;
    double *values = NULL;
    dredge_status status = query_parse(argc, argv, 5, options, 1, &file, help, &done);
    if (status != DREDGE_OK || done) {
        return query_exit(argv[0], status);
    }
    status = results_open(&results, file);
    if (status == DREDGE_OK) {
        status = query_target(results_info(results), outcome, regime, difference, &target);
    }
    if (status == DREDGE_OK) {
        status = results_study(results, &study);
    }
    if (status == DREDGE_OK) {
        status = sensitivity_needs_design(&study.design, "sensitivity");
    }
    if (status == DREDGE_OK) {
        status = target_read(results, &target.target, &values, &panel);
    }
    if (status == DREDGE_OK) {
        int rows = study.design.n_rows;
        int n_resamples = rows > MAX_WORK / RESAMPLES ? MAX_WORK / rows + 100 : RESAMPLES;
        status = sensitivity_compute(&study.design, &panel, 0.95, n_resamples, study.seed, &sensitivity);
    }
    if (status == DREDGE_OK) {
        status = sensitivity_show(results, &target, &sensitivity, json, csv);
    }
    sensitivity_free(&sensitivity);
    free(values);
    study_free(&study);
    results_close(results);
    return query_exit(argv[0], status);
}
