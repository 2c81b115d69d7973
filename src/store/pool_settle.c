/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/numbers.h"
#include "store/pool.h"

enum { COMPARED = 256 }; /* replicates at a time */

/* By point, first replicate, larger pieces first, source. */
static int compare_pieces(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    if (a->span.point != b->span.point) {
        return a->span.point < b->span.point ? -1 : 1;
    }
    if (a->span.first != b->span.first) {
        return a->span.first < b->span.first ? -1 : 1;
    }
    if (a->span.n_replicates != b->span.n_replicates) {
        return a->span.n_replicates > b->span.n_replicates ? -1 : 1;
    }
    if (a->source != b->source) {
        return a->source < b->source ? -1 : 1;
    }
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

struct copies {
    struct pool_target target[2];
    size_t n_values; /* of all outcomes */
};

static dredge_status copies_init(struct copies *copies, int n_regimes, int n_columns)
{
    size_t n_runs = (size_t)n_regimes * COMPARED;
    memset(copies, 0, sizeof *copies);
    copies->n_values = n_runs * (size_t)n_columns;
    for (int i = 0; i < 2; i++) {
        copies->target[i] = (struct pool_target){.outcome_stride = n_runs,
                                                 .regime_stride = COMPARED,
                                                 .outcomes = malloc(copies->n_values * sizeof(double)),
                                                 .status = malloc(n_runs)};
        if (copies->target[i].outcomes == NULL || copies->target[i].status == NULL) {
            return status_no_memory(copies->n_values * sizeof(double));
        }
    }
    return DREDGE_OK;
}

static void copies_free(struct copies *copies)
{
    for (int i = 0; i < 2; i++) {
        free(copies->target[i].outcomes);
        free(copies->target[i].status);
    }
}

static int do_agree(const struct copies *copies, int n_regimes, int n)
{
    const struct pool_target *a = &copies->target[0], *b = &copies->target[1];
    for (size_t regime = 0; regime < (size_t)n_regimes; regime++) {
        for (size_t replicate = 0; replicate < (size_t)n; replicate++) {
            size_t run = regime * COMPARED + replicate;
            if (a->status[run] != b->status[run]) {
                return 0;
            }
            for (size_t value = run; value < copies->n_values; value += a->outcome_stride) {
                if (!numbers_agree(a->outcomes[value], b->outcomes[value])) {
                    return 0;
                }
            }
        }
    }
    return 1;
}

/* Compares replicates [first, end) of a piece with the accepted pieces 0 .. n_accepted - 1 that hold them too. */
static dredge_status compare_overlap(struct pool *pool, const struct piece *piece, int end, int n_accepted)
{
    const struct piece *accepted = pool->pieces.piece;
    struct copies copies;
    dredge_status status = copies_init(&copies, pool->head->shape.n_regimes, pool->head->catalogue.n_outcome_columns);
    for (int i = n_accepted - 1; status == DREDGE_OK && i >= 0 && accepted[i].span.point == piece->span.point; i--) {
        int from = accepted[i].span.first > piece->span.first ? accepted[i].span.first : piece->span.first;
        int to = accepted[i].span.first + accepted[i].span.n_replicates;
        to = to < end ? to : end;
        for (int first = from; status == DREDGE_OK && first < to; first += COMPARED) {
            int n = to - first < COMPARED ? to - first : COMPARED;
            status = pool_read_runs(pool, &accepted[i], first, n, &copies.target[0]);
            if (status == DREDGE_OK) {
                status = pool_read_runs(pool, piece, first, n, &copies.target[1]);
            }
            if (status == DREDGE_OK && !do_agree(&copies, pool->head->shape.n_regimes, n)) {
                status =
                    status_fail(DREDGE_FILE,
                                "%s and %s disagree about design point %d, replicates %d to %d: they were not made "
                                "by the same program; run the study again",
                                pool->source[accepted[i].source].path, pool->source[piece->source].path,
                                piece->span.point, first, first + n - 1);
            }
        }
        if (to <= piece->span.first) {
            break;
        }
    }
    copies_free(&copies);
    return status;
}

static dredge_status refuse_part(const struct pool *pool, const struct piece *piece)
{
    return status_fail(
        DREDGE_FILE,
        "%s: others hold some but not all of its replicates of design point %d, so that the summaries of "
        "trajectories cannot be put together; leave this file or the others out",
        pool->source[piece->source].path, piece->span.point);
}

/* A summary cannot be taken apart: of one point, a file's runs must all be kept or all be dropped. */
static dredge_status check_whole(struct pool *pool, const struct piece *piece, int is_kept)
{
    struct source *source = &pool->source[piece->source];
    if (pool->head->shape.trajectories != TRAJECTORIES_SUMMARY || !source->is_file) {
        return DREDGE_OK;
    }
    source->kept_point = is_kept ? piece->span.point : source->kept_point;
    source->dropped_point = is_kept ? source->dropped_point : piece->span.point;
    return source->kept_point == source->dropped_point ? refuse_part(pool, piece) : DREDGE_OK;
}

/* Takes from a piece what the accepted ones hold already, up to replicate `end`; that must be the same there. */
static dredge_status cut_piece(struct pool *pool, struct piece *piece, int end, int n_accepted)
{
    int piece_end = piece->span.first + piece->span.n_replicates;
    dredge_status status = compare_overlap(pool, piece, piece_end < end ? piece_end : end, n_accepted);
    if (status == DREDGE_OK && piece_end > end && pool->head->shape.trajectories == TRAJECTORIES_SUMMARY) {
        status = refuse_part(pool, piece);
    }
    piece->span.n_replicates = piece_end > end ? piece_end - end : 0;
    piece->span.first = end;
    return status;
}

dredge_status pool_settle(struct pool *pool)
{
    struct piece *pieces = pool->pieces.piece;
    int n_accepted = 0;
    if (pool->pieces.n > 0) {
        qsort(pieces, (size_t)pool->pieces.n, sizeof *pieces, compare_pieces);
    }
    for (int i = 0; i < pool->pieces.n; i++) {
        struct piece piece = pieces[i];
        const struct piece *last = n_accepted > 0 ? &pieces[n_accepted - 1] : NULL;
        int end = last != NULL && last->span.point == piece.span.point ? last->span.first + last->span.n_replicates : 0;
        dredge_status status = piece.span.first < end ? cut_piece(pool, &piece, end, n_accepted) : DREDGE_OK;
        if (status == DREDGE_OK) {
            status = check_whole(pool, &piece, piece.span.n_replicates > 0);
        }
        if (status != DREDGE_OK) {
            return status;
        }
        if (piece.span.n_replicates > 0) {
            pieces[n_accepted++] = piece;
            pool->source[piece.source].n_runs += (long long)piece.span.n_replicates * pool->head->shape.n_regimes;
        }
    }
    pool->pieces.n = n_accepted;
    return DREDGE_OK;
}
