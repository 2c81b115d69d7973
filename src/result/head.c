/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/head.h"

#include <stdio.h>
#include <string.h>

#include "build_info.h"

dredge_status head_of_study(const struct study *study, struct head *head)
{
    memset(head, 0, sizeof *head);
    head->shape = shape_of_study(study);
    study_digest(study, head->origin.study_digest);
    (void)snprintf(head->origin.model_stamp, ORIGIN_BYTES, "%s", DREDGE_MODEL_STAMP);
    dredge_status status = study_design_digest(study, head->origin.design_digest);
    return status == DREDGE_OK ? catalogue_of_study(study, &head->catalogue) : status;
}

void head_free(struct head *head)
{
    catalogue_free(&head->catalogue);
    memset(head, 0, sizeof *head);
}

enum { TEXT_BYTES = ORIGIN_BYTES - 1, AT_DESIGN = TEXT_BYTES, AT_MODEL = 2 * TEXT_BYTES };

void origin_put(const struct origin *origin, unsigned char bytes[ORIGIN_KEPT_BYTES])
{
    memcpy(bytes, origin->study_digest, TEXT_BYTES);
    memcpy(bytes + AT_DESIGN, origin->design_digest, TEXT_BYTES);
    memcpy(bytes + AT_MODEL, origin->model_stamp, TEXT_BYTES);
}

void origin_get(const unsigned char bytes[ORIGIN_KEPT_BYTES], struct origin *origin)
{
    memset(origin, 0, sizeof *origin);
    memcpy(origin->study_digest, bytes, TEXT_BYTES);
    memcpy(origin->design_digest, bytes + AT_DESIGN, TEXT_BYTES);
    memcpy(origin->model_stamp, bytes + AT_MODEL, TEXT_BYTES);
}

dredge_status origin_check_model(const char *file, const struct origin *found, const struct origin *own)
{
    if (found->model_stamp[0] == '\0') {
        return status_fail(
            DREDGE_FILE,
            "%s: does not say which model made its runs, as files of format 1 do not: it can be compared and "
            "reported, but not merged or gone on with (this is model %s); run the study again",
            file, own->model_stamp);
    }
    if (strcmp(found->model_stamp, own->model_stamp) != 0) {
        return status_fail(DREDGE_FILE,
                           "%s: its runs were made by model %s, this is model %s: runs of two models do not go "
                           "together; continue with the program that made them (dredge --version shows its model), or "
                           "run the study again with --force or another output",
                           file, found->model_stamp, own->model_stamp);
    }
    return DREDGE_OK;
}

dredge_status origin_check_design(const char *file, const struct origin *found, const struct origin *own)
{
    if (strcmp(found->design_digest, own->design_digest) != 0) {
        return status_fail(
            DREDGE_FILE,
            "%s: its runs are of design %s, this is design %s: the study has come to other values at its "
            "design points (a file that it names, or a default, has changed); take the change back, or "
            "run the study again with --force or another output",
            file, found->design_digest, own->design_digest);
    }
    return DREDGE_OK;
}
