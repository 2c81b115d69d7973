/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_RESULTS_H
#define RESULT_RESULTS_H

#include <stdint.h>

#include "result/catalogue.h"
#include "result/parcel.h"
#include "result/settings.h"
#include "study/study.h"

/* The results of a study as they are read: from a file (store/store.h) or from memory (run/memory_sink.h), which stand
 * behind a table of functions, so that who reads needs neither. What they hold is what their catalogue lists: outcomes and
 * series are asked for by column, and a column is found by its name. */

struct results_info {
    int n_points, n_regimes, n_replicates; /* the replicate dimension: the largest number of any point */
    int n_months;                          /* samples of trajectories, 0 when there are none */
    int n_factors;
    int trajectories_are_runs;
    int has_differences;        /* summaries have those of the differences to the baseline, too */
    struct catalogue catalogue; /* what there is */
    /* Outcomes of one number: those of this program's table, whether or not the results have them, then others that they have. */
    int n_outcomes;
    struct outcome_info *outcomes; /* [n_outcomes] */
    char **regimes;                /* [n_regimes] */
    char **factors;                /* [n_factors] keys with dots, "funder.target" */
    double *values;                /* [n_points][n_factors] */
    int *months;                   /* [n_months] */
    int *replicates_done;          /* [n_points] */
    uint8_t *hit_max;              /* [n_points]: the stopping rule has used up its replicates; NULL where not known */
    const char *title, *study, *overrides, *provenance, *digest, *format_version;
    const char *model_stamp;               /* "" where none was kept */
    long long n_done, n_failed, n_not_run; /* runs by status */
};

/* What gives the numbers. The arguments are in range; the results are as the functions below say. */
struct results_functions {
    void (*close)(void *source);
    dredge_status (*outcome)(void *source, int column, int first, int n_points, double *out);
    /* All columns of a row of the catalogue at once; NULL where that is as quick one by one. */
    dredge_status (*row)(void *source, int row, int first, int n_points, double *out);
    dredge_status (*status)(void *source, int first, int n_points, uint8_t *out);
    dredge_status (*summary)(void *source, int column, int point, int regime, float *out);
    dredge_status (*difference)(void *source, int column, int point, int regime, float *out);
    dredge_status (*runs)(void *source, int column, int point, int regime, float *out);
    dredge_status (*message)(void *source, int point, char message[PARCEL_MESSAGE_BYTES]);
    dredge_status (*digest)(void *source, char digest[33]);
};

/* Made by a source, which owns all of it. */
struct results {
    const struct results_functions *functions;
    void *source;
    const char *name; /* for messages: the file */
    struct results_info info;
};

void results_close(struct results *results); /* safe on NULL */

/* Borrowed from the results. */
const struct results_info *results_info(const struct results *results);

/* For a source: lists the outcomes of its catalogue; it frees them. */
STATUS_CHECKED dredge_status results_list_outcomes(struct results_info *info);

/* Adds the outcomes by sector and by pair of sectors that the results have to the list, a number each: "trust_end_by_pair
 * [public-private]". */
STATUS_CHECKED dredge_status results_list_sectors(struct results *results);

/* The study that made the results, read again from its text and overrides; the caller frees it. */
STATUS_CHECKED dredge_status results_study(const struct results *results, struct study *study);

/* A column of outcomes of points [first, first + n_points): out[n_points][n_regimes][n_replicates]; NaN where a run failed
 * or was not run. */
STATUS_CHECKED dredge_status results_outcome(struct results *results, int column, int first, int n_points, double *out);

/* The same asked by name ("trust_end", "momentum_end_by_sector[public]"): NaN where the results have no such outcome. */
STATUS_CHECKED dredge_status results_outcome_named(struct results *results, const char *name, int first, int n_points,
                                                   double *out);

/* All n_columns numbers of a row by sector or pair ("trust_end_by_pair"), for which a file is read once:
 * out[n_columns][n_points][n_regimes][n_replicates]; NaN where the results have no such outcome. */
STATUS_CHECKED dredge_status results_row_named(struct results *results, const char *name, int n_columns, int first,
                                               int n_points, double *out);

/* Statuses: out[n_points][n_regimes][n_replicates]. */
STATUS_CHECKED dredge_status results_status(struct results *results, int first, int n_points, uint8_t *out);

/* A trajectory of one point and regime, where results hold summaries: out[N_STATISTICS][n_months]. */
STATUS_CHECKED dredge_status results_summary(struct results *results, int column, int point, int regime, float *out);
/* Mean and variance of its difference to the baseline (has_differences): out[N_MOMENTS][n_months]. */
STATUS_CHECKED dredge_status results_difference(struct results *results, int column, int point, int regime, float *out);
/* Where they hold runs: out[n_replicates][n_months]. */
STATUS_CHECKED dredge_status results_runs(struct results *results, int column, int point, int regime, float *out);

/* Summaries and runs asked by the name of the series: NaN where the results have no such series. */
STATUS_CHECKED dredge_status results_summary_named(struct results *results, const char *name, int point, int regime,
                                                   float *out);
STATUS_CHECKED dredge_status results_runs_named(struct results *results, const char *name, int point, int regime,
                                                float *out);

/* Why the runs of a point failed, "" where they did not. */
STATUS_CHECKED dredge_status results_message(struct results *results, int point, char message[PARCEL_MESSAGE_BYTES]);

/* Computes the digest of the scientific content again from the data (32 hexadecimal digits). DREDGE_FILE with a sentence
 * that says what differs when it is not the one that the results tell. */
STATUS_CHECKED dredge_status results_digest(struct results *results, char digest[33]);

#endif
