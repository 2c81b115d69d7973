/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_SCENARIOS_H
#define REPORT_SCENARIOS_H

#include "analysis/comparison.h"
#include "report/language.h"
#include "result/results.h"

/* Several results side by side: the regimes that all of them have, each beside the same baseline. */

/* Open results, and the file they come from; both borrowed. */
struct scenario_source {
    struct results *results;
    const char *path;
};

struct scenario {
    struct results *results; /* borrowed */
    char *name; /* of the file without folders and ending, or its whole path where names are the same; owned */
    struct study study;
    struct comparison comparison;
    int *regime; /* [n_regimes] of struct scenarios: the number of each regime here, owned */
};

struct scenarios {
    int n;
    struct scenario *scenario; /* [n], owned */
    int n_regimes;
    const char **regimes; /* [n_regimes] that all have, the baseline first; owned, names borrowed from the results */
    int *is_unlike;       /* [n_regimes] 1 where a regime of this name is steered in different ways, owned */
    int n_left_out;       /* regimes that only some have */
    int n_outcomes;
    struct comparison_row *row; /* [n_outcomes] that any has, those of the table first; owned */
    int early;                  /* the yardstick of early relief that all have: an outcome of the table */
};

/* Compares the regimes of `n` results with `baseline` (NULL: the first one of the first results that all have). Results
 * without two regimes in common are refused (DREDGE_USAGE). Freed with
 * scenarios_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status scenarios_read(int n, const struct scenario_source *sources, const char *baseline,
                                            double at_least, struct scenarios *scenarios);
void scenarios_free(struct scenarios *scenarios);

/* What results number `scenario` say of an outcome under a regime that all have; NULL where they lack the outcome. */
const struct comparison_cell *scenarios_cell(const struct scenarios *scenarios, int scenario, const char *outcome,
                                             int regime);

/* In how many scenarios a regime has this verdict on an outcome. */
int scenarios_count(const struct scenarios *scenarios, const char *outcome, int regime, enum verdict verdict);

/* In how many scenarios a regime is compared with the baseline on an outcome; `*scale` becomes the largest mean of both in
 * any of them, by which their numbers are rounded. */
int scenarios_compared(const struct scenarios *scenarios, const char *outcome, int regime, double *scale);

/* ---- what is said of them (scenarios_said.c) ---- */

/* The title of a scenario in a language. */
const char *scenarios_title(const struct scenarios *scenarios, int scenario, enum language language);

/* In which scenarios a regime is clearly better than the baseline on an outcome of the table, and in which worse. `study`
 * gives labels; NULL: names as they stand in studies. */
enum { SCENARIOS_BYTES = 1024 };
void scenarios_sentence(const struct scenarios *scenarios, const struct study *study, int outcome, int regime,
                        enum language language, char sentence[SCENARIOS_BYTES]);

/* Tells one sentence after the other what has to be known before differences are read: regimes that are not the same
 * everywhere, regimes that only some have, runs that failed, files of several models, files that hold the same. `study` as above. */
void scenarios_cautions(const struct scenarios *scenarios, const struct study *study, enum language language,
                        void (*tell)(void *context, const char *sentence), void *context);

#endif
