/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzzing.h"
#include "store/pool.h"
#include "store/parts/seal.h"
#include "store/parts/segment_format.h"

/* Reads the input as a segment. Its first byte says which kind of trajectories the study has, and whether the header and
 * the seal are the input's own or right ones; in the second case the next byte is the number of parcels and the rest
 * are the parcels, so that what is behind the checksum is reached. */

enum { N_POINTS = 5, N_REGIMES = 2, N_SAMPLES = 3, MOST_REPLICATES = 6, OWN_ENDS = 4 };

/* The parcels with a header and a seal that fit; the caller frees it. */
static unsigned char *wrap(const struct head *head, size_t n_bytes, const uint8_t *bytes, size_t *n_all)
{
    char *catalogue = catalogue_text(&head->catalogue);
    promise(catalogue != NULL, "memory");
    const struct segment_header header = {.n_parcels = bytes[0], .catalogue_bytes = strlen(catalogue)};
    size_t n_head = (size_t)segment_parcels(&header), n_before = n_head + n_bytes - 1;
    unsigned char *all = calloc(n_before + SEAL_BYTES, 1);
    struct digest *digest = digest_new();
    promise(all != NULL && digest != NULL, "memory");
    segment_header_put(head, &header, all);
    memcpy(all + SEGMENT_HEADER_BYTES, catalogue, strlen(catalogue));
    memcpy(all + n_head, bytes + 1, n_bytes - 1);
    digest_bytes(digest, n_before, all);
    seal_put(n_before, digest, all + n_before);
    digest_free(digest);
    free(catalogue);
    *n_all = n_before + SEAL_BYTES;
    return all;
}

/* The summary of one point, from all its pieces. */
static dredge_status add_tallies(struct pool *pool, int from, int to)
{
    dredge_status status = DREDGE_OK;
    for (int regime = 0; status == DREDGE_OK && regime < N_REGIMES; regime++) {
        struct tally sum;
        float statistics[N_STATISTICS * N_SAMPLES];
        promise(tally_init(&sum, N_SERIES, N_SAMPLES) == DREDGE_OK, "memory");
        status = pool_add_tallies(pool, (struct piece_range){from, to}, regime, &sum);
        for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
            tally_statistics(&sum, series, statistics);
        }
        tally_free(&sum);
    }
    return status;
}

static dredge_status read_piece(struct pool *pool, const struct piece *piece)
{
    static double outcomes[N_OUTCOME_COLUMNS * N_REGIMES * MOST_REPLICATES];
    static uint8_t statuses[N_REGIMES * MOST_REPLICATES];
    static float values[N_REGIMES * MOST_REPLICATES * N_SAMPLES];
    char message[PARCEL_MESSAGE_BYTES];
    const struct pool_target target = {.outcome_stride = N_REGIMES * MOST_REPLICATES,
                                       .regime_stride = MOST_REPLICATES,
                                       .outcomes = outcomes,
                                       .status = statuses};
    promise(piece->span.point >= 0 && piece->span.point < N_POINTS && piece->span.first >= 0 &&
                piece->span.n_replicates > 0 && piece->span.first + piece->span.n_replicates <= MOST_REPLICATES,
            "a piece lies in the study");
    dredge_status status = pool_read_runs(pool, piece, piece->span.first, piece->span.n_replicates, &target);
    if (status == DREDGE_OK) {
        status = pool_message(pool, piece, message);
        promise(status != DREDGE_OK || strlen(message) < sizeof message, "a message ends");
    }
    if (status == DREDGE_OK && pool->head->shape.trajectories == TRAJECTORIES_RUNS) {
        for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
            status = pool_read_series(pool, piece, series, piece->span.first, piece->span.n_replicates, 0,
                                      MOST_REPLICATES, values);
        }
    }
    return status;
}

static dredge_status read_all(struct pool *pool)
{
    const struct pieces *pieces = &pool->pieces;
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < pieces->n; i++) {
        status = read_piece(pool, &pieces->piece[i]);
    }
    for (int i = 0, from = 0;
         status == DREDGE_OK && pool->head->shape.trajectories == TRAJECTORIES_SUMMARY && i < pieces->n; i++) {
        if (i + 1 == pieces->n || pieces->piece[i + 1].span.point != pieces->piece[from].span.point) {
            status = add_tallies(pool, from, i + 1);
            from = i + 1;
        }
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes < 2) {
        return 0;
    }
    static const enum trajectories kinds[4] = {TRAJECTORIES_SUMMARY, TRAJECTORIES_RUNS, TRAJECTORIES_NONE,
                                               TRAJECTORIES_SUMMARY};
    const struct study study = {.n_regimes = N_REGIMES}; /* of which the catalogue is */
    struct head head = {.shape = {N_POINTS, N_REGIMES, MOST_REPLICATES, N_SAMPLES, kinds[bytes[0] & 3]},
                        .origin = {"0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef",
                                   "0123456789abcdef0123456789abcdef"}};
    promise(catalogue_of_study(&study, &head.catalogue) == DREDGE_OK, "memory");
    head.shape.n_months = head.shape.trajectories == TRAJECTORIES_NONE ? 0 : N_SAMPLES;
    const char *path = NULL;
    if ((bytes[0] & OWN_ENDS) != 0) {
        path = fuzz_file("segment", n_bytes - 1, bytes + 1);
    } else {
        size_t n_all = 0;
        unsigned char *all = wrap(&head, n_bytes - 1, bytes + 1, &n_all);
        path = fuzz_file("segment", n_all, all);
        free(all);
    }
    struct pool pool;
    int is_damaged = 0;
    status_clear();
    pool_init(&pool, &head);
    dredge_status status = pool_add_segment(&pool, path, &is_damaged);
    promise(status == DREDGE_OK || (is_damaged && pool.pieces.n == 0), "a refused segment adds nothing");
    if (status == DREDGE_OK) {
        status = pool_settle(&pool);
    }
    if (status == DREDGE_OK) {
        status = read_all(&pool);
    }
    promise(status == DREDGE_OK || (status == DREDGE_FILE && strstr(status_message(), path) != NULL),
            "a refusal names the file");
    pool_free(&pool);
    head_free(&head);
    return 0;
}
