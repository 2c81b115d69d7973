/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/segment_format.h"

#include <limits.h>
#include <string.h>

#include "base/bytes.h"

static const unsigned char header_magic[8] = {'D', 'R', 'E', 'D', 'G', 'S', 'E', 'G'};
static const unsigned char record_magic[4] = {'P', 'A', 'R', 'C'};

void segment_measure(const struct head *head, struct segment_record *record)
{
    uint64_t n_runs = (uint64_t)head->shape.n_regimes * (uint64_t)record->span.n_replicates;
    record->status_bytes = n_runs;
    record->outcome_bytes = 8 * (uint64_t)head->catalogue.n_outcome_columns * n_runs;
    record->run_bytes = head->shape.trajectories == TRAJECTORIES_RUNS
                            ? 4 * (uint64_t)head->catalogue.n_series_columns * (uint64_t)head->shape.n_months * n_runs
                            : 0;
    record->total_bytes = SEGMENT_RECORD_BYTES + segment_aligned(record->message_bytes) +
                          segment_aligned(record->status_bytes) + record->outcome_bytes +
                          segment_aligned(record->run_bytes) + segment_aligned(record->tally_bytes);
}

void segment_record_put(const struct segment_record *record, unsigned char bytes[SEGMENT_RECORD_BYTES])
{
    memset(bytes, 0, SEGMENT_RECORD_BYTES);
    memcpy(bytes, record_magic, sizeof record_magic);
    bytes_put32(bytes + 4, (uint32_t)record->span.point);
    bytes_put32(bytes + 8, (uint32_t)record->span.first);
    bytes_put32(bytes + 12, (uint32_t)record->span.n_replicates);
    bytes_put64(bytes + 16, record->message_bytes);
    bytes_put64(bytes + 24, record->tally_bytes);
    bytes_put64(bytes + 32, record->total_bytes);
}

int segment_record_get(const unsigned char bytes[SEGMENT_RECORD_BYTES], const struct head *head, uint64_t n_most,
                       struct segment_record *record)
{
    uint32_t point = bytes_get32(bytes + 4), first = bytes_get32(bytes + 8), n_replicates = bytes_get32(bytes + 12);
    record->message_bytes = bytes_get64(bytes + 16);
    record->tally_bytes = bytes_get64(bytes + 24);
    if (memcmp(bytes, record_magic, sizeof record_magic) != 0 || point >= (uint32_t)head->shape.n_points ||
        first >= (uint32_t)head->shape.n_replicates || n_replicates == 0 ||
        n_replicates > (uint32_t)head->shape.n_replicates - first || record->message_bytes >= PARCEL_MESSAGE_BYTES ||
        record->tally_bytes > n_most ||
        (head->shape.trajectories == TRAJECTORIES_SUMMARY) != (record->tally_bytes > 0)) {
        return 0;
    }
    record->span = (struct span){(int)point, (int)first, (int)n_replicates};
    segment_measure(head, record);
    return record->total_bytes == bytes_get64(bytes + 32) && record->total_bytes <= n_most;
}

/* Places in the header. */
enum {
    AT_PARCELS = 12,
    AT_REGIMES = 16,
    AT_MONTHS = 20,
    AT_TRAJECTORIES = 24,
    AT_OUTCOMES = 28,
    AT_SERIES = 32,
    AT_CATALOGUE = 36,
    AT_MAKER = 40,
    AT_SECONDS = 48,
    AT_TAKEN = 56,
    AT_ORIGIN = 64, /* first of the study */
    AT_DESIGN = AT_ORIGIN + ORIGIN_BYTES - 1
};

void segment_header_put(const struct head *head, const struct segment_header *header,
                        unsigned char bytes[SEGMENT_HEADER_BYTES])
{
    memset(bytes, 0, SEGMENT_HEADER_BYTES);
    memcpy(bytes, header_magic, sizeof header_magic);
    bytes_put32(bytes + 8, SEGMENT_VERSION);
    bytes_put32(bytes + AT_PARCELS, (uint32_t)header->n_parcels);
    bytes_put32(bytes + AT_REGIMES, (uint32_t)head->shape.n_regimes);
    bytes_put32(bytes + AT_MONTHS, (uint32_t)head->shape.n_months);
    bytes_put32(bytes + AT_TRAJECTORIES, (uint32_t)head->shape.trajectories);
    bytes_put32(bytes + AT_OUTCOMES, (uint32_t)head->catalogue.n_outcome_columns);
    bytes_put32(bytes + AT_SERIES, (uint32_t)head->catalogue.n_series_columns);
    bytes_put32(bytes + AT_CATALOGUE, (uint32_t)header->catalogue_bytes);
    bytes_put32(bytes + AT_MAKER, (uint32_t)header->maker_bytes);
    bytes_put_reals(bytes + AT_SECONDS, 1, &header->seconds);
    bytes_put64(bytes + AT_TAKEN, header->n_taken);
    origin_put(&head->origin, bytes + AT_ORIGIN);
}

const char *segment_header_get(const unsigned char bytes[SEGMENT_HEADER_BYTES], const struct head *head,
                               struct segment_header *header, struct origin *origin)
{
    unsigned char expected[SEGMENT_HEADER_BYTES];
    uint32_t n = bytes_get32(bytes + AT_PARCELS);
    if (memcmp(bytes, header_magic, sizeof header_magic) != 0 || n > INT_MAX) {
        return "is no segment of dredge";
    }
    if (bytes_get32(bytes + 8) != SEGMENT_VERSION) {
        return "was written by another version of dredge";
    }
    header->n_parcels = (int)n;
    header->catalogue_bytes = bytes_get32(bytes + AT_CATALOGUE);
    header->maker_bytes = bytes_get32(bytes + AT_MAKER);
    bytes_get_reals(bytes + AT_SECONDS, 1, &header->seconds);
    header->n_taken = bytes_get64(bytes + AT_TAKEN);
    origin_get(bytes + AT_ORIGIN, origin);
    segment_header_put(head, header, expected);
    int is_same_model = strcmp(origin->model_stamp, head->origin.model_stamp) == 0;
    return is_same_model && memcmp(bytes, expected, AT_DESIGN) != 0 ? "belongs to another study" : NULL;
}
