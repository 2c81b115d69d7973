/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Numbers as little-endian bytes, on every machine, and reading them from bytes that may be damaged. */

static inline void bytes_put32(unsigned char *out, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        out[i] = (unsigned char)(value >> (8 * i));
    }
}

static inline void bytes_put64(unsigned char *out, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        out[i] = (unsigned char)(value >> (8 * i));
    }
}

static inline uint32_t bytes_get32(const unsigned char *in)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value |= (uint32_t)in[i] << (8 * i);
    }
    return value;
}

static inline uint64_t bytes_get64(const unsigned char *in)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) {
        value |= (uint64_t)in[i] << (8 * i);
    }
    return value;
}

static inline void bytes_put_reals(unsigned char *out, size_t n, const double *values)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bytes_put64(out + 8 * i, bits);
    }
}

static inline void bytes_get_reals(const unsigned char *in, size_t n, double *values)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = bytes_get64(in + 8 * i);
        memcpy(&values[i], &bits, sizeof bits);
    }
}

static inline void bytes_put_floats(unsigned char *out, size_t n, const float *values)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bytes_put32(out + 4 * i, bits);
    }
}

static inline void bytes_get_floats(const unsigned char *in, size_t n, float *values)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t bits = bytes_get32(in + 4 * i);
        memcpy(&values[i], &bits, sizeof bits);
    }
}

#endif
