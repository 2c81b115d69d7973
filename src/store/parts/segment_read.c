/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/files.h"
#include "store/parts/seal.h"
#include "store/parts/segment.h"
#include "store/parts/segment_format.h"

static dredge_status damaged(const char *path, const char *how)
{
    return status_fail(DREDGE_FILE, "%s: this segment %s", path, how);
}

/* The same while a segment is scanned, and remembers it. */
static dredge_status found(int *is_damaged, const char *path, const char *how)
{
    *is_damaged = 1;
    return damaged(path, how);
}

/* Compares the catalogue of the segment with that of the head. */
static dredge_status check_catalogue(const struct segment *segment, const struct head *head, uint64_t n_bytes,
                                     uint64_t n_most, int *is_damaged)
{
    char *own = catalogue_text(&head->catalogue), *found_text = NULL;
    dredge_status status = DREDGE_OK;
    if (n_bytes > n_most) {
        status = found(is_damaged, segment->path, "is damaged: its catalogue does not fit");
        goto out;
    }
    found_text = calloc((size_t)n_bytes + 1, 1);
    if (own == NULL || found_text == NULL) {
        status = status_no_memory(n_bytes);
        goto out;
    }
    status = files_read_at(segment->descriptor, segment->path, SEGMENT_HEADER_BYTES, (size_t)n_bytes, found_text);
    if (status == DREDGE_OK && strcmp(own, found_text) != 0) {
        status = found(is_damaged, segment->path, "lists other outcomes or series than this dredge has");
    }

out:
    free(found_text);
    free(own);
    return status;
}

/* Reads and checks the header; `n_bytes`: of the segment before its seal. */
static dredge_status scan_header(const struct segment *segment, const struct head *head, uint64_t n_bytes,
                                 struct segment_header *header, int *is_damaged)
{
    unsigned char bytes[SEGMENT_HEADER_BYTES];
    struct origin origin;
    dredge_status status = files_read_at(segment->descriptor, segment->path, 0, sizeof bytes, bytes);
    if (status != DREDGE_OK) {
        return status;
    }
    const char *trouble = segment_header_get(bytes, head, header, &origin);
    if (trouble != NULL) {
        return found(is_damaged, segment->path, trouble);
    }
    status = origin_check_model(segment->path, &origin, &head->origin);
    if (status == DREDGE_OK) {
        status = origin_check_design(segment->path, &origin, &head->origin);
    }
    if (status == DREDGE_OK) {
        status = check_catalogue(segment, head, header->catalogue_bytes, n_bytes - SEGMENT_HEADER_BYTES, is_damaged);
    }
    if (status == DREDGE_OK && segment_parcels(header) > n_bytes) {
        status = found(is_damaged, segment->path, "is damaged: its texts do not fit");
    }
    return status;
}

static dredge_status scan_records(const struct segment *segment, const struct head *head, int source, uint64_t n_bytes,
                                  struct pieces *pieces, int *is_damaged)
{
    unsigned char bytes[SEGMENT_RECORD_BYTES];
    struct segment_header header;
    const char *path = segment->path;
    dredge_status status = scan_header(segment, head, n_bytes, &header, is_damaged);
    if (status != DREDGE_OK) {
        return status;
    }
    uint64_t offset = segment_parcels(&header);
    for (int i = 0; i < header.n_parcels; i++) {
        struct segment_record record;
        if (n_bytes - offset < SEGMENT_RECORD_BYTES) {
            return found(is_damaged, path, "is damaged: parcels are missing");
        }
        status = files_read_at(segment->descriptor, path, offset, sizeof bytes, bytes);
        if (status != DREDGE_OK) {
            return status;
        }
        if (!segment_record_get(bytes, head, n_bytes - offset, &record)) {
            return found(is_damaged, path, "is damaged: a parcel does not fit the study");
        }
        struct piece piece = {record.span, source, offset};
        status = pieces_add(pieces, &piece);
        if (status != DREDGE_OK) {
            return status;
        }
        offset += record.total_bytes;
    }
    return offset == n_bytes ? DREDGE_OK : found(is_damaged, path, "is damaged: there is something behind its parcels");
}

dredge_status segment_scan(const char *path, const struct head *head, int source, struct pieces *pieces,
                           int *is_damaged)
{
    struct segment segment = {0};
    uint64_t n_bytes = 0;
    int n_before = pieces->n;
    *is_damaged = 0;
    dredge_status status = segment_open(&segment, path);
    if (status == DREDGE_OK) {
        status = seal_check(segment.descriptor, path, "segment", SEGMENT_HEADER_BYTES, &n_bytes, is_damaged);
    }
    if (status == DREDGE_OK) {
        status = scan_records(&segment, head, source, n_bytes, pieces, is_damaged);
    }
    if (status != DREDGE_OK) {
        pieces->n = n_before;
    }
    segment_close(&segment);
    return status;
}

dredge_status segment_open(struct segment *segment, const char *path)
{
    memset(segment, 0, sizeof *segment);
    segment->descriptor = files_open(path);
    if (segment->descriptor < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot open this segment: %s", path, strerror(errno));
    }
    segment->is_open = 1;
    segment->path = path;
    return DREDGE_OK;
}

void segment_close(struct segment *segment)
{
    if (segment->is_open) {
        (void)close(segment->descriptor);
    }
    free(segment->bytes);
    memset(segment, 0, sizeof *segment);
}

/* Reads a section, unless it is the one that was read last. */
static dredge_status load(struct segment *segment, uint64_t offset, uint64_t size)
{
    if (segment->size == size && segment->offset == offset) {
        return DREDGE_OK;
    }
    segment->size = 0;
    if (size > segment->capacity) {
        unsigned char *bytes = size <= SIZE_MAX ? realloc(segment->bytes, (size_t)size) : NULL;
        if (bytes == NULL) {
            return status_no_memory(size);
        }
        segment->bytes = bytes;
        segment->capacity = (size_t)size;
    }
    dredge_status status = files_read_at(segment->descriptor, segment->path, offset, (size_t)size, segment->bytes);
    if (status == DREDGE_OK) {
        segment->offset = offset;
        segment->size = size;
    }
    return status;
}

dredge_status segment_record(struct segment *segment, const struct head *head, uint64_t offset,
                             const struct segment_record **record)
{
    *record = &segment->record;
    if (segment->record_offset == offset) {
        return DREDGE_OK;
    }
    unsigned char bytes[SEGMENT_RECORD_BYTES];
    segment->record_offset = 0;
    dredge_status status = files_read_at(segment->descriptor, segment->path, offset, sizeof bytes, bytes);
    if (status == DREDGE_OK && !segment_record_get(bytes, head, INT64_MAX, &segment->record)) {
        status = damaged(segment->path, "changed while it was read");
    }
    segment->record_offset = status == DREDGE_OK ? offset : 0;
    return status;
}

dredge_status segment_runs(struct segment *segment, const struct head *head, uint64_t offset,
                           const unsigned char **status_bytes, const unsigned char **outcomes)
{
    const struct segment_record *record = NULL;
    dredge_status status = segment_record(segment, head, offset, &record);
    if (status != DREDGE_OK) {
        return status;
    }
    uint64_t n_status = segment_aligned(record->status_bytes);
    status = load(segment, offset + SEGMENT_RECORD_BYTES + segment_aligned(record->message_bytes),
                  n_status + record->outcome_bytes);
    *status_bytes = segment->bytes;
    *outcomes = segment->bytes + n_status;
    return status;
}

static uint64_t runs_offset(uint64_t offset, const struct segment_record *record)
{
    return offset + SEGMENT_RECORD_BYTES + segment_aligned(record->message_bytes) +
           segment_aligned(record->status_bytes) + record->outcome_bytes;
}

dredge_status segment_series(struct segment *segment, const struct head *head, uint64_t offset, int series,
                             const unsigned char **values)
{
    const struct segment_record *record = NULL;
    dredge_status status = segment_record(segment, head, offset, &record);
    if (status != DREDGE_OK) {
        return status;
    }
    uint64_t n_bytes = record->run_bytes / (uint64_t)head->catalogue.n_series_columns;
    status = load(segment, runs_offset(offset, record) + (uint64_t)series * n_bytes, n_bytes);
    *values = segment->bytes;
    return status;
}

int segment_find_tally(size_t n_bytes, const unsigned char *section, int n_regimes, int regime, size_t *start,
                       size_t *size)
{
    size_t before = 8 * (size_t)n_regimes;
    for (int i = 0; before <= n_bytes && i <= regime; i++) {
        uint64_t n = bytes_get64(section + 8 * (size_t)i);
        if (n > n_bytes - before) {
            return 0;
        }
        *start = before;
        *size = (size_t)n;
        before += (size_t)n;
    }
    return before <= n_bytes;
}

dredge_status segment_tally(struct segment *segment, const struct head *head, uint64_t offset, int regime,
                            const unsigned char **code, size_t *n_bytes)
{
    const struct segment_record *record = NULL;
    size_t start = 0;
    dredge_status status = segment_record(segment, head, offset, &record);
    if (status != DREDGE_OK) {
        return status;
    }
    status = load(segment, runs_offset(offset, record) + segment_aligned(record->run_bytes), record->tally_bytes);
    if (status == DREDGE_OK && !segment_find_tally((size_t)record->tally_bytes, segment->bytes, head->shape.n_regimes,
                                                   regime, &start, n_bytes)) {
        status = damaged(segment->path, "is damaged: a tally does not fit");
    }
    *code = segment->bytes + start;
    return status;
}

dredge_status segment_message(struct segment *segment, const struct head *head, uint64_t offset,
                              char message[PARCEL_MESSAGE_BYTES])
{
    const struct segment_record *record = NULL;
    dredge_status status = segment_record(segment, head, offset, &record);
    if (status != DREDGE_OK) {
        return status;
    }
    message[record->message_bytes] = '\0';
    return files_read_at(segment->descriptor, segment->path, offset + SEGMENT_RECORD_BYTES,
                         (size_t)record->message_bytes, message);
}

dredge_status segment_provenance(struct segment *segment, char **by, struct segment_maker *maker)
{
    unsigned char bytes[SEGMENT_HEADER_BYTES];
    struct segment_header header;
    struct origin origin;
    const struct head none = {.shape = {.n_points = 0}};
    *by = NULL;
    dredge_status status = files_read_at(segment->descriptor, segment->path, 0, sizeof bytes, bytes);
    if (status != DREDGE_OK) {
        return status;
    }
    (void)segment_header_get(bytes, &none, &header, &origin); /* the scan has checked it */
    *by = calloc((size_t)header.maker_bytes + 1, 1);
    if (*by == NULL) {
        return status_no_memory(header.maker_bytes);
    }
    status =
        files_read_at(segment->descriptor, segment->path,
                      SEGMENT_HEADER_BYTES + segment_aligned(header.catalogue_bytes), (size_t)header.maker_bytes, *by);
    if (status != DREDGE_OK) {
        free(*by);
        *by = NULL;
    }
    *maker = (struct segment_maker){*by, header.seconds, (long long)header.n_taken};
    return status;
}
