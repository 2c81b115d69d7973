/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_RATES_H
#define MODEL_RATES_H

#include "model/parameters.h"

/* The parameters as the rules use them: the same names, reals as float. */

typedef float rate_real;
typedef int rate_whole;
typedef int rate_flag;

struct rates {
#define PARAMETER(type, key, field, ...) rate_##type field;
#define SECTOR_PARAMETER(type, prefix, suffix, field, ...)
#include "model/parameters.def"
#undef PARAMETER
#undef SECTOR_PARAMETER
};

static inline struct rates rates_from(const struct parameters *parameters)
{
    struct rates rates = {
#define PARAMETER(type, key, field, ...) .field = (rate_##type)parameters->field,
#define SECTOR_PARAMETER(type, prefix, suffix, field, ...)
#include "model/parameters.def"
#undef PARAMETER
#undef SECTOR_PARAMETER
    };
    return rates;
}

#endif
