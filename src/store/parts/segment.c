/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/list.h"
#include "result/tally_code.h"
#include "store/parts/seal.h"
#include "store/parts/segment_format.h"

dredge_status pieces_add(struct pieces *pieces, const struct piece *piece)
{
    dredge_status status = list_grow(&pieces->piece, sizeof *pieces->piece, pieces->n, &pieces->capacity);
    if (status == DREDGE_OK) {
        pieces->piece[pieces->n++] = *piece;
    }
    return status;
}

void pieces_free(struct pieces *pieces)
{
    free(pieces->piece);
    memset(pieces, 0, sizeof *pieces);
}

/* Bytes, and what fills them up. */
static dredge_status write_section(struct files_writer *writer, size_t n_bytes, const void *bytes)
{
    static const unsigned char zeros[SEGMENT_ALIGNMENT] = {0};
    dredge_status status = files_add(writer, n_bytes, bytes);
    return status == DREDGE_OK ? files_add(writer, segment_aligned(n_bytes) - n_bytes, zeros) : status;
}

/* The header and the texts. */
static dredge_status write_header(struct files_writer *writer, const struct head *head,
                                  const struct segment_maker *maker, int n_parcels)
{
    unsigned char bytes[SEGMENT_HEADER_BYTES];
    char *catalogue = catalogue_text(&head->catalogue);
    if (catalogue == NULL) {
        return status_no_memory(1 << 14);
    }
    const struct segment_header header = {n_parcels, strlen(catalogue), strlen(maker->by), maker->seconds,
                                          (uint64_t)maker->n_taken};
    segment_header_put(head, &header, bytes);
    dredge_status status = files_add(writer, sizeof bytes, bytes);
    if (status == DREDGE_OK) {
        status = write_section(writer, header.catalogue_bytes, catalogue);
    }
    if (status == DREDGE_OK) {
        status = write_section(writer, header.maker_bytes, maker->by);
    }
    free(catalogue);
    return status;
}

static dredge_status write_reals(struct files_writer *writer, size_t n, const double *values)
{
    unsigned char bytes[8 * 512];
    dredge_status status = DREDGE_OK;
    for (size_t i = 0; status == DREDGE_OK && i < n; i += 512) {
        size_t n_now = n - i < 512 ? n - i : 512;
        bytes_put_reals(bytes, n_now, values + i);
        status = files_add(writer, 8 * n_now, bytes);
    }
    return status;
}

/* Floats, and what fills them up. */
static dredge_status write_floats(struct files_writer *writer, size_t n, const float *values)
{
    unsigned char bytes[4 * 512];
    dredge_status status = DREDGE_OK;
    for (size_t i = 0; status == DREDGE_OK && i < n; i += 512) {
        size_t n_now = n - i < 512 ? n - i : 512;
        bytes_put_floats(bytes, n_now, values + i);
        status = files_add(writer, 4 * n_now, bytes);
    }
    return status == DREDGE_OK && n % 2 == 1 ? files_add(writer, 4, "\0\0\0") : status;
}

/* The section of the tallies: their sizes, then the tallies themselves. */
static dredge_status gather_tallies(const struct parcel *parcel, struct tally_code *code)
{
    size_t n_sizes = 8 * (size_t)parcel->n_regimes;
    code->n_bytes = 0;
    dredge_status status = tally_code_reserve(code, n_sizes);
    code->n_bytes = status == DREDGE_OK ? n_sizes : 0;
    for (int regime = 0; status == DREDGE_OK && regime < parcel->n_regimes; regime++) {
        const struct tally_code *own = &parcel->tallies[regime];
        status = tally_code_append(code, own->n_bytes, own->bytes);
        bytes_put64(code->bytes + 8 * (size_t)regime, own->n_bytes);
    }
    return status;
}

static dredge_status write_parcel(struct files_writer *writer, const struct head *head, const struct parcel *parcel,
                                  struct tally_code *code)
{
    unsigned char bytes[SEGMENT_RECORD_BYTES];
    struct segment_record record = {.span = parcel->span};
    dredge_status status = head->shape.trajectories == TRAJECTORIES_SUMMARY ? gather_tallies(parcel, code) : DREDGE_OK;
    if (status != DREDGE_OK) {
        return status;
    }
    record.message_bytes = strlen(parcel->message);
    record.tally_bytes = code->n_bytes;
    segment_measure(head, &record);
    segment_record_put(&record, bytes);
    status = files_add(writer, sizeof bytes, bytes);
    if (status == DREDGE_OK) {
        status = write_section(writer, record.message_bytes, parcel->message);
    }
    if (status == DREDGE_OK) {
        status = write_section(writer, record.status_bytes, parcel->status);
    }
    if (status == DREDGE_OK) {
        status = write_reals(writer, record.outcome_bytes / 8, parcel->outcomes);
    }
    if (status == DREDGE_OK) {
        status = write_floats(writer, record.run_bytes / 4, parcel->runs);
    }
    return status == DREDGE_OK ? write_section(writer, record.tally_bytes, code->bytes) : status;
}

dredge_status segment_write(const char *path, const struct head *head, const struct segment_maker *maker, int n_parcels,
                            const struct parcel *parcels)
{
    struct tally_code code = {0};
    struct digest *digest = digest_new();
    struct files_writer writer = {.on_piece = seal_see_piece, .context = digest};
    dredge_status status = digest == NULL ? status_no_memory(1024) : files_begin(&writer, path);
    if (status == DREDGE_OK) {
        status = write_header(&writer, head, maker, n_parcels);
    }
    for (int i = 0; status == DREDGE_OK && i < n_parcels; i++) {
        status = write_parcel(&writer, head, &parcels[i], &code);
    }
    if (status == DREDGE_OK) {
        unsigned char seal[SEAL_BYTES];
        files_end_pieces(&writer);
        seal_put(writer.n_total, digest, seal);
        status = files_add(&writer, sizeof seal, seal);
    }
    if (status == DREDGE_OK) {
        status = files_commit(&writer);
    }
    files_abandon(&writer);
    digest_free(digest);
    tally_code_free(&code);
    return status;
}
