/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/precision.h"

#include <stdlib.h>
#include <string.h>

#include "result/content.h"
#include "result/stopping.h"

/* What the rule says of one point, from its outcomes and statuses, both [n_regimes][n_replicates]. */
static dredge_status look_at(struct precision *precision, const struct study *study, const struct results_info *info,
                             int point, const double *outcomes, const uint8_t *statuses)
{
    struct watched watched;
    dredge_status status = watched_init(&watched, study, point);
    if (status != DREDGE_OK) {
        return status;
    }
    int max = study->replication.max, n = info->n_replicates < max ? info->n_replicates : max;
    int has_failed = 0;
    for (int regime = 0; regime < info->n_regimes; regime++) {
        for (int replicate = 0; replicate < n; replicate++) {
            size_t place = (size_t)regime * (size_t)info->n_replicates + (size_t)replicate;
            watched.values[(size_t)regime * (size_t)max + (size_t)replicate] = outcomes[place];
            watched.known[replicate] = statuses[place] != RUN_NOT_RUN;
            has_failed |= statuses[place] == RUN_FAILED;
        }
    }
    watched_look(&watched, study);
    int done = info->replicates_done[point];
    if (watched.open && !has_failed) { /* a point that fails has said all it can */
        precision->n_open++;
        for (int replicate = 0; replicate < watched.n; replicate++) { /* the file may have room for fewer */
            precision->n_missing += watched.known[replicate] ? 0 : info->n_regimes;
        }
    } else {
        precision->n_not_reached += watched.n_precise < STOPPING_LOOKS && !has_failed;
        precision->fewest = precision->fewest == 0 || done < precision->fewest ? done : precision->fewest;
        precision->most = done > precision->most ? done : precision->most;
    }
    watched_free(&watched);
    return DREDGE_OK;
}

static dredge_status look_at_all(struct results *results, const struct study *study, struct precision *precision)
{
    const struct results_info *info = results_info(results);
    int column = catalogue_outcome(&info->catalogue, study_outcome_name(study, study->replication.outcome));
    size_t n = (size_t)info->n_regimes * (size_t)info->n_replicates;
    double *outcomes = malloc(n * sizeof *outcomes);
    uint8_t *statuses = malloc(n);
    dredge_status status = outcomes != NULL && statuses != NULL ? DREDGE_OK : status_no_memory(n * sizeof *outcomes);
    for (int point = 0; point < info->n_points && status == DREDGE_OK && column >= 0; point++) {
        status = results_outcome(results, column, point, 1, outcomes);
        if (status == DREDGE_OK) {
            status = results_status(results, point, 1, statuses);
        }
        if (status == DREDGE_OK) {
            status = look_at(precision, study, info, point, outcomes, statuses);
        }
    }
    free(outcomes);
    free(statuses);
    return status;
}

dredge_status precision_of(struct results *results, struct precision *precision)
{
    const struct results_info *info = results_info(results);
    struct study study = {0};
    *precision = (struct precision){.rule.outcome = -1, .n_missing = info->n_not_run};
    dredge_status status = results_study(results, &study);
    if (status != DREDGE_OK) {
        status_clear();
        return status == DREDGE_MEMORY ? status : DREDGE_OK;
    }
    int is_of_study = study.n_regimes == info->n_regimes && study.design.n_points == info->n_points;
    if (is_of_study && study.replication.outcome < 0) { /* what is there may be a part, with fewer replicates */
        precision->n_missing =
            (long long)info->n_points * info->n_regimes * study.replication.max - info->n_done - info->n_failed;
    } else if (is_of_study && info->replicates_done != NULL) {
        precision->rule = study.replication;
        precision->n_missing = 0;
        status = look_at_all(results, &study, precision);
    }
    study_free(&study);
    return status;
}
