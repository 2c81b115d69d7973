/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RUN_STUDY_H
#define CLI_RUN_STUDY_H

#include "base/status.h"
#include "engine/world.h"

/* The command `run`, by one process or by a crew of several that share one study and one output. */

struct crew {
    int rank, n_ranks;
    void *context;
    /* The worst status of all members; *speaks is 1 on the one member that should print its sentence. */
    dredge_status (*agree)(void *context, dredge_status own, int *speaks);
    /* The next chunk of work, counted by all members together. */
    long long (*next)(void *context, long long n_chunks);
    /* Sums over all members, which step one world together. */
    world_all_sum *all_sum;
    /* Ends all members at once with this exit status. */
    void (*abandon)(void *context, int exit_status);
};

/* Is this the process that writes and prints? */
static inline int crew_is_first(const struct crew *crew)
{
    return crew == NULL || crew->rank == 0;
}

/* `crew` NULL: one process. Returns the exit status. */
int run_study_command(int argc, char **argv, const struct crew *crew);

#endif
