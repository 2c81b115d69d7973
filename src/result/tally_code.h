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

/* Appends the tally. */
STATUS_CHECKED dredge_status tally_code_write(struct tally_code *code, const struct tally *tally);

/* Adds the coded tally that stands at bytes[*position] to `sum` and moves the position behind it. Returns 0 when the
 * bytes are no tally of that many samples; the sum is then spoilt. */
int tally_code_add(size_t n_bytes, const unsigned char *bytes, size_t *position, struct tally *sum);

void tally_code_free(struct tally_code *code);

#endif
