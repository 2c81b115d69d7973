/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"

#include <locale.h>
#include <string.h>

void decimal_use_point(char *text)
{
    const char *own = localeconv()->decimal_point;
    char *found = strcmp(own, ".") == 0 ? NULL : strstr(text, own);
    if (found != NULL) {
        *found = '.';
        memmove(found + 1, found + strlen(own), strlen(found + strlen(own)) + 1);
    }
}

void decimal_put_signs(char *text, char decimal_sign, char thousands_sign)
{
    char *first = text + (*text == '-' || *text == '+');
    size_t n_whole = strspn(first, "0123456789");
    if (first[n_whole] == '.') {
        first[n_whole] = decimal_sign;
    }
    for (size_t n_after = 3; n_after < n_whole; n_after += 3) {
        char *at = first + n_whole - n_after;
        memmove(at + 1, at, strlen(at) + 1);
        *at = thousands_sign;
    }
}
