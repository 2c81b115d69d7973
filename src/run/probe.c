/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/probe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/threads.h"
#include "engine/lanes.h"
#include "run/probe_parts.h"
#include "run/runner.h"
#include "run/schedule.h"
#include "store/store.h"

enum { MOST_WEIGHED = 4096, N_PICKS = 12 };

/* Seconds of processor time for one timed point, and for the smallest piece of work worth timing. */
static const double PICK_SECONDS = 0.06, SMALL_SECONDS = 0.004;

/* Of a slow machine, to begin with. */
static const double SLOW_SECONDS_PER_WEIGHT = 1e-8;

/* A design point and what it may cost: months times what a month of one collaboration works through, in ties. */
struct weighed {
    int point;
    double weight;
};

/* A timed point stands for all points of about its weight. */
struct pick {
    struct weighed weighed;
    double stands_for; /* points */
    double seconds;    /* of one core, all replicates under all regimes */
    double tasks;      /* pieces of work that threads can share */
    double task_seconds;
    int is_programme, is_in_step; /* in step: all threads step one world */
};

struct probing {
    const struct study *study;
    struct probe *probe;
    int n_weighed;
    struct weighed *weighed; /* [n_weighed], cheapest first, owned */
    int n_picks;
    struct pick pick[N_PICKS + 2];
    double seconds_per_weight; /* as measured so far */
    struct regime *regimes;    /* [n_regimes], owned */
};

/* ---- which points ---- */

static double weight_of(const struct study *study, const struct parameters *p)
{
    double seats = 0;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        seats += p->sector[sector].inside + p->sector[sector].outside;
    }
    /* A month has a share that does not depend on seats; a point has one that does not depend on months: tables and
     * tallies, as much as some months. */
    double months = p->months + p->aftercare_months + 20.0 / study->replication.max;
    return months * p->collaborations * (seats * (seats - 1) / 2 + 4 * seats + 60);
}

static int by_weight(const void *a, const void *b)
{
    const struct weighed *first = a, *second = b;
    return (first->weight > second->weight) - (first->weight < second->weight);
}

/* Weighs all points, or as many as MOST_WEIGHED spread evenly. Impossible points cost nothing and are left out. */
static dredge_status weigh(struct probing *own)
{
    const struct study *study = own->study;
    int n_points = study->design.n_points;
    int n = n_points < MOST_WEIGHED ? n_points : MOST_WEIGHED;
    own->weighed = malloc((size_t)n * sizeof *own->weighed);
    own->regimes = malloc((size_t)study->n_regimes * sizeof *own->regimes);
    if (own->weighed == NULL || own->regimes == NULL) {
        return status_no_memory((size_t)n * sizeof *own->weighed);
    }
    for (int k = 0; k < n; k++) {
        int point = (int)((double)n_points * (k + 0.5) / n);
        struct parameters parameters;
        char sentence[256];
        if (study_point(study, point, &parameters, own->regimes, sizeof sentence, sentence) == DREDGE_OK) {
            own->weighed[own->n_weighed++] = (struct weighed){point, weight_of(study, &parameters)};
        }
    }
    qsort(own->weighed, (size_t)own->n_weighed, sizeof *own->weighed, by_weight);
    return DREDGE_OK;
}

/* All points if they are few. Otherwise the cheapest, the dearest, and between them points that stand for equal shares of
 * the whole weight. */
static void choose(struct probing *own)
{
    const struct weighed *weighed = own->weighed;
    int n = own->n_weighed, first = 0;
    double per_point = (double)own->study->design.n_points / n, whole = 0, passed = 0;
    if (n <= N_PICKS) {
        for (; own->n_picks < n; own->n_picks++) {
            own->pick[own->n_picks] = (struct pick){.weighed = weighed[own->n_picks], .stands_for = per_point};
        }
        return;
    }
    for (int k = 0; k < n; k++) {
        whole += weighed[k].weight;
    }
    own->pick[own->n_picks++] = (struct pick){.weighed = weighed[0]};
    for (int share = 1; share <= N_PICKS && first < n; share++) {
        int end = first;
        double weight = 0;
        while (end < n && (end == first || passed + weight < whole * share / N_PICKS || share == N_PICKS)) {
            weight += weighed[end++].weight;
        }
        const struct weighed *middle = &weighed[(first + end) / 2];
        own->pick[own->n_picks++] =
            (struct pick){.weighed = *middle, .stands_for = per_point * weight / middle->weight};
        passed += weight;
        first = end;
    }
    own->pick[own->n_picks++] = (struct pick){.weighed = weighed[n - 1]};
}

/* ---- timing ---- */

static dredge_status forget(void *context, int n_parcels, struct parcel *parcels)
{
    (void)context;
    (void)n_parcels;
    (void)parcels;
    return DREDGE_OK;
}

static dredge_status time_part(const struct study *part, double *seconds)
{
    const struct runner_options options = {.n_threads = 1};
    const struct runner_sink sink = {.append = forget};
    double start = clock_processor_seconds();
    dredge_status status = runner_run(part, &options, &sink);
    *seconds = clock_processor_seconds() - start;
    return status;
}

/* Shortens the part's months until one smallest piece of it takes about PICK_SECONDS; returns the share of its months that
 * is left. Some points cannot be shortened as much: their regimes have later phases. */
static double shorten(struct probing *own, struct study *part, struct parameters *p, double piece_seconds)
{
    int months = p->months + p->aftercare_months;
    double wanted = months * PICK_SECONDS / piece_seconds;
    char sentence[256];
    for (int n = wanted < 6 ? 6 : (int)wanted; n < p->months; n *= 2) {
        probe_set_months(part, n, 0);
        struct parameters shorter;
        if (study_point(part, 0, &shorter, own->regimes, sizeof sentence, sentence) == DREDGE_OK) {
            return (double)n / months;
        }
    }
    probe_set_months(part, p->months, p->aftercare_months);
    return 1;
}

/* Times a point: a whole chunk of its replicates if that is cheap, else a piece of one, in fewer months if need be. */
static dredge_status time_pick(struct probing *own, struct pick *pick)
{
    const struct study *study = own->study;
    struct study part;
    struct parameters p;
    char sentence[256];
    int chunk = schedule_chunk(study);
    double *row = probe_part(study, 1, &pick->weighed.point, chunk, &part);
    if (row == NULL) {
        return status_no_memory(sizeof *row);
    }
    dredge_status status = study_point(&part, 0, &p, own->regimes, sizeof sentence, sentence);
    pick->is_programme = status == DREDGE_OK && p.collaborations > 1;
    int least = pick->is_programme ? 1 : chunk < LANES ? chunk : LANES;
    double per_replicate = own->seconds_per_weight * pick->weighed.weight;
    double months_share = 1;
    int n = per_replicate > 0 ? (int)fmin(chunk, PICK_SECONDS / per_replicate) : least;
    part.replication.max = n < least ? least : n < chunk ? n / least * least : chunk;
    if (status == DREDGE_OK && per_replicate * least > PICK_SECONDS) {
        months_share = shorten(own, &part, &p, per_replicate * least);
    }
    double seconds = 0;
    if (status == DREDGE_OK) {
        status = time_part(&part, &seconds);
    }
    double again = seconds;
    for (int k = 0; k < 2 && status == DREDGE_OK && seconds < SMALL_SECONDS; k++) { /* caches are warm by now */
        status = time_part(&part, &again);
        seconds = again < seconds ? again : seconds;
    }
    double of_replicate = seconds / part.replication.max / months_share;
    own->seconds_per_weight = of_replicate / pick->weighed.weight;
    pick->seconds = of_replicate * study->replication.max;
    int n_blocks = (chunk + LANES - 1) / LANES;
    pick->tasks = pick->is_programme ? (double)chunk * study->n_regimes : (double)n_blocks;
    pick->task_seconds = of_replicate * (pick->is_programme ? 1.0 / study->n_regimes : least);
    pick->is_in_step = pick->is_programme && p.collaborations >= 4 * LANES * own->probe->n_threads;
    free(row);
    return status;
}

/* ---- together ---- */

/* Wall time of `n` such points on the threads there are. */
static double wall_of(const struct probing *own, const struct pick *pick)
{
    const struct probe *probe = own->probe;
    double n_threads = probe->n_threads < probe->n_cores ? probe->n_threads : probe->n_cores;
    double tasks = pick->tasks;
    if (!pick->is_programme) { /* a batch holds several points */
        tasks *= runner_batch(own->study, probe->n_threads);
    }
    double rounds = pick->is_in_step ? tasks / n_threads : ceil(tasks / n_threads);
    return pick->seconds * rounds / tasks;
}

/* How far apart the timed points are from being as dear as their weights say: the error of a mean of so many. */
static double spread_of(const struct probing *own)
{
    double n = 0, sum = 0, squares = 0;
    for (int k = 0; k < own->n_picks; k++) {
        double ratio = log(own->pick[k].seconds / own->pick[k].weighed.weight);
        if (isfinite(ratio)) {
            n++;
            sum += ratio;
            squares += ratio * ratio;
        }
    }
    return n > 1 ? sqrt(fmax(0, squares / n - sum / n * sum / n) / (n - 1)) : 0;
}

static void reckon(struct probing *own, const struct probe_store *store)
{
    struct probe *probe = own->probe;
    double wall = 0, processor = 0, dearest = 0;
    for (int k = 0; k < own->n_picks; k++) {
        const struct pick *pick = &own->pick[k];
        wall += pick->stands_for * wall_of(own, pick);
        processor += pick->stands_for * pick->seconds;
        dearest = fmax(dearest, pick->task_seconds);
    }
    wall = fmax(wall, dearest);
    probe->processor_seconds = processor + store->seconds + probe->startup_seconds;
    probe->seconds = wall + store->seconds + store->waits + probe->startup_seconds;
    double doubt = 1.3 * (1 + 2 * spread_of(own));
    const struct replication *replication = &own->study->replication;
    double least = (double)replication->min / replication->max; /* a stopping rule may end there */
    probe->low = probe->startup_seconds + (probe->seconds - probe->startup_seconds) * least / doubt;
    probe->high = probe->startup_seconds + (probe->seconds - probe->startup_seconds) * doubt;
    probe->cheapest = own->pick[0].weighed.point;
    probe->cheapest_seconds = own->pick[0].seconds;
    probe->dearest = own->pick[own->n_picks - 1].weighed.point;
    probe->dearest_seconds = own->pick[own->n_picks - 1].seconds;
}

static dredge_status time_all(struct probing *own, struct probe_store *store)
{
    own->seconds_per_weight = SLOW_SECONDS_PER_WEIGHT;
    dredge_status status = time_pick(own, &own->pick[0]); /* now the machine is known */
    /* The cheapest first: it tells how dear the next is. */
    for (int k = 0; status == DREDGE_OK && k < own->n_picks; k++) {
        status = time_pick(own, &own->pick[k]);
    }
    int points[N_PICKS + 2];
    double seconds[N_PICKS + 2];
    for (int k = 0; k < own->n_picks; k++) {
        points[k] = own->pick[k].weighed.point;
        seconds[k] = own->pick[k].seconds / own->study->replication.max;
    }
    return status == DREDGE_OK ? probe_storing(own->study, own->n_picks, points, seconds, store) : status;
}

dredge_status probe_study(const struct study *study, int n_threads, double startup_seconds, struct probe *probe)
{
    struct probing own = {.study = study, .probe = probe};
    struct probe_store store = {0};
    *probe = (struct probe){.n_threads = threads_for(n_threads),
                            .n_cores = threads_cores(),
                            .n_runs = runner_runs(study),
                            .startup_seconds = startup_seconds};
    double before = probe_peak_bytes();
    dredge_status status = weigh(&own);
    if (status == DREDGE_OK && own.n_weighed > 0) {
        choose(&own);
        status = time_all(&own, &store);
    }
    if (status == DREDGE_OK && own.n_weighed > 0) {
        reckon(&own, &store);
        status = probe_memory(study, probe->n_threads, probe->dearest, probe->seconds, &probe->memory_bytes);
        probe->memory_bytes += before;
        probe->file_bytes = store.file_bytes;
    }
    probe->most_file_bytes = store_most_bytes(study);
    free(own.weighed);
    free(own.regimes);
    return status;
}
