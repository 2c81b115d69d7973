/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TUNE_FORMS_H
#define CLI_TUNE_FORMS_H

#include "search/tuner.h"

/* What a search found, for other programs. */

/* One document with the search and its finalists. */
STATUS_CHECKED dredge_status tune_print_json(const struct tuned *tuned, const struct tuner_options *options);

/* One line per finalist: parameters, means, share of resamples on the front. */
void tune_print_csv(const struct tuned *tuned, const struct tuner_options *options);

/* How it is searched, in words, and the name of an outcome. */
extern const char *const tune_method;
const char *tune_outcome_name(const struct tuned *tuned, int outcome);

#endif
