/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/replay_people.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/network.h"
#include "base/output.h"
#include "cli/csv.h"

static const struct output_kind output_people = {"a table of dredge replay", "month,", NULL};
static const struct output_kind output_graph = {"a graph of dredge replay", "<?xml", "graphml"};

/* The files on their way, and room for what is measured. */
struct writing {
    const struct people *people;
    const struct study *study;
    struct csv persons, ties, network;
    struct files_writer graph;
    dredge_status graph_status;
    int n_months; /* of the run */
    /* [seats] but linked [seats * seats]; owned */
    int *seat, *group;
    unsigned char *linked;
    double *betweenness;
    struct network_room room;
};

int people_asked(const struct people *people)
{
    return people->persons != NULL || people->ties != NULL || people->network != NULL || people->graph != NULL;
}

dredge_status people_check(const struct people *people)
{
    const struct {
        const char *path;
        const struct output_kind *kind;
    } files[] = {{people->persons, &output_people},
                 {people->ties, &output_people},
                 {people->network, &output_people},
                 {people->graph, &output_graph}};
    dredge_status status = DREDGE_OK;
    for (int k = 0; k < 4 && status == DREDGE_OK; k++) {
        const struct output_options how = {
            .kind = files[k].kind, .force = people->force, .n_inputs = 1, .inputs = &people->input};
        for (int other = 0; other < k && files[k].path != NULL; other++) {
            if (files[other].path != NULL && strcmp(files[k].path, files[other].path) == 0) {
                return status_fail(DREDGE_USAGE, "%s is named twice", files[k].path);
            }
        }
        status = files[k].path == NULL ? DREDGE_OK : output_check(files[k].path, &how);
    }
    return status;
}

/* ---- names ---- */

static const char *sector_of(const struct scenario *scenario, int seat)
{
    return sector_names[scenario->plan.seat[seat].sector];
}

/* ---- the network of a month ---- */

/* Those at the table, linked where they trust each other enough. */
static struct network take_network(struct writing *writing, const struct scenario *scenario, const struct block *block,
                                   int lane)
{
    struct network network = {0, writing->linked};
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        if (block->inside[seat][lane]) {
            writing->group[network.n] = scenario->plan.seat[seat].sector;
            writing->seat[network.n++] = seat;
        }
    }
    for (int a = 0; a < network.n; a++) {
        for (int b = 0; b < network.n; b++) {
            int is_linked = a != b && (double)block->trust[plan_tie(writing->seat[a], writing->seat[b])][lane] >=
                                          writing->people->threshold;
            writing->linked[(size_t)a * (size_t)network.n + (size_t)b] = (unsigned char)is_linked;
        }
    }
    network_betweenness(&network, &writing->room, writing->betweenness);
    return network;
}

/* ---- tables ---- */

static void put_persons(struct writing *writing, const struct scenario *scenario, const struct block *block, int lane,
                        int collaboration, int month, int n_inside)
{
    struct csv *csv = &writing->persons;
    char name[WATCH_NAME_BYTES];
    int node = 0;
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        csv_whole(csv, month);
        csv_whole(csv, collaboration);
        csv_whole(csv, seat);
        csv_text(csv, watch_name(writing->study, scenario, seat, name));
        csv_text(csv, sector_of(scenario, seat));
        csv_whole(csv, block->inside[seat][lane]);
        csv_float(csv, block->momentum[seat][lane]);
        for (int axis = 0; axis < N_AXES; axis++) {
            csv_float(csv, block->frame[axis][seat][lane]);
        }
        if (node < n_inside && writing->seat[node] == seat) {
            csv_real(csv, writing->betweenness[node++]);
        } else {
            csv_missing(csv);
        }
        csv_end_line(csv);
    }
}

static void put_ties(struct writing *writing, const struct scenario *scenario, const struct block *block, int lane,
                     int collaboration, int month)
{
    struct csv *csv = &writing->ties;
    char names[2][WATCH_NAME_BYTES];
    for (int tie = 0; tie < scenario->plan.n_ties; tie++) {
        const struct pair *pair = &scenario->plan.pair[tie];
        csv_whole(csv, month);
        csv_whole(csv, collaboration);
        csv_text(csv, watch_name(writing->study, scenario, pair->i, names[0]));
        csv_text(csv, watch_name(writing->study, scenario, pair->j, names[1]));
        csv_text(csv, sector_of(scenario, pair->i));
        csv_text(csv, sector_of(scenario, pair->j));
        csv_whole(csv, block->inside[pair->i][lane] & block->inside[pair->j][lane]);
        csv_float(csv, block->trust[tie][lane]);
        csv_float(csv, block->latent[tie][lane]);
        csv_float(csv, block->open[tie][lane]);
        csv_end_line(csv);
    }
}

static void put_network(struct writing *writing, const struct network *network, int collaboration, int month)
{
    struct csv *csv = &writing->network;
    int broker = -1;
    for (int node = 0; node < network->n; node++) {
        int is_higher = broker < 0 || writing->betweenness[node] > writing->betweenness[broker];
        broker = writing->betweenness[node] > 0 && is_higher ? node : broker;
    }
    csv_whole(csv, month);
    csv_whole(csv, collaboration);
    csv_whole(csv, network->n);
    csv_real(csv, network_density(network));
    csv_real(csv, network_modularity(network, writing->group));
    if (broker < 0) {
        csv_missing(csv);
    } else {
        csv_whole(csv, writing->seat[broker]);
    }
    csv_end_line(csv);
}

/* ---- GraphML ---- */

static void put(struct writing *writing, const char *text)
{
    if (writing->graph_status == DREDGE_OK) {
        writing->graph_status = files_add(&writing->graph, strlen(text), text);
    }
}

/* Text inside an element. */
static void put_escaped(struct writing *writing, const char *text)
{
    char one[2] = "";
    for (; *text != '\0'; text++) {
        one[0] = *text;
        put(writing, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : one);
    }
}

static void put_data(struct writing *writing, const char *key, double value)
{
    char text[80];
    (void)snprintf(text, sizeof text, "<data key=\"%s\">%.9g</data>", key, value);
    put(writing, text);
}

static void put_graph(struct writing *writing, const struct scenario *scenario, const struct block *block, int lane)
{
    char text[200], name[WATCH_NAME_BYTES];
    put(writing, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
                 "<key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
                 "<key id=\"sector\" for=\"node\" attr.name=\"sector\" attr.type=\"string\"/>\n"
                 "<key id=\"inside\" for=\"node\" attr.name=\"inside\" attr.type=\"int\"/>\n"
                 "<key id=\"momentum\" for=\"node\" attr.name=\"momentum\" attr.type=\"double\"/>\n"
                 "<key id=\"trust\" for=\"edge\" attr.name=\"trust\" attr.type=\"double\"/>\n"
                 "<key id=\"latent\" for=\"edge\" attr.name=\"latent\" attr.type=\"double\"/>\n"
                 "<key id=\"open\" for=\"edge\" attr.name=\"open\" attr.type=\"double\"/>\n"
                 "<graph edgedefault=\"undirected\">\n");
    for (int seat = 0; seat < scenario->plan.n_seats; seat++) {
        (void)snprintf(text, sizeof text, "<node id=\"n%d\"><data key=\"name\">", seat);
        put(writing, text);
        put_escaped(writing, watch_name(writing->study, scenario, seat, name));
        put(writing, "</data><data key=\"sector\">");
        put(writing, sector_of(scenario, seat));
        put(writing, "</data>");
        put_data(writing, "inside", block->inside[seat][lane]);
        put_data(writing, "momentum", (double)block->momentum[seat][lane]);
        put(writing, "</node>\n");
    }
    for (int tie = 0; tie < scenario->plan.n_ties; tie++) {
        const struct pair *pair = &scenario->plan.pair[tie];
        (void)snprintf(text, sizeof text, "<edge source=\"n%d\" target=\"n%d\">", pair->i, pair->j);
        put(writing, text);
        put_data(writing, "trust", (double)block->trust[tie][lane]);
        put_data(writing, "latent", (double)block->latent[tie][lane]);
        put_data(writing, "open", (double)block->open[tie][lane]);
        put(writing, "</edge>\n");
    }
    put(writing, "</graph>\n</graphml>\n");
}

/* ---- the run ---- */

/* A watch_see. */
static void see(void *context, const struct scenario *scenario, const struct block *block, int lane, int collaboration,
                int month)
{
    struct writing *writing = context;
    const struct people *people = writing->people;
    struct network network = take_network(writing, scenario, block, lane);
    if (people->persons != NULL) {
        put_persons(writing, scenario, block, lane, collaboration, month, network.n);
    }
    if (people->ties != NULL) {
        put_ties(writing, scenario, block, lane, collaboration, month);
    }
    if (people->network != NULL) {
        put_network(writing, &network, collaboration, month);
    }
    int last = people->month < 0 ? writing->n_months : people->month;
    if (people->graph != NULL && collaboration == 0 && month == last) {
        put_graph(writing, scenario, block, lane);
    }
}

static dredge_status begin_table(struct csv *csv, const char *path, int n_columns, const char *const *columns)
{
    csv_begin(csv, 0);
    dredge_status status = path == NULL ? DREDGE_OK : files_begin(&csv->file, path);
    for (int column = 0; path != NULL && status == DREDGE_OK && column < n_columns; column++) {
        csv_text(csv, columns[column]);
    }
    if (path != NULL && status == DREDGE_OK) {
        csv_end_line(csv);
    }
    return status;
}

static dredge_status begin(struct writing *writing)
{
    static const char *const persons[] = {"month",    "collaboration", "seat",   "name",     "sector",     "inside",
                                          "momentum", "collective",    "action", "evidence", "betweenness"};
    static const char *const ties[] = {"month",     "collaboration", "from",  "to",     "from_sector",
                                       "to_sector", "inside",        "trust", "latent", "open"};
    static const char *const network[] = {"month", "collaboration", "insiders", "density", "modularity", "broker_seat"};
    const struct people *people = writing->people;
    dredge_status status = begin_table(&writing->persons, people->persons, 11, persons);
    if (status == DREDGE_OK) {
        status = begin_table(&writing->ties, people->ties, 10, ties);
    }
    if (status == DREDGE_OK) {
        status = begin_table(&writing->network, people->network, 6, network);
    }
    if (status == DREDGE_OK && people->graph != NULL) {
        status = files_begin(&writing->graph, people->graph);
    }
    return status;
}

static dredge_status end(struct writing *writing)
{
    const struct people *people = writing->people;
    dredge_status status = people->persons != NULL ? csv_end(&writing->persons) : DREDGE_OK;
    if (status == DREDGE_OK && people->ties != NULL) {
        status = csv_end(&writing->ties);
    }
    if (status == DREDGE_OK && people->network != NULL) {
        status = csv_end(&writing->network);
    }
    if (status == DREDGE_OK && people->graph != NULL) {
        status = writing->graph_status == DREDGE_OK ? files_commit(&writing->graph) : writing->graph_status;
    }
    return status;
}

static dredge_status make_room(struct writing *writing)
{
    enum { MOST_SEATS = N_SECTORS * 2 * 64 }; /* seats.inside and seats.outside are at most 64 each */
    size_t n = MOST_SEATS;
    writing->seat = calloc(n, sizeof *writing->seat);
    writing->group = calloc(n, sizeof *writing->group);
    writing->linked = calloc(n * n, 1);
    writing->betweenness = calloc(n, sizeof *writing->betweenness);
    writing->room.paths = calloc(n, sizeof(double));
    writing->room.depends = calloc(n, sizeof(double));
    writing->room.distance = calloc(n, sizeof(int));
    writing->room.order = calloc(n, sizeof(int));
    int is_there = writing->seat != NULL && writing->group != NULL && writing->linked != NULL &&
                   writing->betweenness != NULL && writing->room.paths != NULL && writing->room.depends != NULL &&
                   writing->room.distance != NULL && writing->room.order != NULL;
    return is_there ? DREDGE_OK : status_no_memory(n * n);
}

static void free_room(struct writing *writing)
{
    free(writing->seat);
    free(writing->group);
    free(writing->linked);
    free(writing->betweenness);
    free(writing->room.paths);
    free(writing->room.depends);
    free(writing->room.distance);
    free(writing->room.order);
}

/* Months of the run, with aftercare. */
static dredge_status count_months(const struct study *study, const struct watched *run, int *n_months)
{
    struct parameters parameters;
    char sentence[256];
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    if (regimes == NULL) {
        return status_no_memory((size_t)study->n_regimes * sizeof *regimes);
    }
    (void)study_point(study, run->point, &parameters, regimes, sizeof sentence, sentence);
    free(regimes);
    *n_months = parameters.months + parameters.aftercare_months;
    return DREDGE_OK;
}

dredge_status people_write(const struct people *people, const struct study *study, const struct watched *run)
{
    struct writing writing = {.people = people, .study = study, .graph_status = DREDGE_OK};
    dredge_status status = count_months(study, run, &writing.n_months);
    if (status == DREDGE_OK && people->month > writing.n_months) {
        status = status_fail(DREDGE_USAGE, "--month %d: the run has %d months", people->month, writing.n_months);
    }
    if (status == DREDGE_OK) {
        status = make_room(&writing);
    }
    if (status == DREDGE_OK) {
        status = begin(&writing);
    }
    if (status == DREDGE_OK) {
        status = watch_run(study, run, see, &writing);
    }
    if (status == DREDGE_OK) {
        status = end(&writing);
    }
    files_abandon(&writing.persons.file);
    files_abandon(&writing.ties.file);
    files_abandon(&writing.network.file);
    files_abandon(&writing.graph);
    free_room(&writing);
    return status;
}
