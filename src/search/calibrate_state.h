/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_CALIBRATE_STATE_H
#define SEARCH_CALIBRATE_STATE_H

#include "search/calibrate.h"

/* A calibration between two generations, in a file, so that it goes on after it was stopped or killed. */

#define CALIBRATE_STATE_BEGINS "dredge particles" /* the first bytes of such a file */

/* What a calibration is known by when all is done: a digest of the study and of the options that determine what is found. */
void calibrate_identity(const struct study *study, const struct calibrate_options *options, char hex[33]);

/* Writes it under another name, forces it to disk and renames it. */
STATUS_CHECKED dredge_status calibrate_state_save(const char *path, const struct study *study,
                                                  const struct posterior *posterior, int n_replicates, int n_steps);

/* Reads it into a posterior that has room for it: *found is 1, or 0 when there is no file. One that belongs to another
 * study or other options, or is damaged, is DREDGE_FILE. */
STATUS_CHECKED dredge_status calibrate_state_load(const char *path, const struct study *study,
                                                  struct posterior *posterior, int n_replicates, int *n_steps,
                                                  int *found);

#endif
