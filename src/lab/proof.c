/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/proof.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/content.h"
#include "run/runner.h"

/* All results of a study in memory, laid out as in its file. */
struct proof {
    const struct study *study;
    proof_progress *progress;
    int n_points, n_regimes, n_replicates, n_samples;
    int n_done;            /* the most replicates of any point */
    double *outcomes;      /* [N_OUTCOMES][n_points][n_regimes][n_replicates] */
    uint8_t *status;       /* [n_points][n_regimes][n_replicates] */
    float *runs;           /* [N_SERIES][n_points][n_regimes][n_replicates][n_samples], or NULL */
    struct tally *tallies; /* [n_points][n_regimes], or NULL */
};

static size_t n_runs_of(const struct proof *proof)
{
    return (size_t)proof->n_points * (size_t)proof->n_regimes * (size_t)proof->n_replicates;
}

static dredge_status begin(struct proof *proof, const struct study *study, proof_progress *progress)
{
    memset(proof, 0, sizeof *proof);
    proof->study = study;
    proof->progress = progress;
    proof->n_points = study->design.n_points;
    proof->n_regimes = study->n_regimes;
    proof->n_replicates = study->replication.max;
    proof->n_samples = study->trajectories == TRAJECTORIES_NONE ? 0 : study_n_samples(study);
    size_t n_runs = n_runs_of(proof), n_tables = (size_t)proof->n_points * (size_t)proof->n_regimes;
    size_t n_values = study->trajectories == TRAJECTORIES_RUNS ? N_SERIES * n_runs * (size_t)proof->n_samples : 0;
    proof->outcomes = malloc(N_OUTCOMES * n_runs * sizeof *proof->outcomes);
    proof->status = calloc(n_runs, sizeof *proof->status);
    proof->runs = malloc(n_values * sizeof *proof->runs + 1);
    proof->tallies = calloc(n_tables, sizeof *proof->tallies);
    if (proof->outcomes == NULL || proof->status == NULL || proof->runs == NULL || proof->tallies == NULL) {
        return status_no_memory((N_OUTCOMES * sizeof(double) + 1) * n_runs + n_values * sizeof(float));
    }
    for (size_t value = 0; value < N_OUTCOMES * n_runs; value++) {
        proof->outcomes[value] = (double)NAN;
    }
    for (size_t value = 0; value < n_values; value++) {
        proof->runs[value] = NAN;
    }
    dredge_status status = DREDGE_OK;
    for (size_t table = 0; table < n_tables && study->trajectories == TRAJECTORIES_SUMMARY && status == DREDGE_OK;
         table++) {
        status = tally_init(&proof->tallies[table], study_n_series(study), proof->n_samples);
    }
    return status;
}

static void release(struct proof *proof)
{
    for (int table = 0; proof->tallies != NULL && table < proof->n_points * proof->n_regimes; table++) {
        tally_free(&proof->tallies[table]);
    }
    free(proof->tallies);
    free(proof->outcomes);
    free(proof->status);
    free(proof->runs);
}

/* Copies n_replicates values (of `bytes` each) per regime from a parcel's table to the place of the parcel in ours. */
static void place(const struct proof *proof, const struct parcel *parcel, size_t bytes, const void *from, void *to)
{
    for (int regime = 0; regime < proof->n_regimes; regime++) {
        size_t row = (size_t)parcel->span.point * (size_t)proof->n_regimes + (size_t)regime;
        size_t target = row * (size_t)proof->n_replicates + (size_t)parcel->span.first;
        size_t source = (size_t)regime * (size_t)parcel->span.n_replicates;
        memcpy((char *)to + target * bytes, (const char *)from + source * bytes,
               (size_t)parcel->span.n_replicates * bytes);
    }
}

static void take(struct proof *proof, const struct parcel *parcel)
{
    size_t n_runs = n_runs_of(proof), n_own = (size_t)parcel->n_regimes * (size_t)parcel->span.n_replicates;
    size_t samples = (size_t)proof->n_samples;
    for (size_t outcome = 0; outcome < N_OUTCOMES; outcome++) {
        place(proof, parcel, sizeof(double), parcel->outcomes + outcome * n_own, proof->outcomes + outcome * n_runs);
    }
    place(proof, parcel, 1, parcel->status, proof->status);
    for (size_t series = 0; series < N_SERIES && parcel->runs != NULL; series++) {
        place(proof, parcel, samples * sizeof(float), parcel->runs + series * n_own * samples,
              proof->runs + series * n_runs * samples);
    }
    for (int regime = 0; regime < proof->n_regimes && parcel->tallies != NULL; regime++) {
        tally_add(&proof->tallies[parcel->span.point * proof->n_regimes + regime], &parcel->tallies[regime]);
    }
    int end = parcel->span.first + parcel->span.n_replicates;
    proof->n_done = end > proof->n_done ? end : proof->n_done;
}

/* A runner_sink. */
static dredge_status take_parcels(void *context, int n_parcels, struct parcel *parcels)
{
    for (int index = 0; index < n_parcels; index++) {
        take(context, &parcels[index]);
    }
    return DREDGE_OK;
}

static void tell(void *context, const struct runner_progress *progress)
{
    const struct proof *proof = context;
    proof->progress((double)progress->n_done / (double)progress->n_runs);
}

static dredge_status add_series(struct proof *proof, struct content *content)
{
    size_t n_tables = (size_t)proof->n_points * (size_t)proof->n_regimes;
    size_t n_values = (size_t)N_STATISTICS * (size_t)proof->n_samples;
    float *summary = malloc(n_values * n_tables * sizeof *summary + 1);
    if (summary == NULL) {
        return status_no_memory(n_values * n_tables * sizeof *summary);
    }
    for (int series = 0; series < N_SERIES && proof->n_samples > 0; series++) {
        if (proof->study->trajectories == TRAJECTORIES_RUNS) {
            content_runs(content, series, proof->n_points, proof->n_replicates, proof->status,
                         proof->runs + (size_t)series * n_runs_of(proof) * (size_t)proof->n_samples);
            continue;
        }
        for (size_t table = 0; table < n_tables; table++) {
            tally_statistics(&proof->tallies[table], series, summary + table * n_values);
        }
        for (int point = 0; point < proof->n_points; point++) {
            content_summary(content, series, summary + (size_t)point * (size_t)proof->n_regimes * n_values);
        }
    }
    free(summary);
    return DREDGE_OK;
}

static dredge_status finish(struct proof *proof, const struct content *content, char digest[33])
{
    const struct study *study = proof->study;
    const char **names = calloc((size_t)study->n_regimes + (size_t)study->design.n_factors, sizeof *names);
    int *months = calloc((size_t)proof->n_samples + 1, sizeof *months);
    dredge_status status = DREDGE_OK;
    if (names == NULL || months == NULL) {
        status = status_no_memory(((size_t)proof->n_samples + 1) * sizeof *months);
        goto out;
    }
    for (int regime = 0; regime < study->n_regimes; regime++) {
        names[regime] = study->regimes[regime].name;
    }
    for (int factor = 0; factor < study->design.n_factors; factor++) {
        names[study->n_regimes + factor] = study->design.factors[factor].key;
    }
    for (int sample = 0; sample < proof->n_samples; sample++) {
        months[sample] = (sample + 1) * study->every - 1;
    }
    content_finish(content, names, study->design.n_factors, names + study->n_regimes, study->design.values, months,
                   digest);
out:
    free(names);
    free(months);
    return status;
}

dredge_status proof_digest(const struct study *study, proof_progress *progress, char digest[33])
{
    struct proof proof;
    struct runner_options options = {.n_threads = 1, .progress = tell, .progress_context = &proof};
    struct runner_sink sink = {.context = &proof, .append = take_parcels};
    dredge_status status = begin(&proof, study, progress);
    if (status == DREDGE_OK) {
        status = runner_run(study, &options, &sink);
    }
    if (status != DREDGE_OK) {
        goto out;
    }
    struct content content;
    const struct shape shape = {proof.n_points, proof.n_regimes,
                                proof.n_done,   proof.n_samples,
                                N_SERIES,       proof.n_samples > 0 ? study->trajectories : TRAJECTORIES_NONE};
    content_begin(&content, &shape);
    content_status(&content, 0, proof.n_points, 0, proof.n_replicates, proof.status);
    for (int outcome = 0; outcome < N_OUTCOMES; outcome++) {
        content_outcome(&content, outcome, proof.n_points, proof.n_replicates, proof.status,
                        proof.outcomes + (size_t)outcome * n_runs_of(&proof));
    }
    status = add_series(&proof, &content);
    if (status == DREDGE_OK) {
        status = finish(&proof, &content, digest);
    }
out:
    release(&proof);
    return status;
}
