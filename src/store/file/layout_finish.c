/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/file/layout_inside.h"
#include "store/file/results_file.h"

/* The end of a results file: what could not be known before. */

/* Writes the finished replicates of each point, and whether the stopping rule has used up its replicates. */
static dredge_status put_done(struct layout *layout, const int *done)
{
    const struct layout_variable about_done = {
        .name = "replicates_done", .type = H5T_STD_I32LE, .rank = 1, .axis = {LAYOUT_POINT}};
    const struct layout_variable about_max = {
        .name = "hit_max", .type = H5T_STD_U8LE, .rank = 1, .axis = {LAYOUT_POINT}};
    int n_points = layout->shape.n_points, start = 0;
    hid_t replicates = layout_make_variable(layout, &about_done), most = layout_make_variable(layout, &about_max);
    uint8_t *hit_max = malloc((size_t)n_points);
    if (hit_max == NULL) {
        return status_no_memory((unsigned long long)n_points);
    }
    for (int point = 0; point < n_points; point++) {
        hit_max[point] = (uint8_t)content_hit_max(layout->study, done[point]);
    }
    layout_put_labels(layout, replicates, "replicates", "replicates that were run",
                      "under a stopping rule points differ; the rest of the replicates is not run");
    layout_put_labels(layout, most, NULL, "stopped by the maximum",
                      "the stopping rule used up its replicates before the precision it asks for was certain");
    layout_put_flags(layout, most, 2, "no yes");
    layout_put(layout, replicates, H5T_NATIVE_INT, 1, &start, &n_points, done);
    layout_put(layout, most, H5T_NATIVE_UINT8, 1, &start, &n_points, hit_max);
    free(hit_max);
    return DREDGE_OK;
}

/* Gives the variables their digests. */
static void put_digests(struct layout *layout)
{
    for (int i = 0; i < layout->inventory.n; i++) {
        const struct variable *variable = &layout->inventory.variable[i];
        layout_text(layout, labels_find(&layout->labels, variable->name), "digest", variable->digest);
    }
}

static void put_number(struct layout *layout, const char *name, double number)
{
    layout_numbers(layout, layout->file, name, H5T_IEEE_F64LE, 1, &number);
}

/* The values of the factor with this key, by design point `stride` apart; NULL when it is no factor. */
static const double *factor_values(const struct study *study, const char *key, size_t *stride)
{
    const struct design *design = &study->design;
    *stride = (size_t)design->n_factors;
    for (int factor = 0; factor < design->n_factors; factor++) {
        if (strcmp(design->factors[factor].key, key) == 0) {
            return design->values + factor;
        }
    }
    return NULL;
}

/* The theory of the study; of a study in which it is a factor, those of its points. */
static void put_theory(struct layout *layout)
{
    enum { TEXT_BYTES = 64 * N_THEORIES };
    const struct study *study = layout->study;
    char text[TEXT_BYTES] = "";
    int is_there[N_THEORIES] = {0};
    size_t stride = 0, used = 0;
    const double *values = factor_values(study, "theory", &stride);
    for (size_t point = 0; values != NULL && point < (size_t)study->design.n_points; point++) {
        is_there[(int)values[point * stride]] = 1;
    }
    for (int theory = 0; theory < N_THEORIES && used < sizeof text; theory++) {
        if (is_there[theory] || (values == NULL && theory == (int)study->theory)) {
            used +=
                (size_t)snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? ", " : "", theory_names[theory]);
        }
    }
    layout_text(layout, layout->file, "theory", text);
}

/* A whole parameter; where it is a factor, the largest of its values. */
static void put_largest(struct layout *layout, const char *key, double number)
{
    size_t stride = 0;
    const double *values = factor_values(layout->study, key, &stride);
    for (size_t point = 0; values != NULL && point < (size_t)layout->study->design.n_points; point++) {
        number = point == 0 || values[point * stride] > number ? values[point * stride] : number;
    }
    put_number(layout, key, number);
}

static void put_root(struct layout *layout, const struct layout_facts *facts, const char *digest,
                     const char *provenance)
{
    const struct study *study = layout->study;
    const struct origin *origin = &layout->head->origin;
    char version[16];
    (void)snprintf(version, sizeof version, "%d", RESULTS_FORMAT_VERSION);
    const struct {
        enum results_text which;
        const char *text;
    } texts[] = {{RESULTS_FORMAT, version},
                 {RESULTS_DIGEST, digest},
                 {RESULTS_STUDY_DIGEST, origin->study_digest},
                 {RESULTS_DESIGN_DIGEST, origin->design_digest},
                 {RESULTS_MODEL_STAMP, origin->model_stamp},
                 {RESULTS_TRAJECTORIES, results_trajectories[layout->shape.trajectories]},
                 {RESULTS_STUDY, study->text},
                 {RESULTS_OVERRIDES, study->overrides},
                 {RESULTS_PROVENANCE, provenance}};
    layout_text(layout, layout->file, results_text_names[RESULTS_TITLE], study->title);
    layout_text(layout, layout->file, "question", study->question);
    layout_text(layout, layout->file, "scale", scale_names[study->scale]);
    put_theory(layout);
    layout_text(layout, layout->file, "Conventions", "CF-1.8");
    layout_text(layout, layout->file, "baseline", study->regimes[0].name);
    put_largest(layout, "months", study->parameters.months);
    put_largest(layout, "aftercare_months", study->parameters.aftercare_months);
    put_number(layout, "runs_done", (double)facts->n_done);
    put_number(layout, "runs_failed", (double)facts->n_failed);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        layout_text(layout, layout->file, results_text_names[texts[i].which], texts[i].text);
    }
    layout_text(layout, layout->own, RESULTS_PARTS, facts->parts);
    if (facts->shards[0] != '\0') {
        layout_text(layout, layout->file, results_text_names[RESULTS_SHARDS], facts->shards);
    }
}

/* The provenance with an entry for each of its parts; the caller frees it; NULL when out of memory. */
static char *join_provenance(const struct layout_facts *facts)
{
    size_t length = strlen(facts->provenance);
    char *parts = files_text("%s", facts->parts);
    int is_object = length >= 2 && facts->provenance[length - 1] == '}';
    for (char *c = parts; c != NULL && *c != '\0'; c++) {
        if (*c == '\n') {
            *c = c[1] == '\0' ? ' ' : ',';
        }
    }
    char *joined = NULL;
    if (parts != NULL && is_object) {
        joined =
            files_text("%.*s%s\"parts\":[%s]}", (int)(length - 1), facts->provenance, length > 2 ? "," : "", parts);
    } else if (parts != NULL) {
        joined = files_text("%s", facts->provenance);
    }
    free(parts);
    return joined;
}

dredge_status layout_finish(struct layout *layout, const struct layout_facts *facts)
{
    char digest[33], *provenance = NULL;
    dredge_status status = layout_finish_own(layout);
    layout_note(layout, layout->packing == NULL || packing_flush(layout->packing));
    if (status == DREDGE_OK) {
        status = put_done(layout, facts->replicates_done);
    }
    if (status == DREDGE_OK) {
        status = layout_put_settings(layout);
    }
    if (status == DREDGE_OK) {
        status = content_list_study(&layout->inventory, layout->study, &layout->shape, facts->replicates_done);
    }
    if (status == DREDGE_OK) {
        status = content_list(&layout->content, &layout->inventory);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    put_digests(layout);
    inventory_digest(&layout->inventory, digest);
    provenance = join_provenance(facts);
    if (provenance == NULL) {
        return status_no_memory(strlen(facts->provenance) + strlen(facts->parts));
    }
    put_root(layout, facts, digest, provenance);
    layout_finish_labels(layout);
    layout_finish_scales(layout);
    free(provenance);
    return DREDGE_OK;
}

/* Datasets are closed with the file. */
static dredge_status close_file(struct layout *layout, const char *output)
{
    if (layout->file <= 0) {
        driver_release(&layout->driver);
        return DREDGE_OK;
    }
    layout_note(layout, H5Fclose(layout->file) >= 0);
    driver_release(&layout->driver);
    if (layout->driver.error != 0) {
        return status_fail(DREDGE_FILE,
                           "%s: cannot write this file: %s; all finished runs are kept: make room, then continue with "
                           "--resume",
                           output, strerror(layout->driver.error));
    }
    if (layout->has_failed) { /* though the disk has taken everything */
        return status_fail(
            DREDGE_FAILURE,
            "%s: HDF5 could not make this file, most likely because memory ran out; all finished runs are "
            "kept: continue with --resume",
            output);
    }
    return DREDGE_OK;
}

dredge_status layout_close(struct layout *layout, const char *output)
{
    if (layout == NULL) {
        return DREDGE_OK;
    }
    packing_free(layout->packing);
    (void)H5Pclose(layout->scalar);
    (void)H5Pclose(layout->uncached);
    dredge_status status = close_file(layout, output);
    labels_free(&layout->labels);
    content_free(&layout->content);
    inventory_free(&layout->inventory);
    free(layout->outcome);
    free(layout->waiting);
    free(layout->scratch);
    free(layout->uses);
    free(layout);
    return status;
}
