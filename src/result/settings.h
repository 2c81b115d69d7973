/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_SETTINGS_H
#define RESULT_SETTINGS_H

#include "study/names.h"
#include "study/study.h"

/* What a study came to, as variables of its results: the factors of the design, every parameter, and the steering of every
 * regime. */

enum { SETTING_NAME_BYTES = NAMES_VARIABLE_BYTES };

#define SETTINGS_PARAMETERS "parameters" /* the group of the parameters and of the steering */
#define SETTINGS_STEERING "steering_"    /* how the names of the steering begin there */

struct setting {
    char name[SETTING_NAME_BYTES];   /* "funder_target", "parameters/funder_target" */
    const char *key;                 /* "funder.target", "regimes.NAME.base" */
    int factor, parameter, steering; /* which of these it is, the others -1; N_STEERING: where phases begin */
    int n_points;                    /* 0: its values hold at all points */
    int n_regimes, n_phases;         /* of steering; otherwise 0 */
    const double *values;            /* [n_points][n_regimes][n_phases], without what is 0; NaN: no such phase */
};

/* The extents of its values; how many there are. */
int setting_extent(const struct setting *setting, int extent[3]);

/* The most phases of a regime of the study. */
int settings_n_phases(const struct study *study);

typedef dredge_status settings_see(void *context, const struct setting *setting);

/* Calls `see` for each factor, parameter and part of the steering, until it fails. What it is given lasts for the call. */
STATUS_CHECKED dredge_status settings_each(const struct study *study, settings_see *see, void *context);

/* The name of the variable of key `index` among `keys`, the factors: what is neither letter nor digit is an underscore;
 * made unique. Keys are shorter than STUDY_KEY_BYTES. */
void settings_factor_name(const char *const *keys, int index, char name[SETTING_NAME_BYTES]);

/* The month, counted from 0, of a sample of trajectories. */
int settings_month(const struct study *study, int sample);

#endif
