/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/names.h"

#include <stdio.h>
#include <string.h>

#include "study/events.h"
#include "study/keys.h"

/* Does the path have a word in capitals, which stands for names that only the study knows? */
static int is_pattern(const char *path)
{
    return strpbrk(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
}

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

/* Parameters and the steering keys of the regimes. */
static void each_value(const struct study *study, names_see *see, void *context)
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

/* What varies inside regimes: when their phases begin, and the weights of mixes. */
static void each_inside(const struct study *study, names_see *see, void *context)
{
    char key[STUDY_KEY_BYTES + REGIME_NAME_BYTES];
    for (int regime = 0; regime < study->n_regimes; regime++) {
        for (int phase = 1; phase < study->regimes[regime].n_phases; phase++) {
            (void)snprintf(key, sizeof key, "regimes.%s.phases.%d.from", study->regimes[regime].name, phase);
            see(context, key);
        }
    }
    for (int index = 0; index < study->n_mixtures; index++) {
        const struct mixture *mixture = &study->mixtures[index];
        const struct regime *regime = &study->regimes[mixture->regime];
        for (int part = 0; part < mixture->n_parts; part++) {
            if (regime->n_phases == 1) {
                (void)snprintf(key, sizeof key, "regimes.%s.mix.%s", regime->name, mixture->parts[part].name);
            } else {
                (void)snprintf(key, sizeof key, "regimes.%s.phases.%d.mix.%s", regime->name, mixture->phase,
                               mixture->parts[part].name);
            }
            see(context, key);
        }
    }
}

static void each_event(const struct study *study, names_see *see, void *context)
{
    char key[STUDY_KEY_BYTES + EVENTS_ACT_BYTES], name[EVENTS_ACT_BYTES];
    for (int event = 0; event < study->n_events; event++) {
        const struct event *own = &study->events[event];
        (void)snprintf(key, sizeof key, "events.%s.month", own->name);
        see(context, key);
        for (int k = own->first_act; k < own->first_act + own->n_acts; k++) {
            (void)snprintf(key, sizeof key, "events.%s.%s", own->name, events_act_name(&study->acts[k], name));
            see(context, key);
        }
    }
}

void names_each_factor(const struct study *study, names_see *see, void *context)
{
    see(context, "theory");
    each_value(study, see, context);
    each_inside(study, see, context);
    each_event(study, see, context);
}

void names_each(const struct study *study, names_see *see, void *context)
{
    for (int key = 0; key < n_keys; key++) {
        if (!is_pattern(key_infos[key].path)) {
            see(context, key_infos[key].path);
        }
    }
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        see_sections(parameter, see, context);
    }
    each_value(study, see, context);
}

void names_variable(const char *key, int n_alike, char name[NAMES_VARIABLE_BYTES])
{
    size_t length = 0;
    for (; key[length] != '\0' && length < STUDY_KEY_BYTES - 1; length++) {
        char c = key[length];
        int is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
        name[length] = c;
        if (!is_plain) {
            name[length] = '_';
        }
    }
    name[length] = '\0';
    if (n_alike > 0) {
        (void)snprintf(name + length, NAMES_VARIABLE_BYTES - length, "_%d", n_alike + 1);
    }
}

int names_has(const char *key)
{
    int row = key_find(key, NULL);
    return parameter_find(key) >= 0 || (row >= 0 && key_infos[row].type != KEY_SECTION && !is_pattern(key));
}
