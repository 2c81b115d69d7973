/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_LANGUAGE_H
#define REPORT_LANGUAGE_H

#include <stddef.h>

#include "base/status.h"
#include "model/outcomes.h"

/* The words of reports and verdicts, one file per language in report/language/. Texts hold named places, "{regime}",
 * which language_fill replaces. */

enum language {
#define LANGUAGE(name, code) LANGUAGE_##name,
#define LANGUAGE_END()
#include "report/language/languages.def"
    N_LANGUAGES
};

enum text {
#define TEXT(key, words) TEXT_##key,
#define OUTCOME_TEXT(name, long_name, description)
#define REGIME_TEXT(name, words)
#define THEORY_TEXT(name, words)
#define SERIES_TEXT(name, long_name)
#define UNIT_TEXT(unit, words)
#define PARAMETER_TEXT(key, words)
#include "report/language/en.def"
#undef TEXT
#undef OUTCOME_TEXT
#undef REGIME_TEXT
#undef THEORY_TEXT
#undef SERIES_TEXT
#undef UNIT_TEXT
#undef PARAMETER_TEXT
    N_TEXTS
};

/* The language with this code ("en", "nl"); DREDGE_USAGE with those that there are for another. */
STATUS_CHECKED dredge_status language_read(const char *code, enum language *language);
const char *language_code(enum language language);

/* The words of a text, and its key ("answer_title"). */
const char *language_text(enum language language, enum text text);
const char *language_key(enum text text);

/* Names and descriptions of outcomes, series, units and factors ("funder.target": what it means; the key itself for one
 * that is not known). */
const char *language_outcome(enum language language, int outcome);
/* An outcome that is in no table of the program, by its name; `english` where the language has no words for it. */
const char *language_own_outcome(enum language language, const char *name, const char *english);
const char *language_outcome_description(enum language language, int outcome);
const char *language_series(enum language language, int series);
/* A built-in regime by its name; other names are themselves. */
const char *language_regime(enum language language, const char *name);
const char *language_theory(enum language language, int theory);
const char *language_unit(enum language language, const char *unit);
const char *language_factor(enum language language, const char *key);

struct language_place {
    const char *name, *value; /* "regime", "iterative" */
};

/* Writes `words` with every {name} replaced: at most n_bytes with the terminator. Unknown places stay. {Name}, where a
 * sentence begins, is replaced by the same with a capital, unless that is an identifier (with a '_'). */
void language_fill(const char *words, int n_places, const struct language_place *places, size_t n_bytes, char *out);

/* Numbers as a reader of the language writes them: its decimal sign, and its sign between thousands ("1,234,567.8" in
 * English, "1.234.567,8" in Dutch). What is no quantity but a name, such as a year, a seed or the number of a month, is
 * not written by these. */
enum { LANGUAGE_NUMBER_BYTES = 48 };

/* A number with `decimals` digits after the decimal sign; "+" in front when `sign` and positive. */
const char *language_number(enum language language, double value, int decimals, int sign,
                            char text[LANGUAGE_NUMBER_BYTES]);

/* How many there are. */
const char *language_count(enum language language, long long n, char text[LANGUAGE_NUMBER_BYTES]);

/* A number as short as three digits show it: "0.05", "1,500", "2e-05". */
const char *language_value(enum language language, double value, char text[LANGUAGE_NUMBER_BYTES]);

#endif
