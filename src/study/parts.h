/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_PARTS_H
#define STUDY_PARTS_H

#include "study/reader.h"

/* The readers of the parts of a study, see reader.h. */

/* Puts one KEY=VALUE into the tree, before it is read. */
dredge_status override_apply(struct reader *reader, const char *override);

/* Title, question, scale, seed and output. */
enum { GENERAL_KEYS = 5 };
extern const struct reader_key general_keys[GENERAL_KEYS];

/* Replicates: a number, or {min, max, until}. */
dredge_status replication_read(struct reader *reader, const struct yaml_node *node, const char *path);

/* A parameter, or a section with parameters. */
dredge_status parameters_read(struct reader *reader, const struct yaml_node *node, const char *path);

/* `node` is NULL when the study has none: the two of the comparison. */
dredge_status regimes_read(struct reader *reader, const struct yaml_node *node);

/* After the regimes, which factors may name. */
dredge_status design_read(struct reader *reader, const struct yaml_node *node);

/* What only shows once all is read: values that do not go together, as far as the design does not vary them. */
void combinations_check(struct reader *reader);

/* Once the design points stand: a study of which no point can run (of the first 100000) is a mistake; one of which some
 * cannot is not. */
dredge_status combinations_check_points(struct reader *reader);

#endif
