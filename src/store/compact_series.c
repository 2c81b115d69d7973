/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/compact_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "result/tally_code.h"

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* ---- trajectories of runs ---- */

/* A block of runs. */
struct block {
    struct layout_block at;
    uint8_t *status; /* [n_points][n_regimes][n_replicates] */
    float *values;   /* [n_points][n_regimes][n_replicates][n_months], of one series */
};

/* Fills the block from the pool: one series, or the statuses when `series` is -1. */
static dredge_status fill_block(struct compaction *compaction, struct block *block, int series)
{
    const struct pieces *pieces = &compaction->pool->pieces;
    const struct layout_block *at = &block->at;
    size_t n_months = (size_t)compaction->shape.n_months, n_replicates = (size_t)at->n_replicates;
    size_t per_point = (size_t)compaction->shape.n_regimes * n_replicates, n_runs = (size_t)at->n_points * per_point;
    dredge_status status = DREDGE_OK;
    if (series < 0) {
        memset(block->status, RUN_NOT_RUN, n_runs);
    }
    for (size_t i = 0; series >= 0 && i < n_runs * n_months; i++) {
        block->values[i] = NAN;
    }
    for (int i = pool_find(compaction->pool, at->point, at->first);
         status == DREDGE_OK && i < pieces->n && pieces->piece[i].span.point < at->point + at->n_points; i++) {
        const struct piece *piece = &pieces->piece[i];
        int first = piece->span.first > at->first ? piece->span.first : at->first;
        int end = smaller(piece->span.first + piece->span.n_replicates, at->first + at->n_replicates);
        size_t run = (size_t)(piece->span.point - at->point) * per_point + (size_t)(first - at->first);
        if (first < end && series < 0) {
            status = pool_read_status(compaction->pool, piece, first, end - first, n_replicates, block->status + run);
        } else if (first < end) {
            status = pool_read_series(compaction->pool, piece, series, first, end - first, n_replicates,
                                      block->values + run * n_months);
        }
    }
    return status;
}

static dredge_status write_block(struct compaction *compaction, struct block *block)
{
    dredge_status status = fill_block(compaction, block, -1);
    for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
        status = fill_block(compaction, block, series);
        content_runs(&compaction->content, series, block->at.n_points, block->at.n_replicates, block->status,
                     block->values);
        layout_put_runs(compaction->layout, series, &block->at, block->values);
    }
    return status;
}

static dredge_status write_runs(struct compaction *compaction)
{
    const struct shape *shape = &compaction->shape;
    const struct layout_blocks *blocks = layout_blocks(compaction->layout);
    int n_points = blocks->series_points, n_replicates = blocks->series_replicates;
    size_t n_runs = (size_t)n_points * (size_t)shape->n_regimes * (size_t)n_replicates;
    size_t n_bytes = n_runs * (size_t)shape->n_months * sizeof(float);
    struct block block = {.status = malloc(n_runs), .values = malloc(n_bytes)};
    dredge_status status = block.status == NULL || block.values == NULL ? status_no_memory(n_bytes) : DREDGE_OK;
    for (int point = 0; status == DREDGE_OK && point < shape->n_points; point += n_points) {
        int n = smaller(n_points, shape->n_points - point);
        for (int first = 0;
             status == DREDGE_OK && first < shape->n_replicates && !layout_has_failed(compaction->layout);
             first += n_replicates) {
            block.at = (struct layout_block){point, n, first, smaller(n_replicates, shape->n_replicates - first)};
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
    size_t per_regime, per_point; /* values: N_STATISTICS * n_months, times n_regimes */
    size_t per_series;            /* room for n_points */
    float *values;                /* [N_SERIES][n_points][n_regimes][N_STATISTICS][n_months] */
    struct tally tally;           /* of one point and regime */
    struct tally_code code;       /* of one point */
};

static void empty_tally(struct tally *tally)
{
    size_t n_samples = (size_t)tally->n_samples, n_cells = (size_t)tally->n_series * n_samples;
    memset(tally->n, 0, n_samples * sizeof *tally->n);
    memset(tally->sum, 0, n_cells * sizeof *tally->sum);
    memset(tally->sum_squares, 0, n_cells * sizeof *tally->sum_squares);
    memset(tally->bins, 0, n_cells * TALLY_BINS * sizeof *tally->bins);
}

/* The summary of one point from the tallies of the pieces [from, to); `keeps` also codes them for the file. */
static dredge_status add_up(struct compaction *compaction, struct summaries *summaries, int from, int to, float *out,
                            int keeps)
{
    int n_regimes = compaction->shape.n_regimes;
    size_t n_sizes = 8 * (size_t)n_regimes;
    summaries->code.n_bytes = 0;
    dredge_status status = tally_code_reserve(&summaries->code, n_sizes);
    summaries->code.n_bytes = status == DREDGE_OK ? n_sizes : 0;
    for (int regime = 0; status == DREDGE_OK && regime < n_regimes; regime++) {
        size_t before = summaries->code.n_bytes;
        empty_tally(&summaries->tally);
        status = pool_add_tallies(compaction->pool, from, to, regime, &summaries->tally);
        for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
            tally_statistics(&summaries->tally, series,
                             out + (size_t)series * summaries->per_series + (size_t)regime * summaries->per_regime);
        }
        if (status == DREDGE_OK && keeps) {
            status = tally_code_write(&summaries->code, &summaries->tally);
        }
        if (status == DREDGE_OK) {
            bytes_put64(summaries->code.bytes + 8 * (size_t)regime, summaries->code.n_bytes - before);
        }
    }
    return status;
}

/* The summary of one point as a file holds it. */
static dredge_status copy_summary(struct compaction *compaction, const struct summaries *summaries, int source,
                                  int point, float *out)
{
    dredge_status status = DREDGE_OK;
    for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
        status = results_file_summaries(compaction->pool->source[source].file, series, point, 1,
                                        out + (size_t)series * summaries->per_series);
    }
    return status;
}

static dredge_status summarise_point(struct compaction *compaction, struct summaries *summaries, int point)
{
    const struct pieces *pieces = &compaction->pool->pieces;
    float *out = summaries->values + (size_t)(point - summaries->point) * summaries->per_point;
    int from = pool_find(compaction->pool, point, 0), to = from;
    while (to < pieces->n && pieces->piece[to].span.point == point) {
        to++;
    }
    for (size_t series = 0; series < N_SERIES; series++) {
        for (size_t i = 0; i < summaries->per_point; i++) {
            out[series * summaries->per_series + i] = NAN;
        }
    }
    if (from == to) {
        return DREDGE_OK;
    }
    int keeps = layout_has_tallies(compaction->layout), file = pool_sole_file(compaction->pool, from, to);
    if (file >= 0 && !keeps) {
        return copy_summary(compaction, summaries, file, point, out);
    }
    dredge_status status = add_up(compaction, summaries, from, to, out, keeps);
    if (status == DREDGE_OK && keeps) {
        layout_put_tallies(compaction->layout, point, summaries->code.n_bytes, summaries->code.bytes);
    }
    return status;
}

static void put_summaries(struct compaction *compaction, const struct summaries *summaries)
{
    for (int series = 0; series < N_SERIES; series++) {
        const float *values = summaries->values + (size_t)series * summaries->per_series;
        for (int i = 0; i < summaries->n_points; i++) {
            if (pool_holds(compaction->pool, summaries->point + i, 1, 0, compaction->shape.n_replicates)) {
                content_summary(&compaction->content, series, values + (size_t)i * summaries->per_point);
            }
        }
        layout_put_summaries(compaction->layout, series, summaries->point, summaries->n_points, values);
    }
}

static dredge_status write_summaries(struct compaction *compaction)
{
    const struct layout *layout = compaction->layout;
    const struct layout_blocks *blocks = layout_blocks(layout);
    const struct shape *shape = &compaction->shape;
    struct summaries summaries = {.per_regime = (size_t)N_STATISTICS * (size_t)shape->n_months};
    summaries.per_point = summaries.per_regime * (size_t)shape->n_regimes;
    summaries.per_series = summaries.per_point * (size_t)blocks->series_points;
    summaries.values = malloc(N_SERIES * summaries.per_series * sizeof *summaries.values);
    dredge_status status = tally_init(&summaries.tally, shape->n_series, shape->n_months);
    if (status == DREDGE_OK && summaries.values == NULL) {
        status = status_no_memory(N_SERIES * summaries.per_series * sizeof *summaries.values);
    }
    for (int point = 0; status == DREDGE_OK && point < shape->n_points && !layout_has_failed(layout);
         point += blocks->series_points) {
        summaries.point = point;
        summaries.n_points = smaller(blocks->series_points, shape->n_points - point);
        if (!pool_holds(compaction->pool, point, summaries.n_points, 0, shape->n_replicates)) {
            continue;
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
    free(summaries.values);
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
