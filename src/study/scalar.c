/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/scalar.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 64 };

static const char not_a_number[] = "is not a number";

static size_t n_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* YAML 1.2 core schema, float: [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static const char *check_form(const char *text)
{
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

/* 0,5 or -1,25; 1,000 may be either. */
static const char *comma_problem(const char *text)
{
    text += *text == '-' || *text == '+';
    size_t whole = n_digits(text), fraction = text[whole] == ',' ? n_digits(text + whole + 1) : 0;
    if (whole == 0 || fraction == 0 || text[whole + 1 + fraction] != '\0') {
        return NULL;
    }
    return fraction == 3 && whole <= 3 && *text != '0'
               ? "has a comma: leave it out if it parts thousands, or write a point"
               : "has a decimal comma, write a point";
}

/* The bytes of a character with which people part thousands, or of any other with which they write numbers: 0. */
static size_t separator(const char *text)
{
    static const char *const separators[] = {
        " ", "_", "'", ",", ".", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x99"};
    for (size_t k = 0; k < sizeof separators / sizeof separators[0]; k++) {
        if (strncmp(text, separators[k], strlen(separators[k])) == 0) {
            return strlen(separators[k]);
        }
    }
    return 0;
}

/* What a text is that people take for a number. */
static const char *nearly_number(const char *text, const char *problem)
{
    static const char *const dashes[] = {"\xE2\x88\x92", "\xE2\x80\x93", "\xE2\x80\x90", "\xE2\x80\x91"};
    for (size_t k = 0; k < sizeof dashes / sizeof dashes[0]; k++) {
        if (strncmp(text, dashes[k], 3) == 0 && (n_digits(text + 3) > 0 || text[3] == '.')) {
            return "begins with a dash that is no minus sign, write -";
        }
    }
    text += *text == '-' || *text == '+';
    if (n_digits(text) == 0) {
        return problem;
    }
    const char *end = text + n_digits(text);
    int n_groups = 0;
    for (size_t parted = separator(end); parted > 0 && n_digits(end + parted) == 3; parted = separator(end)) {
        end += parted + 3;
        n_groups++;
    }
    if (n_groups > 0 && (*end == '.' || *end == ',') && n_digits(end + 1) > 0) {
        end += 1 + n_digits(end + 1);
    }
    if (*end == '\0') {
        return "has separators between its digits: leave them out";
    }
    if (n_groups == 0 && (*end == '.' || *end == ',')) {
        end += 1 + n_digits(end + 1);
    }
    end += *end == ' ';
    if (strcmp(end, "%") == 0) {
        return "has a percent sign: write the number without it (50% is 0.5)";
    }
    return end[-1] == ' ' && *end != '\0' && n_digits(end) == 0 ? "has words behind the number: write it alone"
                                                                : problem;
}

const char *scalar_number(const char *text, double *value)
{
    const char *problem = check_form(text);
    if (problem != NULL) {
        const char *comma = comma_problem(text);
        return comma != NULL ? comma : problem == not_a_number ? nearly_number(text, problem) : problem;
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

const char *scalar_parted(const char *text)
{
    size_t whole = n_digits(text);
    return whole >= 1 && whole <= 3 && *text != '0' && text[whole] == '.' && n_digits(text + whole + 1) == 3 &&
                   text[whole + 4] == '\0'
               ? "has a point: leave it out if it parts thousands"
               : NULL;
}

const char *scalar_unsigned(const char *text, uint64_t *value)
{
    if (*text == '\0' || text[n_digits(text)] != '\0') {
        double number = 0;
        const char *problem = scalar_number(text, &number);
        problem = problem == NULL ? scalar_parted(text) : problem;
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
