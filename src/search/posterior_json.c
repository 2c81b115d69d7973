/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "model/theory.h"
#include "search/calibrate.h"

static void write_number(struct json *json, const char *key, double number)
{
    json_key(json, key);
    json_number(json, number);
}

static void write_target(struct json *json, const struct posterior *posterior, int t)
{
    const struct evidence *target = &posterior->calibration->targets[t];
    json_begin_object(json);
    json_key(json, "name");
    json_string(json, target->name);
    json_key(json, "source");
    json_string(json, target->source);
    json_key(json, "use");
    json_string(json, target->is_held_out ? "hold_out" : "fit");
    write_number(json, "value", target->value);
    write_number(json, "error", target->error);
    write_number(json, "prior_median", posterior_figure(posterior, posterior->prior, t, 0.5));
    write_number(json, "posterior_median", posterior_figure(posterior, posterior->predictive, t, 0.5));
    write_number(json, "posterior_q05", posterior_figure(posterior, posterior->predictive, t, 0.05));
    write_number(json, "posterior_q95", posterior_figure(posterior, posterior->predictive, t, 0.95));
    write_number(json, "p", posterior_check(posterior, t));
    write_number(json, "expected_bits", posterior_expected_bits(posterior, t));
    json_end(json);
}

static void write_generations(struct json *json, const struct posterior *posterior)
{
    json_key(json, "generations");
    json_begin_array(json);
    for (int g = 0; g < posterior->n_generations; g++) {
        json_begin_object(json);
        write_number(json, "tolerance", posterior->generations[g].tolerance);
        write_number(json, "effective", posterior->generations[g].ess);
        write_number(json, "acceptance", posterior->generations[g].acceptance);
        json_key(json, "settings");
        json_whole(json, posterior->generations[g].n_draws);
        json_end(json);
    }
    json_end(json);
}

dredge_status posterior_json(const struct study *study, const struct posterior *posterior, char **text)
{
    const struct calibration *calibration = posterior->calibration;
    struct json json = {0};
    json_begin_object(&json);
    json_key(&json, "title");
    json_string(&json, study->title);
    json_key(&json, "particles");
    json_whole(&json, posterior->n);
    json_key(&json, "settings");
    json_whole(&json, posterior->n_draws);
    json_key(&json, "runs");
    json_whole(&json, posterior->n_runs);
    write_number(&json, "tolerance", posterior->tolerance);
    write_number(&json, "effective", posterior->ess);
    json_key(&json, "adjusted");
    json_boolean(&json, posterior->is_adjusted);
    write_generations(&json, posterior);
    json_key(&json, "keys");
    json_begin_object(&json);
    for (int f = 0; f < posterior->n_priors; f++) {
        json_key(&json, calibration->priors[f].key);
        json_begin_object(&json);
        write_number(&json, "q05", posterior_quantile(posterior, f, 0.05));
        write_number(&json, "median", posterior_quantile(posterior, f, 0.5));
        write_number(&json, "q95", posterior_quantile(posterior, f, 0.95));
        write_number(&json, "bits", posterior_bits(posterior, f));
        json_end(&json);
    }
    json_end(&json);
    json_key(&json, "targets");
    json_begin_array(&json);
    for (int t = 0; t < posterior->n_targets; t++) {
        write_target(&json, posterior, t);
    }
    json_end(&json);
    json_key(&json, "theories");
    json_begin_object(&json);
    for (int k = 0; k < calibration->n_theories; k++) {
        write_number(&json, theory_infos[calibration->theories[k]].name,
                     posterior_theory(posterior, calibration->theories[k]));
    }
    json_end(&json);
    json_end(&json);
    return json_finish(&json, text);
}
