/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DREDGE_DREDGE_H
#define DREDGE_DREDGE_H

/* dredge: a simulation laboratory for cross-sector collaboration. Reads studies, runs them and reads their results.
 *
 *     dredge_study *study;
 *     if (dredge_study_read("study.yaml", 0, NULL, &study) != DREDGE_OK) {
 *         fprintf(stderr, "%s\n", dredge_message());
 *     }
 *     dredge_study_run(study, "results.h5", NULL);
 *     dredge_study_free(study);
 *
 * Every call that can fail returns a dredge_status; dredge_message then explains it. Nothing is printed and nothing
 * exits. Different threads may work with different studies and results at the same time. */

#include <stddef.h>

#include "dredge/export.h"
#include "dredge/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dredge_study dredge_study;
typedef struct dredge_results dredge_results;

/* "0.1.0" */
DREDGE_API const char *dredge_version(void);

/* The sentence of the first failure of this thread since the last call that began with dredge_ and succeeded in
 * starting; "" when there is none. Valid until the next call. A study's mistakes come one to a line. */
DREDGE_API const char *dredge_message(void);

/* ---- studies ---- */

/* Reads and checks a study file (docs/guide.md). `sets` are `n_sets` strings "KEY=VALUE" that replace its values; NULL
 * when n_sets is 0. On success the caller frees *study with dredge_study_free; otherwise *study is NULL: DREDGE_STUDY
 * with every mistake, or DREDGE_FILE. */
DREDGE_API dredge_status dredge_study_read(const char *path, size_t n_sets, const char *const *sets,
                                           dredge_study **study);

/* The same from a text of `n_bytes`; `name` stands for the file in messages. */
DREDGE_API dredge_status dredge_study_parse(const char *name, const char *text, size_t n_bytes, size_t n_sets,
                                            const char *const *sets, dredge_study **study);

/* Frees a study; safe on NULL. */
DREDGE_API void dredge_study_free(dredge_study *study);

/* Runs that the study asks for: design points times regimes times replicates (the most, under a stopping rule). */
DREDGE_API long long dredge_study_runs(const dredge_study *study);

struct dredge_run_options {
    int n_threads; /* 0: OMP_NUM_THREADS or all cores; results do not depend on it */
    int resume;    /* go on where an interrupted run of the same study stopped */
    int force;     /* replace an existing file */
    /* Called now and then from the thread that called dredge_study_run; return non-zero to stop soon, which ends with
     * DREDGE_INTERRUPTED and keeps what is finished. NULL: not called. */
    int (*progress)(void *context, long long n_done, long long n_runs);
    void *context;
};

/* Runs a study into results file `path`; `options` NULL: all defaults. The file appears when all is done; until then
 * finished work lies beside it in the folder `path`.parts. */
DREDGE_API dredge_status dredge_study_run(const dredge_study *study, const char *path,
                                          const struct dredge_run_options *options);

/* ---- results ---- */

/* Opens a results file; the caller closes *results with dredge_results_close; NULL on failure (DREDGE_FILE). */
DREDGE_API dredge_status dredge_results_open(const char *path, dredge_results **results);

/* Closes; safe on NULL. */
DREDGE_API void dredge_results_close(dredge_results *results);

DREDGE_API int dredge_results_n_points(const dredge_results *results);
DREDGE_API int dredge_results_n_regimes(const dredge_results *results);
DREDGE_API int dredge_results_n_replicates(const dredge_results *results);

/* The name of a regime, borrowed from the file; NULL when there is no regime `regime`. */
DREDGE_API const char *dredge_results_regime(const dredge_results *results, int regime);

/* One outcome ("structural_share", ...) of design points first .. first + n_points - 1:
 * out[n_points][n_regimes][n_replicates], NaN where a run failed or was not run. DREDGE_USAGE for an unknown name or
 * points that are not there. */
DREDGE_API dredge_status dredge_results_outcome(dredge_results *results, const char *outcome, int first, int n_points,
                                                double *out);

/* The digest of the scientific content, computed from the data: 32 hexadecimal digits and a terminator. */
DREDGE_API dredge_status dredge_results_digest(dredge_results *results, char digest[33]);

#ifdef __cplusplus
}
#endif

#endif
