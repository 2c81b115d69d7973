/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/keys.h"

#include <stdlib.h>
#include <string.h>

#include "model/theory.h"
#include "study/scalar.h"
#include "study/study.h"

const char *const trajectories_names[] = {"summary", "runs", "none", NULL};
const char *const switch_names[] = {"false", "true", NULL};
const char *const factor_scale_names[] = {"linear", "log", NULL};
const char *const design_methods[] = {"none",     "grid",      "list", "latin_hypercube", "sobol", "morris",
                                      "saltelli", "posterior", NULL};
const char *const sector_choices[] = {"public", "private", "nonprofit", "knowledge", NULL};
const char *const evidence_use_names[] = {"fit", "hold_out", NULL};
const char *const better_names[] = {"less", "neither", "more", NULL};

#define TYPE_section KEY_SECTION
#define TYPE_text KEY_TEXT
#define TYPE_choice KEY_CHOICE
#define TYPE_whole KEY_WHOLE
#define TYPE_real KEY_REAL
#define TYPE_seed KEY_SEED
#define TYPE_outcome KEY_OUTCOME
#define TYPE_regime KEY_REGIME
#define TYPE_list KEY_LIST
#define TYPE_other KEY_OTHER

#define NOWHERE file /* the first field, which no key fills */
_Static_assert(offsetof(struct study, NOWHERE) == 0, "a place of 0 means none");

const struct key_info key_infos[] = {
#define KEY(type, path, value, low, high, unit, choices, place, read, meaning)                                         \
    {path, TYPE_##type, value, low, high, unit, choices, offsetof(struct study, place), meaning},
#include "study/keys.def"
#undef KEY
};

const int n_keys = (int)(sizeof key_infos / sizeof key_infos[0]);

const char *key_type_name(enum key_type type)
{
    static const char *const names[] = {"section", "text",    "choice", "whole", "real",
                                        "seed",    "outcome", "regime", "list",  "other"};
    return names[type];
}

const char *key_below(const struct key_info *key, const char *section)
{
    size_t length = strlen(section);
    const char *rest = key->path;
    if (length > 0) {
        if (strncmp(key->path, section, length) != 0 || key->path[length] != '.') {
            return NULL;
        }
        rest += length + 1;
    }
    return strchr(rest, '.') == NULL ? rest : NULL;
}

int key_find(const char *section, const char *name)
{
    for (int key = 0; key < n_keys; key++) {
        const char *last = name == NULL ? NULL : key_below(&key_infos[key], section);
        if (name == NULL ? strcmp(key_infos[key].path, section) == 0 : last != NULL && strcmp(last, name) == 0) {
            return key;
        }
    }
    return -1;
}

double key_default_number(const char *path)
{
    double number = 0;
    const char *problem = scalar_number(key_infos[key_find(path, NULL)].default_text, &number);
    return problem == NULL ? number : 0;
}

int key_default_choice(int key)
{
    int choice = 0;
    while (strcmp(key_infos[key].choices[choice], key_infos[key].default_text) != 0) {
        choice++;
    }
    return choice;
}
