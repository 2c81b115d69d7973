/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/sensitivity.h"
#include "cli/boxes_table.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "store/store.h"

static const char help[] =
    "dredge discover FILE.h5 [--outcome NAME] --above|--below X [--regime NAME | --difference A-B]\n"
    "                [--boxes N] [--peel SHARE] [--json | --csv]\n"
    "\n"
    "Scenario discovery: in which boxes of conditions is an outcome above or below X? For example, where does the "
    "last\n"
    "regime do no better than the first: --outcome structural_share --below 0.\n"
    "\n"
    "  --outcome NAME     structural_share when not given; dredge show outcomes lists them\n"
    "  --above X          points whose mean is above X\n"
    "  --below X          points whose mean is below X\n"
    "  --regime NAME      the outcome under this regime\n"
    "  --difference A-B   regime A minus regime B, by pairs; the last regime minus the first when not given\n"
    "  --boxes N          at most this many boxes, 3 when not given\n"
    "  --peel SHARE       share of a box that one step may peel off, 0.05 when not given\n"
    "  --json             one JSON document\n"
    "  --csv              one line per box and factor\n";

struct discover {
    const char *file, *outcome, *regime, *difference, *above, *below, *boxes, *peel;
    int json, csv, done;
};

static dredge_status discover_words(int argc, char **argv, struct discover *words, double *threshold,
                                    struct prim_options *prim)
{
    const struct query_option options[] = {{"--outcome", &words->outcome, NULL},
                                           {"--regime", &words->regime, NULL},
                                           {"--difference", &words->difference, NULL},
                                           {"--above", &words->above, NULL},
                                           {"--below", &words->below, NULL},
                                           {"--boxes", &words->boxes, NULL},
                                           {"--peel", &words->peel, NULL},
                                           {"--json", NULL, &words->json},
                                           {"--csv", NULL, &words->csv}};
    dredge_status status = query_parse(argc, argv, 9, options, 1, &words->file, help, &words->done);
    if (status != DREDGE_OK || words->done) {
        return status;
    }
    if (!words->above == !words->below) {
        return status_fail(DREDGE_USAGE, "give one of --above X and --below X");
    }
    double boxes = prim->n_boxes;
    status = query_number(words->above ? "--above" : "--below", words->above ? words->above : words->below, threshold);
    if (status == DREDGE_OK) {
        status = query_number("--boxes", words->boxes, &boxes);
    }
    if (status == DREDGE_OK) {
        status = query_number("--peel", words->peel, &prim->peel);
    }
    if (status == DREDGE_OK && !(boxes >= 1 && boxes <= 20)) {
        return status_fail(DREDGE_USAGE, "--boxes %s: must be between 1 and 20", words->boxes);
    }
    if (status == DREDGE_OK && !(prim->peel > 0 && prim->peel <= 0.5)) {
        return status_fail(DREDGE_USAGE, "--peel %s: must be above 0 and at most 0.5", words->peel);
    }
    prim->n_boxes = (int)boxes;
    return status;
}

static dredge_status discover_show(struct results *results, const struct query_target *target,
                                   const struct discovery *discovery, const struct discover *words)
{
    const struct results_info *info = results_info(results);
    struct json json = {0};
    if (words->csv) {
        boxes_print_csv(discovery, info);
        return DREDGE_OK;
    }
    if (!words->json) {
        dredge_status progress = query_print_progress(results);
        return progress != DREDGE_OK ? progress : boxes_print_table(discovery, info, target->name);
    }
    boxes_write_json(&json, discovery, info, info->outcomes[target->target.outcome].name, target->name);
    return out_json(&json);
}

int cmd_discover(int argc, char **argv)
{
    struct discover words = {0};
    struct prim_options prim = prim_defaults();
    double threshold = 0;
    struct results *results = NULL;
    struct study study = {0};
    struct discovery discovery = {0};
    struct query_target target;
    struct panel panel;
    double *values = NULL;
    dredge_status status = discover_words(argc, argv, &words, &threshold, &prim);
    if (status != DREDGE_OK || words.done) {
        return query_exit(argv[0], status);
    }
    status = results_open(&results, words.file);
    if (status == DREDGE_OK) {
        status = query_target(results_info(results), words.outcome, words.regime, words.difference, &target);
    }
    if (status == DREDGE_OK) {
        status = results_study(results, &study);
    }
    if (status == DREDGE_OK) {
        status = sensitivity_needs_design(&study.design, "scenario discovery");
    }
    if (status == DREDGE_OK) {
        status = target_read(results, &target.target, &values, &panel);
    }
    if (status == DREDGE_OK) {
        status = discovery_compute(&study.design, &panel, words.above != NULL, threshold, &prim, &discovery);
    }
    if (status == DREDGE_OK) {
        status = discover_show(results, &target, &discovery, &words);
    }
    discovery_free(&discovery);
    free(values);
    study_free(&study);
    results_close(results);
    return query_exit(argv[0], status);
}
