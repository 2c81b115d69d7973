/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/compact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/numbers.h"
#include "store/compact_parts.h"
#include "store/file/file_seal.h"

/* A block of outcomes. */
struct block {
    struct swath at;
    double *outcomes; /* [columns][n_points][n_regimes][n_replicates] */
    uint8_t *status;  /* [n_points][n_regimes][n_replicates] */
};

/* Fills the part of the block that a piece covers. */
static dredge_status fill_piece(struct compaction *compaction, struct block *block, const struct piece *piece)
{
    size_t n_regimes = (size_t)compaction->shape.n_regimes, n_replicates = (size_t)block->at.n_replicates;
    int first = piece->span.first > block->at.first ? piece->span.first : block->at.first;
    int end = numbers_smaller(piece->span.first + piece->span.n_replicates, block->at.first + block->at.n_replicates);
    size_t at =
        (size_t)(piece->span.point - block->at.point) * n_regimes * n_replicates + (size_t)(first - block->at.first);
    struct pool_target target = {.outcome_stride = (size_t)block->at.n_points * n_regimes * n_replicates,
                                 .regime_stride = n_replicates,
                                 .outcomes = block->outcomes + at,
                                 .status = block->status + at};
    return first < end ? pool_want_runs(compaction->pool, piece, first, end - first, &target) : DREDGE_OK;
}

/* Empties the block and fills it from the pool. */
static dredge_status fill_block(struct compaction *compaction, struct block *block)
{
    const struct pieces *pieces = &compaction->pool->pieces;
    size_t n_runs = (size_t)block->at.n_points * (size_t)compaction->shape.n_regimes * (size_t)block->at.n_replicates;
    dredge_status status = DREDGE_OK;
    for (size_t i = 0; i < n_runs * (size_t)compaction->pool->head->catalogue.n_outcome_columns; i++) {
        block->outcomes[i] = (double)NAN;
    }
    memset(block->status, RUN_NOT_RUN, n_runs);
    for (int i = pool_find(compaction->pool, block->at.point, block->at.first);
         status == DREDGE_OK && i < pieces->n && pieces->piece[i].span.point < block->at.point + block->at.n_points;
         i++) {
        status = fill_piece(compaction, block, &pieces->piece[i]);
    }
    return status == DREDGE_OK ? pool_read_wanted(compaction->pool, compaction->n_threads) : status;
}

/* Counts runs by status, and replicates that are finished. */
static void count_block(struct compaction *compaction, const struct block *block)
{
    size_t n_regimes = (size_t)compaction->shape.n_regimes, n_replicates = (size_t)block->at.n_replicates;
    for (size_t point = 0; point < (size_t)block->at.n_points; point++) {
        const uint8_t *status = block->status + point * n_regimes * n_replicates;
        for (size_t replicate = 0; replicate < n_replicates; replicate++) {
            int is_finished = 1;
            for (size_t regime = 0; regime < n_regimes; regime++) {
                uint8_t run = status[regime * n_replicates + replicate];
                compaction->n_done += run == RUN_DONE;
                compaction->runs_done[((size_t)block->at.point + point) * n_regimes + regime] += run == RUN_DONE;
                compaction->pool->n_failed += run == RUN_FAILED;
                is_finished &= run != RUN_NOT_RUN;
            }
            compaction->replicates_done[(size_t)block->at.point + point] += is_finished;
        }
    }
}

static void put_block(struct compaction *compaction, const struct block *block)
{
    const struct swath *at = &block->at;
    const struct catalogue *catalogue = &compaction->pool->head->catalogue;
    size_t n_runs = (size_t)at->n_points * (size_t)compaction->shape.n_regimes * (size_t)at->n_replicates;
    layout_put_status(compaction->layout, at, block->status);
    for (int row = 0; row < catalogue->n_outcomes; row++) {
        layout_put_outcome(compaction->layout, row, at, block->status,
                           block->outcomes + (size_t)catalogue->outcome[row].column * n_runs, n_runs);
    }
}

/* The first message of each point of the block that has one. */
static dredge_status put_messages(struct compaction *compaction, const struct block *block)
{
    const struct pieces *pieces = &compaction->pool->pieces;
    dredge_status status = DREDGE_OK;
    char message[PARCEL_MESSAGE_BYTES];
    for (int i = pool_find(compaction->pool, block->at.point, block->at.first);
         status == DREDGE_OK && i < pieces->n && pieces->piece[i].span.point < block->at.point + block->at.n_points;
         i++) {
        const struct piece *piece = &pieces->piece[i];
        if (piece->span.point == compaction->last_message ||
            piece->span.first >= block->at.first + block->at.n_replicates) {
            continue;
        }
        status = pool_message(compaction->pool, piece, message);
        if (status == DREDGE_OK && message[0] != '\0') {
            layout_put_message(compaction->layout, piece->span.point, message);
            compaction->last_message = piece->span.point;
        }
    }
    return status;
}

static dredge_status write_block(struct compaction *compaction, struct block *block)
{
    long long n_failed = compaction->pool->n_failed;
    dredge_status status = fill_block(compaction, block);
    if (status == DREDGE_OK) {
        count_block(compaction, block);
        put_block(compaction, block);
    }
    return status == DREDGE_OK && compaction->pool->n_failed > n_failed ? put_messages(compaction, block) : status;
}

static dredge_status write_runs(struct compaction *compaction)
{
    const struct layout *layout = compaction->layout;
    const struct layout_blocks *blocks = layout_blocks(layout);
    const struct shape *shape = &compaction->shape;
    size_t n_runs = (size_t)blocks->run_points * (size_t)shape->n_regimes * (size_t)blocks->run_replicates;
    size_t n_bytes = n_runs * (size_t)compaction->pool->head->catalogue.n_outcome_columns * sizeof(double);
    struct block block = {.outcomes = malloc(n_bytes), .status = malloc(n_runs)};
    dredge_status status = DREDGE_OK;
    if (block.outcomes == NULL || block.status == NULL) {
        status = status_no_memory(n_bytes);
    }
    for (block.at.point = 0; status == DREDGE_OK && block.at.point < shape->n_points;
         block.at.point += blocks->run_points) {
        block.at.n_points = numbers_smaller(blocks->run_points, shape->n_points - block.at.point);
        for (block.at.first = 0;
             status == DREDGE_OK && block.at.first < shape->n_replicates && !layout_has_failed(layout);
             block.at.first += blocks->run_replicates) {
            block.at.n_replicates = numbers_smaller(blocks->run_replicates, shape->n_replicates - block.at.first);
            if (pool_holds(compaction->pool, block.at.point, block.at.n_points, block.at.first,
                           block.at.n_replicates)) {
                status = write_block(compaction, &block);
            }
        }
    }
    free(block.outcomes);
    free(block.status);
    return status;
}

static dredge_status write_all(struct compaction *compaction, const struct compact_options *options)
{
    char *parts = NULL;
    size_t n_points = (size_t)compaction->shape.n_points, n_sides = n_points * (size_t)compaction->shape.n_regimes;
    compaction->replicates_done = calloc(n_points, sizeof *compaction->replicates_done);
    compaction->runs_done = calloc(n_sides, sizeof *compaction->runs_done);
    if (compaction->replicates_done == NULL || compaction->runs_done == NULL) {
        return status_no_memory((n_points + n_sides) * sizeof(int));
    }
    dredge_status status = write_runs(compaction);
    if (status == DREDGE_OK) {
        status = compact_series(compaction);
    }
    if (status == DREDGE_OK) {
        status = pool_provenance(compaction->pool, &parts);
    }
    if (status == DREDGE_OK) {
        const struct layout_facts facts = {.n_done = compaction->n_done,
                                           .n_failed = compaction->pool->n_failed,
                                           .replicates_done = compaction->replicates_done,
                                           .provenance = options->provenance,
                                           .parts = parts,
                                           .shards = options->shards};
        status = layout_finish(compaction->layout, &facts);
    }
    free(parts);
    return status;
}

dredge_status compact_write(struct pool *pool, const struct study *study, const struct compact_options *options)
{
    struct compaction *compaction = calloc(1, sizeof *compaction);
    if (compaction == NULL) {
        return status_no_memory(sizeof *compaction);
    }
    compaction->pool = pool;
    compaction->study = study;
    compaction->last_message = -1;
    compaction->n_threads = options->n_threads;
    const struct layout_wish wish = {.n_replicates = pool_replicates(pool),
                                     .is_part = !options->is_complete,
                                     .has_tallies = !options->is_complete || (study->counts && pool_has_tallies(pool)),
                                     .n_threads = options->n_threads};
    dredge_status status = layout_create(&compaction->layout, options->temporary, study, pool->head, &wish);
    if (status == DREDGE_OK) {
        compaction->shape = *layout_shape(compaction->layout);
        status = write_all(compaction, options);
    }
    dredge_status closed = layout_close(compaction->layout, options->output);
    if (status == DREDGE_OK) {
        status = closed;
    }
    if (status == DREDGE_OK) {
        status = file_seal_add(options->temporary, options->output);
    }
    if (status == DREDGE_OK) {
        status = files_replace(options->temporary, options->output);
    }
    if (status != DREDGE_OK) {
        (void)unlink(options->temporary);
    }
    free(compaction->replicates_done);
    free(compaction->runs_done);
    free(compaction);
    return status;
}
