/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/parameters.h"

#include <stdio.h>
#include <string.h>

#define TYPE_real PARAMETER_REAL
#define TYPE_whole PARAMETER_WHOLE
#define TYPE_flag PARAMETER_FLAG

/* The suffix of a sector key, with its dot unless it is empty. */
#define SECTOR_ROW(sector_id, sector_name, type, prefix, suffix, field, value, low, high, unit, meaning, source)       \
    {sizeof(suffix) > 1 ? prefix "." sector_name "." suffix : prefix "." sector_name,                                  \
     TYPE_##type,                                                                                                      \
     value,                                                                                                            \
     low,                                                                                                              \
     high,                                                                                                             \
     unit,                                                                                                             \
     meaning,                                                                                                          \
     source,                                                                                                           \
     offsetof(struct parameters, sector) + (sector_id) * sizeof(struct sector_parameters) +                            \
         offsetof(struct sector_parameters, field)},

const struct parameter_info parameter_infos[N_PARAMETERS] = {
#define PARAMETER(type, key, field, value, low, high, unit, meaning, source)                                           \
    {key, TYPE_##type, value, low, high, unit, meaning, source, offsetof(struct parameters, field)},
#define SECTOR_PARAMETER(type, prefix, suffix, field, v0, v1, v2, v3, low, high, unit, meaning, source)                \
    SECTOR_ROW(SECTOR_PUBLIC, "public", type, prefix, suffix, field, v0, low, high, unit, meaning, source)             \
    SECTOR_ROW(SECTOR_PRIVATE, "private", type, prefix, suffix, field, v1, low, high, unit, meaning, source)           \
    SECTOR_ROW(SECTOR_NONPROFIT, "nonprofit", type, prefix, suffix, field, v2, low, high, unit, meaning, source)       \
    SECTOR_ROW(SECTOR_KNOWLEDGE, "knowledge", type, prefix, suffix, field, v3, low, high, unit, meaning, source)
#include "model/parameters.def"
#undef PARAMETER
#undef SECTOR_PARAMETER
};

const int n_parameters = N_PARAMETERS;

int parameter_find(const char *key)
{
    for (int index = 0; index < n_parameters; index++) {
        if (strcmp(parameter_infos[index].key, key) == 0) {
            return index;
        }
    }
    return -1;
}

double parameter_get(const struct parameters *parameters, int index)
{
    const struct parameter_info *info = &parameter_infos[index];
    const char *place = (const char *)parameters + info->offset;
    if (info->type == PARAMETER_REAL) {
        double value;
        memcpy(&value, place, sizeof value);
        return value;
    }
    int value;
    memcpy(&value, place, sizeof value);
    return value;
}

void parameter_set(struct parameters *parameters, int index, double value)
{
    const struct parameter_info *info = &parameter_infos[index];
    char *place = (char *)parameters + info->offset;
    if (info->type == PARAMETER_REAL) {
        memcpy(place, &value, sizeof value);
    } else {
        int whole = (int)value;
        memcpy(place, &whole, sizeof whole);
    }
}

void parameters_default(struct parameters *parameters)
{
    memset(parameters, 0, sizeof *parameters);
    for (int index = 0; index < n_parameters; index++) {
        parameter_set(parameters, index, parameter_infos[index].default_value);
    }
}

void parameters_complete(struct parameters *parameters)
{
    for (int sector = 0; sector < N_SECTORS; sector++) {
        struct sector_parameters *own = &parameters->sector[sector];
        if (own->organisations == 0) {
            own->organisations = own->inside + own->outside;
        }
    }
}

int parameters_conflict(const struct parameters *parameters, size_t sentence_bytes, char *sentence, int *index)
{
    int inside = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        const struct sector_parameters *own = &parameters->sector[sector];
        int seats = own->inside + own->outside;
        inside += (sector == SECTOR_PUBLIC && !parameters->sits) ? 0 : own->inside;
        if (own->organisations != 0 && own->organisations < seats) {
            char key[64];
            (void)snprintf(key, sizeof key, "programme.organisations.%s", sector_names[sector]);
            *index = parameter_find(key);
            (void)snprintf(sentence, sentence_bytes,
                           "too few organisations (%d) for the %d %s seats of a collaboration: each seat needs its own",
                           own->organisations, seats, sector_names[sector]);
            return 1;
        }
    }
    if (inside < 2) {
        *index = parameter_find("seats.inside.public");
        (void)snprintf(sentence, sentence_bytes,
                       "%d insider%s at the start: a collaboration needs at least 2 (a public seat counts only when "
                       "government.sits is true)",
                       inside, inside == 1 ? "" : "s");
        return 1;
    }
    if (parameters->coupling >= parameters->causes) {
        *index = parameter_find("problem.coupling");
        (void)snprintf(sentence, sentence_bytes, "a coupling of %d needs at least %d causes, and problem.causes is %d",
                       parameters->coupling, parameters->coupling + 1, parameters->causes);
        return 1;
    }
    return 0;
}
