/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/scalar.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 64 };

static size_t n_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* YAML 1.2 core schema, float: [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static const char *check_form(const char *text)
{
    static const char *const not_a_number = "is not a number";
    if (*text == '\0') {
        return "is empty";
    }
    text += *text == '-' || *text == '+';
    size_t whole = n_digits(text);
    int leading_zero = whole > 1 && text[0] == '0';
    text += whole;
    if (*text == '.') {
        size_t fraction = n_digits(text + 1);
        if (whole + fraction == 0) {
            return not_a_number;
        }
        text += 1 + fraction;
    } else if (whole == 0) {
        return not_a_number;
    }
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '-' || *text == '+';
        if (n_digits(text) == 0) {
            return not_a_number;
        }
        text += n_digits(text);
    }
    if (*text != '\0') {
        return not_a_number;
    }
    return leading_zero ? "starts with a zero, which some read as octal" : NULL;
}

/* 0,5 or -1,25 */
static int has_decimal_comma(const char *text)
{
    text += *text == '-' || *text == '+';
    size_t whole = n_digits(text);
    const char *fraction = text + whole + 1;
    return whole > 0 && text[whole] == ',' && n_digits(fraction) > 0 && fraction[n_digits(fraction)] == '\0';
}

const char *scalar_number(const char *text, double *value)
{
    const char *problem = check_form(text);
    if (problem != NULL) {
        return has_decimal_comma(text) ? "has a decimal comma, write a point" : problem;
    }
    const char *point = localeconv()->decimal_point; /* strtod reads the decimal point of the caller's locale */
    const char *dot = strchr(text, '.');
    char local[NUMBER_BYTES];
    int length = dot == NULL ? snprintf(local, sizeof local, "%s", text)
                             : snprintf(local, sizeof local, "%.*s%s%s", (int)(dot - text), text, point, dot + 1);
    if (length >= NUMBER_BYTES) {
        return "has too many digits";
    }
    double number = strtod(local, NULL);
    if (!isfinite(number)) {
        return "is too large a number";
    }
    size_t mantissa = strcspn(text, "eE");
    if (number == 0 && strcspn(text, "123456789") < mantissa) {
        return "is too close to zero";
    }
    *value = number == 0 ? 0.0 : number;
    return NULL;
}

const char *scalar_unsigned(const char *text, uint64_t *value)
{
    if (*text == '\0' || text[n_digits(text)] != '\0') {
        double number;
        const char *problem = scalar_number(text, &number);
        if (problem != NULL) {
            return problem;
        }
        if (number < 0) {
            return "is negative";
        }
        if (number > 0x1p53 || number != floor(number)) { /* beyond 2^53 a double is not exact */
            return number > 0x1p53 ? "is too large a number to write so" : "has a fraction";
        }
        *value = (uint64_t)number;
        return NULL;
    }
    if (text[0] == '0' && text[1] != '\0') {
        return check_form(text);
    }
    uint64_t sum = 0;
    for (; *text != '\0'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (sum > (UINT64_MAX - digit) / 10) {
            return "is too large a number";
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return NULL;
}

int scalar_flag(const char *text)
{
    if (strcmp(text, "true") == 0) {
        return 1;
    }
    return strcmp(text, "false") == 0 ? 0 : -1;
}
