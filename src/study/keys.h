/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_KEYS_H
#define STUDY_KEYS_H

#include <stddef.h>

/* The table of the keys of a study that are no parameters, see keys.def. */

enum key_type {
    KEY_SECTION, /* a mapping of the keys below it, or of names */
    KEY_TEXT,
    KEY_CHOICE, /* one of `choices`; kept as its number */
    KEY_WHOLE,
    KEY_REAL,
    KEY_SEED, /* a whole number of 64 bits */
    KEY_OUTCOME,
    KEY_REGIME,
    KEY_LIST,
    KEY_OTHER /* several forms, see its meaning */
};

struct key_info {
    const char *path; /* "output.every"; words in capitals stand for any name: "regimes.NAME.like" */
    enum key_type type;
    const char *default_text; /* "" where there is none */
    double low, high;         /* whole and real: low <= value <= high; both 0 when something else sets the range */
    const char *unit;
    const char *const *choices; /* ends with NULL; NULL for other types */
    size_t place;               /* of the value in struct study; 0 when it is kept otherwise */
    const char *meaning;
};

extern const struct key_info key_infos[];
extern const int n_keys;

/* "section", "text", ... */
const char *key_type_name(enum key_type type);

/* Index of the row with this path, where `name` (if it is not NULL) follows `section` after a dot: -1 when there is
 * none. Words in capitals mean only themselves. */
int key_find(const char *section, const char *name);

/* The last part of the path when the key stands directly below `section` ("" for the top), otherwise NULL. */
const char *key_below(const struct key_info *key, const char *section);

/* The number that stands in the table as the default of the key with this path; 0 when it is no number. */
double key_default_number(const char *path);

/* The place of the default of a key of type choice among its choices. */
int key_default_choice(int key);

/* Choices, in the order of their enums, each ending with NULL. */
extern const char *const trajectories_names[];
extern const char *const switch_names[];
extern const char *const factor_scale_names[];
extern const char *const design_methods[]; /* the first one, "none", is no choice */
extern const char *const evidence_use_names[];
extern const char *const sector_choices[];
extern const char *const better_names[]; /* by 1 + better: -1, 0, 1 */

#endif
