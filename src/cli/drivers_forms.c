/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/drivers_forms.h"

#include <math.h>
#include <stdio.h>

#include "cli/out.h"
#include "cli/query.h"

const char *drivers_method_name(enum sensitivity_method method)
{
    static const char *const names[] = {"sobol", "morris", "factorial", "spread"};
    return names[method];
}

void drivers_effect_name(unsigned factors, const struct results_info *info, size_t n_bytes, char *name)
{
    size_t used = 0;
    name[0] = 0;
    for (int f = 0; f < info->n_factors && used < n_bytes; f++) {
        if (factors >> f & 1) {
            used += (size_t)snprintf(name + used, n_bytes - used, "%s%s", used > 0 ? " x " : "", info->factors[f]);
        }
    }
}

static void drivers_interval(struct json *json, const char *key, const struct interval *interval)
{
    json_key(json, key);
    json_begin_object(json);
    json_put_number(json, "value", interval->value);
    json_put_number(json, "low", interval->low);
    json_put_number(json, "high", interval->high);
    json_end(json);
}

static void drivers_json_factor(struct json *json, const struct sensitivity *sensitivity, int f)
{
    const struct driver *driver = &sensitivity->driver[f];
    json_begin_object(json);
    if (sensitivity->method == SENSITIVITY_SOBOL) {
        drivers_interval(json, "first", &sensitivity->sobol.first[f]);
        drivers_interval(json, "total", &sensitivity->sobol.total[f]);
    }
    if (sensitivity->method == SENSITIVITY_MORRIS) {
        const struct morris *morris = &sensitivity->morris[f];
        json_put_number(json, "mu", morris->mu);
        struct interval mu_star = {morris->mu_star, morris->low, morris->high};
        drivers_interval(json, "mu_star", &mu_star);
        json_put_number(json, "sigma", morris->sigma);
    }
    json_put_number(json, "at_lowest", driver->low);
    json_put_number(json, "at_highest", driver->high);
    json_put_number(json, "least", driver->least);
    json_put_number(json, "most", driver->most);
    json_put_number(json, "main_effect", driver->main_effect);
    struct interval slope = {driver->slope, driver->slope_low, driver->slope_high};
    drivers_interval(json, "standardised_slope", &slope);
    json_end(json);
}

const char *drivers_unit_name(const struct sensitivity *sensitivity, const struct results_info *info, int unit)
{
    return sensitivity->n_groups > 0 ? sensitivity->groups[unit] : info->factors[unit];
}

/* Indices of groups, and of the factors in none. */
static void drivers_json_groups(struct json *json, const struct sensitivity *sensitivity)
{
    json_key(json, "groups");
    json_begin_object(json);
    for (int g = 0; g < sensitivity->n_groups; g++) {
        json_key(json, sensitivity->groups[g]);
        json_begin_object(json);
        drivers_interval(json, "first", &sensitivity->sobol.first[g]);
        drivers_interval(json, "total", &sensitivity->sobol.total[g]);
        json_end(json);
    }
    json_end(json);
}

static void drivers_json_pairs(struct json *json, const struct sensitivity *sensitivity,
                               const struct results_info *info)
{
    int k = sensitivity->sobol.n_factors;
    json_key(json, "second");
    json_begin_array(json);
    for (int i = 0; i < k; i++) {
        for (int j = i + 1; j < k; j++) {
            const struct interval *pair = &sensitivity->sobol.second[(size_t)i * (size_t)k + (size_t)j];
            json_begin_object(json);
            json_key(json, "factors");
            json_begin_array(json);
            json_string(json, drivers_unit_name(sensitivity, info, i));
            json_string(json, drivers_unit_name(sensitivity, info, j));
            json_end(json);
            json_put_number(json, "value", pair->value);
            json_put_number(json, "low", pair->low);
            json_put_number(json, "high", pair->high);
            json_end(json);
        }
    }
    json_end(json);
}

static void drivers_json_effects(struct json *json, const struct sensitivity *sensitivity,
                                 const struct results_info *info)
{
    json_key(json, "effects");
    json_begin_array(json);
    for (int e = 0; e < sensitivity->n_effects; e++) {
        const struct factorial_effect *effect = &sensitivity->effects[e];
        json_begin_object(json);
        json_key(json, "factors");
        json_begin_array(json);
        for (int f = 0; f < sensitivity->n_factors; f++) {
            if (effect->factors >> f & 1) {
                json_string(json, info->factors[f]);
            }
        }
        json_end(json);
        json_put_number(json, "effect", effect->estimate.mean);
        json_put_number(json, "se", effect->estimate.se);
        json_put_number(json, "low", effect->estimate.low);
        json_put_number(json, "high", effect->estimate.high);
        json_end(json);
    }
    json_end(json);
}

void drivers_write_json(struct json *json, const struct sensitivity *sensitivity, const struct results_info *info,
                        const char *outcome, const char *name)
{
    json_begin_object(json);
    json_put_string(json, "outcome", outcome);
    json_put_string(json, "target", name);
    json_put_string(json, "method", sensitivity->n_groups > 0 ? "sobol" : drivers_method_name(sensitivity->method));
    json_put_whole(json, "points", sensitivity->drivers.n_points);
    json_put_number(json, "mean", sensitivity->drivers.mean);
    json_put_number(json, "variance", sensitivity->drivers.variance);
    json_put_number(json, "noise_share", sensitivity->noise_share);
    json_put_number(json, "r_squared", sensitivity->drivers.r_squared);
    json_key(json, "factors");
    json_begin_object(json);
    for (int f = 0; f < sensitivity->n_factors; f++) {
        json_key(json, info->factors[f]);
        drivers_json_factor(json, sensitivity, f);
    }
    json_end(json);
    if (sensitivity->n_groups > 0) {
        drivers_json_groups(json, sensitivity);
    }
    if (sensitivity->sobol.n_factors > 0) {
        json_put_whole(json, "scrambles", sensitivity->n_scrambles);
        drivers_json_pairs(json, sensitivity, info);
    }
    if (sensitivity->method == SENSITIVITY_FACTORIAL) {
        drivers_json_effects(json, sensitivity, info);
    }
    json_end(json);
}

static void drivers_csv_line(const char *measure, const char *factors, double value, double low, double high)
{
    query_csv_text(measure);
    out_text(",");
    query_csv_text(factors);
    const double numbers[] = {value, low, high};
    for (int i = 0; i < 3; i++) {
        out_text(",");
        query_csv_number(numbers[i]);
    }
    out_text("\n");
}

static void drivers_csv_factor(const struct sensitivity *sensitivity, int f, const char *name)
{
    const struct driver *driver = &sensitivity->driver[f];
    if (sensitivity->method == SENSITIVITY_SOBOL) {
        const struct interval *first = &sensitivity->sobol.first[f];
        const struct interval *total = &sensitivity->sobol.total[f];
        drivers_csv_line("first", name, first->value, first->low, first->high);
        drivers_csv_line("total", name, total->value, total->low, total->high);
    }
    if (sensitivity->method == SENSITIVITY_MORRIS) {
        const struct morris *morris = &sensitivity->morris[f];
        drivers_csv_line("mu", name, morris->mu, NAN, NAN);
        drivers_csv_line("mu_star", name, morris->mu_star, morris->low, morris->high);
        drivers_csv_line("sigma", name, morris->sigma, NAN, NAN);
    }
    drivers_csv_line("main_effect", name, driver->main_effect, NAN, NAN);
    drivers_csv_line("at_lowest", name, driver->low, NAN, NAN);
    drivers_csv_line("at_highest", name, driver->high, NAN, NAN);
    drivers_csv_line("standardised_slope", name, driver->slope, driver->slope_low, driver->slope_high);
}

void drivers_print_csv(const struct sensitivity *sensitivity, const struct results_info *info)
{
    int k = sensitivity->n_factors;
    char name[512];
    out_text("measure,factors,value,low,high\n");
    for (int f = 0; f < k; f++) {
        drivers_csv_factor(sensitivity, f, info->factors[f]);
    }
    for (int g = 0; g < sensitivity->n_groups; g++) {
        const struct interval *first = &sensitivity->sobol.first[g];
        const struct interval *total = &sensitivity->sobol.total[g];
        drivers_csv_line("first", sensitivity->groups[g], first->value, first->low, first->high);
        drivers_csv_line("total", sensitivity->groups[g], total->value, total->low, total->high);
    }
    int n_units = sensitivity->sobol.n_factors;
    for (int i = 0; i < n_units; i++) {
        for (int j = i + 1; j < n_units; j++) {
            const struct interval *pair = &sensitivity->sobol.second[(size_t)i * (size_t)n_units + (size_t)j];
            (void)snprintf(name, sizeof name, "%s x %s", drivers_unit_name(sensitivity, info, i),
                           drivers_unit_name(sensitivity, info, j));
            drivers_csv_line("second", name, pair->value, pair->low, pair->high);
        }
    }
    for (int e = 0; e < sensitivity->n_effects; e++) {
        const struct estimate *estimate = &sensitivity->effects[e].estimate;
        drivers_effect_name(sensitivity->effects[e].factors, info, sizeof name, name);
        drivers_csv_line("effect", name, estimate->mean, estimate->low, estimate->high);
    }
}
