/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

_Static_assert(sizeof(XXH3_state_t) <= DIGEST_STATE_BYTES, "a digest holds the state of XXH3");
_Static_assert(_Alignof(XXH3_state_t) <= DIGEST_ALIGNMENT, "a digest is aligned as XXH3 wants it");

static XXH3_state_t *state_of(struct digest *digest)
{
    return (XXH3_state_t *)(void *)digest->state;
}

void digest_begin(struct digest *digest)
{
    memset(digest, 0, sizeof *digest);
    (void)XXH3_128bits_reset(state_of(digest));
}

struct digest *digest_new(void)
{
    struct digest *digest = aligned_alloc(DIGEST_ALIGNMENT, sizeof *digest);
    if (digest != NULL) {
        digest_begin(digest);
    }
    return digest;
}

void digest_free(struct digest *digest)
{
    free(digest);
}

void digest_bytes(struct digest *digest, size_t n, const void *bytes)
{
    if (n > 0) {
        (void)XXH3_128bits_update(state_of(digest), bytes, n);
    }
}

static void put_little_endian(unsigned char *place, size_t n_bytes, uint64_t value)
{
    for (size_t byte = 0; byte < n_bytes; byte++) {
        place[byte] = (unsigned char)(value >> (8 * byte));
    }
}

void digest_whole(struct digest *digest, int64_t value)
{
    unsigned char bytes[8];
    put_little_endian(bytes, sizeof bytes, (uint64_t)value);
    digest_bytes(digest, sizeof bytes, bytes);
}

void digest_text(struct digest *digest, const char *text)
{
    size_t length = strlen(text);
    digest_whole(digest, (int64_t)length);
    digest_bytes(digest, length, text);
}

enum { CHUNK = 128 };

void digest_reals(struct digest *digest, size_t n, const double *values)
{
    unsigned char bytes[CHUNK * sizeof *values];
    for (size_t first = 0; first < n; first += CHUNK) {
        size_t n_here = n - first < CHUNK ? n - first : CHUNK;
        for (size_t index = 0; index < n_here; index++) {
            double value = values[first + index];
            uint64_t bits = 0x7FF8000000000000U; /* the one NaN */
            if (value == value) {
                memcpy(&bits, &value, sizeof bits);
            }
            put_little_endian(bytes + index * sizeof bits, sizeof bits, bits);
        }
        digest_bytes(digest, n_here * sizeof *values, bytes);
    }
}

void digest_floats(struct digest *digest, size_t n, const float *values)
{
    unsigned char bytes[CHUNK * sizeof *values];
    for (size_t first = 0; first < n; first += CHUNK) {
        size_t n_here = n - first < CHUNK ? n - first : CHUNK;
        for (size_t index = 0; index < n_here; index++) {
            float value = values[first + index];
            uint32_t bits = 0x7FC00000U;
            if (value == value) {
                memcpy(&bits, &value, sizeof bits);
            }
            put_little_endian(bytes + index * sizeof bits, sizeof bits, bits);
        }
        digest_bytes(digest, n_here * sizeof *values, bytes);
    }
}

void digest_hex(const struct digest *digest, char hex[33])
{
    XXH128_hash_t hash = XXH3_128bits_digest((const XXH3_state_t *)(const void *)digest->state);
    (void)snprintf(hex, 33, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}
