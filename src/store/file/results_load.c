/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "store/file/hdf.h"
#include "store/file/layout.h"
#include "store/parts/folder.h"
#include "store/file/results_file.h"

enum { MOST_REGIMES = 4096, MOST_MONTHS = 1 << 20 };

const char *const results_text_names[N_RESULTS_TEXTS] = {"format_version", "title",   "study",        "overrides",
                                                         "provenance",     "digest",  "study_digest", "trajectories",
                                                         "regimes",        "factors", "shards"};
const char *const results_trajectories[3] = {"summary", "runs", "none"};

dredge_status results_unfit(const struct results *results, const char *name, const char *trouble)
{
    return status_fail(DREDGE_FILE, "%s: this is no sound results file: `%s` %s; make it again with dredge run",
                       results->path, name, trouble);
}

/* There is no such file; perhaps its run has not ended. */
static dredge_status cannot_open(const struct results *results, int reason)
{
    struct folder folder = {.path = NULL};
    dredge_status status = folder_init(&folder, results->path);
    if (status == DREDGE_OK) {
        status = folder_list(&folder);
    }
    if (status == DREDGE_OK && reason == ENOENT && folder_has_runs(&folder)) {
        status =
            status_fail(DREDGE_FILE,
                        "%s: its run has not ended: what is finished waits in %s; the same dredge run with --resume "
                        "goes on and says how much is done",
                        results->path, folder.path);
    } else if (status == DREDGE_OK) {
        status = status_fail(DREDGE_FILE, "%s: cannot open this file: %s", results->path, strerror(reason));
    }
    folder_free(&folder);
    return status;
}

static dredge_status open_file(struct results *results)
{
    struct stat about;
    char reason[256];
    if (stat(results->path, &about) != 0) {
        return cannot_open(results, errno);
    }
    if (!S_ISREG(about.st_mode)) {
        return status_fail(DREDGE_FILE, "%s: is not a file; give a results file that dredge run wrote", results->path);
    }
    results->n_bytes = about.st_size > 0 ? (unsigned long long)about.st_size : 0;
    htri_t is_hdf5 = H5Fis_hdf5(results->path);
    if (is_hdf5 == 0) {
        return status_fail(DREDGE_FILE,
                           "%s: is not a results file (it is no HDF5 file); give a file that dredge run wrote",
                           results->path);
    }
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    (void)H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
#if H5_VERSION_GE(1, 10, 7)
    (void)H5Pset_file_locking(access, 0,
                              1); /* results are replaced, never changed: no lock, which some file systems lack */
#endif
    results->file = H5Fopen(results->path, H5F_ACC_RDONLY, access);
    hdf_reason(sizeof reason, reason);
    (void)H5Pclose(access);
    if (results->file < 0) {
        return status_fail(
            DREDGE_FILE,
            "%s: cannot be read: it is damaged, cut off or not permitted (%s); copy it again, or make it "
            "again with dredge run",
            results->path, reason);
    }
    return DREDGE_OK;
}

static dredge_status read_text(struct results *results, enum results_text which)
{
    int result = hdf_get_text(results->file, results_text_names[which], RESULTS_MOST_TEXT_BYTES, &results->text[which]);
    if (result < 0) {
        return status_no_memory(RESULTS_MOST_TEXT_BYTES);
    }
    if (result == 0) {
        if (which != RESULTS_SHARDS && which != RESULTS_FORMAT) {
            return results_unfit(results, results_text_names[which], "is missing or no text");
        }
        results->text[which] = calloc(1, 1);
        return results->text[which] != NULL ? DREDGE_OK : status_no_memory(1);
    }
    return DREDGE_OK;
}

static dredge_status check_version(struct results *results)
{
    dredge_status status = read_text(results, RESULTS_FORMAT);
    if (status != DREDGE_OK) {
        return status;
    }
    char *end = NULL;
    const char *text = results->text[RESULTS_FORMAT];
    long version = strtol(text, &end, 10);
    if (end == text || *end != '\0' || version < 1) {
        return status_fail(DREDGE_FILE,
                           "%s: is an HDF5 file, but no results file of dredge; give a file that dredge run wrote",
                           results->path);
    }
    if (version > RESULTS_FORMAT_VERSION) {
        return status_fail(DREDGE_FILE, "%s: has format version %ld, this dredge reads up to %d; use a newer dredge",
                           results->path, version, RESULTS_FORMAT_VERSION);
    }
    return DREDGE_OK;
}

static int is_digest(const char *text)
{
    return strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

static dredge_status read_texts(struct results *results)
{
    dredge_status status = check_version(results);
    for (int which = RESULTS_FORMAT + 1; status == DREDGE_OK && which < N_RESULTS_TEXTS; which++) {
        status = read_text(results, (enum results_text)which);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    if (!is_digest(results->text[RESULTS_DIGEST]) || !is_digest(results->text[RESULTS_STUDY_DIGEST])) {
        return results_unfit(results, "digest", "is no digest");
    }
    int found = -1;
    for (int i = 0; i < 3; i++) {
        found = strcmp(results->text[RESULTS_TRAJECTORIES], results_trajectories[i]) == 0 ? i : found;
    }
    if (found < 0) {
        return results_unfit(results, "trajectories", "is neither summary nor runs nor none");
    }
    results->extents.trajectories = (enum trajectories)found;
    results->info.format_version = results->text[RESULTS_FORMAT];
    results->info.title = results->text[RESULTS_TITLE];
    results->info.study = results->text[RESULTS_STUDY];
    results->info.overrides = results->text[RESULTS_OVERRIDES];
    results->info.provenance = results->text[RESULTS_PROVENANCE];
    results->info.digest = results->text[RESULTS_DIGEST];
    return DREDGE_OK;
}

static dredge_status read_extents(struct results *results)
{
    struct extents *extents = &results->extents;
    dredge_status status = DREDGE_OK;
    struct {
        const char *name;
        int most, *extent;
    } axes[] = {{"point", INT_MAX - 1, &extents->n_points},
                {"regime", MOST_REGIMES, &extents->n_regimes},
                {"replicate", INT_MAX - 1, &extents->n_replicates},
                {"month", MOST_MONTHS, &extents->n_months}};
    int n_axes = extents->trajectories == TRAJECTORIES_NONE ? 3 : 4;
    for (int i = 0; status == DREDGE_OK && i < n_axes; i++) {
        hsize_t extent = hdf_extent(results->file, axes[i].name);
        if (extent == 0 || extent > (hsize_t)axes[i].most) {
            status = results_unfit(results, axes[i].name, "is missing or has an impossible length");
        } else {
            *axes[i].extent = (int)extent;
        }
    }
    results->info.n_points = extents->n_points;
    results->info.n_regimes = extents->n_regimes;
    results->info.n_replicates = extents->n_replicates;
    results->info.n_months = extents->n_months;
    results->info.trajectories_are_runs = extents->trajectories == TRAJECTORIES_RUNS;
    return status;
}

static dredge_status open_dataset(struct results *results, const struct hdf_want *want, int is_dense, hid_t *dataset)
{
    const char *trouble = hdf_open(results->file, want, results->n_bytes, is_dense, dataset);
    return trouble == NULL ? DREDGE_OK : results_unfit(results, want->name, trouble);
}

static dredge_status open_datasets(struct results *results)
{
    const struct extents *extents = &results->extents;
    hsize_t n_points = (hsize_t)extents->n_points, n_regimes = (hsize_t)extents->n_regimes;
    hsize_t n_replicates = (hsize_t)extents->n_replicates, n_months = (hsize_t)extents->n_months;
    struct hdf_want status_want = {"status", H5T_INTEGER, 1, 3, {n_points, n_regimes, n_replicates}};
    dredge_status status = open_dataset(results, &status_want, 1, &results->status);
    for (int outcome = 0; status == DREDGE_OK && outcome < N_OUTCOMES; outcome++) {
        struct hdf_want want = {outcome_infos[outcome].name, H5T_FLOAT, 8, 3, {n_points, n_regimes, n_replicates}};
        status = open_dataset(results, &want, 0, &results->outcome[outcome]);
    }
    for (int series = 0; status == DREDGE_OK && series < N_SERIES && n_months > 0; series++) {
        char name[64] = "month_";
        strncat(name, series_infos[series].name, sizeof name - 1 - strlen(name));
        struct hdf_want want = {name,
                                H5T_FLOAT,
                                4,
                                4,
                                {n_points, n_regimes,
                                 extents->trajectories == TRAJECTORIES_SUMMARY ? N_STATISTICS : n_replicates,
                                 n_months}};
        status = open_dataset(results, &want, 0, &results->series[series]);
    }
    return status;
}

/* How many runs have which status, as the writer counted them. */
static dredge_status read_counts(struct results *results)
{
    double n_runs = (double)results->extents.n_points * results->extents.n_regimes * results->extents.n_replicates;
    double n_done = 0, n_failed = 0;
    if (!hdf_get_number(results->file, "runs_done", &n_done) ||
        !hdf_get_number(results->file, "runs_failed", &n_failed) || !(n_done >= 0) || !(n_failed >= 0) ||
        n_done + n_failed > n_runs || n_runs > 0x1p53) {
        return results_unfit(results, "runs_done", "is missing or impossible");
    }
    results->info.n_done = (long long)n_done;
    results->info.n_failed = (long long)n_failed;
    results->info.n_not_run = (long long)n_runs - results->info.n_done - results->info.n_failed;
    return DREDGE_OK;
}

dredge_status results_load(struct results *results)
{
    dredge_status status = open_file(results);
    if (status == DREDGE_OK) {
        status = read_texts(results);
    }
    if (status == DREDGE_OK) {
        status = read_extents(results);
    }
    if (status == DREDGE_OK) {
        status = read_counts(results);
    }
    if (status == DREDGE_OK) {
        status = open_datasets(results);
    }
    return status == DREDGE_OK ? results_load_lists(results) : status;
}
