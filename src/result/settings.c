/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a netCDF name may hold without trouble in any language: letters, digits, underscores, and UTF-8. */
static void plain_name(const char *key, char name[STUDY_KEY_BYTES])
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
}

void settings_factor_name(const char *const *keys, int index, char name[SETTING_NAME_BYTES])
{
    char plain[STUDY_KEY_BYTES], other[STUDY_KEY_BYTES];
    int n_same = 1;
    plain_name(keys[index], plain);
    for (int before = 0; before < index; before++) {
        plain_name(keys[before], other);
        n_same += strcmp(plain, other) == 0;
    }
    if (n_same == 1) {
        memcpy(name, plain, strlen(plain) + 1);
    } else {
        (void)snprintf(name, SETTING_NAME_BYTES, "%s_%d", plain, n_same);
    }
}

int settings_month(const struct study *study, int sample)
{
    return (sample + 1) * study->every - 1;
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
        struct setting setting = {
            .key = keys[factor], .factor = (int)factor, .parameter = -1, .n = design->n_points, .values = column};
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
    struct regime *regimes; /* room for study_point */
    double *first;          /* [n_parameters], at the first point */
    unsigned char *varies;  /* [n_parameters] */
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
        struct setting setting = {
            .key = parameter_infos[index].key, .factor = -1, .parameter = index, .values = &resolved->first[index]};
        char plain[STUDY_KEY_BYTES];
        plain_name(setting.key, plain);
        (void)snprintf(setting.name, sizeof setting.name, SETTINGS_PARAMETERS "/%s", plain);
        for (int point = 0; resolved->varies[index] && point < resolved->study->design.n_points; point++) {
            struct parameters parameters;
            resolve(resolved, point, &parameters);
            resolved->column[point] = parameter_get(&parameters, index);
            setting.n = resolved->study->design.n_points;
            setting.values = resolved->column;
        }
        status = see(context, &setting);
    }
    return status;
}

dredge_status settings_each(const struct study *study, settings_see *see, void *context)
{
    size_t n_bytes = ((size_t)n_parameters + (size_t)study->design.n_points) * sizeof(double);
    struct resolved resolved = {.study = study,
                                .regimes = malloc((size_t)study->n_regimes * sizeof *resolved.regimes),
                                .first = malloc((size_t)n_parameters * sizeof(double)),
                                .varies = calloc((size_t)n_parameters, 1),
                                .column = malloc((size_t)study->design.n_points * sizeof(double))};
    dredge_status status =
        resolved.regimes == NULL || resolved.first == NULL || resolved.varies == NULL || resolved.column == NULL
            ? status_no_memory(n_bytes)
            : each_factor(study, see, context);
    if (status == DREDGE_OK) {
        find_varying(&resolved);
        status = each_parameter(&resolved, see, context);
    }
    free(resolved.regimes);
    free(resolved.first);
    free(resolved.varies);
    free(resolved.column);
    return status;
}
