/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/unpacking.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

struct buffer {
    unsigned char *bytes; /* [capacity], owned */
    size_t capacity;
};

struct unpacking {
    struct libdeflate_decompressor *decompressor;
    struct buffer stored, whole;
    const unsigned char *chunk; /* in one of both */
    size_t n_bytes;
    int is_shuffled;
};

dredge_status unpacking_new(struct unpacking **unpacking)
{
    struct unpacking *own = *unpacking = calloc(1, sizeof *own);
    if (own != NULL) {
        own->decompressor = libdeflate_alloc_decompressor();
    }
    return own != NULL && own->decompressor != NULL ? DREDGE_OK : status_no_memory(sizeof *own);
}

void unpacking_free(struct unpacking *unpacking)
{
    if (unpacking == NULL) {
        return;
    }
    libdeflate_free_decompressor(unpacking->decompressor);
    free(unpacking->stored.bytes);
    free(unpacking->whole.bytes);
    free(unpacking);
}

static unsigned char *make_room(struct buffer *buffer, size_t n_bytes)
{
    if (n_bytes > buffer->capacity) {
        free(buffer->bytes);
        buffer->bytes = malloc(n_bytes);
        buffer->capacity = buffer->bytes != NULL ? n_bytes : 0;
    }
    return buffer->bytes;
}

unsigned char *unpacking_room(struct unpacking *unpacking, size_t n_bytes)
{
    return make_room(&unpacking->stored, n_bytes);
}

enum unpacked unpacking_open(struct unpacking *unpacking, int stored, size_t n_bytes, size_t n_whole)
{
    unpacking->chunk = unpacking->stored.bytes;
    unpacking->n_bytes = n_whole;
    unpacking->is_shuffled = (stored & STORED_SHUFFLED) != 0;
    if ((stored & STORED_DEFLATED) == 0) {
        return n_bytes == n_whole ? UNPACKED : UNPACKED_DAMAGED;
    }
    unpacking->chunk = make_room(&unpacking->whole, n_whole);
    if (unpacking->chunk == NULL) {
        return UNPACKED_NO_MEMORY;
    }
    return libdeflate_zlib_decompress(unpacking->decompressor, unpacking->stored.bytes, n_bytes, unpacking->whole.bytes,
                                      n_whole, NULL) == LIBDEFLATE_SUCCESS
               ? UNPACKED
               : UNPACKED_DAMAGED;
}

/* Byte k of value i stands at k * n_values + i when the chunk is shuffled, otherwise at 8 * i + k. */
void unpacking_reals(const struct unpacking *unpacking, size_t first, size_t step, size_t n, double *out)
{
    size_t to_byte = unpacking->is_shuffled ? unpacking->n_bytes / sizeof *out : 1;
    size_t to_value = unpacking->is_shuffled ? 1 : sizeof *out;
    const unsigned char *at = unpacking->chunk + first * to_value;
    for (size_t i = 0; i < n; i++, at += step * to_value) {
        uint64_t bits = 0;
        for (size_t byte = 0; byte < sizeof bits; byte++) {
            bits |= (uint64_t)at[byte * to_byte] << (8 * byte);
        }
        memcpy(out + i, &bits, sizeof bits);
    }
}

void unpacking_bytes(const struct unpacking *unpacking, size_t first, size_t step, size_t n, uint8_t *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = unpacking->chunk[first + i * step];
    }
}
