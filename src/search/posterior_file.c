/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "search/calibrate.h"
#include "model/theory.h"
#include "result/stored_study.h"
#include "search/calibrate_state.h"
#include "store/file/particles.h"
#include "study/factor.h"

/* The file that a calibration leaves. */

static const char posterior_study[] = "study", posterior_overrides[] = "overrides";

static const char *prior_name(const struct calibration *calibration, int k)
{
    return calibration->priors[k].key;
}

static const char *theory_name(const struct calibration *calibration, int k)
{
    (void)calibration;
    return theory_infos[k].name;
}

/* n names, one a line; the caller frees them; NULL when out of memory. */
static char *list_lines(int n, const struct calibration *calibration,
                        const char *(*name)(const struct calibration *calibration, int k))
{
    size_t n_bytes = 1;
    size_t used = 0;
    for (int k = 0; k < n; k++) {
        n_bytes += strlen(name(calibration, k)) + 1;
    }
    char *text = calloc(1, n_bytes);
    for (int k = 0; text != NULL && k < n; k++) {
        used += (size_t)snprintf(text + used, n_bytes - used, "%s\n", name(calibration, k));
    }
    return text;
}

dredge_status posterior_write(const char *path, const struct study *study, const struct posterior *posterior,
                              const char *provenance)
{
    const struct calibration *calibration = posterior->calibration;
    int n_most = posterior->n_priors + 2 * posterior->n_targets + 4;
    struct particles_column *columns = calloc((size_t)n_most, sizeof *columns);
    double *theories = calloc((size_t)posterior->n + 1, sizeof *theories);
    char(*names)[2][EVIDENCE_NAME_BYTES + 16] = calloc((size_t)posterior->n_targets + 1, sizeof *names);
    int n = 0;
    if (columns == NULL || theories == NULL || names == NULL) {
        free(names);
        free(theories);
        free(columns);
        return status_no_memory((size_t)n_most * sizeof *columns);
    }
    for (int f = 0; f < posterior->n_priors; f++) {
        struct factor_about about = factor_about(&calibration->priors[f]);
        columns[n++] = (struct particles_column){calibration->priors[f].key, about.unit, about.meaning,
                                                 posterior->x + f, posterior->n_priors};
    }
    columns[n++] =
        (struct particles_column){"weight", "1", "weight of the particle, all together 1", posterior->weight, 1};
    columns[n++] = (struct particles_column){
        "distance", "1", "sum of squared distances to the fitted targets, in errors", posterior->misfit, 1};
    for (int i = 0; i < posterior->n; i++) {
        theories[i] = posterior->theory != NULL ? posterior->theory[i] : (int)study->theory;
    }
    columns[n++] = (struct particles_column){"theory", "1",
                                             "number of the theory, in the order of dredge show theories", theories, 1};
    for (int t = 0; t < posterior->n_targets; t++) {
        const struct evidence *target = &calibration->targets[t];
        (void)snprintf(names[t][0], sizeof names[t][0], "figure_%s", target->name);
        (void)snprintf(names[t][1], sizeof names[t][1], "predicted_%s", target->name);
        if (!target->is_held_out) {
            columns[n++] = (struct particles_column){names[t][0], "1", "the figure that the particle was fitted with",
                                                     posterior->figures + t, posterior->n_targets};
        }
        columns[n++] = (struct particles_column){names[t][1], "1", "the figure with luck that chose nothing",
                                                 posterior->predictive + t, posterior->n_targets};
    }
    char *keys = list_lines(calibration->n_priors, calibration, prior_name);
    char *theory_lines = list_lines(calibration->n_theories > 0 ? N_THEORIES : 0, calibration, theory_name);
    const char *const texts[][2] = {{"Conventions", "CF-1.8"},
                                    {"title", study->title},
                                    {posterior_study, study->text},
                                    {posterior_overrides, study->overrides},
                                    {"provenance", provenance},
                                    {PARTICLES_KEYS, keys},
                                    {PARTICLES_CALIBRATION, posterior->identity},
                                    {PARTICLES_THEORIES, theory_lines}};
    const struct particles_file file = {posterior->n, n, calibration->n_theories > 0 ? 8 : 7, columns, texts};
    dredge_status status =
        keys != NULL && theory_lines != NULL ? particles_write(path, &file) : status_no_memory(STUDY_KEY_BYTES);
    free(theory_lines);
    free(keys);
    free(names);
    free(theories);
    free(columns);
    return status;
}

/* What differs between the study that is kept with a posterior and this one; "" when nothing does that determines runs, or
 * when it cannot be read. */
static dredge_status find_changes(const char *path, const struct study *is, char changes[STORED_STUDY_BYTES])
{
    struct study was = {0};
    char *text = NULL, *overrides = NULL;
    dredge_status status = particles_text(path, posterior_study, &text);
    if (status == DREDGE_OK) {
        status = particles_text(path, posterior_overrides, &overrides);
    }
    if (status == DREDGE_OK && text != NULL && overrides != NULL) {
        if (stored_study_parse(path, text, overrides, &was) == DREDGE_OK) {
            stored_study_changes(&was, is, changes);
        } else {
            status_clear();
        }
    }
    study_free(&was);
    free(overrides);
    free(text);
    return status;
}

dredge_status posterior_is_of(const char *path, const struct study *study, const struct calibrate_options *options)
{
    char own[33], changes[STORED_STUDY_BYTES] = "";
    char *identity = NULL;
    calibrate_identity(study, options, own);
    dredge_status status = particles_text(path, PARTICLES_CALIBRATION, &identity);
    int is_same = identity != NULL && strcmp(identity, own) == 0;
    free(identity);
    if (status == DREDGE_OK && !is_same) {
        status = find_changes(path, study, changes);
    }
    if (status != DREDGE_OK || is_same) {
        return status;
    }
    return status_fail(
        DREDGE_FILE, "%s: is the posterior of another calibration: %s; begin again with --force, or give another name",
        path,
        changes[0] != '\0' ? changes
                           : "of another text of the study, with other options, or by another version of "
                             "the model");
}
