/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dredge-mpi: the commands `run` and `calibrate` by all ranks of one allocation. Ranks take chunks of the study from one
 * counter; a large world is stepped by all of them, whose exact sums meet every month. A calibration's settings are divided
 * among them at each step. */
#include <limits.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <mpi.h>

#include "cli/arguments.h"
#include "cli/calibrate_command.h"
#include "cli/out.h"
#include "cli/run_study.h"
#include "cluster/counter.h"

struct ranks {
    int rank;
    struct counter chunks;
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
    struct ranks *ranks = context;
    (void)n_chunks;
    return counter_next(&ranks->chunks);
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

/* Ranks that do different things would wait for each other in vain. */
static int is_same_command(int is_run)
{
    int commands[2] = {is_run, !is_run};
    (void)MPI_Allreduce(MPI_IN_PLACE, commands, 2, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return !(commands[0] && commands[1]);
}

static int run(int argc, char **argv)
{
    int is_run = strcmp(argv[0], "run") == 0;
    struct ranks ranks;
    struct crew crew = {.context = &ranks,
                        .agree = ranks_agree,
                        .next = ranks_next,
                        .all_sum = ranks_all_sum,
                        .abandon = ranks_abandon};
    (void)MPI_Comm_rank(MPI_COMM_WORLD, &crew.rank);
    (void)MPI_Comm_size(MPI_COMM_WORLD, &crew.n_ranks);
    ranks.rank = crew.rank;
    if (!is_same_command(is_run)) {
        if (crew_is_first(&crew)) {
            out_tell("dredge-mpi: some ranks are to run and some to calibrate; give all the same command\n");
        }
        return 2;
    }
    counter_begin(&ranks.chunks);
    int status = is_run ? run_study_command(argc, argv, &crew) : calibrate_command(argc, argv, &crew);
    counter_end(&ranks.chunks);
    return status;
}

static const char usage[] =
    "Usage: mpirun -n N dredge-mpi run|calibrate STUDY.yaml [the options of `dredge` with that command]\n";

int main(int argc, char **argv)
{
    int level; /* what is given instead of what is asked for; the counter asks again */
    (void)gsl_set_error_handler_off();
    out_begin();
    const char *word = argc < 2 ? "" : argv[1];
    if (strcmp(word, "--version") == 0) {
        arguments_print_version("dredge-mpi");
        return out_end("", 0);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        out_text(usage);
        return out_end("", 0);
    }
    if (strcmp(word, "run") != 0 && strcmp(word, "calibrate") != 0) {
        out_tell("%s", usage);
        return 2;
    }
    (void)MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &level);
    int status = out_end(argv[1], run(argc - 1, argv + 1));
    (void)MPI_Finalize();
    return status;
}
