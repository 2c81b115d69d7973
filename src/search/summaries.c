/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/summaries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/beginning.h"
#include "run/runner.h"
#include "search/figure.h"
#include "study/points.h"

/* ---- runs ---- */

static int same_settings(const struct evidence *a, const struct evidence *b)
{
    int same = a->n_set == b->n_set;
    for (int i = 0; same && i < a->n_set; i++) {
        same = strcmp(a->set[i].key, b->set[i].key) == 0 && a->set[i].value == b->set[i].value;
    }
    return same;
}

/* The first target with the same settings. */
static int leader_of(const struct calibration *calibration, int target)
{
    int first = 0;
    while (!same_settings(&calibration->targets[first], &calibration->targets[target])) {
        first++;
    }
    return first;
}

/* Are collaborations run under the settings of target `leader`, the first that has them? */
static int is_run(const struct calibration *calibration, int leader, int fitted_only)
{
    int wanted = 0;
    for (int t = leader; t < calibration->n_targets; t++) {
        wanted |= leader_of(calibration, t) == leader && !(fitted_only && calibration->targets[t].is_held_out);
    }
    return wanted;
}

int summaries_n_settings(const struct calibration *calibration, int fitted_only)
{
    int n = 0;
    for (int t = 0; t < calibration->n_targets; t++) {
        n += leader_of(calibration, t) == t && is_run(calibration, t, fitted_only);
    }
    return n;
}

/* The runs of one setting on their way. */
struct gathering {
    struct summaries *summaries;
    const struct study *study;
    int leader;     /* target whose settings these are */
    double *values; /* [n_targets][2][n_rows][n_regimes][n_replicates]: outcomes of the targets of this setting */
    double *series; /* [n_targets][2][n_rows][n_regimes]: sums of series at both months */
    double *counts; /* the same: over how many runs; in the memory of series */
    int n_rows;
};

static size_t place_of(const struct gathering *gathering, int target, int side, int row, int regime)
{
    size_t n_rows = (size_t)gathering->n_rows;
    size_t n_regimes = (size_t)gathering->study->n_regimes;
    return (((size_t)target * 2 + (size_t)side) * n_rows + (size_t)row) * n_regimes + (size_t)regime;
}

/* Adds the sums of a series at the month of one side; month 0 comes later. */
static void add_series(const struct gathering *gathering, const struct parcel *parcel, int target, int side)
{
    const struct evidence *own = &gathering->summaries->calibration->targets[target];
    int month = side == 0 ? own->month : own->minus_month;
    int sample = month / gathering->study->every - 1;
    for (int r = 0; month > 0 && sample < parcel->n_samples && r < parcel->n_regimes; r++) {
        const struct tally_code *tally = &parcel->tallies[r];
        size_t at = place_of(gathering, target, side, parcel->span.point, r);
        struct tally_reader reader;
        struct tally_cell cell;
        tally_cell_begin(&cell);
        tally_reader_begin(&reader, tally->n_bytes, tally->bytes, parcel->n_samples);
        for (int i = 0; i <= own->series * parcel->n_samples + sample; i++) {
            tally_reader_next(&reader, &cell);
        }
        gathering->series[at] += (double)cell.sum * series_infos[own->series].top * 0x1p-24; /* as in result/tally.h */
        gathering->counts[at] += (double)cell.n;
    }
}

/* Month 0 of a series: the start, the same under all regimes. */
static dredge_status add_beginnings(const struct gathering *gathering)
{
    const struct calibration *calibration = gathering->summaries->calibration;
    size_t n = (size_t)gathering->n_rows * N_SERIES;
    double *start = NULL;
    dredge_status status = DREDGE_OK;
    for (int k = 0; status == DREDGE_OK && k < 2 * calibration->n_targets; k++) {
        const struct evidence *target = &calibration->targets[k / 2];
        int month = k % 2 == 0 ? target->month : target->minus_month;
        if (target->kind != EVIDENCE_SERIES || month != 0 || leader_of(calibration, k / 2) != gathering->leader) {
            continue;
        }
        if (start == NULL) {
            start = malloc(n * sizeof *start);
            status = start != NULL ? beginning_series(gathering->study, gathering->summaries->n_replicates, start)
                                   : status_no_memory(n * sizeof *start);
        }
        for (int row = 0; status == DREDGE_OK && row < gathering->n_rows; row++) {
            for (int r = 0; r < calibration->n_regimes; r++) {
                size_t at = place_of(gathering, k / 2, k % 2, row, r);
                gathering->series[at] = start[(size_t)row * N_SERIES + (size_t)target->series];
                gathering->counts[at] = 1;
            }
        }
    }
    free(start);
    return status;
}

static dredge_status append(void *context, int n_parcels, struct parcel *parcels)
{
    struct gathering *gathering = context;
    const struct calibration *calibration = gathering->summaries->calibration;
    size_t n_most = (size_t)gathering->summaries->n_replicates;
    for (int i = 0; i < n_parcels; i++) {
        const struct parcel *parcel = &parcels[i];
        size_t n = (size_t)parcel->span.n_replicates;
        size_t at = (size_t)parcel->span.first;
        for (int t = 0; *parcel->message == '\0' && t < calibration->n_targets; t++) {
            const struct evidence *target = &calibration->targets[t];
            if (leader_of(calibration, t) != gathering->leader) {
                continue;
            }
            for (int side = 0; side < 2; side++) {
                int outcome = study_outcome_column(side == 0 ? target->outcome : target->other);
                if (target->kind == EVIDENCE_SERIES) {
                    add_series(gathering, parcel, t, side);
                }
                for (int r = 0; target->kind != EVIDENCE_SERIES && r < parcel->n_regimes; r++) {
                    memcpy(gathering->values + place_of(gathering, t, side, parcel->span.point, r) * n_most + at,
                           parcel->outcomes + ((size_t)outcome * (size_t)parcel->n_regimes + (size_t)r) * n,
                           n * sizeof(double));
                }
            }
        }
    }
    return DREDGE_OK;
}

/* A series, or its change; NaN where a month lies beyond the horizon, or the runs failed. */
static double series_figure(const struct gathering *gathering, int target, int row)
{
    const struct calibration *calibration = gathering->summaries->calibration;
    double figure = 0;
    for (int r = 0; r < calibration->n_regimes; r++) {
        size_t at[2] = {place_of(gathering, target, 0, row, r), place_of(gathering, target, 1, row, r)};
        int is_change = calibration->targets[target].minus_month >= 0;
        double before = is_change ? gathering->series[at[1]] / gathering->counts[at[1]] : 0;
        figure += calibration->weights[r] * (gathering->series[at[0]] / gathering->counts[at[0]] - before);
    }
    return figure;
}

/* The figures of the targets of this setting, for all rows. */
static dredge_status finish(const struct gathering *gathering, double *out)
{
    const struct summaries *summaries = gathering->summaries;
    const struct calibration *calibration = summaries->calibration;
    int n = summaries->n_replicates;
    int n_regimes = calibration->n_regimes;
    double *scratch = malloc(2 * (size_t)n_regimes * (size_t)n * sizeof *scratch);
    if (scratch == NULL) {
        return status_no_memory(2 * (size_t)n_regimes * (size_t)n * sizeof *scratch);
    }
    for (int t = 0; t < calibration->n_targets; t++) {
        const struct evidence *target = &calibration->targets[t];
        for (int row = 0; leader_of(calibration, t) == gathering->leader && row < gathering->n_rows; row++) {
            double *own = &out[(size_t)row * (size_t)calibration->n_targets + (size_t)t];
            *own = target->kind == EVIDENCE_SERIES
                       ? series_figure(gathering, t, row)
                       : figure_of(target, n_regimes, calibration->weights, n,
                                   gathering->values + place_of(gathering, t, 0, row, 0) * (size_t)n,
                                   gathering->values + place_of(gathering, t, 1, row, 0) * (size_t)n, scratch);
        }
    }
    free(scratch);
    return DREDGE_OK;
}

/* Months between samples so that every month after the start that a target of this setting looks at is one; 0 when none
 * does. */
static int months_between(const struct calibration *calibration, int leader)
{
    int every = 0;
    for (int t = 0; t < calibration->n_targets; t++) {
        const struct evidence *target = &calibration->targets[t];
        const int months[2] = {target->month, target->minus_month};
        for (int i = 0; target->kind == EVIDENCE_SERIES && leader_of(calibration, t) == leader && i < 2; i++) {
            int a = months[i];
            for (int b = every; months[i] > 0 && b != 0;) {
                int rest = a % b;
                a = b;
                b = rest;
            }
            every = months[i] > 0 ? a : every;
        }
    }
    return every;
}

/* The keys and values of a setting: priors, the theory, and what the target sets, which comes before a prior. */
static int fill_keys(const struct calibration *calibration, int leader, int has_theory, const char **keys,
                     int *prior_of)
{
    const struct evidence *target = &calibration->targets[leader];
    int n = 0;
    for (int k = 0; k < calibration->n_priors; k++) {
        int is_set = 0;
        for (int i = 0; i < target->n_set; i++) {
            is_set |= strcmp(target->set[i].key, calibration->priors[k].key) == 0;
        }
        if (!is_set) {
            prior_of[n] = k;
            keys[n++] = calibration->priors[k].key;
        }
    }
    for (int i = 0; i < target->n_set; i++) {
        keys[n++] = target->set[i].key;
    }
    if (has_theory) {
        keys[n++] = "theory";
    }
    return n;
}

static void fill_values(const struct calibration *calibration, int leader, int n_rows, const double *x,
                        const int *theories, int n_keys_used, const int *prior_of, double *values)
{
    const struct evidence *target = &calibration->targets[leader];
    int n_free = n_keys_used - target->n_set - (theories != NULL);
    for (int row = 0; row < n_rows; row++) {
        double *own = values + (size_t)row * (size_t)n_keys_used;
        for (int k = 0; k < n_free; k++) {
            /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): the first n_free are set */
            own[k] = x[(size_t)row * (size_t)calibration->n_priors + (size_t)prior_of[k]];
        }
        for (int i = 0; i < target->n_set; i++) {
            own[n_free + i] = target->set[i].value;
        }
        if (theories != NULL) {
            own[n_keys_used - 1] = theories[row];
        }
    }
}

static dredge_status run_points(struct gathering *gathering, struct study *study, int every)
{
    struct summaries *summaries = gathering->summaries;
    struct runner_options options = {.n_threads = summaries->n_threads, .stop = summaries->stop};
    struct runner_sink sink = {.context = gathering, .append = append};
    study->trajectories = every > 0 ? TRAJECTORIES_SUMMARY : TRAJECTORIES_NONE;
    study->every = every > 0 ? every : 1;
    study->replication.outcome = -1;
    study->replication.min = study->replication.max = summaries->n_replicates;
    gathering->study = study;
    return runner_run(study, &options, &sink);
}

static dredge_status run_setting(struct summaries *summaries, int leader, int n_rows, const double *x,
                                 const int *theories, const uint64_t *luck, double *out)
{
    const struct calibration *calibration = summaries->calibration;
    size_t n_keys_most = (size_t)calibration->n_priors + EVIDENCE_MAX_SET + 1;
    size_t n_places = 2 * (size_t)calibration->n_targets * (size_t)n_rows * (size_t)calibration->n_regimes;
    size_t n_values = n_places * (size_t)summaries->n_replicates;
    struct gathering gathering = {.summaries = summaries, .leader = leader, .n_rows = n_rows};
    struct study base = *summaries->study;
    struct study study = {0};
    const char **keys = malloc(n_keys_most * sizeof *keys);
    int *prior_of = malloc(n_keys_most * sizeof *prior_of);
    double *values = malloc(((size_t)n_rows * n_keys_most + 1) * sizeof *values);
    uint64_t *seeds = malloc(((size_t)n_rows + 1) * sizeof *seeds);
    gathering.values = malloc(n_values * sizeof *gathering.values);
    gathering.series = calloc(2 * n_places, sizeof *gathering.series);
    dredge_status status = DREDGE_OK;
    if (keys == NULL || prior_of == NULL || values == NULL || seeds == NULL || gathering.values == NULL ||
        gathering.series == NULL) {
        status = status_no_memory(n_values * sizeof *gathering.values);
        goto out;
    }
    gathering.counts = gathering.series + n_places;
    for (size_t i = 0; i < n_values; i++) {
        gathering.values[i] = NAN;
    }
    int n = fill_keys(calibration, leader, theories != NULL, keys, prior_of);
    fill_values(calibration, leader, n_rows, x, theories, n, prior_of, values);
    for (int row = 0; row < n_rows; row++) {
        seeds[row] = base.seed + 0x9E3779B97F4A7C15U * (luck[row] + 1); /* another luck: any other seed */
    }
    base.point_seeds = seeds;
    base.regimes = calibration->regimes;
    base.n_regimes = calibration->n_regimes;
    base.n_mixtures = 0; /* they belong to the study's own regimes */
    status = points_make(&base, n, keys, n_rows, values, &study);
    if (status == DREDGE_OK) {
        status = run_points(&gathering, &study, months_between(calibration, leader));
        if (status == DREDGE_OK) {
            status = add_beginnings(&gathering);
        }
        if (status == DREDGE_OK) {
            status = finish(&gathering, out);
        }
        points_free(&study);
    }
    summaries->n_runs += (long long)n_rows * calibration->n_regimes * summaries->n_replicates;
out:
    free(gathering.series);
    free(gathering.values);
    free(seeds);
    free(values);
    free(prior_of);
    free(keys);
    return status;
}

static dredge_status run_rows(struct summaries *summaries, int n_rows, const double *x, const int *theories,
                              const uint64_t *luck, double *out)
{
    const struct calibration *calibration = summaries->calibration;
    dredge_status status = DREDGE_OK;
    for (size_t i = 0; i < (size_t)n_rows * (size_t)calibration->n_targets; i++) {
        out[i] = (double)NAN;
    }
    for (int t = 0; status == DREDGE_OK && n_rows > 0 && t < calibration->n_targets; t++) {
        if (leader_of(calibration, t) == t && is_run(calibration, t, summaries->fitted_only)) {
            status = run_setting(summaries, t, n_rows, x, theories, luck, out);
        }
    }
    return status;
}

dredge_status summaries_run(struct summaries *summaries, int n_rows, const double *x, const int *theories,
                            const uint64_t *luck, double *out)
{
    const struct processes *crew = summaries->crew;
    size_t n_targets = (size_t)summaries->calibration->n_targets;
    if (summaries->model != NULL) {
        return summaries->model(summaries->model_context, n_rows, x, theories, luck, out);
    }
    if (crew == NULL) {
        return run_rows(summaries, n_rows, x, theories, luck, out);
    }
    long long before = summaries->n_runs;
    int first = (int)((long long)n_rows * crew->rank / crew->n_ranks);
    int last = (int)((long long)n_rows * (crew->rank + 1) / crew->n_ranks);
    size_t skipped = (size_t)first;
    memset(out, 0, (size_t)n_rows * n_targets * sizeof *out);
    dredge_status status =
        run_rows(summaries, last - first, x + skipped * (size_t)summaries->calibration->n_priors,
                 theories != NULL ? theories + skipped : NULL, luck + skipped, out + skipped * n_targets);
    summaries->n_runs = before + (long long)n_rows * summaries->calibration->n_regimes * summaries->n_replicates *
                                     summaries_n_settings(summaries->calibration, summaries->fitted_only);
    return processes_share(crew, status, (size_t)n_rows * n_targets, out);
}
