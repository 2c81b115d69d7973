/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PACKED_H
#define REPORT_PACKED_H

#include "base/json.h"

/* Many numbers in little room: 16 bits each between the smallest and the largest, little-endian, in base64. Written as
 * {"low": ..., "high": ..., "n": ..., "bytes": "..."}; 65535 is a missing value, and the value of a code c is
 * low + (high - low) c / 65534. `work` is scratch of packed_bytes(n). */

size_t packed_bytes(size_t n);
void packed_write(struct json *json, size_t n, const float *values, char *work);

#endif
