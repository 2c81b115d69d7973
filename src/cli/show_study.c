/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/show_study.h"

#include <stdio.h>

#include "cli/out.h"
#include "model/parameters.h"
#include "model/regime.h"
#include "study/keys.h"

/* Shows each key as a row of the table of keys; `type` is its name. */
typedef void see_key(void *context, const char *type, const struct key_info *info);

static void each_key(see_key *see, void *context)
{
    static const char *const parameter_types[] = {"real", "whole", "flag"};
    for (int k = 0; k < n_keys; k++) {
        see(context, key_type_name(key_infos[k].type), &key_infos[k]);
    }
    for (int k = 0; k < n_parameters; k++) {
        const struct parameter_info *info = &parameter_infos[k];
        char value[24];
        (void)snprintf(value, sizeof value, "%g", info->default_value);
        struct key_info row = {.path = info->key,
                               .default_text = value,
                               .low = info->low,
                               .high = info->high,
                               .unit = info->unit,
                               .meaning = info->meaning};
        if (info->type == PARAMETER_FLAG) {
            row.low = row.high = 0;
            row.default_text = info->default_value != 0 ? "true" : "false";
        }
        see(context, parameter_types[info->type], &row);
    }
    for (int k = 0; k < n_steering; k++) {
        const struct steering_info *info = &steering_infos[k];
        char path[64], value[24];
        (void)snprintf(path, sizeof path, "regimes.NAME.%s", info->key);
        (void)snprintf(value, sizeof value, "%g", info->default_value);
        struct key_info row = {.path = path,
                               .default_text = value,
                               .low = info->low,
                               .high = info->high,
                               .unit = info->unit,
                               .meaning = info->meaning};
        see(context, "real", &row);
    }
}

/* What may stand there: the choices or a range; nothing when the meaning says it. */
static void print_allowed(const struct key_info *info, const char *type)
{
    for (int k = 0; info->choices != NULL && info->choices[k] != NULL; k++) {
        out_print("%s%s", k > 0 ? " | " : "; ", info->choices[k]);
    }
    if (info->low < info->high) {
        out_print("; %.10g .. %.10g%s%s", info->low, info->high, info->unit[0] != '\0' ? " " : "", info->unit);
    } else if (type[0] == 'f') {
        out_print("; true or false");
    }
}

static void print_key(void *context, const char *type, const struct key_info *info)
{
    (void)context;
    out_print("%s\n    %s", info->path, type);
    print_allowed(info, type);
    if (info->default_text[0] != '\0') {
        out_print("; default %s", info->default_text);
    }
    out_print("\n    %s\n", info->meaning);
}

void show_study_text(void)
{
    out_print(
        "Keys of a study, with type, what is allowed, default and meaning. A dot stands for one mapping inside\n"
        "another. A word in capitals stands for a name: NAME of a regime, KEY of a factor; K for the number of a\n"
        "phase, from 0.\n\n");
    each_key(print_key, NULL);
}

static void write_key(void *context, const char *type, const struct key_info *info)
{
    struct json *json = context;
    json_begin_object(json);
    json_put_string(json, "key", info->path);
    json_put_string(json, "type", type);
    json_put_string(json, "default", info->default_text);
    if (info->low < info->high) {
        json_put_number(json, "low", info->low);
        json_put_number(json, "high", info->high);
    }
    if (info->choices != NULL) {
        json_key(json, "choices");
        json_begin_array(json);
        for (int choice = 0; info->choices[choice] != NULL; choice++) {
            json_string(json, info->choices[choice]);
        }
        json_end(json);
    }
    json_put_string(json, "unit", info->unit);
    json_put_string(json, "meaning", info->meaning);
    json_end(json);
}

void show_study_json(struct json *json)
{
    json_begin_array(json);
    each_key(write_key, json);
    json_end(json);
}
