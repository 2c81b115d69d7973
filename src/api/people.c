/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "api/inside.h"
#include "base/json.h"
#include "build_info.h"
#include "engine/kernel.h"
#include "result/results.h"
#include "run/memory_sink.h"
#include "run/watch.h"

enum { N_OF_SEATS = 2 + N_AXES, N_OF_TIES = 4 };

struct dredge_people {
    int n_months, n_collaborations, n_seats, n_ties;
    float *seats;                    /* [n_months + 1][n_collaborations][n_seats][N_OF_SEATS], owned */
    float *ties;                     /* [n_months + 1][n_collaborations][n_ties][N_OF_TIES], owned */
    char (*names)[WATCH_NAME_BYTES]; /* [n_seats], owned */
    int *sectors;                    /* [n_seats], owned */
    int (*pairs)[2];                 /* [n_ties] seats, owned */
};

/* ---- watching ---- */

struct watching {
    dredge_people *people;
    const struct study *study;
    dredge_status status;
};

static dredge_status make_room(dredge_people *people)
{
    size_t n_pictures = ((size_t)people->n_months + 1) * (size_t)people->n_collaborations;
    size_t n_seats = (size_t)people->n_seats, n_ties = (size_t)people->n_ties;
    people->seats = calloc(n_pictures, n_seats * N_OF_SEATS * sizeof *people->seats);
    people->ties = calloc(n_pictures, (n_ties * N_OF_TIES + 1) * sizeof *people->ties);
    people->names = calloc(n_seats, sizeof *people->names);
    people->sectors = calloc(n_seats, sizeof *people->sectors);
    people->pairs = calloc(n_ties + 1, sizeof *people->pairs);
    int is_there = people->seats != NULL && people->ties != NULL && people->names != NULL && people->sectors != NULL &&
                   people->pairs != NULL;
    unsigned long long n_numbers = n_pictures * (n_seats * N_OF_SEATS + n_ties * N_OF_TIES);
    return is_there ? DREDGE_OK : status_no_memory(n_numbers * sizeof *people->seats);
}

/* Who sits and who is tied, which no month changes. */
static void take_names(struct watching *watching, const struct scenario *scenario)
{
    dredge_people *people = watching->people;
    for (int seat = 0; seat < people->n_seats; seat++) {
        char name[WATCH_NAME_BYTES];
        const char *own = watch_name(watching->study, scenario, seat, name);
        memcpy(people->names[seat], own, strlen(own) + 1);
        people->sectors[seat] = scenario->plan.seat[seat].sector;
    }
    for (int tie = 0; tie < people->n_ties; tie++) {
        people->pairs[tie][0] = scenario->plan.pair[tie].i;
        people->pairs[tie][1] = scenario->plan.pair[tie].j;
    }
}

static dredge_status begin(struct watching *watching, const struct scenario *scenario)
{
    dredge_people *people = watching->people;
    people->n_months = scenario->parameters.months + scenario->parameters.aftercare_months;
    people->n_collaborations = scenario->parameters.collaborations;
    people->n_seats = scenario->plan.n_seats;
    people->n_ties = scenario->plan.n_ties;
    dredge_status status = make_room(people);
    if (status == DREDGE_OK) {
        take_names(watching, scenario);
    }
    return status;
}

/* A watch_see. */
static void see(void *context, const struct scenario *scenario, const struct block *block, int lane, int collaboration,
                int month)
{
    struct watching *watching = context;
    dredge_people *people = watching->people;
    if (month == 0 && collaboration == 0) {
        watching->status = begin(watching, scenario);
    }
    if (watching->status != DREDGE_OK) {
        return;
    }
    size_t picture = (size_t)month * (size_t)people->n_collaborations + (size_t)collaboration;
    float *next = people->seats + picture * (size_t)people->n_seats * N_OF_SEATS;
    for (int seat = 0; seat < people->n_seats; seat++) {
        *next++ = (float)block->inside[seat][lane];
        *next++ = block->momentum[seat][lane];
        for (int axis = 0; axis < N_AXES; axis++) {
            *next++ = block->frame[axis][seat][lane];
        }
    }
    next = people->ties + picture * (size_t)people->n_ties * N_OF_TIES;
    for (int tie = 0; tie < people->n_ties; tie++) {
        const struct pair *pair = &scenario->plan.pair[tie];
        *next++ = (float)(block->inside[pair->i][lane] & block->inside[pair->j][lane]);
        *next++ = block->trust[tie][lane];
        *next++ = block->latent[tie][lane];
        *next++ = block->open[tie][lane];
    }
}

static dredge_status watch(const struct study *study, const struct watched *run, dredge_people **people)
{
    struct watching watching = {.people = calloc(1, sizeof **people), .study = study};
    if (watching.people == NULL) {
        return status_no_memory(sizeof **people);
    }
    dredge_status status = watch_run(study, run, see, &watching);
    status = status == DREDGE_OK ? watching.status : status;
    if (status != DREDGE_OK) {
        dredge_people_free(watching.people);
        return status;
    }
    *people = watching.people;
    return DREDGE_OK;
}

/* ---- which run ---- */

static dredge_status check_was_run(struct results *results, const struct watched *run)
{
    const struct results_info *info = results_info(results);
    size_t n_replicates = (size_t)info->n_replicates, n = (size_t)info->n_regimes * n_replicates;
    uint8_t *statuses = malloc(n);
    if (statuses == NULL) {
        return status_no_memory(n);
    }
    caller_lock();
    dredge_status status = results_status(results, run->point, 1, statuses);
    caller_unlock();
    uint8_t own = status == DREDGE_OK ? statuses[(size_t)run->regime * n_replicates + (size_t)run->replicate] : 0;
    free(statuses);
    if (status == DREDGE_OK && own != RUN_DONE) {
        status = status_fail(
            DREDGE_USAGE, "replicate %d of point %d under %s %s", run->replicate, run->point,
            info->regimes[run->regime],
            own == RUN_FAILED ? "failed" : "was not run: a stopping rule, a shard or an interruption left it out");
    }
    return status;
}

static dredge_status check_run(struct results *results, const struct watched *run)
{
    const struct results_info *info = results_info(results);
    if (run->point < 0 || run->point >= info->n_points || run->regime < 0 || run->regime >= info->n_regimes ||
        run->replicate < 0 || run->replicate >= info->n_replicates) {
        return status_fail(
            DREDGE_USAGE,
            "there is no run of point %d, regime %d, replicate %d: the results have %d, %d and %d, counted "
            "from 0",
            run->point, run->regime, run->replicate, info->n_points, info->n_regimes, info->n_replicates);
    }
    if (strcmp(info->model_stamp, DREDGE_MODEL_STAMP) != 0) {
        return status_fail(DREDGE_FAILURE,
                           "the runs were made by %s%s, and this is model %s: it cannot make them again",
                           info->model_stamp[0] != '\0' ? "model " : "a model that the results do not name",
                           info->model_stamp, DREDGE_MODEL_STAMP);
    }
    return check_was_run(results, run);
}

dredge_status dredge_results_people(dredge_results *results, int point, int regime, int replicate,
                                    dredge_people **people)
{
    const struct watched run = {point, regime, replicate};
    status_clear();
    if (people == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_results_people needs a place for the people");
    }
    *people = NULL;
    if (results == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_results_people needs results, not NULL");
    }
    dredge_status status = kernel_check(1);
    if (status == DREDGE_OK) {
        status = check_run(results_inner(results), &run);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    const struct memory_sink *memory = results_memory(results);
    if (memory != NULL) {
        return watch(memory_sink_study(memory), &run, people);
    }
    struct study study = {0};
    struct switches own;
    caller_switch(&own);
    status = results_study(results_inner(results), &study);
    caller_switch_back(&own);
    if (status == DREDGE_OK) {
        status = watch(&study, &run, people);
    }
    study_free(&study);
    return status;
}

void dredge_people_free(dredge_people *people)
{
    if (people != NULL) {
        free(people->seats);
        free(people->ties);
        free(people->names);
        free(people->sectors);
        free(people->pairs);
        free(people);
    }
}

/* ---- what they are ---- */

dredge_status dredge_people_describe(const dredge_people *people, char **json)
{
    static const char *const of_seats[N_OF_SEATS] = {"inside", "momentum", "collective", "action", "evidence"};
    static const char *const of_ties[N_OF_TIES] = {"inside", "trust", "latent", "open"};
    struct json writer = {0};
    caller_begin_text(json);
    if (people == NULL || json == NULL) {
        return status_fail(DREDGE_USAGE, "dredge_people_describe needs people and a place for the text");
    }
    json_begin_object(&writer);
    json_put_whole(&writer, "months", people->n_months);
    json_put_whole(&writer, "collaborations", people->n_collaborations);
    json_key(&writer, "seats");
    json_begin_array(&writer);
    for (int seat = 0; seat < people->n_seats; seat++) {
        json_begin_object(&writer);
        json_put_string(&writer, "name", people->names[seat]);
        json_put_string(&writer, "sector", sector_names[people->sectors[seat]]);
        json_end(&writer);
    }
    json_end(&writer);
    json_key(&writer, "ties");
    json_begin_array(&writer);
    for (int tie = 0; tie < people->n_ties; tie++) {
        json_begin_array(&writer);
        json_whole(&writer, people->pairs[tie][0]);
        json_whole(&writer, people->pairs[tie][1]);
        json_end(&writer);
    }
    json_end(&writer);
    json_put_strings(&writer, "of_seats", N_OF_SEATS, of_seats);
    json_put_strings(&writer, "of_ties", N_OF_TIES, of_ties);
    json_end(&writer);
    return json_finish(&writer, json);
}

const float *dredge_people_seats(const dredge_people *people)
{
    return people != NULL ? people->seats : NULL;
}

const float *dredge_people_ties(const dredge_people *people)
{
    return people != NULL ? people->ties : NULL;
}
