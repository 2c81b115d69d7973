/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/network.h"

#include <math.h>
#include <stddef.h>

static int is_linked(const struct network *network, int a, int b)
{
    return a != b && network->linked[(size_t)a * (size_t)network->n + (size_t)b] != 0;
}

static int n_links(const struct network *network)
{
    int n = 0;
    for (int a = 0; a < network->n; a++) {
        for (int b = 0; b < a; b++) {
            n += is_linked(network, a, b);
        }
    }
    return n;
}

double network_density(const struct network *network)
{
    double n_pairs = 0.5 * network->n * (network->n - 1);
    return network->n > 1 ? n_links(network) / n_pairs : (double)NAN;
}

double network_modularity(const struct network *network, const int *group)
{
    double m = n_links(network), sum = 0;
    if (!(m > 0)) {
        return (double)NAN;
    }
    for (int a = 0; a < network->n; a++) {
        for (int b = 0; b < network->n; b++) {
            double degrees[2] = {0, 0};
            for (int c = 0; c < network->n && group[a] == group[b]; c++) {
                degrees[0] += is_linked(network, a, c);
                degrees[1] += is_linked(network, b, c);
            }
            sum += group[a] == group[b] ? is_linked(network, a, b) - degrees[0] * degrees[1] / (2 * m) : 0;
        }
    }
    return sum / (2 * m);
}

/* Distances and numbers of shortest paths from `source`, breadth first; how many nodes are reached, in `order`. */
static int walk(const struct network *network, int source, const struct network_room *room)
{
    for (int node = 0; node < network->n; node++) {
        room->distance[node] = -1;
        room->paths[node] = room->depends[node] = 0;
    }
    room->distance[source] = 0;
    room->paths[source] = 1;
    room->order[0] = source;
    int n_reached = 1;
    for (int place = 0; place < n_reached; place++) {
        int at = room->order[place];
        for (int next = 0; next < network->n; next++) {
            if (!is_linked(network, at, next)) {
                continue;
            }
            if (room->distance[next] < 0) {
                room->distance[next] = room->distance[at] + 1;
                room->order[n_reached++] = next;
            }
            if (room->distance[next] == room->distance[at] + 1) {
                room->paths[next] += room->paths[at];
            }
        }
    }
    return n_reached;
}

void network_betweenness(const struct network *network, const struct network_room *room, double *betweenness)
{
    for (int node = 0; node < network->n; node++) {
        betweenness[node] = 0;
    }
    for (int source = 0; source < network->n; source++) {
        int n_reached = walk(network, source, room);
        for (int place = n_reached - 1; place > 0; place--) { /* the farthest first; not the source */
            int at = room->order[place];
            for (int before = 0; before < network->n; before++) {
                if (is_linked(network, at, before) && room->distance[before] == room->distance[at] - 1) {
                    room->depends[before] += room->paths[before] / room->paths[at] * (1 + room->depends[at]);
                }
            }
            betweenness[at] += room->depends[at] / 2; /* each pair is met from both its ends */
        }
    }
}
