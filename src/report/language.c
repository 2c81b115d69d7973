/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "model/parameters.h"
#include "model/regime.h"
#include "model/theory.h"

static const char *const codes[N_LANGUAGES] = {
#define LANGUAGE(name, code) (code),
#define LANGUAGE_END()
#include "report/language/languages.def"
};

static const char *const keys[N_TEXTS] = {
#define TEXT(key, words) [TEXT_##key] = #key,
#include "report/language/en.def"
#undef TEXT
};

/* clang-format off */
#define LANGUAGE_WORDS

static const char *const texts[N_LANGUAGES][N_TEXTS] = {
#define LANGUAGE(name, code) [LANGUAGE_##name] = {
#define LANGUAGE_END() },
#define TEXT(key, words) [TEXT_##key] = (words),
#define OUTCOME_TEXT(name, long_name, description)
#define REGIME_TEXT(name, words)
#define THEORY_TEXT(name, words)
#define SERIES_TEXT(name, long_name)
#define UNIT_TEXT(unit, words)
#define PARAMETER_TEXT(key, words)
#include "report/language/languages.def"
};

/* The other words of a translation, by name. */
enum kind { KIND_NONE, KIND_OUTCOME, KIND_DESCRIPTION, KIND_SERIES, KIND_UNIT, KIND_PARAMETER, KIND_REGIME, KIND_THEORY };

struct word {
    enum kind kind;
    const char *name, *words;
};

/* Each list ends with a word of kind KIND_NONE. */
#define LANGUAGE(name, code) static const struct word words_##name[] = {
#define LANGUAGE_END() {KIND_NONE, "", ""}};
#define TEXT(key, words)
#define OUTCOME_TEXT(name, long_name, description)                                                                     \
    {KIND_OUTCOME, #name, long_name}, {KIND_DESCRIPTION, #name, description},
#define REGIME_TEXT(name, words) {KIND_REGIME, #name, words},
#define THEORY_TEXT(name, words) {KIND_THEORY, #name, words},
#define SERIES_TEXT(name, long_name) {KIND_SERIES, #name, long_name},
#define UNIT_TEXT(unit, words) {KIND_UNIT, unit, words},
#define PARAMETER_TEXT(key, words) {KIND_PARAMETER, key, words},
#include "report/language/languages.def"
#undef LANGUAGE_WORDS
/* clang-format on */

static const struct word *const other_words[N_LANGUAGES] = {
#define LANGUAGE(name, code) words_##name,
#define LANGUAGE_END()
#include "report/language/languages.def"
};

dredge_status language_read(const char *code, enum language *language)
{
    char all[N_LANGUAGES * 16] = "";
    for (int k = 0; k < N_LANGUAGES; k++) {
        if (strcmp(code, codes[k]) == 0) {
            *language = (enum language)k;
            return DREDGE_OK;
        }
        size_t used = strlen(all);
        (void)snprintf(all + used, sizeof all - used, "%s%s", k == 0 ? "" : ", ", codes[k]);
    }
    return status_fail(DREDGE_USAGE, "--language %s: must be one of %s", code, all);
}

const char *language_code(enum language language)
{
    return codes[language];
}

const char *language_text(enum language language, enum text text)
{
    const char *words = texts[language][text];
    return words ? words : texts[LANGUAGE_EN][text];
}

const char *language_key(enum text text)
{
    return keys[text];
}

/* The translation of a name, or `english`. */
static const char *translate(enum language language, enum kind kind, const char *name, const char *english)
{
    for (const struct word *word = other_words[language]; word->kind != KIND_NONE; word++) {
        if (word->kind == kind && strcmp(word->name, name) == 0) {
            return word->words;
        }
    }
    return english;
}

const char *language_outcome(enum language language, int outcome)
{
    const struct outcome_info *info = &outcome_infos[outcome];
    return translate(language, KIND_OUTCOME, info->name, info->long_name);
}

const char *language_own_outcome(enum language language, const char *name, const char *english)
{
    return translate(language, KIND_OUTCOME, name, english);
}

const char *language_outcome_description(enum language language, int outcome)
{
    const struct outcome_info *info = &outcome_infos[outcome];
    return translate(language, KIND_DESCRIPTION, info->name, info->description);
}

const char *language_series(enum language language, int series)
{
    const struct series_info *info = &series_infos[series];
    return translate(language, KIND_SERIES, info->name, info->long_name);
}

const char *language_regime(enum language language, const char *name)
{
    return translate(language, KIND_REGIME, name, name);
}

const char *language_theory(enum language language, int theory)
{
    return translate(language, KIND_THEORY, theory_names[theory], theory_names[theory]);
}

const char *language_unit(enum language language, const char *unit)
{
    return translate(language, KIND_UNIT, unit, unit);
}

/* "seats.inside.public" as "seats.inside.*": the part that names a sector becomes a star. */
static void with_stars(const char *key, size_t n_bytes, char *out)
{
    size_t used = 0;
    while (*key && used + 2 < n_bytes) {
        size_t length = strcspn(key, ".");
        int is_sector = 0;
        for (int sector = 0; sector < N_SECTORS; sector++) {
            is_sector |= strlen(sector_names[sector]) == length && strncmp(sector_names[sector], key, length) == 0;
        }
        used +=
            (size_t)snprintf(out + used, n_bytes - used, "%.*s", is_sector ? 1 : (int)length, is_sector ? "*" : key);
        key += length;
        if (*key && used + 2 < n_bytes) {
            out[used++] = *key++;
        }
    }
    out[used < n_bytes ? used : n_bytes - 1] = 0;
}

const char *language_factor(enum language language, const char *key)
{
    int parameter = parameter_find(key);
    if (parameter >= 0) {
        char starred[128];
        with_stars(key, sizeof starred, starred);
        return translate(language, KIND_PARAMETER, starred, parameter_infos[parameter].meaning);
    }
    const char *field = strrchr(key, '.');
    int steering = field ? steering_find(field + 1) : -1;
    if (steering >= 0) {
        return translate(language, KIND_PARAMETER, field + 1, steering_infos[steering].meaning);
    }
    return key;
}

/* "{Regime}" is the place "regime" at the beginning of a sentence. */
static int is_place(const char *words, size_t length, const char *name, int *begins)
{
    *begins = words[0] >= 'A' && words[0] <= 'Z';
    return strlen(name) == length && words[0] + (*begins ? 'a' - 'A' : 0) == name[0] &&
           strncmp(name + 1, words + 1, length - 1) == 0;
}

/* Gives words a capital: not an identifier, which is known by its letters. */
static void capitalise(char *words)
{
    unsigned char *first = (unsigned char *)words;
    if (strchr(words, '_') != NULL) {
        return;
    }
    if (first[0] >= 'a' && first[0] <= 'z') {
        first[0] = (unsigned char)(first[0] - 'a' + 'A');
    } else if (first[0] == 0xC3 && first[1] >= 0xA0 && first[1] <= 0xBE && first[1] != 0xB7) { /* Latin-1 in UTF-8 */
        first[1] = (unsigned char)(first[1] - 0x20);
    }
}

void language_fill(const char *words, int n_places, const struct language_place *places, size_t n_bytes, char *out)
{
    size_t n = 0;
    while (*words && n + 1 < n_bytes) {
        const char *value = NULL;
        size_t length = strcspn(words, "}");
        int begins = 0;
        int is_whole = words[0] == '{' && words[length] == '}';
        for (int i = 0; is_whole && value == NULL && i < n_places; i++) {
            value = is_place(words + 1, length - 1, places[i].name, &begins) ? places[i].value : NULL;
        }
        if (value) {
            char *at = out + n;
            n += (size_t)snprintf(at, n_bytes - n, "%s", value);
            if (begins) {
                capitalise(at);
            }
            n = n < n_bytes ? n : n_bytes - 1;
            words += length + 1;
        } else {
            out[n++] = *words++;
        }
    }
    out[n] = 0;
}

/* Gives what printf wrote the signs of the language. */
static const char *put_signs(enum language language, char text[LANGUAGE_NUMBER_BYTES])
{
    decimal_put_signs(text, *language_text(language, TEXT_decimal_sign), *language_text(language, TEXT_thousands_sign));
    return text;
}

const char *language_value(enum language language, double value, char text[LANGUAGE_NUMBER_BYTES])
{
    if (fabs(value) >= 999.5 && fabs(value) < 1e9) {
        return language_number(language, value, 0, 0, text);
    }
    (void)snprintf(text, LANGUAGE_NUMBER_BYTES, "%.3g", value);
    return put_signs(language, text);
}

const char *language_count(enum language language, long long n, char text[LANGUAGE_NUMBER_BYTES])
{
    (void)snprintf(text, LANGUAGE_NUMBER_BYTES, "%lld", n);
    return put_signs(language, text);
}

const char *language_number(enum language language, double value, int decimals, int sign,
                            char text[LANGUAGE_NUMBER_BYTES])
{
    if (!isfinite(value)) {
        memcpy(text, "–", sizeof "–");
        return text;
    }
    if (fabs(value) < 0.5 * pow(10, -decimals)) {
        value = 0; /* not "-0.00" */
    }
    if (fabs(value) >= 1e15) {
        (void)snprintf(text, LANGUAGE_NUMBER_BYTES, "%.3g", value);
    } else {
        (void)snprintf(text, LANGUAGE_NUMBER_BYTES, sign && value > 0 ? "+%.*f" : "%.*f", decimals, value);
    }
    return put_signs(language, text);
}
