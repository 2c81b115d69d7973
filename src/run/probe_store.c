/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/files.h"
#include "engine/lanes.h"
#include "run/probe_parts.h"
#include "run/runner.h"
#include "run/schedule.h"
#include "run/store_sink.h"
#include "store/store.h"

enum { MOST_POINTS = 8, MOST_REPLICATES = 256 };
static const double BUDGET_SECONDS = 0.4;

/* Processor time and the waiting beside it, so far. */
struct watch {
    double processor, waits;
};

static void begin(struct watch *watch)
{
    watch->processor -= clock_processor_seconds();
    watch->waits -= clock_seconds();
}

static void end(struct watch *watch)
{
    watch->processor += clock_processor_seconds();
    watch->waits += clock_seconds();
}

/* A sink that times the one behind it. */
struct timed {
    struct watch watch;
    struct runner_sink inner;
};

static dredge_status append(void *context, int n_parcels, struct parcel *parcels)
{
    struct timed *timed = context;
    begin(&timed->watch);
    dredge_status status = timed->inner.append(timed->inner.context, n_parcels, parcels);
    end(&timed->watch);
    return status;
}

/* Runs the part into a file in `folder` and removes it. */
static dredge_status store_part(const struct study *part, const char *folder, struct watch *watch, double *file_bytes)
{
    char *path = files_text("%s/probe.h5", folder);
    if (path == NULL) {
        return status_no_memory(strlen(folder));
    }
    struct store *store = NULL;
    const struct store_options how = {.force = 1, .n_shards = 1, .n_threads = 1};
    const struct runner_options options = {.n_threads = 1};
    struct timed timed = {.watch = {0, 0}};
    begin(&timed.watch);
    dredge_status status = store_begin(&store, path, part, &how, NULL, NULL);
    end(&timed.watch);
    if (status == DREDGE_OK) {
        timed.inner = store_sink(store);
        const struct runner_sink sink = {.context = &timed, .append = append};
        status = runner_run(part, &options, &sink);
    }
    begin(&timed.watch);
    if (status == DREDGE_OK) {
        status = store_finish(store);
    }
    store_end(store);
    end(&timed.watch);
    struct stat about;
    *file_bytes = stat(path, &about) == 0 ? (double)about.st_size : 0;
    (void)unlink(path);
    free(path);
    watch->processor = timed.watch.processor;
    watch->waits = fmax(0, timed.watch.waits - timed.watch.processor);
    return status;
}

/* How many chunks, of so many replicates as the part had, the whole study has. A summary costs the same however many
 * replicates it is of. */
static double chunks_of(const struct study *study, int n_replicates)
{
    int chunk = schedule_chunk(study);
    double n = study->trajectories == TRAJECTORIES_SUMMARY ? ceil((double)study->replication.max / chunk)
                                                           : (double)study->replication.max / n_replicates;
    return study->design.n_points * fmax(n, 1);
}

static dredge_status measure(const struct study *study, int n_points, const int *points, int n_replicates,
                             const char *folder, struct probe_store *store)
{
    struct watch one = {0, 0}, several = {0, 0};
    double one_bytes = 0, several_bytes = 0;
    struct study part;
    double *values = probe_part(study, 1, points, n_replicates, &part);
    dredge_status status =
        values != NULL ? store_part(&part, folder, &one, &one_bytes) : status_no_memory(sizeof *values);
    free(values);
    int n_more = n_points > 1 ? n_points : 2; /* chunks */
    if (status == DREDGE_OK) {
        values = n_points > 1 ? probe_part(study, n_points, points, n_replicates, &part)
                              : probe_part(study, 1, points, 2 * n_replicates, &part);
        status =
            values != NULL ? store_part(&part, folder, &several, &several_bytes) : status_no_memory(sizeof *values);
        free(values);
    }
    double rest = chunks_of(study, n_replicates) - 1;
    store->seconds = one.processor + fmax(0, several.processor - one.processor) / (n_more - 1) * rest;
    store->file_bytes = one_bytes + fmax(0, several_bytes - one_bytes) / (n_more - 1) * rest;
    store->waits = fmin(one.waits, several.waits);
    return status;
}

dredge_status probe_storing(const struct study *study, int n_points, const int *points, const double *seconds,
                            struct probe_store *store)
{
    const char *above = getenv("TMPDIR");
    int chunk = schedule_chunk(study);
    int n_replicates = chunk < MOST_REPLICATES ? chunk : MOST_REPLICATES;
    int n = 0;
    *store = (struct probe_store){.seconds = 0};
    for (double spent = 0; n < n_points && n < MOST_POINTS; n++) {
        spent += seconds[n] * n_replicates;
        if (spent > BUDGET_SECONDS) {
            break;
        }
    }
    if (n == 0 && seconds[0] * LANES < BUDGET_SECONDS && chunk >= LANES) {
        n = 1;
        n_replicates = LANES;
    }
    char *folder = files_text("%s/dredge-check-XXXXXX", above != NULL && *above != '\0' ? above : "/tmp");
    if (folder == NULL || n == 0 || mkdtemp(folder) == NULL) {
        free(folder);
        return DREDGE_OK;
    }
    sigset_t late, before; /* an interruption waits until the folder is gone */
    (void)sigfillset(&late);
    (void)pthread_sigmask(SIG_BLOCK, &late, &before);
    dredge_status status = measure(study, n, points, n_replicates, folder, store);
    (void)rmdir(folder);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(folder);
    return status;
}
