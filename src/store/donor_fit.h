/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_DONOR_FIT_H
#define STORE_DONOR_FIT_H

#include "result/head.h"
#include "store/file/results_file.h"

/* Are the runs of a file runs of `study`, which asks for more? DREDGE_FILE, with a sentence that says what does not fit,
 * when they are not. Otherwise fills the file's number of each design point (point[n_points]) and regime
 * (regime[n_regimes]) of the study, -1 where it has it not. */
STATUS_CHECKED dredge_status donor_fit(struct results_file *file, const struct study *study, const struct head *head,
                                       int *point, int *regime);

#endif
