/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_EXPORT_SOURCE_H
#define CLI_EXPORT_SOURCE_H

#include "cli/csv.h"
#include "result/results.h"
#include "study/study.h"

/* What the tables of dredge export are made from. */

/* Runs that are looked into anew, all where -1. */
struct export_choice {
    int point, regime, replicate, month;
    double threshold; /* of trust, from which two are linked */
};

/* The results with what their factors mean, if this program can read their study. */
struct export_source {
    struct results *results; /* borrowed */
    const struct results_info *info;
    const struct export_choice *choice; /* borrowed */
    struct study study;                 /* zeroed where it cannot be read */
};

/* Freed with export_source_close, safe on a zeroed one. */
STATUS_CHECKED dredge_status export_source_open(struct results *results, const struct export_choice *choice,
                                                struct export_source *source);
void export_source_close(struct export_source *source);

/* The cells that begin a line of every table, and their heads: the point and the values of its factors. */
void export_head_point(const struct export_source *source, struct csv *csv);
void export_put_point(const struct export_source *source, int point, struct csv *csv);

#endif
