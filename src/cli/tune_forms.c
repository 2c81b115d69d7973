/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tune_forms.h"

#include <string.h>

#include "base/json.h"
#include "cli/out.h"
#include "cli/query.h"

const char *const tune_method = "successive halving over a Sobol sample, then CMA-ES; paired by common random numbers";

const char *tune_outcome_name(const struct tuned *tuned, int outcome)
{
    return study_outcome_name(tuned->fresh.study, outcome);
}

static dredge_status write_finalist(struct json *json, const struct tuned *tuned, int number)
{
    const struct candidate *candidate = &tuned->fresh.candidates[number];
    json_begin_object(json);
    json_put_string(json, "name", candidate->regime.name);
    json_key(json, "steering");
    json_begin_object(json);
    for (int i = 0; i < n_steering; i++) {
        json_put_number(json, steering_infos[i].key, steering_get(&candidate->regime.phase[0].steering, i));
    }
    json_end(json);
    json_put_whole(json, "phases", candidate->regime.n_phases);
    json_key(json, "on_front");
    json_boolean(json, tuned->front[number].on_front);
    json_put_number(json, "on_front_share", tuned->front[number].share);
    if (tuned->robust != NULL) {
        const struct tuned_robust *robust = &tuned->robust[number];
        json_key(json, "robust");
        json_begin_object(json);
        json_put_number(json, "mean", robust->mean);
        json_put_number(json, "worst", robust->worst);
        json_put_whole(json, "worst_point", tuned->world_points[robust->worst_world]);
        json_put_number(json, "regret", robust->regret);
        json_end(json);
    }
    json_key(json, "outcomes");
    json_begin_object(json);
    dredge_status status = DREDGE_OK;
    for (int outcome = 0; status == DREDGE_OK && outcome < study_n_outcomes(tuned->fresh.study); outcome++) {
        double se = 0;
        struct paired paired;
        json_key(json, tune_outcome_name(tuned, outcome));
        json_begin_object(json);
        json_put_number(json, "mean", trials_mean(&tuned->fresh, number, outcome, &se));
        json_put_number(json, "se", se);
        if (number != 0) {
            status = tuner_compare(&tuned->fresh, number, 0, outcome, &paired);
            json_put_number(json, "difference", paired.difference.mean);
            json_put_number(json, "low", paired.difference.low);
            json_put_number(json, "high", paired.difference.high);
        }
        json_end(json);
    }
    json_end(json);
    json_end(json);
    return status;
}

/* The parameters of the winner that lie at an end of their range. */
static void write_edges(struct json *json, const struct tuned *tuned)
{
    json_begin_object(json);
    for (int s = 0; s < tuned->space.n; s++) {
        int edge = tuner_edge(&tuned->fresh.candidates[tuned->winner], s);
        if (edge != 0) {
            json_put_string(json, steering_infos[tuned->space.steering[s]].key, edge > 0 ? "top" : "bottom");
        }
    }
    json_end(json);
}

dredge_status tune_print_json(const struct tuned *tuned, const struct tuner_options *options)
{
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "method", tune_method);
    json_put_string(&json, options->maximise ? "maximise" : "minimise", tune_outcome_name(tuned, options->outcome));
    json_put_string(&json, "baseline", tuned->fresh.candidates[0].regime.name);
    json_put_string(&json, "winner", tuned->fresh.candidates[tuned->winner].regime.name);
    json_key(&json, "feasible");
    json_boolean(&json, tuned->feasible);
    json_put_number(&json, "searched", tuned->searched);
    json_put_number(&json, "validated", tuned->validated);
    json_put_number(&json, "optimism", tuned->optimism);
    json_put_whole(&json, "worlds", tuned->again.n_worlds);
    json_put_string(&json, "relief", tune_outcome_name(tuned, tuned->relief));
    json_put_whole(&json, "runs", tuned->search.n_runs + tuned->fresh.n_runs + tuned->again.n_runs);
    json_key(&json, "edges");
    write_edges(&json, tuned);
    json_key(&json, "finalists");
    json_begin_array(&json);
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < tuned->fresh.n; i++) {
        status = write_finalist(&json, tuned, i);
    }
    json_end(&json);
    json_end(&json);
    if (status == DREDGE_OK) {
        status = out_json(&json);
    }
    json_free(&json);
    return status;
}

/* An outcome of the study may be called as another column is: it stands under its key in the study then, which has a dot. */
static void print_outcome_column(const char *name)
{
    int is_taken = steering_find(name) >= 0 || strcmp(name, "name") == 0 || strcmp(name, "on_front_share") == 0;
    out_print(is_taken ? ",outcomes.%s" : ",%s", name);
}

void tune_print_csv(const struct tuned *tuned, const struct tuner_options *options)
{
    int is_on_front = options->outcome == tuned->relief || options->outcome == OUTCOME_structural_share;
    out_print("name,on_front_share,%s,structural_share", tune_outcome_name(tuned, tuned->relief));
    if (!is_on_front) {
        print_outcome_column(tune_outcome_name(tuned, options->outcome));
    }
    for (int i = 0; i < n_steering; i++) {
        out_print(",%s", steering_infos[i].key);
    }
    out_text("\n");
    for (int f = 0; f < tuned->fresh.n; f++) {
        const struct candidate *candidate = &tuned->fresh.candidates[f];
        query_csv_text(candidate->regime.name);
        out_print(",%.10g,%.10g,%.10g", tuned->front[f].share, tuned->front[f].first, tuned->front[f].second);
        if (!is_on_front) {
            out_print(",%.10g", trials_mean(&tuned->fresh, f, options->outcome, NULL));
        }
        for (int i = 0; i < n_steering; i++) {
            out_print(",%.10g", steering_get(&candidate->regime.phase[0].steering, i));
        }
        out_text("\n");
    }
}
