/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/packed.h"

#include <math.h>

enum { CODE_MISSING = 65535, CODE_TOP = 65534 };

size_t packed_bytes(size_t n)
{
    return (2 * n + 2) / 3 * 4 + 1;
}

static unsigned code_of(float value, float low, float high)
{
    if (isnan(value)) {
        return CODE_MISSING;
    }
    return high > low ? (unsigned)lround((double)(value - low) / (double)(high - low) * CODE_TOP) : 0;
}

static unsigned byte_of(size_t index, const float *values, float low, float high)
{
    unsigned code = code_of(values[index / 2], low, high);
    return index % 2 ? code >> 8 : code & 255;
}

void packed_write(struct json *json, size_t n, const float *values, char *work)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    float low = INFINITY;
    float high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = fminf(low, values[i]);
        high = fmaxf(high, values[i]);
    }
    size_t used = 0;
    for (size_t i = 0; i < 2 * n; i += 3) {
        unsigned three = byte_of(i, values, low, high) << 16;
        three |= i + 1 < 2 * n ? byte_of(i + 1, values, low, high) << 8 : 0;
        three |= i + 2 < 2 * n ? byte_of(i + 2, values, low, high) : 0;
        work[used++] = digits[three >> 18];
        work[used++] = digits[three >> 12 & 63];
        work[used++] = digits[three >> 6 & 63];
        work[used++] = digits[three & 63];
    }
    for (size_t missing = (3 - 2 * n % 3) % 3; missing > 0; missing--) {
        work[used - missing] = '=';
    }
    work[used] = 0;
    json_begin_object(json);
    json_key(json, "low");
    json_float(json, isfinite(low) ? low : 0);
    json_key(json, "high");
    json_float(json, isfinite(high) ? high : 0);
    json_put_whole(json, "n", (int64_t)n);
    json_put_string(json, "bytes", work);
    json_end(json);
}
