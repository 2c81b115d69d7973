/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PEOPLE_TABLES_H
#define CLI_PEOPLE_TABLES_H

#include "analysis/network.h"
#include "cli/csv.h"
#include "engine/block.h"
#include "engine/scenario.h"
#include "study/study.h"

/* Who sits, and what lies between them, as rows of a table: what dredge replay and dredge export write of a run. */

/* A look at collaborations of a study, with the network of those at the table. */
struct people_view {
    const struct study *study; /* borrowed */
    double threshold;          /* of trust, from which two are linked */
    /* [seats] but linked [seats * seats]; owned */
    int *seat, *group; /* of those at the table: their seat and sector */
    unsigned char *linked;
    double *betweenness;
    struct network_room room;
};

/* What stands before a row's own cells; `begin` NULL: nothing. */
struct people_line {
    void (*begin)(const void *context, struct csv *csv);
    const void *context;
};

/* A collaboration in a month. */
struct people_moment {
    const struct scenario *scenario;
    const struct block *block;
    int lane, collaboration, month;
};

/* Freed with people_view_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status people_view_init(struct people_view *view, const struct study *study, double threshold);
void people_view_free(struct people_view *view);

const char *people_sector(const struct scenario *scenario, int seat);

/* Those at the table, linked where they trust each other enough; fills seat, group and betweenness. */
struct network people_network(struct people_view *view, const struct people_moment *moment);

/* The names of the columns, and a row per seat or per tie. Rows of persons need the network of the moment. */
void people_head_persons(struct csv *csv);
void people_head_ties(struct csv *csv);
void people_put_persons(const struct people_view *view, const struct people_moment *moment,
                        const struct network *network, const struct people_line *line, struct csv *csv);
void people_put_ties(const struct people_view *view, const struct people_moment *moment, const struct people_line *line,
                     struct csv *csv);

#endif
