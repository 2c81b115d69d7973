/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_REPLAY_PEOPLE_H
#define CLI_REPLAY_PEOPLE_H

#include "run/watch.h"

/* Who did what in a run that is replayed: files that a user asked for; NULL where not. */
struct people {
    const char *persons, *ties, *network, *graph; /* names of files */
    double threshold;                             /* of trust, from which two are linked */
    int month;                                    /* of the graph; -1: the last */
    int force;
    const char *input; /* the results file, which none of them may replace */
};

/* Is any of them asked for? */
int people_asked(const struct people *people);

/* May they be written? Asked before the work starts. */
STATUS_CHECKED dredge_status people_check(const struct people *people);

/* Runs it again and writes them. */
STATUS_CHECKED dredge_status people_write(const struct people *people, const struct study *study,
                                          const struct watched *run);

#endif
