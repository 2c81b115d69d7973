/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/suggest.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/numbers.h"

enum { WORD_BYTES = 64, FAR = INT_MAX / 2 };

static int same(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Is the distance certainly above what is allowed, by length alone? */
static int too_far(const char *a, const char *b, int allowed)
{
    int longer = (int)strlen(a) - (int)strlen(b);
    return longer > allowed || -longer > allowed;
}

/* Edits (insert, delete, replace, swap neighbours) that turn one word into the other: Damerau 1964, optimal string
 * alignment. */
static int distance(const char *a, const char *b)
{
    size_t length_a = strlen(a), length_b = strlen(b);
    if (length_a >= WORD_BYTES || length_b >= WORD_BYTES) {
        return FAR;
    }
    int rows[3][WORD_BYTES];
    for (size_t j = 0; j <= length_b; j++) {
        rows[0][j] = (int)j;
    }
    for (size_t i = 1; i <= length_a; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3], *above_that = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= length_b; j++) {
            row[j] =
                numbers_smaller(above[j - 1] + !same(a[i - 1], b[j - 1]), 1 + numbers_smaller(above[j], row[j - 1]));
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
                row[j] = numbers_smaller(row[j], above_that[j - 2] + 1);
            }
        }
    }
    return rows[length_a % 3][length_b];
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

/* The length of a section whose keys have names, with its dot; 0 for other words. */
static size_t named_section(const char *word)
{
    static const char *const sections[] = {"regimes.", "events."};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (strncmp(word, sections[i], strlen(sections[i])) == 0) {
            return strlen(sections[i]);
        }
    }
    return 0;
}

void suggest_begin(struct suggestion *suggestion, const char *word)
{
    memset(suggestion, 0, sizeof *suggestion);
    suggestion->distance = FAR;
    if (strlen(word) < WORD_BYTES) {
        (void)snprintf(suggestion->word, sizeof suggestion->word, "%s", word);
    }
}

void suggest_try(struct suggestion *suggestion, const char *name)
{
    const char *word = suggestion->word;
    const char *last_of_word = last_part(word), *last_of_name = last_part(name);
    size_t length = strlen(last_of_word);
    if (length == 0) {
        return;
    }
    int allowed = length < 6 ? 1 : (int)(length / 3);
    size_t section = named_section(word);
    if (section > 0) {
        allowed = 1 + (int)(strlen(word) - section) / 8; /* its last key says nothing about the name that is meant */
        last_of_word = word;
        last_of_name = name;
    }
    int whole = too_far(word, name, allowed) ? FAR : distance(word, name);
    int last = too_far(last_of_word, last_of_name, allowed - 1) ? FAR : distance(last_of_word, last_of_name) + 1;
    int found = numbers_smaller(whole, last);
    if (length >= 4 && strncmp(last_of_word, last_of_name, strlen(last_of_word)) == 0) {
        found = numbers_smaller(found, allowed); /* "review" for review_months */
    }
    if (found <= allowed && found < suggestion->distance) {
        suggestion->distance = found;
        (void)snprintf(suggestion->best, sizeof suggestion->best, "%s", name);
    }
}

const char *suggest_best(const struct suggestion *suggestion)
{
    return suggestion->best[0] != '\0' ? suggestion->best : NULL;
}
