/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/saved_world.h"

#include <stdlib.h>
#include <string.h>

#include "engine/world_state.h"

enum { PIECE_WORDS = 1 << 18 };

/* ---- the results so far ---- */

static size_t n_runs_of(const struct job *job)
{
    return (size_t)job->parcel.n_regimes * (size_t)job->parcel.span.n_replicates;
}

static size_t n_outcomes_of(const struct job *job)
{
    return (size_t)N_OUTCOME_COLUMNS + (size_t)job->n_derived;
}

static size_t n_columns_of(const struct job *job)
{
    return job->is_sampled ? n_runs_of(job) * (size_t)job->parcel.n_samples * (size_t)job->parcel.n_series : 0;
}

static size_t n_results_of(const struct job *job)
{
    return n_runs_of(job) * (1 + 2 * n_outcomes_of(job)) + n_columns_of(job);
}

/* Statuses, outcomes (low word first), samples; these last are written up to the months that there are. */
static void get_results(const struct job *job, uint32_t *words)
{
    size_t n_runs = n_runs_of(job);
    for (size_t run = 0; run < n_runs; run++) {
        *words++ = job->parcel.status[run];
    }
    for (size_t k = 0; k < n_outcomes_of(job) * n_runs; k++) {
        uint64_t bits;
        memcpy(&bits, &job->parcel.outcomes[k], sizeof bits);
        *words++ = (uint32_t)bits;
        *words++ = (uint32_t)(bits >> 32);
    }
    if (job->is_sampled) {
        memcpy(words, job->columns, n_columns_of(job) * sizeof *words);
    }
}

/* Returns 0 when a status is none. */
static int put_results(struct job *job, const uint32_t *words)
{
    size_t n_runs = n_runs_of(job);
    int is_possible = 1;
    for (size_t run = 0; run < n_runs; run++) {
        is_possible &= *words <= RUN_FAILED;
        job->parcel.status[run] = (uint8_t)*words++;
    }
    for (size_t k = 0; k < n_outcomes_of(job) * n_runs; k++) {
        uint64_t bits = *words++;
        bits |= (uint64_t)*words++ << 32;
        memcpy(&job->parcel.outcomes[k], &bits, sizeof bits);
    }
    if (job->is_sampled) {
        memcpy(job->columns, words, n_columns_of(job) * sizeof *words);
    }
    return is_possible;
}

/* ---- what a checkpoint of a job must be ---- */

static struct checkpoint describe(const struct job *job)
{
    const struct scenario *scenario = job->scenario;
    uint64_t n_organisations = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        n_organisations += (uint64_t)scenario->parameters.sector[sector].organisations;
    }
    return (struct checkpoint){.span = job->parcel.span,
                               .n_results = n_results_of(job),
                               .n_organisations = n_organisations * WORLD_ORGANISATION_WORDS,
                               .n_collaborations = (uint64_t)scenario->parameters.collaborations,
                               .record_words = world_state_words(scenario)};
}

static dredge_status unfit(const struct checkpoint *checkpoint)
{
    return status_fail(DREDGE_FILE,
                       "%s: this checkpoint does not fit the study; remove it to do its runs again from their start",
                       checkpoint->file);
}

static dredge_status check(const struct job *job, const struct checkpoint *found)
{
    const struct parameters *p = &job->scenario->parameters;
    struct checkpoint own = describe(job);
    int fits = found->span.n_replicates == own.span.n_replicates && found->n_results == own.n_results &&
               found->n_organisations == own.n_organisations && found->n_collaborations == own.n_collaborations &&
               found->record_words == own.record_words && found->task >= 0 && found->task < job->n_tasks &&
               found->month > 0 && found->month < p->months + p->aftercare_months;
    return fits ? DREDGE_OK : unfit(found);
}

dredge_status saved_world_find(const struct runner_options *options, const struct job *job,
                               struct checkpoint *checkpoint, int *is_found)
{
    *is_found = 0;
    if (options->keeper == NULL) {
        return DREDGE_OK;
    }
    *checkpoint = describe(job);
    dredge_status status = options->keeper->find(options->keeper->context, checkpoint, is_found);
    if (status == DREDGE_OK && *is_found) {
        status = check(job, checkpoint);
    }
    if (status == DREDGE_OK && options->n_parts > 1) {
        int64_t place[3] = {*is_found, *is_found ? checkpoint->task : 0, *is_found ? checkpoint->month : 0};
        int64_t all[3] = {place[0], place[1], place[2]};
        options->all_sum(options->all_sum_context, 3, all);
        for (int k = 0; k < 3 && status == DREDGE_OK; k++) {
            if (all[k] != place[k] * options->n_parts) {
                status =
                    status_fail(DREDGE_FILE, "the ranks do not see the same checkpoint; give the command again when "
                                             "all nodes see the same folder of the output");
            }
        }
    }
    return status;
}

/* ---- reading ---- */

static dredge_status load_results(const struct checkpoint_keeper *keeper, const struct checkpoint *checkpoint,
                                  struct job *job)
{
    size_t n = n_results_of(job);
    uint32_t *words = malloc(n * sizeof *words);
    if (words == NULL) {
        return status_no_memory(n * sizeof *words);
    }
    dredge_status status = keeper->read(keeper->context, 0, n, words);
    if (status == DREDGE_OK && !put_results(job, words)) {
        status = unfit(checkpoint);
    }
    free(words);
    return status;
}

static dredge_status load_organisations(const struct checkpoint_keeper *keeper, const struct checkpoint *checkpoint,
                                        struct world *world, uint32_t *piece)
{
    enum { AT_ONCE = PIECE_WORDS / WORLD_ORGANISATION_WORDS };
    int n = world->commons.n_organisations;
    dredge_status status = DREDGE_OK;
    for (int first = 0; status == DREDGE_OK && first < n; first += AT_ONCE) {
        int n_now = n - first < AT_ONCE ? n - first : AT_ONCE;
        uint64_t start = checkpoint->n_results + (uint64_t)first * WORLD_ORGANISATION_WORDS;
        status = keeper->read(keeper->context, start, (size_t)n_now * WORLD_ORGANISATION_WORDS, piece);
        for (int k = 0; status == DREDGE_OK && k < n_now; k++) {
            world_state_put_organisation(world, first + k, piece + (size_t)k * WORLD_ORGANISATION_WORDS);
        }
    }
    return status;
}

static dredge_status load_records(const struct checkpoint_keeper *keeper, const struct checkpoint *checkpoint,
                                  struct world *world, int at_once, uint32_t *piece)
{
    size_t record = world_state_words(world->scenario);
    int end = world->first + world->n_collaborations;
    int is_possible = 1;
    for (int first = world->first; first < end; first += at_once) {
        int n_now = end - first < at_once ? end - first : at_once;
        uint64_t start = checkpoint->n_results + checkpoint->n_organisations + (uint64_t)first * record;
        dredge_status status = keeper->read(keeper->context, start, (size_t)n_now * record, piece);
        if (status != DREDGE_OK) {
            return status;
        }
        for (int k = 0; k < n_now; k++) {
            is_possible &= world_state_put(world, first + k, piece + (size_t)k * record);
        }
    }
    return is_possible ? DREDGE_OK : unfit(checkpoint);
}

/* Records that are read or written at once, and the words of a piece that has room for them. */
static int records_at_once(const struct scenario *scenario, size_t *piece_words)
{
    size_t record = world_state_words(scenario);
    size_t n = PIECE_WORDS / record < 1 ? 1 : PIECE_WORDS / record;
    *piece_words = n * record < PIECE_WORDS ? PIECE_WORDS : n * record;
    return (int)n;
}

dredge_status saved_world_load(const struct runner_options *options, const struct checkpoint *checkpoint,
                               struct job *job, struct world *world)
{
    const struct checkpoint_keeper *keeper = options->keeper;
    size_t piece_words;
    int at_once = records_at_once(world->scenario, &piece_words);
    uint32_t *piece = malloc(piece_words * sizeof *piece);
    if (piece == NULL) {
        return status_no_memory(piece_words * sizeof *piece);
    }
    dredge_status status = load_results(keeper, checkpoint, job);
    if (status == DREDGE_OK) {
        status = load_organisations(keeper, checkpoint, world, piece);
    }
    if (status == DREDGE_OK) {
        status = load_records(keeper, checkpoint, world, at_once, piece);
    }
    world->month = checkpoint->month;
    free(piece);
    return status;
}

/* ---- writing ---- */

static dredge_status save_results(const struct checkpoint_keeper *keeper, const struct job *job)
{
    size_t n = n_results_of(job);
    uint32_t *words = malloc(n * sizeof *words);
    if (words == NULL) {
        return status_no_memory(n * sizeof *words);
    }
    get_results(job, words);
    dredge_status status = keeper->add(keeper->context, n, words);
    free(words);
    return status;
}

static dredge_status save_organisations(const struct checkpoint_keeper *keeper, const struct world *world)
{
    dredge_status status = DREDGE_OK;
    for (int number = 0; status == DREDGE_OK && number < world->commons.n_organisations; number++) {
        uint32_t words[WORLD_ORGANISATION_WORDS];
        world_state_get_organisation(world, number, words);
        status = keeper->add(keeper->context, WORLD_ORGANISATION_WORDS, words);
    }
    return status;
}

/* Puts the records of this part of the world in the piece, and zeros for those of other parts. */
static void get_records(const struct world *world, int first, int n, uint32_t *piece)
{
    size_t record = world_state_words(world->scenario);
    memset(piece, 0, (size_t)n * record * sizeof *piece);
    for (int number = first; number < first + n; number++) {
        if (number >= world->first && number < world->first + world->n_collaborations) {
            world_state_get(world, number, piece + (size_t)(number - first) * record);
        }
    }
}

/* Parts of a world meet as their sums do: each record is that of one part plus zeros. Pairs of words travel as one number;
 * a record has an even number of words. */
static void gather(const struct runner_options *options, size_t n_words, uint32_t *piece, int64_t *pairs)
{
    memcpy(pairs, piece, n_words * sizeof *piece);
    options->all_sum(options->all_sum_context, n_words / 2, pairs);
    memcpy(piece, pairs, n_words * sizeof *piece);
}

static dredge_status save_records(const struct runner_options *options, const struct world *world, int writes)
{
    size_t record = world_state_words(world->scenario), piece_words;
    int at_once = records_at_once(world->scenario, &piece_words);
    int n = world->scenario->parameters.collaborations;
    dredge_status status = DREDGE_OK;
    uint32_t *piece = malloc(piece_words * sizeof *piece);
    int64_t *pairs = calloc(piece_words / 2, sizeof *pairs);
    if (piece == NULL || pairs == NULL) {
        status = status_no_memory(2 * piece_words * sizeof *piece);
        goto out;
    }
    for (int first = 0; status == DREDGE_OK && first < n; first += at_once) {
        int n_now = n - first < at_once ? n - first : at_once;
        size_t n_words = (size_t)n_now * record;
        get_records(world, first, n_now, piece);
        if (options->n_parts > 1) {
            gather(options, n_words, piece, pairs);
        }
        if (writes) {
            status = options->keeper->add(options->keeper->context, n_words, piece);
        }
    }

out:
    free(pairs);
    free(piece);
    return status;
}

dredge_status saved_world_save(const struct runner_options *options, const struct job *job, int task,
                               const struct world *world)
{
    const struct checkpoint_keeper *keeper = options->keeper;
    int writes = options->n_parts <= 1 || options->part == 0;
    struct checkpoint checkpoint = describe(job);
    checkpoint.task = task;
    checkpoint.month = world->month;
    dredge_status status = writes ? keeper->begin(keeper->context, &checkpoint) : DREDGE_OK;
    if (status == DREDGE_OK && writes) {
        status = save_results(keeper, job);
    }
    if (status == DREDGE_OK && writes) {
        status = save_organisations(keeper, world);
    }
    if (status == DREDGE_OK) {
        status = save_records(options, world, writes);
    }
    return status == DREDGE_OK && writes ? keeper->commit(keeper->context) : status;
}
