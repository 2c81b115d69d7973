/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

/* Puts a point in place of what printf has taken from the locale of the calling program to begin the decimals. */
void decimal_use_point(char *text);

#endif
