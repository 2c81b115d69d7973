/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/donor_fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "result/stopping.h"
#include "result/stored_study.h"
#include "study/roster.h"

/* A file and the study that is to take over its runs. */
struct fit {
    struct results_file *file;
    const char *path;
    const struct study *was, *is;
    int *point, *regime; /* as donor_fit fills them */
};

static const char what_grows[] = "a study grows by replicates, a tighter precision, design points and regimes";

/* ---- regimes ---- */

static dredge_status fit_regimes(const struct fit *fit)
{
    const struct study *was = fit->was, *is = fit->is;
    int n_found = 0;
    for (int regime = 0; regime < is->n_regimes; regime++) {
        fit->regime[regime] = study_regime(was, is->regimes[regime].name);
        n_found += fit->regime[regime] >= 0;
    }
    for (int regime = 0; regime < was->n_regimes; regime++) {
        if (study_regime(is, was->regimes[regime].name) < 0) {
            return status_fail(DREDGE_FILE, "%s: has a regime %s, which this study has not: %s", fit->path,
                               was->regimes[regime].name, what_grows);
        }
    }
    if (fit->regime[0] != 0) {
        return status_fail(DREDGE_FILE,
                           "%s: its baseline is %s, here it is %s: differences are taken to the first regime, which "
                           "has to be the same",
                           fit->path, was->regimes[0].name, is->regimes[0].name);
    }
    if (n_found < is->n_regimes && is->replication.outcome >= 0) {
        return status_fail(DREDGE_FILE,
                           "%s: no regime can be added under a stopping rule, as each regime has a say in how many "
                           "replicates there are; give a number of replicates",
                           fit->path);
    }
    return DREDGE_OK;
}

/* ---- what must not differ ---- */

/* The study without what grows: of the regimes those that `other` has, too, in its order. The caller frees the regimes. */
static dredge_status without_growth(const struct study *study, const struct study *other, struct study *rest)
{
    *rest = *study; /* shares what the study owns */
    rest->regimes = malloc((size_t)other->n_regimes * sizeof *rest->regimes);
    if (rest->regimes == NULL) {
        return status_no_memory((size_t)other->n_regimes * sizeof *rest->regimes);
    }
    rest->n_regimes = 0;
    for (int regime = 0; regime < other->n_regimes; regime++) {
        int own = study_regime(study, other->regimes[regime].name);
        if (own >= 0) {
            rest->regimes[rest->n_regimes++] = study->regimes[own];
        }
    }
    rest->replication = (struct replication){.min = 1, .max = 1, .outcome = -1};
    rest->design = (struct design){.method = DESIGN_NONE, .n_points = 1, .n_rows = 1};
    return DREDGE_OK;
}

static dredge_status fit_rest(const struct fit *fit)
{
    struct study was = {0}, is = {0};
    char changes[STORED_STUDY_BYTES] = "", digests[2][ORIGIN_BYTES];
    dredge_status status = without_growth(fit->was, fit->is, &was);
    if (status == DREDGE_OK) {
        status = without_growth(fit->is, fit->is, &is);
    }
    if (status == DREDGE_OK) {
        int n_kept = 0;
        for (int regime = 0; regime < is.n_regimes; regime++) {
            if (fit->regime[regime] >= 0) {
                is.regimes[n_kept++] = is.regimes[regime];
            }
        }
        is.n_regimes = n_kept;
        stored_study_changes(&was, &is, changes);
        study_digest(&was, digests[0]);
        study_digest(&is, digests[1]);
    }
    if (status == DREDGE_OK && (changes[0] != '\0' || strcmp(digests[0], digests[1]) != 0)) {
        status = status_fail(DREDGE_FILE, "%s: its study differs from this one in what cannot grow: %s; %s", fit->path,
                             changes[0] != '\0' ? changes : "another version of dredge wrote it", what_grows);
    }
    free(was.regimes);
    free(is.regimes);
    return status;
}

/* ---- design points ---- */

/* A design point by the digest of all its values. */
struct marked {
    char digest[ORIGIN_BYTES];
    int point;
};

static int compare_marked(const void *left, const void *right)
{
    const struct marked *a = left, *b = right;
    int order = strcmp(a->digest, b->digest);
    return order != 0 ? order : a->point - b->point;
}

/* Every value of every parameter, of the steering of the regimes of `was`, who sits, and what happens. */
static void mark_point(const struct fit *fit, const struct study *study, struct regime *regimes, struct act *acts,
                       struct digest *sum, struct marked *marked)
{
    struct parameters parameters;
    char sentence[256];
    /* An impossible point has its values, too. */
    (void)study_point(study, marked->point, &parameters, regimes, sizeof sentence, sentence);
    digest_begin(sum);
    for (int index = 0; index < n_parameters; index++) {
        double value = parameter_get(&parameters, index);
        digest_reals(sum, 1, &value);
    }
    for (int number = 0; number < fit->was->n_regimes; number++) {
        const struct regime *regime = &regimes[study_regime(study, fit->was->regimes[number].name)];
        for (int phase = 0; phase < regime->n_phases; phase++) {
            digest_whole(sum, regime->phase[phase].from);
            for (int index = 0; index < n_steering; index++) {
                double value = steering_get(&regime->phase[phase].steering, index);
                digest_reals(sum, 1, &value);
            }
        }
    }
    roster_digest(&study->roster, sum);
    study_acts(study, marked->point, acts);
    for (int k = 0; k < study->n_acts; k++) {
        digest_whole(sum, acts[k].month);
        digest_whole(sum, acts[k].kind);
        digest_whole(sum, acts[k].what);
        digest_reals(sum, 1, &acts[k].value);
    }
    digest_hex(sum, marked->digest);
}

/* All points of a study, in order of their digests; the caller frees them. */
static dredge_status mark_points(const struct fit *fit, const struct study *study, struct marked **marked)
{
    int n_points = study->design.n_points;
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    struct act *acts = malloc(((size_t)study->n_acts + 1) * sizeof *acts);
    struct digest *sum = digest_new();
    *marked = malloc((size_t)n_points * sizeof **marked);
    dredge_status status = regimes == NULL || acts == NULL || sum == NULL || *marked == NULL
                               ? status_no_memory((size_t)n_points * sizeof **marked)
                               : DREDGE_OK;
    for (int point = 0; status == DREDGE_OK && point < n_points; point++) {
        (*marked)[point].point = point;
        mark_point(fit, study, regimes, acts, sum, &(*marked)[point]);
    }
    if (status == DREDGE_OK) {
        qsort(*marked, (size_t)n_points, sizeof **marked, compare_marked);
    }
    digest_free(sum);
    free(acts);
    free(regimes);
    return status;
}

/* Why a design point of the file is none of the study. */
static dredge_status refuse_point(const struct fit *fit, int point)
{
    const struct design *was = &fit->was->design, *is = &fit->is->design;
    if (was->method == DESIGN_LATIN_HYPERCUBE && is->method == DESIGN_LATIN_HYPERCUBE &&
        was->n_factors == is->n_factors && was->seed == is->seed) {
        return status_fail(
            DREDGE_FILE,
            "%s: its design is a Latin hypercube of %d points, this one has %d; it grows by doubling, to "
            "%d, %d, %d, ... (design.points), with the same factors",
            fit->path, was->n_rows, is->n_rows, 2 * was->n_rows, 4 * was->n_rows, 8 * was->n_rows);
    }
    char values[256] = "";
    size_t used = 0;
    for (int factor = 0; factor < was->n_factors && used < sizeof values; factor++) {
        int n =
            snprintf(values + used, sizeof values - used, "%s%s %.6g", factor > 0 ? ", " : " (",
                     was->factors[factor].key, was->values[(size_t)point * (size_t)was->n_factors + (size_t)factor]);
        used += n > 0 ? (size_t)n : 0;
    }
    return status_fail(
        DREDGE_FILE,
        "%s: its design point %d%s%s is none of this study: a design grows by points and keeps those that "
        "it has (a Sobol sequence goes on, a Latin hypercube doubles, grids and lists get more values)",
        fit->path, point, values, values[0] != '\0' ? ")" : "");
}

/* Finds each point of the file among those of the study; points with the same values in their order. */
static dredge_status fit_points(const struct fit *fit)
{
    int n_was = fit->was->design.n_points, n_is = fit->is->design.n_points, missing = -1;
    struct marked *was = NULL, *is = NULL;
    dredge_status status = mark_points(fit, fit->was, &was);
    if (status == DREDGE_OK) {
        status = mark_points(fit, fit->is, &is);
    }
    int next = 0;
    for (int i = 0; status == DREDGE_OK && i < n_is; i++) {
        fit->point[is[i].point] = -1;
        for (; next < n_was && strcmp(was[next].digest, is[i].digest) < 0; next++) {
            missing = missing < 0 || was[next].point < missing ? was[next].point : missing;
        }
        if (next < n_was && strcmp(was[next].digest, is[i].digest) == 0) {
            fit->point[is[i].point] = was[next++].point;
        }
    }
    for (; status == DREDGE_OK && next < n_was; next++) {
        missing = missing < 0 || was[next].point < missing ? was[next].point : missing;
    }
    if (status == DREDGE_OK && missing >= 0) {
        status = refuse_point(fit, missing);
    }
    free(was);
    free(is);
    return status;
}

/* ---- replicates ---- */

/* Would the study have made all replicates that the file has of each point? */
static dredge_status fit_replicates(const struct fit *fit)
{
    const struct results_info *info = results_info(results_file_results(fit->file));
    const struct replication *was = &fit->was->replication, *is = &fit->is->replication;
    int most = 0;
    for (int point = 0; point < info->n_points; point++) {
        most = info->replicates_done[point] > most ? info->replicates_done[point] : most;
    }
    if (most > is->max) {
        return status_fail(DREDGE_FILE,
                           "%s: has up to %d replicates of a design point, this study asks for %d at most: %s",
                           fit->path, most, is->max, what_grows);
    }
    int is_tighter = was->outcome == is->outcome && was->min == is->min && is->max >= was->max &&
                     is->half_width <= was->half_width && is->confidence >= was->confidence;
    if (is->outcome >= 0 && !is_tighter && most > stopping_first_look(is)) {
        return status_fail(DREDGE_FILE,
                           "%s: this study could stop before the %d replicates that there are: its rule must be the "
                           "same with a smaller half_width, a larger confidence or max, or have a min of at least %d",
                           fit->path, most, most);
    }
    return DREDGE_OK;
}

/* ---- what is kept ---- */

static dredge_status fit_contents(const struct fit *fit, const struct head *head)
{
    const struct shape *shape = results_file_shape(fit->file);
    const struct catalogue *found = &results_info(results_file_results(fit->file))->catalogue, *own = &head->catalogue;
    int same = found->n_outcomes == own->n_outcomes && found->n_series == own->n_series;
    for (int row = 0; same && row < own->n_outcomes; row++) {
        same = strcmp(found->outcome[row].name, own->outcome[row].name) == 0 &&
               found->outcome[row].column == own->outcome[row].column;
    }
    for (int row = 0; same && row < own->n_series; row++) {
        same = strcmp(found->series[row].name, own->series[row].name) == 0;
    }
    if (!same) {
        return status_fail(DREDGE_FILE, "%s: holds other outcomes or series than runs of this study", fit->path);
    }
    if (shape->n_months != head->shape.n_months) {
        return status_fail(DREDGE_FILE,
                           "%s: its trajectories have %d samples, those of this study %d: the design point with the "
                           "longest horizon sets it, which has to stay the same",
                           fit->path, shape->n_months, head->shape.n_months);
    }
    if (shape->trajectories == TRAJECTORIES_SUMMARY && !results_file_has_tallies(fit->file)) {
        return status_fail(
            DREDGE_FILE,
            "%s: keeps no counts behind its summaries of trajectories, so that no runs can be added; run "
            "the study again without `output: {counts: false}`",
            fit->path);
    }
    return DREDGE_OK;
}

/* The study that a file keeps, read by this program, must come to what it came to then. */
static dredge_status fit_origin(const struct fit *fit, const struct origin *found)
{
    struct origin own = {.study_digest = ""};
    dredge_status status = study_design_digest(fit->was, own.design_digest);
    return status == DREDGE_OK ? origin_check_design(fit->path, found, &own) : status;
}

static dredge_status fit_all(const struct fit *fit, const struct head *head)
{
    dredge_status status = fit_regimes(fit);
    if (status == DREDGE_OK) {
        status = fit_rest(fit);
    }
    if (status == DREDGE_OK) {
        status = fit_replicates(fit);
    }
    if (status == DREDGE_OK) {
        status = fit_points(fit);
    }
    return status == DREDGE_OK ? fit_contents(fit, head) : status;
}

/* NOLINTBEGIN(readability-non-const-parameter): filled by way of the struct */
dredge_status donor_fit(struct results_file *file, const struct study *study, const struct head *head, int *point,
                        int *regime)
/* NOLINTEND(readability-non-const-parameter) */
{
    struct study was = {0};
    const struct fit fit = {file, results_file_path(file), &was, study, point, regime};
    const struct origin origin = results_file_origin(file);
    dredge_status status = origin_check_model(fit.path, &origin, &head->origin);
    if (status == DREDGE_OK) {
        status = results_study(results_file_results(file), &was);
    }
    if (status == DREDGE_OK) {
        status = fit_origin(&fit, &origin);
    }
    if (status == DREDGE_OK) {
        status = fit_all(&fit, head);
    }
    study_free(&was);
    return status;
}
