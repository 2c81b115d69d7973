/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "store/pool.h"
#include "result/tally_code.h"

dredge_status pool_open_segment(struct pool *pool, int source)
{
    if (pool->segment.is_open && pool->open_source == source) {
        return DREDGE_OK;
    }
    segment_close(&pool->segment);
    pool->open_source = source;
    return segment_open(&pool->segment, pool->source[source].path);
}

/* The outcomes of the whole parcel that a piece was made from, and where replicate `first` stands in its rows. */
static dredge_status read_parcel(struct pool *pool, const struct piece *piece, int first,
                                 const unsigned char **statuses, const unsigned char **outcomes, size_t *row,
                                 size_t *column)
{
    const struct segment_record *record = NULL;
    dredge_status status = pool_open_segment(pool, piece->source);
    if (status == DREDGE_OK) {
        status = segment_record(&pool->segment, pool->head, piece->offset, &record);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    *row = (size_t)record->span.n_replicates;
    *column = (size_t)(first - record->span.first);
    return segment_runs(&pool->segment, pool->head, piece->offset, statuses, outcomes);
}

dredge_status pool_read_outcome(struct pool *pool, const struct piece *piece, int row, int first, int n,
                                size_t outcome_stride, size_t regime_stride, double *out)
{
    struct results_file *file = NULL;
    const struct catalogue_row *about = &pool->head->catalogue.outcome[row];
    const unsigned char *statuses = NULL, *outcomes = NULL;
    size_t n_row = 0, column = 0, n_regimes = (size_t)pool->head->shape.n_regimes;
    if (pool->source[piece->source].is_file) {
        dredge_status opened = pool_file(pool, piece->source, &file);
        return opened == DREDGE_OK
                   ? results_file_part(file, row, piece->span.point, first, n, regime_stride, outcome_stride, out)
                   : opened;
    }
    dredge_status status = read_parcel(pool, piece, first, &statuses, &outcomes, &n_row, &column);
    for (size_t i = 0; status == DREDGE_OK && i < n_regimes * (size_t)about->n_columns; i++) {
        size_t place = i / n_regimes, regime = i % n_regimes;
        size_t at = (((size_t)about->column + place) * n_regimes + regime) * n_row + column;
        bytes_get_reals(outcomes + 8 * at, (size_t)n, out + place * outcome_stride + regime * regime_stride);
    }
    return status;
}

dredge_status pool_read_status(struct pool *pool, const struct piece *piece, int first, int n, size_t regime_stride,
                               uint8_t *out)
{
    struct results_file *file = NULL;
    const unsigned char *statuses = NULL, *outcomes = NULL;
    size_t row = 0, column = 0;
    if (pool->source[piece->source].is_file) {
        dredge_status opened = pool_file(pool, piece->source, &file);
        return opened == DREDGE_OK ? results_file_status_part(file, piece->span.point, first, n, regime_stride, out)
                                   : opened;
    }
    dredge_status status = read_parcel(pool, piece, first, &statuses, &outcomes, &row, &column);
    for (size_t regime = 0; status == DREDGE_OK && regime < (size_t)pool->head->shape.n_regimes; regime++) {
        memcpy(out + regime * regime_stride, statuses + regime * row + column, (size_t)n);
    }
    return status;
}

dredge_status pool_read_runs(struct pool *pool, const struct piece *piece, int first, int n,
                             const struct pool_target *target)
{
    const struct catalogue *catalogue = &pool->head->catalogue;
    dredge_status status = pool_read_status(pool, piece, first, n, target->regime_stride, target->status);
    for (int row = 0; status == DREDGE_OK && row < catalogue->n_outcomes; row++) {
        status = pool_read_outcome(pool, piece, row, first, n, target->outcome_stride, target->regime_stride,
                                   target->outcomes + (size_t)catalogue->outcome[row].column * target->outcome_stride);
    }
    return status;
}

dredge_status pool_want_runs(struct pool *pool, const struct piece *piece, int first, int n,
                             const struct pool_target *target)
{
    return pool->spool != NULL && spool_holds(pool->spool, piece->source)
               ? spool_want(pool->spool, piece, first, n, target)
               : pool_read_runs(pool, piece, first, n, target);
}

dredge_status pool_read_wanted(struct pool *pool, int n_threads)
{
    return pool->spool != NULL ? spool_read(pool->spool, n_threads) : DREDGE_OK;
}

/* One column of series of a parcel in a segment. */
static dredge_status read_column(struct pool *pool, const struct piece *piece, int column, int first, int n,
                                 size_t regime_stride, float *out)
{
    const struct segment_record *record = NULL;
    const unsigned char *values = NULL;
    size_t n_months = (size_t)pool->head->shape.n_months;
    dredge_status status = pool_open_segment(pool, piece->source);
    if (status == DREDGE_OK) {
        status = segment_record(&pool->segment, pool->head, piece->offset, &record);
    }
    if (status == DREDGE_OK) {
        status = segment_series(&pool->segment, pool->head, piece->offset, column, &values);
    }
    for (size_t regime = 0; status == DREDGE_OK && regime < (size_t)pool->head->shape.n_regimes; regime++) {
        size_t at = regime * (size_t)record->span.n_replicates + (size_t)(first - record->span.first);
        bytes_get_floats(values + 4 * at * n_months, (size_t)n * n_months, out + regime * regime_stride * n_months);
    }
    return status;
}

dredge_status pool_read_series(struct pool *pool, const struct piece *piece, int row, int first, int n,
                               size_t series_stride, size_t regime_stride, float *out)
{
    struct results_file *file = NULL;
    const struct catalogue_row *about = &pool->head->catalogue.series[row];
    dredge_status status = DREDGE_OK;
    if (pool->source[piece->source].is_file) {
        status = pool_file(pool, piece->source, &file);
        return status == DREDGE_OK
                   ? results_file_runs_part(file, row, piece->span.point, first, n, regime_stride, series_stride, out)
                   : status;
    }
    for (int place = 0; status == DREDGE_OK && place < about->n_columns; place++) {
        status = read_column(pool, piece, about->column + place, first, n, regime_stride,
                             out + (size_t)place * series_stride);
    }
    return status;
}

dredge_status pool_message(struct pool *pool, const struct piece *piece, char message[PARCEL_MESSAGE_BYTES])
{
    struct results_file *file = NULL;
    dredge_status status = DREDGE_OK;
    if (pool->source[piece->source].is_file) {
        status = pool_file(pool, piece->source, &file);
        return status == DREDGE_OK ? results_message(results_file_results(file), piece->span.point, message) : status;
    }
    status = pool_open_segment(pool, piece->source);
    return status == DREDGE_OK ? segment_message(&pool->segment, pool->head, piece->offset, message) : status;
}

dredge_status pool_tally(struct pool *pool, const struct piece *piece, int regime, struct pool_tally *tally)
{
    struct results_file *file = NULL;
    size_t start = 0, section_bytes = 0;
    *tally = (struct pool_tally){.section = NULL};
    if (!pool->source[piece->source].is_file) {
        dredge_status opened = pool_open_segment(pool, piece->source);
        return opened != DREDGE_OK
                   ? opened
                   : segment_tally(&pool->segment, pool->head, piece->offset, regime, &tally->code, &tally->n_bytes);
    }
    dredge_status status = pool_file(pool, piece->source, &file);
    if (status == DREDGE_OK) {
        status = results_file_tallies(file, piece->span.point, &tally->section, &section_bytes);
    }
    if (status == DREDGE_OK && !segment_find_tally(section_bytes, tally->section, pool->head->shape.n_regimes, regime,
                                                   &start, &tally->n_bytes)) {
        status = results_file_unfit(file, "tallies", "does not fit the file");
    }
    tally->code = tally->section != NULL ? tally->section + start : NULL;
    return status;
}

dredge_status pool_tally_damaged(const struct pool *pool, const struct piece *piece)
{
    return status_fail(DREDGE_FILE, "%s: is damaged: the tallies of design point %d cannot be read",
                       pool->source[piece->source].path, piece->span.point);
}

/* Adds what one source holds of a regime's tallies. */
static dredge_status add_tally(struct pool *pool, const struct piece *piece, int regime, struct tally *sum)
{
    struct pool_tally tally;
    size_t position = 0;
    dredge_status status = pool_tally(pool, piece, regime, &tally);
    if (status == DREDGE_OK &&
        (!tally_code_add(tally.n_bytes, tally.code, &position, sum) || position != tally.n_bytes)) {
        status = pool_tally_damaged(pool, piece);
    }
    free(tally.section);
    return status;
}

dredge_status pool_add_tallies(struct pool *pool, struct piece_range range, int regime, struct tally *sum)
{
    dredge_status status = DREDGE_OK;
    for (int i = range.from; status == DREDGE_OK && i < range.to; i++) {
        const struct piece *piece = &pool->pieces.piece[i];
        int is_file = pool->source[piece->source].is_file;
        int is_first = 1; /* a results file has one tally for all its pieces of a point */
        for (int before = range.from; is_file && before < i; before++) {
            is_first &= pool->pieces.piece[before].source != piece->source;
        }
        if (is_first) {
            status = add_tally(pool, piece, regime, sum);
        }
    }
    return status;
}

int pool_sole_file(const struct pool *pool, struct piece_range range)
{
    int source = range.from < range.to ? pool->pieces.piece[range.from].source : -1;
    for (int i = range.from; i < range.to; i++) {
        if (pool->pieces.piece[i].source != source || !pool->source[source].is_file) {
            return -1;
        }
    }
    return source;
}

int pool_has_tallies(const struct pool *pool)
{
    for (int source = 0; source < pool->n_sources; source++) {
        if (!pool->source[source].has_tallies) {
            return 0;
        }
    }
    return 1;
}
