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
