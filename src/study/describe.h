/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_DESCRIBE_H
#define STUDY_DESCRIBE_H

#include "base/json.h"
#include "study/study.h"

/* Writes what a study asks for as one JSON object: "title", "question", "seed", "points", "replicates" (the most),
 * "regimes" (names), "factors" (keys), and "parameters" with every value by its key, before a design point changes it. */
void study_describe(const struct study *study, struct json *json);

#endif
