/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/names.h"
#include "study/scalar.h"
#include "study/suggest.h"

enum { WORD_BYTES = STUDY_KEY_BYTES };

struct parsing {
    const struct study *study;
    const char *rest;      /* of the text, from `word` on */
    char word[WORD_BYTES]; /* the next one, "" at the end */
    struct where *where;
    size_t sentence_bytes;
    char *sentence;
    int no_memory;
};

static const char *const comparisons[] = {"<", "<=", ">", ">=", "==", "!="}; /* as enum where_comparison */

/* ---- words ---- */

/* Keys and numbers are runs of these; a sign belongs to a word only inside it, as in a-name or 1e-3. */
static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static void next_word(struct parsing *parsing)
{
    const char *at = parsing->rest + strspn(parsing->rest, " \t\n");
    size_t length = 0;
    if (is_letter(*at)) {
        while (is_letter(at[length]) || (length > 0 && (at[length] == '-' || at[length] == '+') &&
                                         is_letter(at[length + 1]) && is_letter(at[length - 1]))) {
            length++;
        }
    } else if (strchr("<>=!", *at) != NULL && *at != '\0') {
        length = at[1] == '=' ? 2 : 1;
    } else {
        length = *at != '\0';
    }
    (void)snprintf(parsing->word, sizeof parsing->word, "%.*s", (int)length, at);
    parsing->rest = at + length;
}

static int word_is(const struct parsing *parsing, const char *word)
{
    return strcmp(parsing->word, word) == 0;
}

static int refuse(struct parsing *parsing, const char *expected)
{
    if (parsing->word[0] == '\0') {
        (void)snprintf(parsing->sentence, parsing->sentence_bytes, "ends where %s should come", expected);
    } else {
        (void)snprintf(parsing->sentence, parsing->sentence_bytes, "%.60s: here should come %s", parsing->word,
                       expected);
    }
    return 0;
}

/* ---- terms ---- */

static void see_name(void *context, const char *name)
{
    suggest_try(context, name);
}

/* Adds the term, its sign, and where its value comes from. */
static int add_term(struct parsing *parsing, double sign)
{
    struct where *where = parsing->where;
    const struct design *design = &parsing->study->design;
    struct where_term term = {.sign = sign, .comparison = where->n_comparisons, .factor = -1, .parameter = -1};
    for (int factor = 0; factor < design->n_factors; factor++) {
        term.factor = word_is(parsing, design->factors[factor].key) && term.factor < 0 ? factor : term.factor;
    }
    if (term.factor < 0) {
        term.parameter = parameter_find(parsing->word);
    }
    if (term.factor < 0 && term.parameter < 0 && scalar_number(parsing->word, &term.number) != NULL) {
        struct suggestion suggestion;
        suggest_begin(&suggestion, parsing->word);
        names_each_factor(parsing->study, see_name, &suggestion);
        const char *best = suggest_best(&suggestion);
        (void)snprintf(parsing->sentence, parsing->sentence_bytes,
                       "%.60s is neither a number nor a parameter nor a factor of this design%s%.60s%s", parsing->word,
                       best != NULL ? ", did you mean " : "", best != NULL ? best : "", best != NULL ? "?" : "");
        return 0;
    }
    struct where_term *terms = realloc(where->terms, ((size_t)where->n_terms + 1) * sizeof *terms);
    if (terms == NULL) {
        (void)status_no_memory(((size_t)where->n_terms + 1) * sizeof *terms);
        parsing->no_memory = 1;
        return 0;
    }
    where->terms = terms;
    where->terms[where->n_terms++] = term;
    next_word(parsing);
    return 1;
}

/* A sum; `sign` is -1 for the right side of a comparison, so that it compares left minus right with 0. */
static int read_sum(struct parsing *parsing, double sign)
{
    double own = sign;
    if (word_is(parsing, "-")) {
        own = -sign;
        next_word(parsing);
    }
    for (;;) {
        if (!is_letter(parsing->word[0])) {
            return refuse(parsing, "a key or a number");
        }
        if (!add_term(parsing, own)) {
            return 0;
        }
        if (!word_is(parsing, "+") && !word_is(parsing, "-")) {
            return 1;
        }
        own = word_is(parsing, "-") ? -sign : sign;
        next_word(parsing);
    }
}

static int read_comparison(struct parsing *parsing)
{
    enum { N = sizeof comparisons / sizeof comparisons[0] };
    struct where *where = parsing->where;
    if (where->n_comparisons == WHERE_MAX_COMPARISONS) {
        (void)snprintf(parsing->sentence, parsing->sentence_bytes, "has more than %d comparisons",
                       (int)WHERE_MAX_COMPARISONS);
        return 0;
    }
    if (!read_sum(parsing, 1)) {
        return 0;
    }
    int comparison = 0;
    while (comparison < N && !word_is(parsing, comparisons[comparison])) {
        comparison++;
    }
    if (comparison == N) {
        return refuse(parsing, "<, <=, >, >=, == or !=");
    }
    where->comparisons[where->n_comparisons] = (enum where_comparison)comparison;
    next_word(parsing);
    int is_read = read_sum(parsing, -1);
    where->n_comparisons++;
    return is_read;
}

int where_read(const struct study *study, const char *text, struct where *where, size_t sentence_bytes, char *sentence)
{
    struct parsing parsing = {.study = study, .rest = text, .where = where, .sentence_bytes = sentence_bytes};
    parsing.sentence = sentence;
    memset(where, 0, sizeof *where);
    int is_read;
    next_word(&parsing);
    do {
        is_read = read_comparison(&parsing);
        if (is_read && parsing.word[0] != '\0' && !word_is(&parsing, "and")) {
            is_read = refuse(&parsing, "and, or the end");
        }
        int goes_on = is_read && word_is(&parsing, "and");
        if (!goes_on) {
            break;
        }
        next_word(&parsing);
    } while (is_read);
    if (!is_read) {
        where_free(where);
    }
    return parsing.no_memory ? -1 : is_read;
}

void where_free(struct where *where)
{
    free(where->terms);
    memset(where, 0, sizeof *where);
}

/* ---- points ---- */

static int compares(enum where_comparison comparison, double difference)
{
    switch (comparison) {
    case WHERE_BELOW:
        return difference < 0;
    case WHERE_AT_MOST:
        return difference <= 0;
    case WHERE_ABOVE:
        return difference > 0;
    case WHERE_AT_LEAST:
        return difference >= 0;
    case WHERE_EQUAL:
        return difference <= 0 && difference >= 0;
    case WHERE_NOT_EQUAL:
        return difference < 0 || difference > 0;
    }
    return 0;
}

int where_holds(const struct where *where, const struct parameters *parameters, const double *values)
{
    double difference[WHERE_MAX_COMPARISONS] = {0};
    for (int index = 0; index < where->n_terms; index++) {
        const struct where_term *term = &where->terms[index];
        double value = term->factor >= 0      ? values[term->factor]
                       : term->parameter >= 0 ? parameter_get(parameters, term->parameter)
                                              : term->number;
        difference[term->comparison] += term->sign * value;
    }
    int holds = 1;
    for (int index = 0; index < where->n_comparisons; index++) {
        holds &= compares(where->comparisons[index], difference[index]);
    }
    return holds;
}
