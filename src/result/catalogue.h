/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_CATALOGUE_H
#define RESULT_CATALOGUE_H

#include "base/status.h"
#include "model/outcomes.h"
#include "study/study.h"

/* The names of what runs hold. It travels with them, so that whoever reads asks by name and takes what is there: files of
 * other tables of outcomes than this program's stay readable. */

/* An outcome or a series: one number (of a month), or one per sector or pair of sectors. Each number is a column; columns
 * stand in the order of the rows. */
struct catalogue_row {
    const char *name, *unit;
    int better;     /* +1 more is better, -1 less is better, 0 neither */
    double matters; /* outcomes: the smallest difference that matters; 0: 2% of the baseline's mean */
    double top;     /* series: summaries resolve values in 0 .. top */
    const char *long_name, *description;
    enum dimension dimension;
    int column, n_columns;
};

struct catalogue {
    int n_outcomes, n_series; /* rows */
    int n_outcome_columns, n_series_columns;
    struct catalogue_row *outcome, *series; /* [n_outcomes], [n_series], owned */
    char *texts;                            /* what the rows point into, owned; NULL: the tables of this program */
};

/* What the runs of a study hold, by the tables of this program; freed with catalogue_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status catalogue_of_study(const struct study *study, struct catalogue *catalogue);
void catalogue_free(struct catalogue *catalogue);

/* As lines of text, a row each, its fields separated by tabs: kind (outcome, series), name, unit, better, matters or top,
 * dimension (scalar, sector, sector_pair), long name, description. The caller frees it; NULL when out of memory. */
char *catalogue_text(const struct catalogue *catalogue);

/* Reads such lines; `file` is their source in messages (DREDGE_FILE). */
STATUS_CHECKED dredge_status catalogue_read(const char *file, const char *text, struct catalogue *catalogue);

/* The row with this name, -1 when there is none. */
int catalogue_outcome(const struct catalogue *catalogue, const char *name);
int catalogue_series(const struct catalogue *catalogue, const char *name);

/* The column with this name, -1 when there is none: "trust_end", "momentum_end_by_sector[public]". */
int catalogue_outcome_column(const struct catalogue *catalogue, const char *name);
int catalogue_series_column(const struct catalogue *catalogue, const char *name);

/* "scalar", "sector", "sector_pair" */
extern const char *const dimension_names[3];

/* How many numbers a row of this dimension has, and the names of its places (NULL for a scalar). */
int dimension_size(enum dimension dimension);
const char *const *dimension_places(enum dimension dimension);

#endif
