/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_TUNE_TABLE_H
#define CLI_TUNE_TABLE_H

#include "search/tuner.h"

/* What a search found, for the terminal: the regime, beside those of the study, its worlds, the trade-off, and the finalists. */
STATUS_CHECKED dredge_status tune_print_table(const struct tuned *tuned, const struct tuner_options *options);

#endif
