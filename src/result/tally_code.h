/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_TALLY_CODE_H
#define RESULT_TALLY_CODE_H

#include <stddef.h>

#include "base/status.h"
#include "result/tally.h"

/* Tallies as few bytes: most bins are empty, most counts small. A number is a row of groups of seven bits, low groups
 * first, the high bit set on all but the last. For each sample the replicates and the pairs counted; for each series and
 * sample, if there were any replicates, the sum and the sum of squares (zigzag: 0, -1, 1, -2, ...), the number of bins in
 * use and for each of these the distance from the bin before it and its count; then, if there were any pairs, the sum of
 * their differences and of the squares. */

struct tally_code {
    unsigned char *bytes; /* owned; freed by tally_code_free, safe on a zeroed one */
    size_t n_bytes, capacity;
};

/* Makes room for `n_bytes` more. */
STATUS_CHECKED dredge_status tally_code_reserve(struct tally_code *code, size_t n_bytes);

/* Bytes of a coded tally of at most so many replicates, at most. */
size_t tally_code_most_bytes(int n_series, int n_samples, int n_replicates);

/* Writes the replicates and the pairs of a sample, or a cell, as parts of a tally that is coded piece by piece. Return the bytes, which are
 * none for a cell that counts nothing. There is room for as many as tally_code_most_bytes says. */
size_t tally_code_counts(int64_t n, int64_t n_pairs, unsigned char *bytes);
size_t tally_code_cell(const struct tally_cell *cell, unsigned char *bytes);

/* Are the bytes a tally of so many series and samples? */
int tally_code_is_sound(size_t n_bytes, const unsigned char *bytes, int n_series, int n_samples);

/* Makes it the tally of so many samples in which nothing was counted. */
STATUS_CHECKED dredge_status tally_code_clear(struct tally_code *code, int n_samples);

/* Appends a tally, or bytes that are one. */
STATUS_CHECKED dredge_status tally_code_append(struct tally_code *code, size_t n_bytes, const unsigned char *bytes);
STATUS_CHECKED dredge_status tally_code_write(struct tally_code *code, const struct tally *tally);

/* Reads a coded tally of `n_samples` samples cell after cell, the samples of a series in a row. */
struct tally_reader {
    const unsigned char *next, *end;     /* of the cells */
    const unsigned char *first, *counts; /* replicates and pairs of the first sample; of the next cell */
    size_t n_samples, sample;
    int is_wrong; /* the bytes are no such tally: cells are spoilt */
};

void tally_reader_begin(struct tally_reader *reader, size_t n_bytes, const unsigned char *bytes, int n_samples);
void tally_reader_next(struct tally_reader *reader, struct tally_cell *cell);

/* Adds the coded tally that stands at bytes[*position] to `sum` and moves the position behind it. Returns 0 when the
 * bytes are no tally of that many samples; the sum is then spoilt. */
int tally_code_add(size_t n_bytes, const unsigned char *bytes, size_t *position, struct tally *sum);

void tally_code_free(struct tally_code *code);

#endif
