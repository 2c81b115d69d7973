/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/network.h"
#include "testing.h"

enum { MOST = 32 };

/* A graph, and what is measured of it. */
struct graph {
    int n, group[MOST], distance[MOST], order[MOST];
    unsigned char linked[MOST * MOST];
    double betweenness[MOST], paths[MOST], depends[MOST];
};

static void link_nodes(struct graph *graph, int a, int b)
{
    graph->linked[a * graph->n + b] = graph->linked[b * graph->n + a] = 1;
}

static struct network measure(struct graph *graph)
{
    struct network network = {graph->n, graph->linked};
    struct network_room room = {graph->paths, graph->depends, graph->distance, graph->order};
    network_betweenness(&network, &room, graph->betweenness);
    return network;
}

/* A path of five: the middle lies between 2 x 2 pairs, its neighbours between 3. Two groups of a path of 2 and of 3: m = 4,
 * of which 3 lines within; degrees sum to 3 and 5, so Q = 3/4 - (9 + 25)/64. */
static void test_path(void **state)
{
    (void)state;
    struct graph graph = {.n = 5, .group = {0, 0, 1, 1, 1}};
    for (int node = 0; node < 4; node++) {
        link_nodes(&graph, node, node + 1);
    }
    graph.linked[0] = 1; /* a node with itself means nothing */
    struct network network = measure(&graph);
    static const double expected[] = {0, 3, 4, 3, 0};
    for (int node = 0; node < 5; node++) {
        assert_close(graph.betweenness[node], expected[node], 1e-12);
    }
    assert_close(network_density(&network), 0.4, 1e-12);
    assert_close(network_modularity(&network, graph.group), 0.75 - 34.0 / 64, 1e-12);
}

/* A star of seven: all 15 pairs of leaves meet in the middle. A square: each of two opposite ones carries half. */
static void test_shapes(void **state)
{
    (void)state;
    struct graph star = {.n = 7}, square = {.n = 4}, one = {.n = 1};
    for (int leaf = 1; leaf < 7; leaf++) {
        link_nodes(&star, 0, leaf);
    }
    (void)measure(&star);
    assert_close(star.betweenness[0], 15, 1e-12);
    assert_close(star.betweenness[3], 0, 0);
    for (int node = 0; node < 4; node++) {
        link_nodes(&square, node, (node + 1) % 4);
    }
    (void)measure(&square);
    assert_close(square.betweenness[2], 0.5, 1e-12);
    struct network network = measure(&one);
    assert_true(isnan(network_density(&network)));
    assert_true(isnan(network_modularity(&network, one.group)));
}

/* igraph's answers to eight graphs (tests/peers/test_network.py). */
static void test_igraph(void **state)
{
    (void)state;
    const char *top = getenv("DREDGE_SOURCE");
    char path[512];
    (void)snprintf(path, sizeof path, "%s/tests/data/network/igraph.txt", top != NULL ? top : ".");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    int n_graphs = 0, n_lines;
    struct graph graph;
    while (memset(&graph, 0, sizeof graph), fscanf(file, "%d %d", &graph.n, &n_lines) == 2) {
        assert_in_range(graph.n, 1, MOST);
        for (int node = 0; node < graph.n; node++) {
            assert_int_equal(fscanf(file, "%d", &graph.group[node]), 1);
        }
        for (int line = 0, a, b; line < n_lines; line++) {
            assert_int_equal(fscanf(file, "%d %d", &a, &b), 2);
            link_nodes(&graph, a, b);
        }
        struct network network = measure(&graph);
        double density, modularity, betweenness;
        assert_int_equal(fscanf(file, "%lf %lf", &density, &modularity), 2);
        assert_close(network_density(&network), density, 1e-12);
        if (n_lines == 0) {
            assert_true(isnan(network_modularity(&network, graph.group)) && isnan(modularity));
        } else {
            assert_close(network_modularity(&network, graph.group), modularity, 1e-12);
        }
        for (int node = 0; node < graph.n; node++) {
            assert_int_equal(fscanf(file, "%lf", &betweenness), 1);
            assert_close(graph.betweenness[node], betweenness, 1e-9);
        }
        n_graphs++;
    }
    assert_int_equal(n_graphs, 8);
    assert_int_equal(fclose(file), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_path), cmocka_unit_test(test_shapes),
                                       cmocka_unit_test(test_igraph)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
