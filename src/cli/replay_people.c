/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/replay_people.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "cli/people_tables.h"

static const struct output_kind output_people = {"a table of dredge replay", "month,", NULL};
static const struct output_kind output_graph = {"a graph of dredge replay", "<?xml", "graphml"};

/* The files on their way, and room for what is measured. */
struct writing {
    const struct people *people;
    struct people_view view;
    struct csv persons, ties, network;
    struct files_writer graph;
    dredge_status graph_status;
    int n_months; /* of the run */
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
            if (files[other].path != NULL && output_is_same(files[k].path, files[other].path)) {
                return status_fail(DREDGE_USAGE, "%s and %s are one file", files[other].path, files[k].path);
            }
        }
        status = files[k].path == NULL ? DREDGE_OK : output_check(files[k].path, &how);
    }
    return status;
}

/* ---- the network ---- */

static void put_network(struct writing *writing, const struct network *network, int collaboration, int month)
{
    struct csv *csv = &writing->network;
    int broker = -1;
    for (int node = 0; node < network->n; node++) {
        int is_higher = broker < 0 || writing->view.betweenness[node] > writing->view.betweenness[broker];
        broker = writing->view.betweenness[node] > 0 && is_higher ? node : broker;
    }
    csv_whole(csv, month);
    csv_whole(csv, collaboration);
    csv_whole(csv, network->n);
    csv_real(csv, network_density(network));
    csv_real(csv, network_modularity(network, writing->view.group));
    if (broker < 0) {
        csv_missing(csv);
    } else {
        csv_whole(csv, writing->view.seat[broker]);
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
        put_escaped(writing, watch_name(writing->view.study, scenario, seat, name));
        put(writing, "</data><data key=\"sector\">");
        put(writing, people_sector(scenario, seat));
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
    const struct people_moment moment = {scenario, block, lane, collaboration, month};
    const struct people_line line = {NULL, NULL};
    struct network network = people_network(&writing->view, &moment);
    if (people->persons != NULL) {
        people_put_persons(&writing->view, &moment, &network, &line, &writing->persons);
    }
    if (people->ties != NULL) {
        people_put_ties(&writing->view, &moment, &line, &writing->ties);
    }
    if (people->network != NULL) {
        put_network(writing, &network, collaboration, month);
    }
    int last = people->month < 0 ? writing->n_months : people->month;
    if (people->graph != NULL && collaboration == 0 && month == last) {
        put_graph(writing, scenario, block, lane);
    }
}

/* Opens a table that is asked for, and names its columns. */
static dredge_status begin_table(struct csv *csv, const char *path, void (*head)(struct csv *))
{
    csv_begin(csv, 0);
    dredge_status status = path == NULL ? DREDGE_OK : files_begin(&csv->file, path);
    if (path != NULL && status == DREDGE_OK) {
        head(csv);
    }
    return status;
}

static void head_network(struct csv *csv)
{
    static const char *const columns[] = {"month", "collaboration", "insiders", "density", "modularity", "broker_seat"};
    for (size_t column = 0; column < sizeof columns / sizeof *columns; column++) {
        csv_text(csv, columns[column]);
    }
    csv_end_line(csv);
}

static dredge_status begin(struct writing *writing)
{
    const struct people *people = writing->people;
    dredge_status status = begin_table(&writing->persons, people->persons, people_head_persons);
    if (status == DREDGE_OK) {
        status = begin_table(&writing->ties, people->ties, people_head_ties);
    }
    if (status == DREDGE_OK) {
        status = begin_table(&writing->network, people->network, head_network);
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
    struct writing writing = {.people = people, .graph_status = DREDGE_OK};
    dredge_status status = count_months(study, run, &writing.n_months);
    if (status == DREDGE_OK && people->month > writing.n_months) {
        status = status_fail(DREDGE_USAGE, "--month %d: the run has %d months", people->month, writing.n_months);
    }
    if (status == DREDGE_OK) {
        status = people_view_init(&writing.view, study, people->threshold);
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
    people_view_free(&writing.view);
    return status;
}
