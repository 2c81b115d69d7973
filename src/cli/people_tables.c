/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/people_tables.h"

#include <stdlib.h>

#include "run/watch.h"

/* ---- the view ---- */

dredge_status people_view_init(struct people_view *view, const struct study *study, double threshold)
{
    enum { MOST_SEATS = N_SECTORS * 2 * 64 }; /* seats.inside and seats.outside are at most 64 each */
    size_t n = MOST_SEATS;
    *view = (struct people_view){.study = study, .threshold = threshold};
    view->seat = calloc(n, sizeof *view->seat);
    view->group = calloc(n, sizeof *view->group);
    view->linked = calloc(n * n, 1);
    view->betweenness = calloc(n, sizeof *view->betweenness);
    view->room.paths = calloc(n, sizeof(double));
    view->room.depends = calloc(n, sizeof(double));
    view->room.distance = calloc(n, sizeof(int));
    view->room.order = calloc(n, sizeof(int));
    int is_there = view->seat != NULL && view->group != NULL && view->linked != NULL && view->betweenness != NULL &&
                   view->room.paths != NULL && view->room.depends != NULL && view->room.distance != NULL &&
                   view->room.order != NULL;
    return is_there ? DREDGE_OK : status_no_memory(n * n);
}

void people_view_free(struct people_view *view)
{
    free(view->seat);
    free(view->group);
    free(view->linked);
    free(view->betweenness);
    free(view->room.paths);
    free(view->room.depends);
    free(view->room.distance);
    free(view->room.order);
    *view = (struct people_view){.study = NULL};
}

const char *people_sector(const struct scenario *scenario, int seat)
{
    return sector_names[scenario->plan.seat[seat].sector];
}

struct network people_network(struct people_view *view, const struct people_moment *moment)
{
    const struct plan *plan = &moment->scenario->plan;
    const struct block *block = moment->block;
    struct network network = {0, view->linked};
    for (int seat = 0; seat < plan->n_seats; seat++) {
        if (block->inside[seat][moment->lane]) {
            view->group[network.n] = plan->seat[seat].sector;
            view->seat[network.n++] = seat;
        }
    }
    for (int a = 0; a < network.n; a++) {
        for (int b = 0; b < network.n; b++) {
            int is_linked =
                a != b && (double)block->trust[plan_tie(view->seat[a], view->seat[b])][moment->lane] >= view->threshold;
            view->linked[(size_t)a * (size_t)network.n + (size_t)b] = (unsigned char)is_linked;
        }
    }
    network_betweenness(&network, &view->room, view->betweenness);
    return network;
}

/* ---- rows ---- */

static void put_head(struct csv *csv, int n_columns, const char *const *columns)
{
    for (int column = 0; column < n_columns; column++) {
        csv_text(csv, columns[column]);
    }
    csv_end_line(csv);
}

void people_head_persons(struct csv *csv)
{
    static const char *const columns[] = {"month",    "collaboration", "seat",   "name",     "sector",     "inside",
                                          "momentum", "collective",    "action", "evidence", "betweenness"};
    put_head(csv, sizeof columns / sizeof *columns, columns);
}

void people_head_ties(struct csv *csv)
{
    static const char *const columns[] = {"month",     "collaboration", "from",  "to",     "from_sector",
                                          "to_sector", "inside",        "trust", "latent", "open"};
    put_head(csv, sizeof columns / sizeof *columns, columns);
}

static void begin_row(const struct people_moment *moment, const struct people_line *line, struct csv *csv)
{
    if (line->begin != NULL) {
        line->begin(line->context, csv);
    }
    csv_whole(csv, moment->month);
    csv_whole(csv, moment->collaboration);
}

void people_put_persons(const struct people_view *view, const struct people_moment *moment,
                        const struct network *network, const struct people_line *line, struct csv *csv)
{
    const struct scenario *scenario = moment->scenario;
    const struct block *block = moment->block;
    char name[WATCH_NAME_BYTES];
    int node = 0, lane = moment->lane;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        begin_row(moment, line, csv);
        csv_whole(csv, seat);
        csv_text(csv, watch_name(view->study, scenario, seat, name));
        csv_text(csv, people_sector(scenario, seat));
        csv_whole(csv, block->inside[seat][lane]);
        csv_float(csv, block->momentum[seat][lane]);
        for (int axis = 0; axis < N_AXES; axis++) {
            csv_float(csv, block->frame[axis][seat][lane]);
        }
        if (node < network->n && view->seat[node] == seat) {
            csv_real(csv, view->betweenness[node++]);
        } else {
            csv_missing(csv);
        }
        csv_end_line(csv);
    }
}

void people_put_ties(const struct people_view *view, const struct people_moment *moment, const struct people_line *line,
                     struct csv *csv)
{
    const struct scenario *scenario = moment->scenario;
    const struct block *block = moment->block;
    char names[2][WATCH_NAME_BYTES];
    int lane = moment->lane;
    for (int tie = 0; tie < scenario->plan.n_ties; tie++) {
        const struct pair *pair = &scenario->plan.pair[tie];
        begin_row(moment, line, csv);
        csv_text(csv, watch_name(view->study, scenario, pair->i, names[0]));
        csv_text(csv, watch_name(view->study, scenario, pair->j, names[1]));
        csv_text(csv, people_sector(scenario, pair->i));
        csv_text(csv, people_sector(scenario, pair->j));
        csv_whole(csv, block->inside[pair->i][lane] & block->inside[pair->j][lane]);
        csv_float(csv, block->trust[tie][lane]);
        csv_float(csv, block->latent[tie][lane]);
        csv_float(csv, block->open[tie][lane]);
        csv_end_line(csv);
    }
}
