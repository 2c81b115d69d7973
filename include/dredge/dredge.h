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
 * Every call that can fail returns a dredge_status; dredge_message then explains it. Nothing is printed, nothing exits,
 * and nothing that all threads of a process share is switched. Arguments are checked: DREDGE_USAGE with a sentence. What
 * a call makes is NULL when it fails. Different threads may work with different studies and results at the same time;
 * one object belongs to one thread at a time, unless its calls say otherwise. After fork, a child goes on as its parent
 * would, but in one thread if the parent has run with several (what OpenMP keeps of them does not survive a fork); a
 * child of a process in which another thread was inside a call may only exec. Whatever computes answers DREDGE_USAGE in
 * a thread that does not round to the nearest number, takes the smallest for zero or ends the program at numbers that go
 * wrong (feenableexcept). Threads and memory are asked for before a run starts: DREDGE_MEMORY when there are not enough.
 * If memory runs out later all the same, HDF5, which the files are written with, may end the program. */

#include <stddef.h>

#include "dredge/export.h"
#include "dredge/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dredge_study dredge_study;
typedef struct dredge_results dredge_results;
typedef struct dredge_posterior dredge_posterior;

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

/* What the study asks for, as a JSON object: title, question, seed, points, replicates (the most), regimes (names), factors
 * (keys), parameters (every value by its key, before a design point changes it). The caller frees *json with
 * dredge_text_free. */
DREDGE_API dredge_status dredge_study_describe(const dredge_study *study, char **json);

/* Runs that the study asks for: design points times regimes times replicates (the most, under a stopping rule). */
DREDGE_API long long dredge_study_runs(const dredge_study *study);

struct dredge_run_options {
    int n_threads; /* 0: OMP_NUM_THREADS or all cores; at most 4096; results do not depend on it */
    int resume;    /* go on where an interrupted run of the same study stopped */
    int force;     /* replace an existing results file; a file of another kind, or a link, stays */
    /* Called now and then from the thread that called dredge_study_run; return non-zero to stop soon, which ends with
     * DREDGE_INTERRUPTED and keeps what is finished. NULL: not called. */
    int (*progress)(void *context, long long n_done, long long n_runs);
    void *context;
    /* Into a file, and programmes only: every world is saved so often, in months, and `resume` goes on from there (0:
     * never). The worlds then run one after the other. At most 24000. */
    int checkpoint_every;
    /* Into a file only: a results file whose study asked for less (fewer replicates, points or regimes, less precision), from
     * which everything is taken over that the runs of both have in common; the result is the same as without. NULL: none. */
    const char *extend;
};

/* Runs a study into results file `path`; `options` NULL: all defaults. The file appears when all is done; until then
 * finished work lies beside it in the folder `path`.parts. */
DREDGE_API dredge_status dredge_study_run(const dredge_study *study, const char *path,
                                          const struct dredge_run_options *options);

/* Runs a study and keeps its results in memory: *results, which the caller closes with dredge_results_close, and which the
 * study must outlive. `options` as in dredge_study_run (resume, force and extend do not count). When the run is interrupted
 * (DREDGE_INTERRUPTED), *results holds what was finished; on other failures it is NULL. */
DREDGE_API dredge_status dredge_study_run_in_memory(const dredge_study *study, const struct dredge_run_options *options,
                                                    dredge_results **results);

/* ---- results ---- */

/* Opens a results file; the caller closes *results with dredge_results_close; NULL on failure (DREDGE_FILE). */
DREDGE_API dredge_status dredge_results_open(const char *path, dredge_results **results);

/* Closes; safe on NULL. */
DREDGE_API void dredge_results_close(dredge_results *results);

/* The numbers of design points, of regimes, and of replicates (the most of any point); 0 when `results` is NULL. */
DREDGE_API int dredge_results_n_points(const dredge_results *results);
DREDGE_API int dredge_results_n_regimes(const dredge_results *results);
DREDGE_API int dredge_results_n_replicates(const dredge_results *results);

/* The name of a regime, borrowed from the results; NULL when there is no regime `regime`. */
DREDGE_API const char *dredge_results_regime(const dredge_results *results, int regime);

/* What the results hold, as a JSON object: title, study (its text), overrides, digest, model_stamp, trajectories ("summary",
 * "runs" or "none"), points, replicates, regimes (names), factors (key, the value at every point, and where values are the
 * numbers of categories their names), months (of the samples, counted from 0), statistics (names), outcomes and series (name,
 * unit, better, long_name, description, dimension: "scalar", "sector" or "sector_pair"), sectors, sector_pairs. The caller
 * frees *json with dredge_text_free. */
DREDGE_API dredge_status dredge_results_describe(const dredge_results *results, char **json);

/* One outcome ("structural_share", "momentum_end_by_sector[public]", ...) of design points first .. first + n_points - 1:
 * out[n_points][n_regimes][n_replicates], NaN where a run failed or was not run. DREDGE_USAGE for an unknown name or points
 * that are not there. */
DREDGE_API dredge_status dredge_results_outcome(dredge_results *results, const char *outcome, int first, int n_points,
                                                double *out);

/* Whether the runs of these points were run: out[n_points][n_regimes][n_replicates], 0 not run, 1 done, 2 failed. */
DREDGE_API dredge_status dredge_results_status(dredge_results *results, int first, int n_points, unsigned char *out);

/* A trajectory ("structural_share", "trust_by_pair[public-private]", ...) of one point and regime: out[statistics][months]
 * of results that hold summaries, out[n_replicates][months] of those that hold runs. DREDGE_USAGE when there is none. */
DREDGE_API dredge_status dredge_results_series(dredge_results *results, const char *series, int point, int regime,
                                               float *out);

/* Every outcome of every regime beside the baseline, as the JSON document of `dredge compare --json`: means, paired
 * differences with their 95% intervals, verdicts. `baseline` NULL: the study's first regime. The caller frees *json with
 * dredge_text_free. */
DREDGE_API dredge_status dredge_results_compare(dredge_results *results, const char *baseline, char **json);

/* The page of `dredge report`: HTML that needs nothing else, in `language` ("en", "nl"; NULL: English). The caller frees
 * *html with dredge_text_free. */
DREDGE_API dredge_status dredge_results_report(dredge_results *results, const char *baseline, const char *language,
                                               char **html);

/* The digest of the scientific content, computed from the data: 32 hexadecimal digits and a terminator. DREDGE_FILE when it
 * is not the one that the results tell. */
DREDGE_API dredge_status dredge_results_digest(dredge_results *results, char digest[33]);

/* Writes results that a run has left in memory into results file `path`, with the same content as if dredge_study_run had
 * written them; with `force` in place of an existing results file. DREDGE_USAGE for results of a file. Of an interrupted run
 * what was finished lies in the folder `path`.parts afterwards: DREDGE_INTERRUPTED, and dredge_study_run with `resume` goes
 * on. */
DREDGE_API dredge_status dredge_results_write(dredge_results *results, const char *path, int force);

/* ---- who did what in a run ---- */

typedef struct dredge_people dredge_people;

/* Makes run `replicate` of design point `point` under regime `regime` again and keeps who sat and what lay between them in every
 * month: *people, which needs the results no more and which the caller frees with dredge_people_free; NULL on failure.
 * DREDGE_USAGE for a run that is not in the results, DREDGE_FAILURE when another model made them. */
DREDGE_API dredge_status dredge_results_people(dredge_results *results, int point, int regime, int replicate,
                                               dredge_people **people);

/* Frees; safe on NULL. */
DREDGE_API void dredge_people_free(dredge_people *people);

/* What the numbers are, as JSON: months, collaborations, seats (name, sector), ties (the two seats), of_seats and of_ties (names
 * of the numbers). The caller frees *json with dredge_text_free. */
DREDGE_API dredge_status dredge_people_describe(const dredge_people *people, char **json);

/* The numbers, borrowed: [months + 1][collaborations][seats][of_seats] and [months + 1][collaborations][ties][of_ties], from the
 * start (month 0) on. NULL when `people` is NULL. */
DREDGE_API const float *dredge_people_seats(const dredge_people *people);
DREDGE_API const float *dredge_people_ties(const dredge_people *people);

/* ---- calibration ---- */

struct dredge_calibrate_options {
    int n_particles; /* per generation, 16 .. 100000; 0: 1024 */
    /* Most settings that are tried, 32 .. 100000000 and at least two for each particle; 0: 20000. Two more for each particle
     * tell its figures. */
    long long n_draws;
    int n_replicates; /* collaborations of each regime for each setting, 4 .. 100000; 0: 24 */
    int n_threads;    /* as in dredge_run_options */
    /* A file that keeps each generation, so that a later call of the same study and options goes on from the last; it stays
     * until the caller removes it. NULL: none. */
    const char *state;
    /* As in dredge_run_options; told are the tolerance, which falls to 1, and the share of n_draws that were simulated. */
    int (*progress)(void *context, double tolerance, double share);
    void *context;
};

/* Which values of the keys of the study's section `calibration`, and which theories, agree with its targets: *posterior, which
 * the study must outlive and the caller frees with dredge_posterior_free; NULL on failure. DREDGE_STUDY when the study has no
 * such section; DREDGE_INTERRUPTED after a wish to stop. `options` NULL: all defaults. */
DREDGE_API dredge_status dredge_study_calibrate(const dredge_study *study,
                                                const struct dredge_calibrate_options *options,
                                                dredge_posterior **posterior);

/* Frees; safe on NULL. */
DREDGE_API void dredge_posterior_free(dredge_posterior *posterior);

/* What was found, as the JSON document of `dredge calibrate --json`: keys, in the order of the study, with quantiles and the
 * bits that the targets tell of them; targets; theories with their weights; generations; the tolerance that was reached. The
 * caller frees *json with dredge_text_free. */
DREDGE_API dredge_status dredge_posterior_describe(const dredge_posterior *posterior, char **json);

/* The number of particles; of keys; of targets. */
DREDGE_API int dredge_posterior_n_particles(const dredge_posterior *posterior);
DREDGE_API int dredge_posterior_n_keys(const dredge_posterior *posterior);
DREDGE_API int dredge_posterior_n_targets(const dredge_posterior *posterior);

/* The particles: values[n_particles][n_keys] in the units of the study, weights[n_particles] (all together 1),
 * distances[n_particles] (sums of squared distances to the fitted targets, in errors), figures[n_particles][n_targets] with
 * luck that chose nothing (NaN where there is none). Each of them NULL: not wanted. */
DREDGE_API dredge_status dredge_posterior_particles(const dredge_posterior *posterior, double *values, double *weights,
                                                    double *distances, double *figures);

/* The name of a particle's theory, static; NULL when there is no such particle. */
DREDGE_API const char *dredge_posterior_theory(const dredge_posterior *posterior, int particle);

/* Writes the posterior file that `dredge calibrate` writes, for studies with `design: {method: posterior, file: ...}`; with
 * `force` in place of an existing one. */
DREDGE_API dredge_status dredge_posterior_write(const dredge_posterior *posterior, const char *path, int force);

/* ---- a study as a function ---- */

typedef struct dredge_function dredge_function;

/* The study as a function of `factors` (`n_factors` keys as a design has them: "convener.skill", "regimes.iterative.base")
 * with the values `outcomes` (`n_outcomes` names, those that the study derives among them), under the study's regime `regime`
 * alone (NULL: under all). The study's own design and number of replicates do not count. The study must outlive *function, which
 * the caller frees with dredge_function_free; NULL on failure (DREDGE_USAGE for an unknown regime, factor or outcome, with
 * the nearest that there is, and for a factor that steers a regime that does not run). */
DREDGE_API dredge_status dredge_function_new(const dredge_study *study, const char *regime, size_t n_factors,
                                             const char *const *factors, size_t n_outcomes, const char *const *outcomes,
                                             dredge_function **function);

/* Frees; safe on NULL. */
DREDGE_API void dredge_function_free(dredge_function *function);

/* Runs replicates first .. first + n_replicates - 1 of the function's regimes at each of `n_rows` rows of factor values,
 * x[n_rows][n_factors], in the units of the study; on and off are 1 and 0. Fills
 * out[n_rows][n_outcomes][regimes][n_replicates], NaN where an outcome is missing. The same replicate meets the same luck
 * in all rows. `options` as in dredge_study_run (resume and force do not count). DREDGE_USAGE or DREDGE_STUDY with a
 * sentence when a value cannot be. Several threads may call one function at the same time. */
DREDGE_API dredge_status dredge_function_call(const dredge_function *function, int n_rows, const double *x, int first,
                                              int n_replicates, const struct dredge_run_options *options, double *out);

/* ---- month by month ---- */

typedef struct dredge_game dredge_game;

/* Starts replicate `replicate` of the study's first design point under regime `regime` (NULL: the study's first; also the
 * name of a built-in one), to be stepped by hand. Of a programme the first collaboration is shown. The study is not needed
 * afterwards. The caller frees *game with dredge_game_free; NULL on failure. */
DREDGE_API dredge_status dredge_game_new(const dredge_study *study, const char *regime, int replicate,
                                         dredge_game **game);

/* Frees; safe on NULL. */
DREDGE_API void dredge_game_free(dredge_game *game);

/* From the next month on the share of process work and the depth (shares, 0 .. 1) are set by hand, in place of the regime's
 * rules; the funder's pressure acts on them as always. DREDGE_USAGE when one of them is no share. */
DREDGE_API dredge_status dredge_game_steer(dredge_game *game, double process, double depth);

/* One month further, of support or aftercare: 1, or 0 when there is none left. */
DREDGE_API int dredge_game_step(dredge_game *game);

/* Months that have passed. */
DREDGE_API int dredge_game_month(const dredge_game *game);

/* What the state consists of, as JSON: names of the scalars, seats, ties, owners of layers, and where each begins among the
 * numbers of the state. The caller frees *json with dredge_text_free. */
DREDGE_API dredge_status dredge_game_describe(const dredge_game *game, char **json);

/* The state after the last month: `dredge_game_size` numbers, borrowed until the next step. */
DREDGE_API const float *dredge_game_state(const dredge_game *game);
DREDGE_API int dredge_game_size(const dredge_game *game);

/* Frees a text that a call has made; safe on NULL. */
DREDGE_API void dredge_text_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
