/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/names.h"

#include <stdio.h>
#include <string.h>

/* The keys that are not parameters. */
static const char *const other_keys[] = {"title",
                                         "question",
                                         "scale",
                                         "seed",
                                         "replicates",
                                         "replicates.min",
                                         "replicates.max",
                                         "replicates.until",
                                         "replicates.until.outcome",
                                         "replicates.until.half_width",
                                         "replicates.until.confidence",
                                         "regimes",
                                         "design",
                                         "design.method",
                                         "design.points",
                                         "design.trajectories",
                                         "design.levels",
                                         "design.bases",
                                         "design.factors",
                                         "output",
                                         "output.trajectories",
                                         "output.every"};

enum { N_OTHER_KEYS = sizeof other_keys / sizeof other_keys[0] };

static int starts_with(const char *text, const char *start, size_t length)
{
    return strncmp(text, start, length) == 0;
}

/* Is this the first key of the table in its section (`length` bytes of it, and a dot)? */
static int is_first(int parameter, size_t length)
{
    for (int earlier = 0; earlier < parameter; earlier++) {
        if (starts_with(parameter_infos[earlier].key, parameter_infos[parameter].key, length + 1)) {
            return 0;
        }
    }
    return 1;
}

/* The sections of a key ("seats", "seats.inside") of which it is the first. */
static void see_sections(int parameter, names_see *see, void *context)
{
    const char *key = parameter_infos[parameter].key;
    for (const char *dot = strchr(key, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
        if (is_first(parameter, (size_t)(dot - key))) {
            char section[STUDY_KEY_BYTES];
            (void)snprintf(section, sizeof section, "%.*s", (int)(dot - key), key);
            see(context, section);
        }
    }
}

void names_each_factor(const struct study *study, names_see *see, void *context)
{
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        see(context, parameter_infos[parameter].key);
    }
    for (int regime = 0; regime < study->n_regimes; regime++) {
        for (int steering = 0; steering < n_steering; steering++) {
            char key[STUDY_KEY_BYTES];
            (void)snprintf(key, sizeof key, "regimes.%s.%s", study->regimes[regime].name, steering_infos[steering].key);
            see(context, key);
        }
    }
}

void names_each(const struct study *study, names_see *see, void *context)
{
    for (int key = 0; key < N_OTHER_KEYS; key++) {
        see(context, other_keys[key]);
    }
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        see_sections(parameter, see, context);
    }
    names_each_factor(study, see, context);
}

int names_has(const char *key)
{
    if (parameter_find(key) >= 0) {
        return 1;
    }
    for (int general = 0; general < N_OTHER_KEYS; general++) {
        if (strcmp(other_keys[general], key) == 0) {
            return strcmp(key, "design") != 0 && strcmp(key, "output") != 0 && strcmp(key, "replicates.until") != 0 &&
                   strcmp(key, "design.factors") != 0;
        }
    }
    return 0;
}
