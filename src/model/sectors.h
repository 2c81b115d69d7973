/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_SECTORS_H
#define MODEL_SECTORS_H

/* The sectors, and the pairs of sectors between which there are ties. */

enum sector { SECTOR_PUBLIC, SECTOR_PRIVATE, SECTOR_NONPROFIT, SECTOR_KNOWLEDGE, N_SECTORS };

/* Pairs in the order public-public, public-private, ..., knowledge-knowledge. */
enum { N_SECTOR_PAIRS = N_SECTORS * (N_SECTORS + 1) / 2 };

/* "public", "private", "nonprofit", "knowledge". */
extern const char *const sector_names[N_SECTORS];

/* "public-public", "public-private", ... */
extern const char *const sector_pair_names[N_SECTOR_PAIRS];

/* The pair of two sectors, in either order. */
static inline int sector_pair(int a, int b)
{
    int low = a < b ? a : b;
    int high = a < b ? b : a;
    return low * N_SECTORS - low * (low - 1) / 2 + (high - low);
}

/* Is it a pair of one sector with itself? */
static inline int sector_pair_is_within(int pair)
{
    return pair == sector_pair(SECTOR_PUBLIC, SECTOR_PUBLIC) || pair == sector_pair(SECTOR_PRIVATE, SECTOR_PRIVATE) ||
           pair == sector_pair(SECTOR_NONPROFIT, SECTOR_NONPROFIT) ||
           pair == sector_pair(SECTOR_KNOWLEDGE, SECTOR_KNOWLEDGE);
}

#endif
