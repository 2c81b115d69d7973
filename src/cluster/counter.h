/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLUSTER_COUNTER_H
#define CLUSTER_COUNTER_H

#include <pthread.h>
#include <stdatomic.h>

#include <mpi.h>

/* A number that all ranks count up together. Rank 0 keeps it, and a thread of rank 0 answers the others, so that it is
 * served while rank 0 computes. Plain messages: one-sided communication is not there on every network. */

struct counter {
    MPI_Comm ranks; /* a communicator of its own, so that its messages meet no others */
    int rank, n_ranks;
    int shared; /* 0: MPI knows no threads, and each rank counts every n_ranks-th number by itself */
    long long own;
    atomic_llong next; /* on rank 0 */
    pthread_t server;  /* on rank 0 */
};

/* By all ranks, after MPI_Init_thread. When no thread can be had, numbers are divided evenly instead. */
void counter_begin(struct counter *counter);

/* The next number that no rank has had, from 0. */
long long counter_next(struct counter *counter);

/* By all ranks, when they need no more numbers. */
void counter_end(struct counter *counter);

#endif
