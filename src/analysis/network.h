/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_NETWORK_H
#define ANALYSIS_NETWORK_H

/* Measures of a network of people: nodes 0 .. n - 1, with a line between two where `linked` ([n * n], symmetric, its diagonal
 * not looked at) is not 0. */
struct network {
    int n;
    const unsigned char *linked;
};

/* The share of pairs that are linked; NaN with fewer than two nodes. */
double network_density(const struct network *network);

/* How much more lines there are within groups than chance would put there (Newman & Girvan 2004), `group` ([n]) of each node;
 * NaN without lines. */
double network_modularity(const struct network *network, const int *group);

/* Of each node, on how many shortest paths between others it lies; where there are several between two, each counts its
 * share (Freeman 1977, by the algorithm of Brandes 2001). `room` is the caller's. */
struct network_room {
    double *paths, *depends; /* [n] each */
    int *distance, *order;   /* [n] each */
};
void network_betweenness(const struct network *network, const struct network_room *room, double *betweenness);

#endif
