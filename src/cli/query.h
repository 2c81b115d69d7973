/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include "analysis/comparison.h"
#include "analysis/target.h"
#include "result/results.h"
#include "result/precision.h"

/* What the commands that read a results file share: their options, the open file, their complaints. */

struct query_option {
    const char *name;   /* "--outcome" */
    const char **value; /* where its value goes; NULL for a flag */
    int *flag;          /* for a flag, set to 1 */
};

/* Reads the words after argv[0]: options ("--name value", "--name=value", "-o value") and exactly `n_files` other words
 * into files[n_files]. `--help` prints `help` and sets *done. */
STATUS_CHECKED dredge_status query_parse(int argc, char **argv, int n_options, const struct query_option *options,
                                         int n_files, const char **files, const char *help, int *done);

/* The same for any number of files, at least one, in a list that the caller frees, also when this fails. */
STATUS_CHECKED dredge_status query_parse_files(int argc, char **argv, int n_options, const struct query_option *options,
                                               const char ***files, const char *help, int *n_files, int *done);

/* Prints the recorded sentence to stderr ("dredge compare: ...") and returns the exit status for `status`. */
int query_exit(const char *command, dredge_status status);

/* Indices for names, with the nearest known name when there is none (DREDGE_USAGE). NULL gives `*index` unchanged. Outcomes are
 * those of the results, or those of a study that has none yet (study_outcome). */
STATUS_CHECKED dredge_status query_regime(const struct results_info *info, const char *name, int *index);
STATUS_CHECKED dredge_status query_outcome(const struct results_info *info, const char *name, int *index);
STATUS_CHECKED dredge_status query_study_outcome(const struct study *study, const char *name, int *index);

/* A number in an option's value; NULL gives `*number` unchanged. */
STATUS_CHECKED dredge_status query_number(const char *option, const char *text, double *number);

/* The same of a share, 0 to 1. */
STATUS_CHECKED dredge_status query_share(const char *option, const char *text, double *share);

struct query_target {
    struct target target;
    char name[3 * REGIME_NAME_BYTES + 64]; /* "structural_share: iterative minus linear_kpi" */
};

/* From the texts of --outcome, --regime and --difference ("A-B", two regimes), any NULL. Without regime and difference: the
 * last regime minus the first; of a file with one regime, that one. */
STATUS_CHECKED dredge_status query_target(const struct results_info *info, const char *outcome, const char *regime,
                                          const char *difference, struct query_target *target);

/* Lines, each ended, that say how much of the study is there and what a stopping rule has come to; "" when all runs are
 * done and there is no rule. */
enum { QUERY_LINES_BYTES = 400 };
void query_progress(const struct results_info *info, const struct precision *precision, char lines[QUERY_LINES_BYTES]);

/* The same printed for results. */
STATUS_CHECKED dredge_status query_print_progress(struct results *results);

/* A study some runs of which failed, though it was checked, has not done what was asked: DREDGE_FAILURE with their number
 * and the first reason. */
STATUS_CHECKED dredge_status query_failed_runs(struct results *results);

/* The same of a results file. */
STATUS_CHECKED dredge_status query_failed_in(const char *path);

/* A cell of a CSV file, quoted where it has to be. */
void query_csv_text(const char *text);
void query_csv_number(double number);

#endif
