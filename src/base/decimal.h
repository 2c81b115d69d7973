/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

/* Puts a point in place of what printf has taken from the locale of the calling program to begin the decimals. */
void decimal_use_point(char *text);

/* Puts these signs into a number that printf wrote ("-1234567.8"): before its decimals and between its thousands
 * ("-1,234,567.8"). `text` has room for as many bytes more as it has thousands; what is no such number stays. */
void decimal_put_signs(char *text, char decimal_sign, char thousands_sign);

#endif
