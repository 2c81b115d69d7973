/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/describe.h"

static void put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_string(json, text);
}

static void put_whole(struct json *json, const char *key, long long whole)
{
    json_key(json, key);
    json_whole(json, whole);
}

void study_describe(const struct study *study, struct json *json)
{
    json_begin_object(json);
    put_text(json, "title", study->title);
    put_text(json, "question", study->question);
    put_whole(json, "seed", (long long)study->seed);
    put_whole(json, "points", study->design.n_points);
    put_whole(json, "replicates", study->replication.max);
    json_key(json, "regimes");
    json_begin_array(json);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        json_string(json, study->regimes[regime].name);
    }
    json_end(json);
    json_key(json, "factors");
    json_begin_array(json);
    for (int factor = 0; factor < study->design.n_factors; factor++) {
        json_string(json, study->design.factors[factor].key);
    }
    json_end(json);
    json_key(json, "parameters");
    json_begin_object(json);
    for (int index = 0; index < n_parameters; index++) {
        json_key(json, parameter_infos[index].key);
        json_number(json, parameter_get(&study->parameters, index));
    }
    json_end(json);
    json_end(json);
}
