/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_SCALAR_H
#define STUDY_SCALAR_H

#include <stdint.h>

/* Strict numbers: 12, -0.5, .5, 1e3, 2.5E-3. No octal, hexadecimal, underscores, infinities, rests or silence. */

/* NULL when `text` is a number, which goes to `*value` (never -0); otherwise why it is not, to be followed by what is
 * allowed: "is not a number". */
const char *scalar_number(const char *text, double *value);

/* The same for a whole number of 0 .. 2^64 - 1. */
const char *scalar_unsigned(const char *text, uint64_t *value);

/* A whole number as in "12.000", in which many languages part thousands so: what is wrong with it; NULL for others. */
const char *scalar_parted(const char *text);

/* 1 for "true", 0 for "false", -1 for anything else. */
int scalar_flag(const char *text);

#endif
