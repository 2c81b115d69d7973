/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_PARTS_H
#define STUDY_PARTS_H

#include "study/reader.h"

/* The readers of the parts of a study, see reader.h. */

/* Puts one KEY=VALUE into the tree, before it is read. */
dredge_status override_apply(struct reader *reader, const char *override);

/* Values that the table of keys describes wholly; read_section: all keys of the table below `path`, in its order, and
 * then the parameters among the rest. */
key_reader read_text, read_choice, read_whole, read_real, read_seed, read_section;

/* Values with forms of their own. Regimes come before the design, which may name them. */
key_reader read_replicates, read_until, read_outcome, read_regimes, read_members, read_ties, read_events, read_design,
    read_method, read_factors, read_where, read_points_file, read_groups, read_labels, read_calibration, read_matters,
    read_outcomes, read_costs;

/* Complains that no outcome is called as the entry's key; the nearest one that is. */
void outcome_unknown(struct reader *reader, const struct yaml_node *node, const char *path);

/* The number of the outcome that a text names (study_outcome), -1 and a mistake when there is none. */
int outcome_choice(struct reader *reader, const struct yaml_node *node, const char *path);

/* Once the design points stand: derived outcomes with months that no run has, or with the name of a factor's variable. */
void derived_check(struct reader *reader);

/* The targets of a calibration, and, once the study stands, months of theirs that no run has. */
struct calibration;
dredge_status targets_read(struct reader *reader, const struct yaml_node *node, struct calibration *calibration);
void targets_check(struct reader *reader);

/* Complains that no factor is called as the entry's key; the nearest one that is. */
void factor_unknown(struct reader *reader, const struct yaml_node *node, const char *path);

/* A key that varies between low and high, or as a distribution says: 1, or 0 and a mistake. */
int read_prior(struct reader *reader, const struct yaml_node *node, const char *path, struct factor *factor);

/* The regimes that a study has until it gives its own. */
dredge_status regimes_default(struct reader *reader);

/* The built-in or earlier regime that is called `name`: 1, or 0 and a mistake. Built-in names always mean the built-in. */
int regime_named(struct reader *reader, const struct yaml_node *node, const char *path, const char *name,
                 struct regime *found);

/* Its steering, which must be alike in all months. */
int steering_named(struct reader *reader, const struct yaml_node *node, const char *path, const char *name,
                   struct steering *steering);

/* The steering of phase `phase` of the regime that is being read, which starts from a mix; the study keeps the mix. */
void mix_read(struct reader *reader, const struct yaml_node *node, const char *path, int phase,
              struct steering *steering);

/* The distributions that a factor may have between its ends, by number: their names (NULL behind the last), and what one says of
 * the factor, whose low and high are set. */
const char *shape_name(int which);
void shape_read(struct reader *reader, const struct yaml_node *node, const char *path, int which,
                struct factor *factor);

/* The factors of a list as the file that `node` names has them: a mapping, or NULL and a mistake. */
dredge_status points_read(struct reader *reader, const struct yaml_node *node, const char *path,
                          struct yaml_node **factors);

/* Adds the points to the overrides of the study, so that its text and overrides alone make it again. */
dredge_status points_keep(struct study *study);

/* A parameter, or a section with parameters. */
dredge_status parameters_read(struct reader *reader, const struct yaml_node *node, const char *path);

/* What only shows once all is read: values that do not go together, as far as the design does not vary them. */
void combinations_check(struct reader *reader);

/* Once the design points stand: points that cannot run are a mistake. */
dredge_status combinations_check_points(struct reader *reader);

#endif
