/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_SETTINGS_H
#define RESULT_SETTINGS_H

#include "study/study.h"

/* What a study came to, as variables of its results: the factors of the design, and every parameter. */

enum { SETTING_NAME_BYTES = STUDY_KEY_BYTES + 16 };

#define SETTINGS_PARAMETERS "parameters" /* the group of the parameters */

struct setting {
    char name[SETTING_NAME_BYTES]; /* "funder_target", "parameters/funder_target" */
    const char *key;               /* "funder.target" */
    int factor, parameter;         /* which factor, or -1; which parameter, or -1 */
    int n;                         /* numbers: one per design point, or 0: one that holds at all points */
    const double *values;          /* [n], or one */
};

typedef dredge_status settings_see(void *context, const struct setting *setting);

/* Calls `see` for each factor, then for each parameter, until it fails. What it is given lasts for the call. */
STATUS_CHECKED dredge_status settings_each(const struct study *study, settings_see *see, void *context);

/* The name of the variable of key `index` among `keys`, the factors: what is neither letter nor digit is an underscore;
 * made unique. Keys are shorter than STUDY_KEY_BYTES. */
void settings_factor_name(const char *const *keys, int index, char name[SETTING_NAME_BYTES]);

/* The month, counted from 0, of a sample of trajectories. */
int settings_month(const struct study *study, int sample);

#endif
