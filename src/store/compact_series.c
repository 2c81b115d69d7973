/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/compact_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/numbers.h"
#include "result/tally_code.h"

/* ---- trajectories of runs ---- */

/* A block of runs. */
struct block {
    struct swath at;
    uint8_t *status; /* [n_points][n_regimes][n_replicates] */
    float *values;   /* [columns of the row][n_points][n_regimes][n_replicates][n_months], of one row of series */
};

/* Fills the block from the pool: one row of series, or the statuses when `row` is -1. */
static dredge_status fill_block(struct compaction *compaction, struct block *block, int row)
{
    const struct pieces *pieces = &compaction->pool->pieces;
    const struct swath *at = &block->at;
    size_t n_months = (size_t)compaction->shape.n_months, n_replicates = (size_t)at->n_replicates;
    size_t per_point = (size_t)compaction->shape.n_regimes * n_replicates, n_runs = (size_t)at->n_points * per_point;
    dredge_status status = DREDGE_OK;
    if (row < 0) {
        memset(block->status, RUN_NOT_RUN, n_runs);
    }
    size_t n_columns = row >= 0 ? (size_t)compaction->pool->head->catalogue.series[row].n_columns : 0;
    for (size_t i = 0; i < n_columns * n_runs * n_months; i++) {
        block->values[i] = NAN;
    }
    for (int i = pool_find(compaction->pool, at->point, at->first);
         status == DREDGE_OK && i < pieces->n && pieces->piece[i].span.point < at->point + at->n_points; i++) {
        const struct piece *piece = &pieces->piece[i];
        int first = piece->span.first > at->first ? piece->span.first : at->first;
        int end = numbers_smaller(piece->span.first + piece->span.n_replicates, at->first + at->n_replicates);
        size_t run = (size_t)(piece->span.point - at->point) * per_point + (size_t)(first - at->first);
        if (first < end && row < 0) {
            status = pool_read_status(compaction->pool, piece, first, end - first, n_replicates, block->status + run);
        } else if (first < end) {
            status = pool_read_series(compaction->pool, piece, row, first, end - first, n_runs * n_months, n_replicates,
                                      block->values + run * n_months);
        }
    }
    return status;
}

static dredge_status write_block(struct compaction *compaction, struct block *block)
{
    const struct swath *at = &block->at;
    size_t n_runs = (size_t)at->n_points * (size_t)compaction->shape.n_regimes * (size_t)at->n_replicates;
    dredge_status status = fill_block(compaction, block, -1);
    for (int row = 0; status == DREDGE_OK && row < compaction->pool->head->catalogue.n_series; row++) {
        status = fill_block(compaction, block, row);
        if (status == DREDGE_OK) {
            layout_put_runs(compaction->layout, row, at, block->status, block->values,
                            n_runs * (size_t)compaction->shape.n_months);
        }
    }
    return status;
}

/* The most columns of a row of series. */
static size_t most_columns(const struct compaction *compaction)
{
    const struct catalogue *catalogue = &compaction->pool->head->catalogue;
    int most = 1;
    for (int row = 0; row < catalogue->n_series; row++) {
        most = catalogue->series[row].n_columns > most ? catalogue->series[row].n_columns : most;
    }
    return (size_t)most;
}

static dredge_status write_runs(struct compaction *compaction)
{
    const struct shape *shape = &compaction->shape;
    const struct layout_blocks *blocks = layout_blocks(compaction->layout);
    int n_points = blocks->series_points, n_replicates = blocks->series_replicates;
    size_t n_runs = (size_t)n_points * (size_t)shape->n_regimes * (size_t)n_replicates;
    size_t n_bytes = n_runs * most_columns(compaction) * (size_t)shape->n_months * sizeof(float);
    struct block block = {.status = malloc(n_runs), .values = malloc(n_bytes)};
    dredge_status status = block.status == NULL || block.values == NULL ? status_no_memory(n_bytes) : DREDGE_OK;
    for (int point = 0; status == DREDGE_OK && point < shape->n_points; point += n_points) {
        int n = numbers_smaller(n_points, shape->n_points - point);
        for (int first = 0;
             status == DREDGE_OK && first < shape->n_replicates && !layout_has_failed(compaction->layout);
             first += n_replicates) {
            block.at = (struct swath){point, n, first, numbers_smaller(n_replicates, shape->n_replicates - first)};
            if (pool_holds(compaction->pool, point, n, first, block.at.n_replicates)) {
                status = write_block(compaction, &block);
            }
        }
    }
    free(block.status);
    free(block.values);
    return status;
}

/* ---- summaries ---- */

/* A block of summaries of several points. */
struct summaries {
    int point, n_points;
    size_t n_columns;       /* of series */
    size_t stride[2];       /* values of a column: statistics, and moments of differences */
    float *values[2];       /* [n_columns][n_points][n_regimes][N_STATISTICS or N_MOMENTS][n_months] */
    struct tally tally;     /* of one point and regime */
    struct tally_code code; /* of one point */
};

static const size_t n_rows[2] = {N_STATISTICS, N_MOMENTS};

/* Where the numbers of a point and regime stand. */
static float *place_of(const struct compaction *compaction, const struct summaries *summaries, int kind, size_t column,
                       int point, int regime)
{
    size_t table = (size_t)(point - summaries->point) * (size_t)compaction->shape.n_regimes + (size_t)regime;
    return summaries->values[kind] + column * summaries->stride[kind] +
           table * n_rows[kind] * (size_t)compaction->shape.n_months;
}

/* A regime that was taken over has its tallies in one piece of the point, which says nothing without the others. */
static dredge_status check_count(const struct compaction *compaction, int64_t n, int point, int regime)
{
    size_t n_regimes = (size_t)compaction->shape.n_regimes;
    int n_done = compaction->runs_done[(size_t)point * n_regimes + (size_t)regime];
    if (n == 0 || n == n_done) {
        return DREDGE_OK;
    }
    return status_fail(DREDGE_FILE,
                       "design point %d: its summaries count %lld runs where there are %d: runs were taken over from "
                       "another file, and not all that belong to them are there; finish the run with --extend and "
                       "--resume",
                       point, (long long)n, n_done);
}

/* The numbers of a regime of the point from the one tally there is of it, cell after cell: no table of all bins is to be filled.
 * `keeps` also takes over its code. */
static dredge_status take_tally(struct compaction *compaction, struct summaries *summaries, const struct piece *piece,
                                int regime, int keeps)
{
    int n_months = compaction->shape.n_months, point = piece->span.point;
    int64_t n = 0; /* in the first month */
    struct pool_tally tally;
    struct tally_reader reader;
    struct tally_cell cell;
    dredge_status status = pool_tally(compaction->pool, piece, regime, &tally);
    if (status != DREDGE_OK) {
        goto out;
    }
    tally_reader_begin(&reader, tally.n_bytes, tally.code, n_months);
    for (size_t column = 0; column < summaries->n_columns; column++) {
        float *statistics = place_of(compaction, summaries, 0, column, point, regime);
        float *moments = place_of(compaction, summaries, 1, column, point, regime);
        for (int month = 0; month < n_months; month++) {
            tally_reader_next(&reader, &cell);
            n = month == 0 ? cell.n : n;
            tally_cell_statistics(&cell, (int)column, (size_t)n_months, statistics + month);
            tally_cell_moments(&cell, (int)column, (size_t)n_months, moments + month);
        }
    }
    if (reader.is_wrong || reader.next != reader.end) {
        status = pool_tally_damaged(compaction->pool, piece);
        goto out;
    }
    status = check_count(compaction, n, point, regime);
    if (status == DREDGE_OK && keeps) {
        status = tally_code_append(&summaries->code, tally.n_bytes, tally.code);
    }
out:
    free(tally.section);
    return status;
}

/* The same from all its tallies. */
static dredge_status add_tallies(struct compaction *compaction, struct summaries *summaries, struct piece_range pieces,
                                 int regime, int keeps)
{
    int point = compaction->pool->pieces.piece[pieces.from].span.point;
    struct tally *tally = &summaries->tally;
    tally_clear(tally);
    dredge_status status = pool_add_tallies(compaction->pool, pieces, regime, tally);
    if (status == DREDGE_OK) {
        status = check_count(compaction, tally->n_samples > 0 ? tally->n[0] : 0, point, regime);
    }
    for (size_t column = 0; status == DREDGE_OK && column < summaries->n_columns; column++) {
        tally_statistics(tally, (int)column, place_of(compaction, summaries, 0, column, point, regime));
        tally_moments(tally, (int)column, place_of(compaction, summaries, 1, column, point, regime));
    }
    return status == DREDGE_OK && keeps ? tally_code_write(&summaries->code, tally) : status;
}

/* The summary of the point of these pieces from their tallies; `keeps` also codes them for the file. */
static dredge_status add_up(struct compaction *compaction, struct summaries *summaries, struct piece_range pieces,
                            int keeps)
{
    int n_regimes = compaction->shape.n_regimes;
    size_t n_sizes = 8 * (size_t)n_regimes;
    summaries->code.n_bytes = 0;
    dredge_status status = tally_code_reserve(&summaries->code, n_sizes);
    summaries->code.n_bytes = status == DREDGE_OK ? n_sizes : 0;
    for (int regime = 0; status == DREDGE_OK && regime < n_regimes; regime++) {
        size_t before = summaries->code.n_bytes;
        status = pieces.to - pieces.from == 1
                     ? take_tally(compaction, summaries, &compaction->pool->pieces.piece[pieces.from], regime, keeps)
                     : add_tallies(compaction, summaries, pieces, regime, keeps);
        if (status == DREDGE_OK) {
            bytes_put64(summaries->code.bytes + 8 * (size_t)regime, summaries->code.n_bytes - before);
        }
    }
    return status;
}

/* The summary of one point as a file holds it. */
static dredge_status copy_summary(struct compaction *compaction, const struct summaries *summaries, int source,
                                  int point)
{
    const struct catalogue *catalogue = &compaction->pool->head->catalogue;
    struct results_file *file = NULL;
    dredge_status status = pool_file(compaction->pool, source, &file);
    for (int i = 0; status == DREDGE_OK && i < 2 * catalogue->n_series; i++) {
        int row = i / 2, kind = i % 2;
        status = results_file_summaries(
            file, row, kind, point, 1, summaries->stride[kind],
            place_of(compaction, summaries, kind, (size_t)catalogue->series[row].column, point, 0));
    }
    return status;
}

static dredge_status summarise_point(struct compaction *compaction, struct summaries *summaries, int point)
{
    const struct pieces *pieces = &compaction->pool->pieces;
    struct piece_range of_point = {.from = pool_find(compaction->pool, point, 0)};
    of_point.to = of_point.from;
    while (of_point.to < pieces->n && pieces->piece[of_point.to].span.point == point) {
        of_point.to++;
    }
    if (of_point.from == of_point.to) {
        return DREDGE_OK;
    }
    int keeps = layout_has_tallies(compaction->layout), file = pool_sole_file(compaction->pool, of_point);
    if (file >= 0 && !keeps) {
        return copy_summary(compaction, summaries, file, point);
    }
    dredge_status status = add_up(compaction, summaries, of_point, keeps);
    if (status == DREDGE_OK && keeps) {
        layout_put_tallies(compaction->layout, point, summaries->code.n_bytes, summaries->code.bytes);
    }
    return status;
}

static void put_summaries(struct compaction *compaction, const struct summaries *summaries)
{
    const struct catalogue *catalogue = &compaction->pool->head->catalogue;
    for (int row = 0; row < catalogue->n_series; row++) {
        size_t column = (size_t)catalogue->series[row].column;
        layout_put_summaries(compaction->layout, row, summaries->point, summaries->n_points,
                             summaries->values[0] + column * summaries->stride[0], summaries->stride[0]);
        layout_put_differences(compaction->layout, row, summaries->point, summaries->n_points,
                               summaries->values[1] + column * summaries->stride[1], summaries->stride[1]);
    }
}

/* Room for a block of `n_points` points. */
static dredge_status make_room(const struct compaction *compaction, struct summaries *summaries, int n_points)
{
    const struct shape *shape = &compaction->shape;
    int n_columns = compaction->pool->head->catalogue.n_series_columns;
    summaries->n_columns = (size_t)n_columns;
    for (int kind = 0; kind < 2; kind++) {
        summaries->stride[kind] = (size_t)n_points * (size_t)shape->n_regimes * n_rows[kind] * (size_t)shape->n_months;
        size_t n_bytes = summaries->n_columns * summaries->stride[kind] * sizeof(float);
        summaries->values[kind] = malloc(n_bytes);
        if (summaries->values[kind] == NULL) {
            return status_no_memory(n_bytes);
        }
    }
    return tally_init(&summaries->tally, n_columns, shape->n_months);
}

static dredge_status write_summaries(struct compaction *compaction)
{
    const struct shape *shape = &compaction->shape;
    int n_at_once = layout_blocks(compaction->layout)->series_points;
    struct summaries summaries = {.point = 0};
    dredge_status status = make_room(compaction, &summaries, n_at_once);
    for (int point = 0; status == DREDGE_OK && point < shape->n_points && !layout_has_failed(compaction->layout);
         point += n_at_once) {
        summaries.point = point;
        summaries.n_points = numbers_smaller(n_at_once, shape->n_points - point);
        if (!pool_holds(compaction->pool, point, summaries.n_points, 0, shape->n_replicates)) {
            continue;
        }
        for (int kind = 0; kind < 2; kind++) {
            for (size_t i = 0; i < summaries.n_columns * summaries.stride[kind]; i++) {
                summaries.values[kind][i] = NAN;
            }
        }
        for (int i = 0; status == DREDGE_OK && i < summaries.n_points; i++) {
            status = summarise_point(compaction, &summaries, point + i);
        }
        if (status == DREDGE_OK) {
            put_summaries(compaction, &summaries);
        }
    }
    tally_code_free(&summaries.code);
    tally_free(&summaries.tally);
    free(summaries.values[0]);
    free(summaries.values[1]);
    return status;
}

dredge_status compact_series(struct compaction *compaction)
{
    switch (compaction->shape.trajectories) {
    case TRAJECTORIES_RUNS:
        return write_runs(compaction);
    case TRAJECTORIES_SUMMARY:
        return write_summaries(compaction);
    case TRAJECTORIES_NONE:
        break;
    }
    return DREDGE_OK;
}
