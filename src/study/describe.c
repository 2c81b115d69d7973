/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/describe.h"

void study_describe(const struct study *study, struct json *json)
{
    json_begin_object(json);
    json_put_string(json, "title", study->title);
    json_put_string(json, "question", study->question);
    json_put_whole(json, "seed", (long long)study->seed);
    json_put_whole(json, "points", study->design.n_points);
    json_put_whole(json, "replicates", study->replication.max);
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
        json_put_number(json, parameter_infos[index].key, parameter_get(&study->parameters, index));
    }
    json_end(json);
    json_end(json);
}
