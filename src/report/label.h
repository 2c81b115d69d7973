/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_LABEL_H
#define REPORT_LABEL_H

#include "report/language.h"
#include "study/study.h"

/* What readers see of names: the label that the study gives in the language, or else the words of the language, or the
 * name itself. `study` may be NULL. */

/* Of a regime or an event. */
const char *label_name(const struct study *study, enum language language, const char *name);
/* Of an outcome by its number in the table; or by its name, which may also be one of the study's own. */
const char *label_outcome(const struct study *study, enum language language, int outcome);
const char *label_outcome_named(const struct study *study, enum language language, const char *name);
const char *label_factor(const struct study *study, enum language language, const char *key);

#endif
