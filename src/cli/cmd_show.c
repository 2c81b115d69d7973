/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/show_study.h"
#include "model/outcomes.h"
#include "model/parameters.h"
#include "model/regime.h"
#include "model/theory.h"

static const char help[] = "dredge show study|parameters|regimes|theories|outcomes [--json]\n"
                           "\n"
                           "  study        every key of a study with its type, default, what is allowed and meaning\n"
                           "  parameters   the keys that describe the case and the model, with range, unit and source\n"
                           "  regimes      the built-in regimes and the steering parameters that make them\n"
                           "  theories     named bundles of parameter values, what they claim, and scales\n"
                           "  outcomes     what a run reports, and its trajectories by month\n";

static const char *const type_names[] = {"real", "whole", "flag"};

/* ---- parameters ---- */

static void parameters_text(void)
{
    out_print("%-36s %10s  %-20s %s\n", "key", "default", "range", "unit: meaning [source]");
    for (int k = 0; k < n_parameters; k++) {
        const struct parameter_info *info = &parameter_infos[k];
        char range[48];
        char value[24];
        if (info->type == PARAMETER_FLAG) {
            (void)snprintf(range, sizeof range, "true or false");
            (void)snprintf(value, sizeof value, "%s", info->default_value != 0 ? "true" : "false");
        } else {
            (void)snprintf(range, sizeof range, "%g .. %g", info->low, info->high);
            (void)snprintf(value, sizeof value, "%g", info->default_value);
        }
        out_print("%-36s %10s  %-20s %s: %s [%s]\n", info->key, value, range, info->unit, info->meaning, info->source);
    }
}

static void parameters_json(struct json *json)
{
    json_begin_array(json);
    for (int k = 0; k < n_parameters; k++) {
        const struct parameter_info *info = &parameter_infos[k];
        json_begin_object(json);
        json_put_string(json, "key", info->key);
        json_put_string(json, "type", type_names[info->type]);
        json_put_number(json, "default", info->default_value);
        json_put_number(json, "low", info->low);
        json_put_number(json, "high", info->high);
        json_put_string(json, "unit", info->unit);
        json_put_string(json, "meaning", info->meaning);
        json_put_string(json, "source", info->source);
        json_end(json);
    }
    json_end(json);
}

/* ---- theories ---- */

static void values_text(const struct bundle_value *sets)
{
    for (; sets->key != NULL; sets++) {
        out_print("    %s = %g\n", sets->key, sets->value);
    }
}

static void theories_text(void)
{
    out_print("Theories (theory: NAME): what they claim [source], and the parameters that they set\n");
    for (int k = 0; k < N_THEORIES; k++) {
        const struct theory_info *info = &theory_infos[k];
        out_print("  %-20s %s [%s]\n", info->name, info->claim, info->source);
        values_text(info->sets);
    }
    out_print("\nScales (scale: NAME)\n");
    for (int k = 0; k < N_SCALES; k++) {
        out_print("  %-20s %s\n", scale_infos[k].name, scale_infos[k].meaning);
        values_text(scale_infos[k].sets);
    }
}

static void values_json(struct json *json, const struct bundle_value *sets)
{
    json_key(json, "sets");
    json_begin_object(json);
    for (; sets->key != NULL; sets++) {
        json_put_number(json, sets->key, sets->value);
    }
    json_end(json);
}

static void theories_json(struct json *json)
{
    json_begin_object(json);
    json_key(json, "theories");
    json_begin_array(json);
    for (int k = 0; k < N_THEORIES; k++) {
        json_begin_object(json);
        json_put_string(json, "name", theory_infos[k].name);
        json_put_string(json, "claim", theory_infos[k].claim);
        json_put_string(json, "source", theory_infos[k].source);
        values_json(json, theory_infos[k].sets);
        json_end(json);
    }
    json_end(json);
    json_key(json, "scales");
    json_begin_array(json);
    for (int k = 0; k < N_SCALES; k++) {
        json_begin_object(json);
        json_put_string(json, "name", scale_infos[k].name);
        json_put_string(json, "meaning", scale_infos[k].meaning);
        values_json(json, scale_infos[k].sets);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

/* ---- regimes ---- */

static void regimes_text(void)
{
    for (int regime = 0; regime < n_regime_infos; regime++) {
        out_print("%-16s %s\n", regime_infos[regime].name, regime_infos[regime].meaning);
    }
    out_print("\n%-18s", "");
    for (int regime = 0; regime < n_regime_infos; regime++) {
        out_print(" %7.7s", regime_infos[regime].name);
    }
    out_print("\n");
    for (int k = 0; k < n_steering; k++) {
        out_print("%-18s", steering_infos[k].key);
        for (int regime = 0; regime < n_regime_infos; regime++) {
            out_print(" %7g", steering_get(&regime_infos[regime].steering, k));
        }
        out_print("\n");
    }
    out_print("\nSteering parameters of your own regimes:\n");
    for (int k = 0; k < n_steering; k++) {
        const struct steering_info *info = &steering_infos[k];
        out_print("%-18s %g .. %g %s, default %g: %s\n", info->key, info->low, info->high, info->unit,
                  info->default_value, info->meaning);
    }
}

static void regimes_json(struct json *json)
{
    json_begin_array(json);
    for (int regime = 0; regime < n_regime_infos; regime++) {
        json_begin_object(json);
        json_put_string(json, "name", regime_infos[regime].name);
        json_put_string(json, "meaning", regime_infos[regime].meaning);
        for (int k = 0; k < n_steering; k++) {
            json_put_number(json, steering_infos[k].key, steering_get(&regime_infos[regime].steering, k));
        }
        json_end(json);
    }
    json_end(json);
}

/* ---- outcomes ---- */

static const char *better_name(int better)
{
    return better > 0 ? "more" : better < 0 ? "less" : "neither";
}

static void outcomes_text(void)
{
    out_print("Outcomes, one number per run (better: more or less of it)\n");
    for (int k = 0; k < N_OUTCOMES; k++) {
        const struct outcome_info *info = &outcome_infos[k];
        out_print("  %-24s %-14s better: %-8s %s\n", info->name, info->unit, better_name(info->better),
                  info->description);
    }
    out_print("\nTrajectories by month, in results files as month_NAME\n");
    for (int k = 0; k < N_SERIES; k++) {
        const struct series_info *info = &series_infos[k];
        out_print("  %-24s %-21s %s\n", info->name, info->unit, info->description);
    }
}

static void outcomes_json(struct json *json)
{
    json_begin_object(json);
    json_key(json, "outcomes");
    json_begin_array(json);
    for (int k = 0; k < N_OUTCOMES; k++) {
        const struct outcome_info *info = &outcome_infos[k];
        json_begin_object(json);
        json_put_string(json, "name", info->name);
        json_put_string(json, "unit", info->unit);
        json_put_string(json, "better", better_name(info->better));
        json_put_string(json, "long_name", info->long_name);
        json_put_string(json, "description", info->description);
        json_end(json);
    }
    json_end(json);
    json_key(json, "series");
    json_begin_array(json);
    for (int k = 0; k < N_SERIES; k++) {
        const struct series_info *info = &series_infos[k];
        json_begin_object(json);
        json_put_string(json, "name", info->name);
        json_put_string(json, "unit", info->unit);
        json_put_number(json, "top", info->top);
        json_put_string(json, "long_name", info->long_name);
        json_put_string(json, "description", info->description);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

/* ---- the command ---- */

static const struct {
    const char *name;
    void (*text)(void);
    void (*json)(struct json *json);
} tables[] = {{"study", show_study_text, show_study_json},
              {"parameters", parameters_text, parameters_json},
              {"regimes", regimes_text, regimes_json},
              {"theories", theories_text, theories_json},
              {"outcomes", outcomes_text, outcomes_json}};

static dredge_status show(const char *name, int as_json)
{
    for (size_t k = 0; k < sizeof tables / sizeof tables[0]; k++) {
        if (strcmp(tables[k].name, name) != 0) {
            continue;
        }
        if (!as_json) {
            tables[k].text();
            return DREDGE_OK;
        }
        struct json json = {0};
        tables[k].json(&json);
        return out_json(&json);
    }
    return status_fail(DREDGE_USAGE, "\"%s\" cannot be shown; say study, parameters, regimes, theories or outcomes",
                       name);
}

int cmd_show(int argc, char **argv)
{
    const char *name = NULL;
    int json = 0;
    int done = 0;
    const struct query_option options[] = {{"--json", NULL, &json}};
    if (argc < 2) {
        out_tell("%s", help);
        return status_exit(DREDGE_USAGE);
    }
    dredge_status status = query_parse(argc, argv, 1, options, 1, &name, help, &done);
    if (status == DREDGE_OK && !done) {
        status = show(name, json);
    }
    return arguments_exit("show", status);
}
