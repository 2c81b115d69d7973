/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "result/content.h"
#include "store/file/file_seal.h"
#include "store/file/hdf.h"
#include "store/file/results_inside.h"
#include "store/parts/folder.h"
#include "store/store.h"

enum { MOST_TEXT_BYTES = 1 << 26, MOST_REGIMES = 4096, MOST_MONTHS = 1 << 20 };

/* There is no such file; perhaps its run has not ended. */
static dredge_status cannot_open(const struct results_file *file, int reason)
{
    struct folder folder = {.path = NULL};
    dredge_status status = folder_init(&folder, file->path);
    if (status == DREDGE_OK) {
        status = folder_list(&folder);
    }
    if (status == DREDGE_OK && reason == ENOENT && folder_has_runs(&folder)) {
        status =
            status_fail(DREDGE_FILE,
                        "%s: its run has not ended: what is finished waits in %s; the same dredge run with --resume "
                        "goes on and says how much is done",
                        file->path, folder.path);
    } else if (status == DREDGE_OK) {
        status = status_fail(DREDGE_FILE, "%s: cannot open this file: %s", file->path, strerror(reason));
    }
    folder_free(&folder);
    return status;
}

static dredge_status open_file(struct results_file *file)
{
    struct stat about;
    char reason[256];
    if (stat(file->path, &about) != 0) {
        return cannot_open(file, errno);
    }
    if (S_ISDIR(about.st_mode)) {
        char *word = files_shell_word(file->path);
        dredge_status status =
            word == NULL ? status_no_memory(strlen(file->path))
                         : status_fail(DREDGE_FILE,
                                       "%s: is a folder; give a results file that dredge run wrote, or make one of "
                                       "what there is of a run: dredge merge SOME.h5 %s",
                                       file->path, word);
        free(word);
        return status;
    }
    if (!S_ISREG(about.st_mode)) {
        return status_fail(DREDGE_FILE, "%s: is not a file; give a results file that dredge run wrote", file->path);
    }
    file->n_bytes = about.st_size > 0 ? (unsigned long long)about.st_size : 0;
    dredge_status sealed = file_seal_check(file->path, &file->is_sealed);
    if (sealed != DREDGE_OK) {
        return sealed;
    }
    htri_t is_hdf5 = H5Fis_hdf5(file->path);
    if (is_hdf5 == 0) {
        return status_fail(DREDGE_FILE,
                           "%s: is not a results file (it is no HDF5 file); give a file that dredge run wrote",
                           file->path);
    }
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    (void)H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
#if H5_VERSION_GE(1, 10, 7)
    (void)H5Pset_file_locking(access, 0,
                              1); /* results are replaced, never changed: no lock, which some file systems lack */
#endif
    file->hdf = H5Fopen(file->path, H5F_ACC_RDONLY, access);
    hdf_reason(sizeof reason, reason);
    (void)H5Pclose(access);
    if (file->hdf < 0) {
        return status_fail(
            DREDGE_FILE,
            "%s: cannot be read: it is damaged, cut off or not permitted (%s); copy it again, or make it "
            "again with dredge run",
            file->path, reason);
    }
    return DREDGE_OK;
}

static dredge_status read_text(struct results_file *file, enum results_text which)
{
    int result = hdf_get_text(file->hdf, results_text_names[which], MOST_TEXT_BYTES, &file->text[which]);
    if (result < 0) {
        return status_no_memory(MOST_TEXT_BYTES);
    }
    if (result == 0) {
        int is_missing = which != RESULTS_SHARDS && which != RESULTS_FORMAT;
        is_missing &= file->format == 1 ? which != RESULTS_DESIGN_DIGEST && which != RESULTS_MODEL_STAMP
                                        : which != RESULTS_REGIMES && which != RESULTS_FACTORS;
        if (is_missing) {
            return results_file_unfit(file, results_text_names[which], "is missing or not as dredge wrote it");
        }
        file->text[which] = calloc(1, 1);
        return file->text[which] != NULL ? DREDGE_OK : status_no_memory(1);
    }
    return DREDGE_OK;
}

static dredge_status check_version(struct results_file *file)
{
    dredge_status status = read_text(file, RESULTS_FORMAT);
    if (status != DREDGE_OK) {
        return status;
    }
    char *end = NULL;
    const char *text = file->text[RESULTS_FORMAT];
    long version = strtol(text, &end, 10);
    if (end == text || *end != '\0' || version < 1) {
        return status_fail(DREDGE_FILE,
                           "%s: is an HDF5 file, but no results file of dredge; give a file that dredge run wrote",
                           file->path);
    }
    if (version > RESULTS_FORMAT_VERSION) {
        return status_fail(DREDGE_FILE, "%s: has format version %ld, this dredge reads up to %d; use a newer dredge",
                           file->path, version, RESULTS_FORMAT_VERSION);
    }
    file->format = (int)version;
    return DREDGE_OK;
}

static int is_digest(const char *text)
{
    return strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

static dredge_status read_texts(struct results_file *file)
{
    dredge_status status = check_version(file);
    for (int which = RESULTS_FORMAT + 1; status == DREDGE_OK && which < N_RESULTS_TEXTS; which++) {
        status = read_text(file, (enum results_text)which);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    if (!is_digest(file->text[RESULTS_DIGEST]) || !is_digest(file->text[RESULTS_STUDY_DIGEST])) {
        return results_file_unfit(file, "digest", "is no digest");
    }
    int found = -1;
    for (int i = 0; i < 3; i++) {
        found = strcmp(file->text[RESULTS_TRAJECTORIES], results_trajectories[i]) == 0 ? i : found;
    }
    if (found < 0) {
        return results_file_unfit(file, "trajectories", "is neither summary nor runs nor none");
    }
    file->shape.trajectories = (enum trajectories)found;
    file->results.info.format_version = file->text[RESULTS_FORMAT];
    file->results.info.title = file->text[RESULTS_TITLE];
    file->results.info.study = file->text[RESULTS_STUDY];
    file->results.info.overrides = file->text[RESULTS_OVERRIDES];
    file->results.info.provenance = file->text[RESULTS_PROVENANCE];
    file->results.info.digest = file->text[RESULTS_DIGEST];
    file->results.info.model_stamp = file->text[RESULTS_MODEL_STAMP];
    return DREDGE_OK;
}

static dredge_status read_extents(struct results_file *file)
{
    struct shape *shape = &file->shape;
    dredge_status status = DREDGE_OK;
    struct {
        const char *name;
        int most, *extent;
    } axes[] = {{"point", INT_MAX - 1, &shape->n_points},
                {"regime", MOST_REGIMES, &shape->n_regimes},
                {"replicate", INT_MAX - 1, &shape->n_replicates},
                {"month", MOST_MONTHS, &shape->n_months}};
    int n_axes = shape->trajectories == TRAJECTORIES_NONE ? 3 : 4;
    for (int i = 0; status == DREDGE_OK && i < n_axes; i++) {
        hsize_t extent = hdf_extent(file->hdf, axes[i].name);
        if (extent == 0 || extent > (hsize_t)axes[i].most) {
            status = results_file_unfit(file, axes[i].name, "is missing or has an impossible length");
        } else {
            *axes[i].extent = (int)extent;
        }
    }
    file->results.info.n_points = shape->n_points;
    file->results.info.n_regimes = shape->n_regimes;
    file->results.info.n_replicates = shape->n_replicates;
    file->results.info.n_months = shape->n_months;
    file->results.info.trajectories_are_runs = shape->trajectories == TRAJECTORIES_RUNS;
    return status;
}

static dredge_status open_dataset(struct results_file *file, const struct hdf_want *want, int is_dense, hid_t *dataset)
{
    const char *trouble = hdf_open(file->hdf, want, file->n_bytes, is_dense, dataset);
    return trouble == NULL ? DREDGE_OK : results_file_unfit(file, want->name, trouble);
}

/* Opens a series, or its differences to the baseline. */
static dredge_status open_series(struct results_file *file, const struct catalogue_row *row, int is_difference,
                                 hid_t *dataset)
{
    const struct shape *shape = &file->shape;
    char name[INVENTORY_NAME_BYTES];
    content_series_name(row, is_difference, name);
    int third = shape->trajectories == TRAJECTORIES_SUMMARY ? (int)N_STATISTICS : shape->n_replicates;
    third = is_difference ? (int)N_MOMENTS : third;
    struct hdf_want want = {
        name, H5T_FLOAT, 4, 3, {(hsize_t)shape->n_points, (hsize_t)shape->n_regimes, (hsize_t)third}};
    if (row->dimension != DIMENSION_NONE) {
        want.extent[want.rank++] = (hsize_t)row->n_columns;
    }
    want.extent[want.rank++] = (hsize_t)shape->n_months;
    return open_dataset(file, &want, 0, dataset);
}

static dredge_status open_datasets(struct results_file *file)
{
    const struct shape *shape = &file->shape;
    const struct catalogue *catalogue = &file->results.info.catalogue;
    size_t n_rows = (size_t)catalogue->n_outcomes + 2 * (size_t)catalogue->n_series;
    const struct hdf_want runs = {"status",
                                  H5T_INTEGER,
                                  1,
                                  3,
                                  {(hsize_t)shape->n_points, (hsize_t)shape->n_regimes, (hsize_t)shape->n_replicates}};
    dredge_status status = open_dataset(file, &runs, 1, &file->status);
    file->outcome = calloc(n_rows + 1, sizeof *file->outcome);
    if (status == DREDGE_OK && file->outcome == NULL) {
        status = status_no_memory(n_rows * sizeof *file->outcome);
    }
    file->series = file->outcome + catalogue->n_outcomes;
    file->difference = file->series + catalogue->n_series;
    for (int i = 0; status == DREDGE_OK && i < catalogue->n_outcomes; i++) {
        struct hdf_want want = runs;
        want.name = catalogue->outcome[i].name;
        want.type = H5T_FLOAT;
        want.type_bytes = 8;
        if (catalogue->outcome[i].dimension != DIMENSION_NONE) {
            want.extent[want.rank++] = (hsize_t)catalogue->outcome[i].n_columns;
        }
        status = open_dataset(file, &want, 0, &file->outcome[i]);
    }
    int has_differences = file->format > 1 && shape->trajectories == TRAJECTORIES_SUMMARY;
    for (int i = 0; status == DREDGE_OK && i < catalogue->n_series && shape->n_months > 0; i++) {
        status = open_series(file, &catalogue->series[i], 0, &file->series[i]);
        if (status == DREDGE_OK && has_differences) {
            status = open_series(file, &catalogue->series[i], 1, &file->difference[i]);
        }
    }
    file->results.info.has_differences = has_differences;
    if (status == DREDGE_OK) {
        results_file_find_chunks(file);
    }
    return status;
}

/* How many runs have which status, as the writer counted them. */
static dredge_status read_counts(struct results_file *file)
{
    double n_runs = (double)file->shape.n_points * file->shape.n_regimes * file->shape.n_replicates;
    double n_done = 0, n_failed = 0;
    if (!hdf_get_number(file->hdf, "runs_done", &n_done) || !hdf_get_number(file->hdf, "runs_failed", &n_failed) ||
        !(n_done >= 0) || !(n_failed >= 0) || n_done + n_failed > n_runs || n_runs > 0x1p53) {
        return results_file_unfit(file, "runs_done", "is missing or impossible");
    }
    file->results.info.n_done = (long long)n_done;
    file->results.info.n_failed = (long long)n_failed;
    file->results.info.n_not_run = (long long)n_runs - file->results.info.n_done - file->results.info.n_failed;
    return DREDGE_OK;
}

/* Do the study that the file tells and the data that it holds go together? A study that this program cannot read, of
 * another version, is not asked. */
static dredge_status check_study(struct results_file *file)
{
    const struct results_info *info = &file->results.info;
    const struct shape *shape = &file->shape;
    struct study study = {0};
    const char *trouble = NULL;
    if (results_study(&file->results, &study) != DREDGE_OK) {
        status_clear();
        return DREDGE_OK;
    }
    struct shape asked = shape_of_study(&study);
    int has_regimes = asked.n_regimes == shape->n_regimes, has_factors = study.design.n_factors == info->n_factors;
    for (int i = 0; has_regimes && i < shape->n_regimes; i++) {
        has_regimes = strcmp(study.regimes[i].name, info->regimes[i]) == 0;
    }
    for (int i = 0; has_factors && i < info->n_factors; i++) {
        has_factors = strcmp(study.design.factors[i].key, info->factors[i]) == 0;
    }
    if (!has_regimes) {
        trouble = "names other regimes than the file holds";
    } else if (!has_factors) {
        trouble = "names other factors than the file holds";
    } else if (asked.n_points != shape->n_points || asked.n_replicates < shape->n_replicates) {
        trouble = "asks for other points or replicates than the file holds";
    } else if (asked.trajectories != shape->trajectories || asked.n_months != shape->n_months) {
        trouble = "asks for other trajectories than the file holds";
    }
    study_free(&study);
    return trouble == NULL ? DREDGE_OK : results_file_unfit(file, "study", trouble);
}

/* A file without a seal was written to by another program, or by none that sealed: everything in it is compared with its
 * digest. */
static dredge_status check_content(struct results_file *file)
{
    char digest[33];
    if (file->is_sealed) {
        return DREDGE_OK;
    }
    dredge_status status = file->format > 1 ? results_file_check_labels(file) : DREDGE_OK;
    return status == DREDGE_OK ? results_digest(&file->results, digest) : status;
}

static dredge_status load(struct results_file *file)
{
    static dredge_status (*const steps[])(struct results_file *) = {
        open_file,     read_texts,  read_extents, results_file_load_names, results_file_load_lists, read_counts,
        open_datasets, check_study, check_content};
    dredge_status status = DREDGE_OK;
    for (size_t i = 0; status == DREDGE_OK && i < sizeof steps / sizeof steps[0]; i++) {
        status = steps[i](file);
    }
    return status;
}

/* ---- results ---- */

static void close_file(void *source)
{
    results_file_close(source);
}

static dredge_status digest_of(void *source, char digest[33])
{
    struct results_file *file = source;
    return file->format == 1 ? results_file_digest_1(file, digest) : results_file_digest(file, digest);
}

static const struct results_functions functions = {.close = close_file,
                                                   .outcome = results_file_read_outcome,
                                                   .row = results_file_read_row,
                                                   .status = results_file_read_status,
                                                   .summary = results_file_read_summary,
                                                   .difference = results_file_read_difference,
                                                   .runs = results_file_read_runs,
                                                   .message = results_file_read_message,
                                                   .digest = digest_of};

dredge_status results_file_open(struct results_file **file, const char *path)
{
    hdf_quiet();
    struct results_file *opened = calloc(1, sizeof *opened);
    *file = NULL;
    if (opened == NULL) {
        return status_no_memory(sizeof *opened);
    }
    opened->path = files_text("%s", path);
    opened->results.functions = &functions;
    opened->results.source = opened;
    opened->results.name = opened->path;
    dredge_status status = opened->path == NULL ? status_no_memory(strlen(path)) : load(opened);
    if (status != DREDGE_OK) {
        results_file_close(opened);
        return status;
    }
    *file = opened;
    return DREDGE_OK;
}

void store_leave_to_exit(void)
{
    (void)H5dont_atexit();
}

dredge_status results_open(struct results **results, const char *path)
{
    struct results_file *file = NULL;
    dredge_status status = results_file_open(&file, path);
    *results = status == DREDGE_OK ? results_file_results(file) : NULL;
    return status;
}
