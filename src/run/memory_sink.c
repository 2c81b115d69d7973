/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/memory_sink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "result/content.h"
#include "run/memory_inside.h"

/* ---- gathering ---- */

dredge_status memory_keep(struct memory_sink *sink, struct parcel *parcel)
{
    dredge_status status = list_grow(&sink->kept, sizeof *sink->kept, sink->n, &sink->capacity);
    if (status == DREDGE_OK) {
        sink->kept[sink->n++] = *parcel;
        memset(parcel, 0, sizeof *parcel);
    }
    return status;
}

static dredge_status append(void *context, int n_parcels, struct parcel *parcels)
{
    struct memory_sink *sink = context;
    dredge_status status = DREDGE_OK;
    for (int k = 0; status == DREDGE_OK && k < n_parcels; k++) {
        status = memory_keep(sink, &parcels[k]);
    }
    return status;
}

struct runner_sink memory_sink_runner(struct memory_sink *sink)
{
    return (struct runner_sink){.context = sink, .append = append};
}

/* ---- reading ---- */

static int compare_spans(const void *left, const void *right)
{
    const struct span *a = &((const struct parcel *)left)->span, *b = &((const struct parcel *)right)->span;
    if (a->point != b->point) {
        return a->point < b->point ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

/* The first parcel of `point` or a later one. */
static int find_point(const struct memory_sink *sink, int point)
{
    int low = 0, high = sink->n;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int is_before = sink->kept[middle].span.point < point;
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    return low;
}

static void close_source(void *source)
{
    (void)source;
}

static dredge_status outcome_of(void *source, int column, int first, int n_points, double *out)
{
    const struct memory_sink *sink = source;
    size_t n_regimes = (size_t)sink->head.shape.n_regimes, n_replicates = (size_t)sink->results.info.n_replicates;
    for (size_t i = 0; i < (size_t)n_points * n_regimes * n_replicates; i++) {
        out[i] = (double)NAN;
    }
    for (int i = find_point(sink, first); i < sink->n && sink->kept[i].span.point < first + n_points; i++) {
        const struct parcel *parcel = &sink->kept[i];
        size_t n = (size_t)parcel->span.n_replicates, point = (size_t)(parcel->span.point - first);
        for (size_t regime = 0; regime < n_regimes; regime++) {
            memcpy(out + (point * n_regimes + regime) * n_replicates + (size_t)parcel->span.first,
                   parcel->outcomes + ((size_t)column * n_regimes + regime) * n, n * sizeof *out);
        }
    }
    return DREDGE_OK;
}

static dredge_status status_of(void *source, int first, int n_points, uint8_t *out)
{
    const struct memory_sink *sink = source;
    size_t n_regimes = (size_t)sink->head.shape.n_regimes, n_replicates = (size_t)sink->results.info.n_replicates;
    memset(out, RUN_NOT_RUN, (size_t)n_points * n_regimes * n_replicates);
    for (int i = find_point(sink, first); i < sink->n && sink->kept[i].span.point < first + n_points; i++) {
        const struct parcel *parcel = &sink->kept[i];
        size_t n = (size_t)parcel->span.n_replicates, point = (size_t)(parcel->span.point - first);
        for (size_t regime = 0; regime < n_regimes; regime++) {
            memcpy(out + (point * n_regimes + regime) * n_replicates + (size_t)parcel->span.first,
                   parcel->status + regime * n, n);
        }
    }
    return DREDGE_OK;
}

static void forget_sums(struct memory_sink *sink)
{
    for (int k = 0; k < MEMORY_SUMS; k++) {
        sink->sums[k].point = -1;
    }
}

/* Adds up the tallies of a point and regime, unless they are at hand. */
static dredge_status sum_tallies(struct memory_sink *sink, int point, int regime, const struct tally **tally)
{
    struct memory_sum *sum = &sink->sums[regime % MEMORY_SUMS];
    *tally = &sum->tally;
    if (sum->point == point && sum->regime == regime) {
        return DREDGE_OK;
    }
    sum->point = -1;
    if (sum->tally.n == NULL) {
        dredge_status status =
            tally_init(&sum->tally, sink->head.catalogue.n_series_columns, sink->head.shape.n_months);
        if (status != DREDGE_OK) {
            return status;
        }
    } else {
        tally_clear(&sum->tally);
    }
    for (int i = find_point(sink, point); i < sink->n && sink->kept[i].span.point == point; i++) {
        const struct tally_code *code = &sink->kept[i].tallies[regime];
        size_t position = 0;
        if (!tally_code_add(code->n_bytes, code->bytes, &position, &sum->tally)) {
            return status_fail(DREDGE_FAILURE, "%s: a tally in memory cannot be read", sink->results.name);
        }
    }
    sum->point = point;
    sum->regime = regime;
    return DREDGE_OK;
}

static dredge_status summary_of(void *source, int column, int point, int regime, float *out)
{
    const struct tally *tally;
    dredge_status status = sum_tallies(source, point, regime, &tally);
    if (status == DREDGE_OK) {
        tally_statistics(tally, column, out);
    }
    return status;
}

static dredge_status difference_of(void *source, int column, int point, int regime, float *out)
{
    const struct tally *tally;
    dredge_status status = sum_tallies(source, point, regime, &tally);
    if (status == DREDGE_OK) {
        tally_moments(tally, column, out);
    }
    return status;
}

static dredge_status runs_of(void *source, int column, int point, int regime, float *out)
{
    const struct memory_sink *sink = source;
    size_t n_months = (size_t)sink->head.shape.n_months, n_regimes = (size_t)sink->head.shape.n_regimes;
    for (size_t i = 0; i < (size_t)sink->results.info.n_replicates * n_months; i++) {
        out[i] = NAN;
    }
    for (int i = find_point(sink, point); i < sink->n && sink->kept[i].span.point == point; i++) {
        const struct parcel *parcel = &sink->kept[i];
        size_t n = (size_t)parcel->span.n_replicates;
        memcpy(out + (size_t)parcel->span.first * n_months,
               parcel->runs + ((size_t)column * n_regimes + (size_t)regime) * n * n_months, n * n_months * sizeof *out);
    }
    return DREDGE_OK;
}

static dredge_status message_of(void *source, int point, char message[PARCEL_MESSAGE_BYTES])
{
    const struct memory_sink *sink = source;
    int i = find_point(sink, point);
    message[0] = '\0';
    for (; i < sink->n && sink->kept[i].span.point == point && message[0] == '\0'; i++) {
        memcpy(message, sink->kept[i].message, PARCEL_MESSAGE_BYTES);
    }
    return DREDGE_OK;
}

static dredge_status digest_of(void *source, char digest[33])
{
    struct memory_sink *sink = source;
    return content_digest(&sink->results, sink->study, digest);
}

static const struct results_functions functions = {.close = close_source,
                                                   .outcome = outcome_of,
                                                   .status = status_of,
                                                   .summary = summary_of,
                                                   .difference = difference_of,
                                                   .runs = runs_of,
                                                   .message = message_of,
                                                   .digest = digest_of};

/* ---- making ---- */

/* What does not change with the runs; texts and names are borrowed from the study. */
static dredge_status describe(struct memory_sink *sink)
{
    const struct study *study = sink->study;
    struct results_info *info = &sink->results.info;
    const struct shape *shape = &sink->head.shape;
    size_t n_regimes = (size_t)study->n_regimes, n_factors = (size_t)study->design.n_factors;
    info->regimes = calloc(n_regimes + n_factors, sizeof *info->regimes);
    info->months = calloc((size_t)shape->n_months + 1, sizeof *info->months);
    info->replicates_done = calloc((size_t)shape->n_points, sizeof *info->replicates_done);
    info->hit_max = calloc((size_t)shape->n_points, 1);
    if (info->regimes == NULL || info->months == NULL || info->replicates_done == NULL || info->hit_max == NULL) {
        return status_no_memory((size_t)shape->n_points * sizeof *info->replicates_done);
    }
    info->factors = info->regimes + n_regimes;
    for (size_t regime = 0; regime < n_regimes; regime++) {
        info->regimes[regime] = study->regimes[regime].name;
    }
    for (size_t factor = 0; factor < n_factors; factor++) {
        info->factors[factor] = study->design.factors[factor].key;
    }
    for (int month = 0; month < shape->n_months; month++) {
        info->months[month] = settings_month(study, month);
    }
    info->n_points = shape->n_points;
    info->n_regimes = shape->n_regimes;
    info->n_months = shape->n_months;
    info->n_factors = study->design.n_factors;
    info->trajectories_are_runs = shape->trajectories == TRAJECTORIES_RUNS;
    info->has_differences = shape->trajectories == TRAJECTORIES_SUMMARY;
    info->catalogue = sink->head.catalogue; /* borrowed */
    if (results_list_outcomes(info) != DREDGE_OK) {
        return DREDGE_MEMORY;
    }
    info->values = study->design.values;
    info->title = study->title;
    info->study = study->text;
    info->overrides = study->overrides;
    info->provenance = "{}";
    info->digest = sink->digest;
    info->format_version = "";
    info->model_stamp = sink->head.origin.model_stamp;
    return DREDGE_OK;
}

dredge_status memory_sink_new(struct memory_sink **sink, const struct study *study)
{
    struct memory_sink *made = calloc(1, sizeof *made);
    *sink = NULL;
    if (made == NULL) {
        return status_no_memory(sizeof *made);
    }
    made->study = study;
    forget_sums(made);
    made->results.functions = &functions;
    made->results.source = made;
    made->results.name = study->file;
    dredge_status status = head_of_study(study, &made->head);
    if (status == DREDGE_OK) {
        status = describe(made);
    }
    if (status != DREDGE_OK) {
        memory_sink_free(made);
        return status;
    }
    *sink = made;
    return DREDGE_OK;
}

void memory_sink_free(struct memory_sink *sink)
{
    if (sink == NULL) {
        return;
    }
    for (int i = 0; i < sink->n; i++) {
        parcel_free(&sink->kept[i]);
    }
    free(sink->kept);
    free(sink->results.info.regimes);
    free(sink->results.info.months);
    free(sink->results.info.replicates_done);
    free(sink->results.info.hit_max);
    free(sink->results.info.outcomes);
    for (int k = 0; k < MEMORY_SUMS; k++) {
        tally_free(&sink->sums[k].tally);
    }
    head_free(&sink->head);
    free(sink);
}

/* Counts what was gathered. */
static void count(struct memory_sink *sink)
{
    struct results_info *info = &sink->results.info;
    const struct shape *shape = &sink->head.shape;
    info->n_replicates = 0;
    info->n_done = info->n_failed = 0;
    memset(info->replicates_done, 0, (size_t)shape->n_points * sizeof *info->replicates_done);
    for (int i = 0; i < sink->n; i++) {
        const struct parcel *parcel = &sink->kept[i];
        int end = parcel->span.first + parcel->span.n_replicates;
        info->n_replicates = end > info->n_replicates ? end : info->n_replicates;
        info->replicates_done[parcel->span.point] += parcel->span.n_replicates;
        for (int run = 0; run < parcel->n_regimes * parcel->span.n_replicates; run++) {
            info->n_done += parcel->status[run] == RUN_DONE;
            info->n_failed += parcel->status[run] == RUN_FAILED;
        }
    }
    info->n_replicates = info->n_replicates > 0 ? info->n_replicates : 1;
    info->n_not_run =
        (long long)shape->n_points * shape->n_regimes * info->n_replicates - info->n_done - info->n_failed;
    for (int point = 0; point < shape->n_points; point++) {
        info->hit_max[point] = (uint8_t)content_hit_max(sink->study, info->replicates_done[point]);
    }
}

dredge_status memory_sink_results(struct memory_sink *sink, struct results **results)
{
    if (sink->n > 0) {
        qsort(sink->kept, (size_t)sink->n, sizeof *sink->kept, compare_spans);
    }
    forget_sums(sink);
    count(sink);
    dredge_status status = results_digest(&sink->results, sink->digest);
    *results = status == DREDGE_OK ? &sink->results : NULL;
    return status;
}

const struct study *memory_sink_study(const struct memory_sink *sink)
{
    return sink->study;
}
