/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/tally_code.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 10 /* of seven bits in 64 */, CELL_BYTES = 5 * GROUPS + 2 * GROUPS * TALLY_BINS };

dredge_status tally_code_reserve(struct tally_code *code, size_t n_bytes)
{
    if (n_bytes <= code->capacity - code->n_bytes) {
        return DREDGE_OK;
    }
    size_t capacity = 2 * code->capacity + n_bytes;
    unsigned char *bytes = realloc(code->bytes, capacity);
    if (bytes == NULL) {
        return status_no_memory(capacity);
    }
    code->bytes = bytes;
    code->capacity = capacity;
    return DREDGE_OK;
}

static void put(struct tally_code *code, uint64_t number)
{
    while (number >= 0x80) {
        code->bytes[code->n_bytes++] = (unsigned char)(number | 0x80);
        number >>= 7;
    }
    code->bytes[code->n_bytes++] = (unsigned char)number;
}

static uint64_t zigzag(int64_t number)
{
    return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

static void put_bins(struct tally_code *code, const uint32_t *bins)
{
    int used[TALLY_BINS], n_used = 0;
    for (int bin = 0; bin < TALLY_BINS; bin += 2) {
        uint64_t pair;
        memcpy(&pair, bins + bin, sizeof pair);
        if (pair != 0) {
            used[n_used] = bin;
            n_used += bins[bin] != 0;
            used[n_used] = bin + 1;
            n_used += bins[bin + 1] != 0;
        }
    }
    put(code, (uint64_t)n_used);
    for (int i = 0, next = 0; i < n_used; i++) {
        put(code, (uint64_t)(used[i] - next));
        put(code, bins[used[i]]);
        next = used[i] + 1;
    }
}

dredge_status tally_code_write(struct tally_code *code, const struct tally *tally)
{
    size_t n_samples = (size_t)tally->n_samples, n_cells = (size_t)tally->n_series * n_samples;
    dredge_status status = tally_code_reserve(code, 2 * n_samples * GROUPS);
    for (size_t sample = 0; status == DREDGE_OK && sample < n_samples; sample++) {
        put(code, (uint64_t)tally->n[sample]);
        put(code, (uint64_t)tally->n_pairs[sample]);
    }
    for (size_t cell = 0; status == DREDGE_OK && cell < n_cells; cell++) {
        if (tally->n[cell % n_samples] == 0) {
            continue;
        }
        status = tally_code_reserve(code, CELL_BYTES);
        if (status == DREDGE_OK) {
            put(code, zigzag(tally->sum[cell]));
            put(code, zigzag(tally->sum_squares[cell]));
            put_bins(code, tally->bins + cell * TALLY_BINS);
        }
        if (status == DREDGE_OK && tally->n_pairs[cell % n_samples] > 0) {
            put(code, zigzag(tally->difference[cell]));
            put(code, zigzag(tally->difference_squares[cell]));
        }
    }
    return status;
}

struct reader {
    const unsigned char *next, *end;
    int is_wrong;
};

static uint64_t get(struct reader *reader)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 7 * GROUPS && reader->next < reader->end; shift += 7) {
        unsigned char group = *reader->next++;
        number |= (uint64_t)(group & 0x7F) << shift;
        if (group < 0x80) {
            return number;
        }
    }
    reader->is_wrong = 1;
    return 0;
}

static uint64_t unzigzag(uint64_t number)
{
    return (number >> 1) ^ ((number & 1) != 0 ? UINT64_MAX : 0);
}

/* Sums wrap around instead of overflowing, so that damaged numbers do no harm. */
static void add64(int64_t *sum, uint64_t part)
{
    *sum = (int64_t)((uint64_t)*sum + part);
}

static void add_bins(struct reader *reader, uint32_t *bins)
{
    uint64_t n_used = get(reader), next = 0;
    if (n_used > TALLY_BINS) {
        reader->is_wrong = 1;
        return;
    }
    for (uint64_t i = 0; i < n_used && !reader->is_wrong; i++) {
        uint64_t gap = get(reader), count = get(reader);
        if (gap >= TALLY_BINS - next || count > UINT32_MAX) {
            reader->is_wrong = 1;
            return;
        }
        bins[next + gap] += (uint32_t)count;
        next += gap + 1;
    }
}

int tally_code_add(size_t n_bytes, const unsigned char *bytes, size_t *position, struct tally *sum)
{
    struct reader reader = {.next = bytes + *position, .end = bytes + n_bytes};
    struct reader counts = reader;
    size_t n_samples = (size_t)sum->n_samples, n_cells = (size_t)sum->n_series * n_samples;
    for (size_t sample = 0; sample < n_samples && !reader.is_wrong; sample++) {
        add64(&sum->n[sample], get(&reader));
        add64(&sum->n_pairs[sample], get(&reader));
    }
    for (size_t cell = 0; cell < n_cells && !reader.is_wrong; cell++) {
        if (cell % n_samples == 0) {
            counts.next = bytes + *position; /* the counts once more, for every series */
        }
        uint64_t n = get(&counts), n_pairs = get(&counts);
        if (n == 0) {
            continue;
        }
        add64(&sum->sum[cell], unzigzag(get(&reader)));
        add64(&sum->sum_squares[cell], unzigzag(get(&reader)));
        add_bins(&reader, sum->bins + cell * TALLY_BINS);
        if (n_pairs > 0) {
            add64(&sum->difference[cell], unzigzag(get(&reader)));
            add64(&sum->difference_squares[cell], unzigzag(get(&reader)));
        }
    }
    *position = (size_t)(reader.next - bytes);
    return !reader.is_wrong;
}

void tally_code_free(struct tally_code *code)
{
    free(code->bytes);
    memset(code, 0, sizeof *code);
}
