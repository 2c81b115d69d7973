/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "model/theory.h"
#include "search/calibrate.h"

static void write_target(struct json *json, const struct posterior *posterior, int t)
{
    const struct evidence *target = &posterior->calibration->targets[t];
    json_begin_object(json);
    json_put_string(json, "name", target->name);
    json_put_string(json, "source", target->source);
    json_put_string(json, "use", target->is_held_out ? "hold_out" : "fit");
    json_put_number(json, "value", target->value);
    json_put_number(json, "error", target->error);
    json_put_number(json, "prior_median", posterior_figure(posterior, posterior->prior, t, 0.5));
    json_put_number(json, "posterior_median", posterior_figure(posterior, posterior->predictive, t, 0.5));
    json_put_number(json, "posterior_q05", posterior_figure(posterior, posterior->predictive, t, 0.05));
    json_put_number(json, "posterior_q95", posterior_figure(posterior, posterior->predictive, t, 0.95));
    json_put_number(json, "p", posterior_check(posterior, t));
    json_put_number(json, "expected_bits", posterior_expected_bits(posterior, t));
    json_end(json);
}

static void write_generations(struct json *json, const struct posterior *posterior)
{
    json_key(json, "generations");
    json_begin_array(json);
    for (int g = 0; g < posterior->n_generations; g++) {
        json_begin_object(json);
        json_put_number(json, "tolerance", posterior->generations[g].tolerance);
        json_put_number(json, "effective", posterior->generations[g].ess);
        json_put_number(json, "acceptance", posterior->generations[g].acceptance);
        json_put_whole(json, "settings", posterior->generations[g].n_draws);
        json_end(json);
    }
    json_end(json);
}

dredge_status posterior_json(const struct study *study, const struct posterior *posterior, char **text)
{
    const struct calibration *calibration = posterior->calibration;
    struct json json = {0};
    json_begin_object(&json);
    json_put_string(&json, "title", study->title);
    json_put_whole(&json, "particles", posterior->n);
    json_put_whole(&json, "settings", posterior->n_draws);
    json_put_whole(&json, "runs", posterior->n_runs);
    json_put_number(&json, "tolerance", posterior->tolerance);
    json_put_number(&json, "effective", posterior->ess);
    json_key(&json, "adjusted");
    json_boolean(&json, posterior->is_adjusted);
    write_generations(&json, posterior);
    json_key(&json, "keys");
    json_begin_object(&json);
    for (int f = 0; f < posterior->n_priors; f++) {
        json_key(&json, calibration->priors[f].key);
        json_begin_object(&json);
        json_put_number(&json, "q05", posterior_quantile(posterior, f, 0.05));
        json_put_number(&json, "median", posterior_quantile(posterior, f, 0.5));
        json_put_number(&json, "q95", posterior_quantile(posterior, f, 0.95));
        json_put_number(&json, "bits", posterior_bits(posterior, f));
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
        json_put_number(&json, theory_infos[calibration->theories[k]].name,
                        posterior_theory(posterior, calibration->theories[k]));
    }
    json_end(&json);
    json_end(&json);
    return json_finish(&json, text);
}
