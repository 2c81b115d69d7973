/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* A 128-bit digest (XXH3) of a sequence of values, the same on every machine: numbers are hashed as little-endian
 * IEEE 754 bits with one NaN, texts with their length. */

enum { DIGEST_STATE_BYTES = 640, DIGEST_ALIGNMENT = 64 };

struct digest { /* set by digest_begin or digest_new; owns nothing */
    _Alignas(DIGEST_ALIGNMENT) unsigned char state[DIGEST_STATE_BYTES];
};

void digest_begin(struct digest *digest);
struct digest *digest_new(void); /* NULL when out of memory; freed with digest_free, safe on NULL */
void digest_free(struct digest *digest);

void digest_text(struct digest *digest, const char *text);
void digest_whole(struct digest *digest, int64_t value);
void digest_reals(struct digest *digest, size_t n, const double *values);
void digest_floats(struct digest *digest, size_t n, const float *values);
void digest_bytes(struct digest *digest, size_t n, const void *bytes);

/* 32 hexadecimal digits and a terminator. */
void digest_hex(const struct digest *digest, char hex[33]);

#endif
