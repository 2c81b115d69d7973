/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void settings_factor_name(const char *const *keys, int index, char name[SETTING_NAME_BYTES])
{
    char plain[SETTING_NAME_BYTES], other[SETTING_NAME_BYTES];
    int n_alike = 0;
    names_variable(keys[index], 0, plain);
    for (int before = 0; before < index; before++) {
        names_variable(keys[before], 0, other);
        n_alike += strcmp(plain, other) == 0;
    }
    names_variable(keys[index], n_alike, name);
}

int settings_month(const struct study *study, int sample)
{
    return (sample + 1) * study->every - 1;
}

int setting_extent(const struct setting *setting, int extent[3])
{
    int rank = 0;
    if (setting->n_points > 0) {
        extent[rank++] = setting->n_points;
    }
    if (setting->n_phases > 0) {
        extent[rank++] = setting->n_regimes;
        extent[rank++] = setting->n_phases;
    }
    return rank;
}

int settings_n_phases(const struct study *study)
{
    int n_phases = 1;
    for (int regime = 0; regime < study->n_regimes; regime++) {
        n_phases = study->regimes[regime].n_phases > n_phases ? study->regimes[regime].n_phases : n_phases;
    }
    return n_phases;
}

static dredge_status each_factor(const struct study *study, settings_see *see, void *context)
{
    const struct design *design = &study->design;
    size_t n_points = (size_t)design->n_points, n_factors = (size_t)design->n_factors;
    const char **keys = malloc((n_factors + 1) * sizeof *keys);
    double *column = malloc(n_points * sizeof *column);
    dredge_status status = keys == NULL || column == NULL ? status_no_memory(n_points * sizeof *column) : DREDGE_OK;
    for (size_t factor = 0; status == DREDGE_OK && factor < n_factors; factor++) {
        keys[factor] = design->factors[factor].key;
    }
    for (size_t factor = 0; status == DREDGE_OK && factor < n_factors; factor++) {
        struct setting setting = {.key = keys[factor],
                                  .factor = (int)factor,
                                  .parameter = -1,
                                  .steering = -1,
                                  .n_points = design->n_points,
                                  .values = column};
        settings_factor_name(keys, (int)factor, setting.name);
        for (size_t point = 0; point < n_points; point++) {
            column[point] = design->values[point * n_factors + factor];
        }
        status = see(context, &setting);
    }
    free(column);
    free(keys);
    return status;
}

/* Parameters at every design point: which differ between points, and the numbers of those. */
struct resolved {
    const struct study *study;
    struct regime *regimes; /* [n_regimes], room for study_point */
    double *first;          /* [n_parameters], at the first point */
    unsigned char *varies;  /* [n_parameters] */
    int n_phases;           /* the most of a regime */
    int steering_varies;    /* a factor is a part of a regime */
    double *column;         /* [n_points], of one parameter */
};

static void resolve(const struct resolved *resolved, int point, struct parameters *parameters)
{
    char sentence[256];
    /* An impossible point has its values, too. */
    (void)study_point(resolved->study, point, parameters, resolved->regimes, sizeof sentence, sentence);
}

static void find_varying(const struct resolved *resolved)
{
    struct parameters parameters;
    for (int point = 0; point < resolved->study->design.n_points; point++) {
        resolve(resolved, point, &parameters);
        for (int index = 0; index < n_parameters; index++) {
            double value = parameter_get(&parameters, index);
            if (point == 0) {
                resolved->first[index] = value;
            }
            resolved->varies[index] |= value < resolved->first[index] || value > resolved->first[index];
        }
    }
}

static dredge_status each_parameter(const struct resolved *resolved, settings_see *see, void *context)
{
    dredge_status status = DREDGE_OK;
    for (int index = 0; status == DREDGE_OK && index < n_parameters; index++) {
        struct setting setting = {.key = parameter_infos[index].key,
                                  .factor = -1,
                                  .parameter = index,
                                  .steering = -1,
                                  .values = &resolved->first[index]};
        char plain[SETTING_NAME_BYTES];
        names_variable(setting.key, 0, plain);
        (void)snprintf(setting.name, sizeof setting.name, SETTINGS_PARAMETERS "/%.*s", STUDY_KEY_BYTES - 1, plain);
        for (int point = 0; resolved->varies[index] && point < resolved->study->design.n_points; point++) {
            struct parameters parameters;
            resolve(resolved, point, &parameters);
            resolved->column[point] = parameter_get(&parameters, index);
            setting.n_points = resolved->study->design.n_points;
            setting.values = resolved->column;
        }
        status = see(context, &setting);
    }
    return status;
}

/* ---- steering ---- */

/* Part `index` of the steering of all regimes at a point, [n_regimes][n_phases]; the last part is where phases begin. */
static void get_steering(const struct resolved *resolved, int point, int index, double *values)
{
    struct parameters parameters;
    int n_phases = resolved->n_phases;
    resolve(resolved, point, &parameters);
    for (int i = 0; i < resolved->study->n_regimes * n_phases; i++) {
        const struct regime *regime = &resolved->regimes[i / n_phases];
        const struct regime_phase *phase = &regime->phase[i % n_phases];
        double value = index < N_STEERING ? steering_get(&phase->steering, index) : phase->from;
        values[i] = i % n_phases < regime->n_phases ? value : (double)NAN;
    }
}

static dredge_status see_steering(const struct resolved *resolved, int index, double *values, settings_see *see,
                                  void *context)
{
    int n_phases = resolved->n_phases;
    size_t n_values = (size_t)resolved->study->n_regimes * (size_t)n_phases;
    int n_points = resolved->steering_varies ? resolved->study->design.n_points : 1, varies = 0;
    for (int point = 0; point < n_points; point++) {
        get_steering(resolved, point, index, values + (size_t)point * n_values);
        varies |= memcmp(values, values + (size_t)point * n_values, n_values * sizeof *values) != 0;
    }
    char key[STUDY_KEY_BYTES];
    struct setting setting = {.key = key,
                              .factor = -1,
                              .parameter = -1,
                              .steering = index,
                              .n_points = varies ? n_points : 0,
                              .n_regimes = resolved->study->n_regimes,
                              .n_phases = n_phases,
                              .values = values};
    const char *field = index < N_STEERING ? steering_infos[index].key : "from";
    (void)snprintf(key, sizeof key, "regimes.NAME.%s", field);
    (void)snprintf(setting.name, sizeof setting.name, SETTINGS_PARAMETERS "/" SETTINGS_STEERING "%s", field);
    return see(context, &setting);
}

static dredge_status each_steering(const struct resolved *resolved, settings_see *see, void *context)
{
    size_t n_points = resolved->steering_varies ? (size_t)resolved->study->design.n_points : 1;
    size_t n_values = n_points * (size_t)resolved->study->n_regimes * (size_t)resolved->n_phases;
    double *values = malloc(n_values * sizeof *values);
    dredge_status status = values == NULL ? status_no_memory(n_values * sizeof *values) : DREDGE_OK;
    for (int index = 0; status == DREDGE_OK && index <= N_STEERING; index++) {
        status = see_steering(resolved, index, values, see, context);
    }
    free(values);
    return status;
}

dredge_status settings_each(const struct study *study, settings_see *see, void *context)
{
    size_t n_bytes = ((size_t)n_parameters + (size_t)study->design.n_points) * sizeof(double);
    struct resolved resolved = {.study = study,
                                .n_phases = settings_n_phases(study),
                                .regimes = malloc((size_t)study->n_regimes * sizeof *resolved.regimes),
                                .first = malloc((size_t)n_parameters * sizeof(double)),
                                .varies = calloc((size_t)n_parameters, 1),
                                .column = malloc((size_t)study->design.n_points * sizeof(double))};
    dredge_status status =
        resolved.regimes == NULL || resolved.first == NULL || resolved.varies == NULL || resolved.column == NULL
            ? status_no_memory(n_bytes)
            : each_factor(study, see, context);
    for (int factor = 0; factor < study->design.n_factors; factor++) {
        enum factor_target target = study->design.factors[factor].target;
        resolved.steering_varies |= target != FACTOR_PARAMETER && target != FACTOR_THEORY;
    }
    if (status == DREDGE_OK) {
        find_varying(&resolved);
        status = each_parameter(&resolved, see, context);
    }
    if (status == DREDGE_OK) {
        status = each_steering(&resolved, see, context);
    }
    free(resolved.regimes);
    free(resolved.first);
    free(resolved.varies);
    free(resolved.column);
    return status;
}
