/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "store/file/results_inside.h"

const char *const results_text_names[N_RESULTS_TEXTS] = {
    "format_version", "title",   "study",   "overrides",     "provenance",  "digest", "study_digest",
    "trajectories",   "regimes", "factors", "design_digest", "model_stamp", "shards"};
const char *const results_trajectories[3] = {"summary", "runs", "none"};

/* Datasets are closed with the file. */
void results_file_close(struct results_file *file)
{
    if (file == NULL) {
        return;
    }
    if (file->hdf > 0) {
        (void)H5Fclose(file->hdf);
    }
    for (int which = 0; which < N_RESULTS_TEXTS; which++) {
        free(file->text[which]);
    }
    for (int regime = 0; file->results.info.regimes != NULL && regime < file->results.info.n_regimes; regime++) {
        free(file->results.info.regimes[regime]);
    }
    for (int factor = 0; file->results.info.factors != NULL && factor < file->results.info.n_factors; factor++) {
        free(file->results.info.factors[factor]);
    }
    free(file->results.info.regimes);
    free(file->results.info.factors);
    free(file->results.info.values);
    free(file->results.info.months);
    free(file->results.info.replicates_done);
    free(file->results.info.hit_max);
    free(file->results.info.outcomes);
    catalogue_free(&file->results.info.catalogue);
    free(file->outcome);
    free(file->tally_offset);
    free(file->path);
    free(file);
}

struct results *results_file_results(struct results_file *file)
{
    return &file->results;
}

const char *results_file_path(const struct results_file *file)
{
    return file->path;
}

const char *results_file_text(const struct results_file *file, enum results_text which)
{
    return file->text[which];
}

const struct shape *results_file_shape(const struct results_file *file)
{
    return &file->shape;
}

struct origin results_file_origin(const struct results_file *file)
{
    struct origin origin;
    (void)snprintf(origin.study_digest, ORIGIN_BYTES, "%s", file->text[RESULTS_STUDY_DIGEST]);
    (void)snprintf(origin.design_digest, ORIGIN_BYTES, "%s", file->text[RESULTS_DESIGN_DIGEST]);
    (void)snprintf(origin.model_stamp, ORIGIN_BYTES, "%s", file->text[RESULTS_MODEL_STAMP]);
    return origin;
}

dredge_status results_file_unfit(const struct results_file *file, const char *name, const char *trouble)
{
    return status_fail(DREDGE_FILE, "%s: this is no sound results file: `%s` %s; make it again with dredge run",
                       file->path, name, trouble);
}

dredge_status results_file_unreadable(const struct results_file *file, const char *name)
{
    return status_fail(DREDGE_FILE,
                       "%s: `%s` cannot be read: the file is damaged; copy it again, or make it again with dredge run",
                       file->path, name);
}
