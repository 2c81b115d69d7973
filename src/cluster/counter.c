/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cluster/counter.h"

#include <time.h>

enum { ASK, ANSWER, LEAVE }; /* tags */

/* Answers until all others have left. MPI waits by spinning, which would take a core from the runs: look, and sleep. */
static void *serve(void *context)
{
    struct counter *counter = context;
    int n_left = 0;
    while (n_left < counter->n_ranks - 1) {
        int there = 0;
        MPI_Status status;
        (void)MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, counter->ranks, &there, &status);
        if (!there) {
            const struct timespec moment = {.tv_nsec = 500000};
            (void)nanosleep(&moment, NULL);
            continue;
        }
        (void)MPI_Recv(NULL, 0, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG, counter->ranks, MPI_STATUS_IGNORE);
        if (status.MPI_TAG == LEAVE) {
            n_left++;
        } else {
            long long number = atomic_fetch_add(&counter->next, 1);
            (void)MPI_Send(&number, 1, MPI_LONG_LONG, status.MPI_SOURCE, ANSWER, counter->ranks);
        }
    }
    return NULL;
}

void counter_begin(struct counter *counter)
{
    int level;
    (void)MPI_Comm_dup(MPI_COMM_WORLD, &counter->ranks);
    (void)MPI_Comm_rank(counter->ranks, &counter->rank);
    (void)MPI_Comm_size(counter->ranks, &counter->n_ranks);
    (void)MPI_Query_thread(&level);
    counter->own = counter->rank;
    atomic_init(&counter->next, 0);
    counter->shared = level >= MPI_THREAD_MULTIPLE;
    if (counter->shared && counter->rank == 0) {
        counter->shared = pthread_create(&counter->server, NULL, serve, counter) == 0;
    }
    (void)MPI_Bcast(&counter->shared, 1, MPI_INT, 0, counter->ranks);
}

long long counter_next(struct counter *counter)
{
    long long number;
    if (!counter->shared) {
        number = counter->own;
        counter->own += counter->n_ranks;
    } else if (counter->rank == 0) {
        number = atomic_fetch_add(&counter->next, 1);
    } else {
        (void)MPI_Send(NULL, 0, MPI_BYTE, 0, ASK, counter->ranks);
        (void)MPI_Recv(&number, 1, MPI_LONG_LONG, 0, ANSWER, counter->ranks, MPI_STATUS_IGNORE);
    }
    return number;
}

void counter_end(struct counter *counter)
{
    if (counter->shared && counter->rank == 0) {
        (void)pthread_join(counter->server, NULL);
    } else if (counter->shared) {
        (void)MPI_Send(NULL, 0, MPI_BYTE, 0, LEAVE, counter->ranks);
    }
    (void)MPI_Comm_free(&counter->ranks);
}
