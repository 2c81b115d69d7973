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

dredge_status tally_code_append(struct tally_code *code, size_t n_bytes, const unsigned char *bytes)
{
    dredge_status status = tally_code_reserve(code, n_bytes);
    if (status == DREDGE_OK && n_bytes > 0) {
        memcpy(code->bytes + code->n_bytes, bytes, n_bytes);
        code->n_bytes += n_bytes;
    }
    return status;
}

/* Writes a number to `bytes` and returns the place behind it. */
static unsigned char *put(unsigned char *bytes, uint64_t number)
{
    while (number >= 0x80) {
        *bytes++ = (unsigned char)(number | 0x80);
        number >>= 7;
    }
    *bytes++ = (unsigned char)number;
    return bytes;
}

static uint64_t zigzag(int64_t number)
{
    return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

size_t tally_code_counts(int64_t n, int64_t n_pairs, unsigned char *bytes)
{
    return (size_t)(put(put(bytes, (uint64_t)n), (uint64_t)n_pairs) - bytes);
}

size_t tally_code_cell(const struct tally_cell *cell, unsigned char *bytes)
{
    unsigned char *end = bytes;
    if (cell->n == 0) {
        return 0;
    }
    end = put(end, zigzag(cell->sum));
    end = put(end, zigzag(cell->sum_squares));
    end = put(end, (uint64_t)cell->n_used);
    for (int i = 0, next = 0; i < cell->n_used; i++) {
        end = put(end, (uint64_t)(cell->used[i] - next));
        end = put(end, cell->count[i]);
        next = cell->used[i] + 1;
    }
    if (cell->n_pairs > 0) {
        end = put(end, zigzag(cell->difference));
        end = put(end, zigzag(cell->difference_squares));
    }
    return (size_t)(end - bytes);
}

/* Bytes of a number of `bits` bits. */
static size_t coded(int bits)
{
    return (size_t)(bits + 6) / 7;
}

/* A cell has four sums (of values up to SAMPLE_TOPS, with a sign), and for each bin in use, of which there are no more than
 * replicates, its distance, which is below 128 for all but one, and its count. */
size_t tally_code_most_bytes(int n_series, int n_samples, int n_replicates)
{
    int bits = 1;
    while (bits < 31 && n_replicates >> bits != 0) {
        bits++;
    }
    size_t n_used = n_replicates < TALLY_BINS ? (size_t)n_replicates : TALLY_BINS;
    size_t of_sums = 2 * (coded(SAMPLE_BITS + 8 + bits) + coded(SAMPLE_SQUARE_BITS + 15 + bits));
    size_t of_cell = 4 + of_sums + n_used * (1 + coded(bits));
    return (size_t)n_samples * (2 * coded(bits) + (size_t)n_series * of_cell);
}

dredge_status tally_code_write(struct tally_code *code, const struct tally *tally)
{
    dredge_status status = tally_code_reserve(code, (size_t)tally->n_samples * 2 * GROUPS);
    for (int sample = 0; status == DREDGE_OK && sample < tally->n_samples; sample++) {
        code->n_bytes += tally_code_counts(tally->n[sample], tally->n_pairs[sample], code->bytes + code->n_bytes);
    }
    for (int series = 0; series < tally->n_series; series++) {
        for (int sample = 0; status == DREDGE_OK && sample < tally->n_samples; sample++) {
            struct tally_cell cell;
            tally_get(tally, series, sample, &cell);
            status = tally_code_reserve(code, CELL_BYTES);
            if (status == DREDGE_OK) {
                code->n_bytes += tally_code_cell(&cell, code->bytes + code->n_bytes);
            }
        }
    }
    return status;
}

static uint64_t get(struct tally_reader *reader, const unsigned char **next)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 7 * GROUPS && *next < reader->end; shift += 7) {
        unsigned char group = *(*next)++;
        number |= (uint64_t)(group & 0x7F) << shift;
        if (group < 0x80) {
            return number;
        }
    }
    reader->is_wrong = 1;
    return 0;
}

static int64_t unzigzag(uint64_t number)
{
    return (int64_t)((number >> 1) ^ ((number & 1) != 0 ? UINT64_MAX : 0));
}

static void get_bins(struct tally_reader *reader, struct tally_cell *cell)
{
    uint64_t n_used = get(reader, &reader->next), next = 0;
    reader->is_wrong |= n_used > TALLY_BINS;
    for (uint64_t i = 0; i < n_used && !reader->is_wrong; i++) {
        uint64_t gap = get(reader, &reader->next), count = get(reader, &reader->next);
        if (gap >= TALLY_BINS - next || count > UINT32_MAX) {
            reader->is_wrong = 1;
            return;
        }
        cell->used[i] = (uint8_t)(next + gap);
        cell->count[i] = (uint32_t)count;
        next += gap + 1;
    }
    cell->n_used = reader->is_wrong ? 0 : (int)n_used;
}

void tally_reader_begin(struct tally_reader *reader, size_t n_bytes, const unsigned char *bytes, int n_samples)
{
    *reader = (struct tally_reader){
        .next = bytes, .end = bytes + n_bytes, .first = bytes, .counts = bytes, .n_samples = (size_t)n_samples};
    for (int i = 0; i < 2 * n_samples && !reader->is_wrong; i++) {
        (void)get(reader, &reader->next);
    }
}

void tally_reader_next(struct tally_reader *reader, struct tally_cell *cell)
{
    if (reader->sample == 0) {
        reader->counts = reader->first; /* once more for every series */
    }
    reader->sample = (reader->sample + 1) % reader->n_samples;
    cell->n = (int64_t)get(reader, &reader->counts);
    cell->n_pairs = (int64_t)get(reader, &reader->counts);
    cell->sum = cell->sum_squares = cell->difference = cell->difference_squares = 0;
    cell->n_used = 0;
    if (cell->n != 0) {
        cell->sum = unzigzag(get(reader, &reader->next));
        cell->sum_squares = unzigzag(get(reader, &reader->next));
        get_bins(reader, cell);
    }
    if (cell->n != 0 && cell->n_pairs != 0) {
        cell->difference = unzigzag(get(reader, &reader->next));
        cell->difference_squares = unzigzag(get(reader, &reader->next));
    }
}

/* Sums wrap around instead of overflowing, so that damaged numbers do no harm. */
static void add64(int64_t *sum, int64_t part)
{
    *sum = (int64_t)((uint64_t)*sum + (uint64_t)part);
}

int tally_code_add(size_t n_bytes, const unsigned char *bytes, size_t *position, struct tally *sum)
{
    struct tally_reader reader;
    struct tally_cell cell;
    size_t n_samples = (size_t)sum->n_samples, n_cells = (size_t)sum->n_series * n_samples;
    tally_reader_begin(&reader, n_bytes - *position, bytes + *position, sum->n_samples);
    for (size_t at = 0; at < n_cells && !reader.is_wrong; at++) {
        tally_reader_next(&reader, &cell);
        if (at < n_samples) {
            add64(&sum->n[at], cell.n);
            add64(&sum->n_pairs[at], cell.n_pairs);
        }
        add64(&sum->sum[at], cell.sum);
        add64(&sum->sum_squares[at], cell.sum_squares);
        add64(&sum->difference[at], cell.difference);
        add64(&sum->difference_squares[at], cell.difference_squares);
        for (int i = 0; i < cell.n_used; i++) {
            sum->bins[at * TALLY_BINS + cell.used[i]] += cell.count[i];
        }
    }
    *position = (size_t)(reader.next - bytes);
    return !reader.is_wrong;
}

dredge_status tally_code_clear(struct tally_code *code, int n_samples)
{
    size_t n_bytes = 0;
    code->n_bytes = 0;
    dredge_status status = tally_code_reserve(code, 2 * (size_t)n_samples);
    for (int sample = 0; status == DREDGE_OK && sample < n_samples; sample++) {
        n_bytes += tally_code_counts(0, 0, code->bytes + n_bytes);
    }
    code->n_bytes = n_bytes;
    return status;
}

int tally_code_is_sound(size_t n_bytes, const unsigned char *bytes, int n_series, int n_samples)
{
    struct tally_reader reader;
    struct tally_cell cell;
    tally_reader_begin(&reader, n_bytes, bytes, n_samples);
    for (int at = 0; at < n_series * n_samples && !reader.is_wrong; at++) {
        tally_reader_next(&reader, &cell);
    }
    return !reader.is_wrong && reader.next == reader.end;
}

void tally_code_free(struct tally_code *code)
{
    free(code->bytes);
    memset(code, 0, sizeof *code);
}
