/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/memory_inside.h"

#include <stdlib.h>
#include <string.h>

/* A parcel as bytes: its span, its sections, and for each regime the size of its coded tally and the tally. */

/* The plain parts of a parcel, in the order in which they are packed. */
enum { N_SECTIONS = 4 };
struct section {
    void *bytes;
    size_t n;
};

static void sections_of(const struct memory_sink *sink, struct parcel *parcel, struct section sections[N_SECTIONS])
{
    size_t n_runs = (size_t)parcel->n_regimes * (size_t)parcel->span.n_replicates;
    size_t n_columns = (size_t)sink->head.catalogue.n_outcome_columns;
    size_t n_values = (size_t)parcel->n_series * (size_t)parcel->n_samples * n_runs;
    sections[0] = (struct section){parcel->status, n_runs};
    sections[1] = (struct section){parcel->outcomes, n_columns * n_runs * sizeof *parcel->outcomes};
    sections[2] = (struct section){parcel->runs, parcel->runs != NULL ? n_values * sizeof *parcel->runs : 0};
    sections[3] = (struct section){parcel->message, sizeof parcel->message};
}

static dredge_status pack_kept(const struct memory_sink *sink, const struct parcel *kept, struct tally_code *out)
{
    struct parcel parcel = *kept;
    struct section sections[N_SECTIONS];
    sections_of(sink, &parcel, sections);
    dredge_status status = tally_code_append(out, sizeof parcel.span, (const unsigned char *)&parcel.span);
    for (int i = 0; i < N_SECTIONS && status == DREDGE_OK; i++) {
        status = tally_code_append(out, sections[i].n, sections[i].bytes);
    }
    for (int regime = 0; parcel.tallies != NULL && regime < parcel.n_regimes && status == DREDGE_OK; regime++) {
        const struct tally_code *code = &parcel.tallies[regime];
        status = tally_code_append(out, sizeof code->n_bytes, (const unsigned char *)&code->n_bytes);
        if (status == DREDGE_OK) {
            status = tally_code_append(out, code->n_bytes, code->bytes);
        }
    }
    return status;
}

dredge_status memory_sink_pack(const struct memory_sink *sink, unsigned char **bytes, size_t *n_bytes)
{
    struct tally_code out = {.bytes = NULL};
    dredge_status status = tally_code_reserve(&out, 1); /* something to free, also of nothing */
    for (int i = 0; i < sink->n && status == DREDGE_OK; i++) {
        status = pack_kept(sink, &sink->kept[i], &out);
    }
    if (status != DREDGE_OK) {
        tally_code_free(&out);
    }
    *bytes = out.bytes;
    *n_bytes = out.n_bytes;
    return status;
}

/* What is left to read of packed bytes. */
struct rest {
    const unsigned char *at;
    size_t n;
};

/* Reads the next bytes; 0 when there are too few. */
static int get(struct rest *rest, void *out, size_t n_bytes)
{
    if (n_bytes > rest->n) {
        return 0;
    }
    if (n_bytes > 0) {
        memcpy(out, rest->at, n_bytes);
        rest->at += n_bytes;
        rest->n -= n_bytes;
    }
    return 1;
}

/* Reads the tallies of a parcel; 0 when they are none or there is no memory. */
static int get_tallies(struct rest *rest, struct parcel *parcel)
{
    for (int regime = 0; regime < parcel->n_regimes; regime++) {
        struct tally_code *code = &parcel->tallies[regime];
        size_t n_bytes = 0;
        code->n_bytes = 0;
        if (!get(rest, &n_bytes, sizeof n_bytes) || n_bytes > rest->n ||
            tally_code_reserve(code, n_bytes) != DREDGE_OK || !get(rest, code->bytes, n_bytes)) {
            return 0;
        }
        code->n_bytes = n_bytes;
    }
    return 1;
}

static int span_fits(const struct memory_sink *sink, const struct span *span)
{
    return span->point >= 0 && span->point < sink->head.shape.n_points && span->first >= 0 && span->n_replicates > 0 &&
           span->n_replicates <= sink->study->replication.max - span->first;
}

dredge_status memory_sink_unpack(struct memory_sink *sink, size_t n_bytes, const unsigned char *bytes)
{
    struct rest rest = {bytes, n_bytes};
    dredge_status status = DREDGE_OK;
    while (rest.n > 0 && status == DREDGE_OK) {
        struct parcel kept = {.status = NULL};
        struct section sections[N_SECTIONS];
        struct span span;
        int is_read = get(&rest, &span, sizeof span) && span_fits(sink, &span);
        if (is_read) {
            status = parcel_init(&kept, sink->study, span);
        }
        if (is_read && status == DREDGE_OK) {
            sections_of(sink, &kept, sections);
            for (int i = 0; i < N_SECTIONS; i++) {
                is_read = is_read && get(&rest, sections[i].bytes, sections[i].n);
            }
            is_read = is_read && (kept.tallies == NULL || get_tallies(&rest, &kept));
        }
        if (status == DREDGE_OK) {
            status = is_read ? memory_keep(sink, &kept)
                             : status_fail(DREDGE_FAILURE, "these bytes are no runs of this study");
        }
        if (status != DREDGE_OK) {
            parcel_free(&kept);
        }
    }
    return status;
}
