/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dredge-mpi: the command `run` by all ranks of one allocation. Ranks take chunks of the study from a counter that they
 * read and raise by one-sided atomics; a large world is stepped by all of them, whose exact sums meet every month. */
#include <limits.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <mpi.h>

#include "cli/out.h"
#include "cli/run_study.h"

struct ranks {
    int rank;
    MPI_Win counter; /* one number, on rank 0: the next chunk */
};

static dredge_status ranks_agree(void *context, dredge_status own, int *speaks)
{
    const struct ranks *ranks = context;
    int mine[2] = {(int)own, own == DREDGE_OK ? INT_MAX : ranks->rank};
    int worst;
    int speaker;
    (void)MPI_Allreduce(&mine[0], &worst, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    (void)MPI_Allreduce(&mine[1], &speaker, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    *speaks = speaker == ranks->rank;
    return (dredge_status)worst;
}

static long long ranks_next(void *context, long long n_chunks)
{
    const struct ranks *ranks = context;
    const long long one = 1;
    long long chunk = n_chunks;
    (void)MPI_Fetch_and_op(&one, &chunk, MPI_LONG_LONG, 0, 0, MPI_SUM, ranks->counter);
    (void)MPI_Win_flush(0, ranks->counter);
    return chunk;
}

/* MPI counts with int, so long sums go in pieces. */
static void ranks_all_sum(void *context, size_t n, int64_t *values)
{
    (void)context;
    const size_t piece = 1 << 24;
    for (size_t first = 0; first < n; first += piece) {
        size_t rest = n - first;
        int count = (int)(rest < piece ? rest : piece);
        (void)MPI_Allreduce(MPI_IN_PLACE, values + first, count, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
    }
}

static void ranks_abandon(void *context, int exit_status)
{
    (void)context;
    (void)MPI_Abort(MPI_COMM_WORLD, exit_status);
}

static int run(int argc, char **argv)
{
    struct ranks ranks;
    struct crew crew = {.context = &ranks,
                        .agree = ranks_agree,
                        .next = ranks_next,
                        .all_sum = ranks_all_sum,
                        .abandon = ranks_abandon};
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &crew.rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &crew.n_ranks);
    ranks.rank = crew.rank;
    long long *memory;
    MPI_Aint n_bytes = crew.rank == 0 ? (MPI_Aint)sizeof *memory : 0;
    (void)MPI_Win_allocate(n_bytes, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &memory, &ranks.counter);
    if (crew.rank == 0) {
        *memory = 0;
    }
    (void)MPI_Barrier(MPI_COMM_WORLD);
    (void)MPI_Win_lock_all(MPI_MODE_NOCHECK, ranks.counter);
    int status = run_study_command(argc, argv, &crew);
    (void)MPI_Win_unlock_all(ranks.counter);
    (void)MPI_Win_free(&ranks.counter);
    return status;
}

int main(int argc, char **argv)
{
    int level;
    (void)gsl_set_error_handler_off();
    out_begin();
    if (argc < 2 || strcmp(argv[1], "run") != 0) {
        out_tell("Usage: mpirun -n N dredge-mpi run STUDY.yaml [the options of `dredge run`]\n");
        return 2;
    }
    (void)MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &level);
    int status = out_end(argv[1], run(argc - 1, argv + 1));
    (void)MPI_Finalize();
    return status;
}
