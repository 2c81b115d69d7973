/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PARAMETERS_H
#define MODEL_PARAMETERS_H

#include <stddef.h>

#include "model/sectors.h"

/* The parameters of a scenario and of the model: one struct, made from the one table in parameters.def. */

enum parameter_type { PARAMETER_REAL, PARAMETER_WHOLE, PARAMETER_FLAG };

/* The C types of the table's three types. */
typedef double parameter_real;
typedef int parameter_whole;
typedef int parameter_flag;

struct parameters {
#define PARAMETER(type, key, field, ...) parameter_##type field;
#define SECTOR_PARAMETER(type, prefix, suffix, field, ...)
#include "model/parameters.def"
#undef PARAMETER
#undef SECTOR_PARAMETER
    struct sector_parameters {
#define PARAMETER(type, key, field, ...)
#define SECTOR_PARAMETER(type, prefix, suffix, field, ...) parameter_##type field;
#include "model/parameters.def"
#undef PARAMETER
#undef SECTOR_PARAMETER
    } sector[N_SECTORS];
};

struct parameter_info {
    const char *key; /* as in a study, dots between the levels: "model.gen_base", "sectors.private.patience" */
    enum parameter_type type;
    double default_value, low, high; /* low <= value <= high */
    const char *unit, *meaning, *source;
    size_t offset; /* in struct parameters */
};

/* The number of parameters: a sector parameter counts once for each sector. */
enum {
#define PARAMETER(...) +1                /* NOLINT(bugprone-macro-parentheses): a term of a sum */
#define SECTOR_PARAMETER(...) +N_SECTORS /* NOLINT(bugprone-macro-parentheses) */
    N_PARAMETERS = 0
#include "model/parameters.def"
#undef PARAMETER
#undef SECTOR_PARAMETER
};

/* All parameters, in the order of the table. */
extern const struct parameter_info parameter_infos[N_PARAMETERS];
extern const int n_parameters;

/* The index of a key in parameter_infos, -1 when there is none. */
int parameter_find(const char *key);

/* Sets every parameter to its default. */
void parameters_default(struct parameters *parameters);

/* Reads or writes parameter `index` as a double. No check: the value must lie in the range, and be whole where the
 * type is whole or flag. */
double parameter_get(const struct parameters *parameters, int index);
void parameter_set(struct parameters *parameters, int index, double value);

/* Replaces organisation counts of 0 by the number of seats of that sector, the documented default. */
void parameters_complete(struct parameters *parameters);

/* The first impossible combination of values that are each in range (no insiders, too few organisations for the
 * seats of a collaboration, coupling >= causes, ...): writes a sentence to `sentence` and the index of the parameter
 * to blame to `*index`, and returns 1. Returns 0 when the combination is possible. */
int parameters_conflict(const struct parameters *parameters, size_t sentence_bytes, char *sentence, int *index);

#endif
