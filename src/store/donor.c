/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/donor.h"

#include <stdlib.h>
#include <string.h>

#include "base/numbers.h"
#include "result/tally_code.h"
#include "store/donor_fit.h"
#include "store/parts/segment.h"

/* ---- opening ---- */

dredge_status donor_open(struct donor *donor, const char *path, const struct study *study, const struct head *head)
{
    memset(donor, 0, sizeof *donor);
    donor->head = head;
    donor->looked_at = -1;
    donor->point = malloc((size_t)head->shape.n_points * sizeof *donor->point);
    donor->regime = malloc((size_t)head->shape.n_regimes * sizeof *donor->regime);
    dredge_status status = donor->point == NULL || donor->regime == NULL
                               ? status_no_memory((size_t)head->shape.n_points * sizeof *donor->point)
                               : results_file_open(&donor->file, path);
    if (status == DREDGE_OK) {
        donor->is_held = malloc((size_t)results_file_shape(donor->file)->n_replicates);
        status = donor->is_held == NULL ? status_no_memory(sizeof *donor->is_held)
                                        : donor_fit(donor->file, study, head, donor->point, donor->regime);
    }
    donor->has_all_regimes = 1;
    for (int regime = 0; status == DREDGE_OK && regime < head->shape.n_regimes; regime++) {
        donor->has_all_regimes &= donor->regime[regime] >= 0;
    }
    if (status != DREDGE_OK) {
        donor_free(donor);
    }
    return status;
}

void donor_free(struct donor *donor)
{
    results_file_close(donor->file);
    free(donor->point);
    free(donor->regime);
    free(donor->is_held);
    memset(donor, 0, sizeof *donor);
}

/* ---- what it holds ---- */

static dredge_status read_status(const struct donor *donor, int point, int first, int n, uint8_t **statuses)
{
    size_t n_bytes = (size_t)results_file_shape(donor->file)->n_regimes * (size_t)n;
    *statuses = malloc(n_bytes);
    return *statuses == NULL ? status_no_memory(n_bytes)
                             : results_file_status_part(donor->file, donor->point[point], first, n, 0, *statuses);
}

static void look(struct donor *donor, int point)
{
    int n_regimes = results_file_shape(donor->file)->n_regimes, n = results_file_shape(donor->file)->n_replicates;
    uint8_t *statuses = NULL;
    memset(donor->is_held, 0, (size_t)n);
    donor->looked_at = point;
    if (donor->point[point] >= 0 && read_status(donor, point, 0, n, &statuses) == DREDGE_OK) {
        memset(donor->is_held, 1, (size_t)n);
        for (int run = 0; run < n_regimes * n; run++) {
            donor->is_held[run % n] &= statuses[run] != RUN_NOT_RUN;
        }
    }
    free(statuses);
}

int donor_holds(struct donor *donor, int point, int replicate)
{
    if (donor->looked_at != point) {
        look(donor, point);
    }
    return replicate < results_file_shape(donor->file)->n_replicates && donor->is_held[replicate];
}

int donor_next(struct donor *donor, int point, int *first)
{
    int end = results_file_shape(donor->file)->n_replicates, n = 0;
    while (*first < end && !donor_holds(donor, point, *first)) {
        ++*first;
    }
    while (donor_holds(donor, point, *first + n)) {
        n++;
    }
    return n;
}

/* ---- taking over ---- */

/* A parcel that is being filled. */
struct filling {
    struct donor *donor;
    struct parcel *parcel;
    unsigned char *lacks; /* [n_regimes] of the study: 1 where the donor's runs go */
    int n_donor_regimes;
    size_t n; /* replicates */
};

/* One row of outcomes; what the parcel has already must be the same. */
static dredge_status fill_outcome(const struct filling *filling, const struct catalogue_row *row, int index,
                                  double *scratch)
{
    const struct parcel *parcel = filling->parcel;
    const struct donor *donor = filling->donor;
    size_t n = filling->n, stride = (size_t)filling->n_donor_regimes * n;
    int differs = 0;
    dredge_status status = results_file_part(donor->file, index, donor->point[parcel->span.point], parcel->span.first,
                                             (int)n, 0, stride, scratch);
    for (int place = 0; status == DREDGE_OK && place < row->n_columns; place++) {
        for (int regime = 0; regime < parcel->n_regimes; regime++) {
            if (donor->regime[regime] < 0) {
                continue;
            }
            size_t column = (size_t)row->column + (size_t)place;
            double *own = parcel->outcomes + (column * (size_t)parcel->n_regimes + (size_t)regime) * n;
            const double *theirs = scratch + (size_t)place * stride + (size_t)donor->regime[regime] * n;
            if (filling->lacks[regime]) {
                memcpy(own, theirs, n * sizeof *own);
            }
            for (size_t k = 0; k < n; k++) {
                differs |= !numbers_agree(own[k], theirs[k]);
            }
        }
    }
    if (status == DREDGE_OK && differs) {
        status = status_fail(DREDGE_FILE,
                             "%s: %s of design point %d is another here than there, under a regime that both have: its "
                             "runs were not made by the same program; run the study again",
                             results_file_path(donor->file), row->name, parcel->span.point);
    }
    return status;
}

static dredge_status fill_outcomes(const struct filling *filling)
{
    const struct catalogue *catalogue = &filling->donor->head->catalogue;
    size_t n_bytes = (size_t)N_SECTOR_PAIRS * (size_t)filling->n_donor_regimes * filling->n * sizeof(double);
    double *scratch = malloc(n_bytes);
    dredge_status status = scratch == NULL ? status_no_memory(n_bytes) : DREDGE_OK;
    for (int row = 0; status == DREDGE_OK && row < catalogue->n_outcomes; row++) {
        status = fill_outcome(filling, &catalogue->outcome[row], row, scratch);
    }
    free(scratch);
    return status;
}

static dredge_status fill_runs(const struct filling *filling)
{
    const struct parcel *parcel = filling->parcel;
    const struct donor *donor = filling->donor;
    const struct catalogue *catalogue = &donor->head->catalogue;
    size_t n_values = filling->n * (size_t)parcel->n_samples, stride = (size_t)filling->n_donor_regimes * n_values;
    float *scratch = malloc((size_t)N_SECTOR_PAIRS * stride * sizeof *scratch);
    dredge_status status = scratch == NULL ? status_no_memory(stride * sizeof *scratch) : DREDGE_OK;
    for (int row = 0; status == DREDGE_OK && row < catalogue->n_series; row++) {
        const struct catalogue_row *about = &catalogue->series[row];
        status = results_file_runs_part(donor->file, row, donor->point[parcel->span.point], parcel->span.first,
                                        (int)filling->n, 0, stride, scratch);
        for (int cell = 0; status == DREDGE_OK && cell < about->n_columns * parcel->n_regimes; cell++) {
            int place = cell / parcel->n_regimes, regime = cell % parcel->n_regimes;
            size_t at = ((size_t)about->column + (size_t)place) * (size_t)parcel->n_regimes + (size_t)regime;
            if (filling->lacks[regime]) {
                memcpy(parcel->runs + at * n_values,
                       scratch + (size_t)place * stride + (size_t)donor->regime[regime] * n_values,
                       n_values * sizeof *scratch);
            }
        }
    }
    free(scratch);
    return status;
}

static dredge_status fill_tallies(const struct filling *filling)
{
    struct parcel *parcel = filling->parcel;
    struct donor *donor = filling->donor;
    unsigned char *section = NULL;
    size_t n_bytes = 0, start = 0, size = 0;
    int first = 0;
    (void)donor_next(donor, parcel->span.point, &first);
    if (first < parcel->span.first) {
        return DREDGE_OK; /* the parcel with the first replicate has them */
    }
    dredge_status status = results_file_tallies(donor->file, donor->point[parcel->span.point], &section, &n_bytes);
    for (int regime = 0; status == DREDGE_OK && regime < parcel->n_regimes; regime++) {
        struct tally_code *own = &parcel->tallies[regime];
        if (!filling->lacks[regime]) {
            continue;
        }
        if (segment_find_tally(n_bytes, section, filling->n_donor_regimes, donor->regime[regime], &start, &size) &&
            tally_code_is_sound(size, section + start, parcel->n_series, parcel->n_samples)) {
            own->n_bytes = 0;
            status = tally_code_append(own, size, section + start);
        } else {
            status = results_file_unfit(donor->file, "tallies", "does not fit the file");
        }
    }
    free(section);
    return status;
}

static dredge_status fill(struct filling *filling, const uint8_t *statuses, long long *n_taken)
{
    struct parcel *parcel = filling->parcel;
    dredge_status status = fill_outcomes(filling);
    if (status == DREDGE_OK && parcel->runs != NULL) {
        status = fill_runs(filling);
    }
    if (status == DREDGE_OK && parcel->tallies != NULL) {
        status = fill_tallies(filling);
    }
    if (status == DREDGE_OK && parcel->message[0] == '\0') {
        const struct donor *donor = filling->donor;
        status = results_message(results_file_results(donor->file), donor->point[parcel->span.point], parcel->message);
    }
    for (int regime = 0; status == DREDGE_OK && regime < parcel->n_regimes; regime++) {
        if (filling->lacks[regime]) {
            memcpy(parcel->status + (size_t)regime * filling->n,
                   statuses + (size_t)filling->donor->regime[regime] * filling->n, filling->n);
            *n_taken += (long long)filling->n;
        }
    }
    return status;
}

dredge_status donor_fill(struct donor *donor, struct parcel *parcel, long long *n_taken)
{
    struct filling filling = {.donor = donor,
                              .parcel = parcel,
                              .lacks = calloc((size_t)parcel->n_regimes, 1),
                              .n_donor_regimes = results_file_shape(donor->file)->n_regimes,
                              .n = (size_t)parcel->span.n_replicates};
    uint8_t *statuses = NULL;
    dredge_status status = filling.lacks == NULL ? status_no_memory(sizeof *filling.lacks) : DREDGE_OK;
    for (int regime = 0; status == DREDGE_OK && regime < parcel->n_regimes; regime++) {
        filling.lacks[regime] = donor->regime[regime] >= 0 && parcel->status[(size_t)regime * filling.n] == RUN_NOT_RUN;
    }
    if (status == DREDGE_OK) {
        status = read_status(donor, parcel->span.point, parcel->span.first, parcel->span.n_replicates, &statuses);
    }
    if (status == DREDGE_OK) {
        status = fill(&filling, statuses, n_taken);
    }
    free(statuses);
    free(filling.lacks);
    return status;
}
