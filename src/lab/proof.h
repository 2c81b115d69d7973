/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_PROOF_H
#define LAB_PROOF_H

#include "base/status.h"
#include "study/study.h"

/* The proof that the page computes what the command computes: the whole study, run in the page, and the digest of its
 * results. */

/* Hears of the share done, 0 .. 1. */
typedef void proof_progress(double share);

/* Runs `study` and writes the digest that `dredge digest` gives for its results file. */
STATUS_CHECKED dredge_status proof_digest(const struct study *study, proof_progress *progress, char digest[33]);

#endif
