/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzzing.h"
#include "report/page.h"
#include "spoil.h"
#include "store/file/file_seal.h"
#include "store/file/hdf.h"
#include "store/file/results_file.h"
#include "store_fixture.h"

/* Reads spoilt results files. The first byte of the input chooses a sound file (summaries, a shard with tallies, single
 * runs); the rest are ways to spoil it (spoil.h). What opens is read whole, merged, and made into a page. */

/* HDF5 1.10 itself forgets some memory when metadata of a file is damaged. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libhdf5";
}

enum { N_SOUND = 3, WITH_PAGE = 4, MOST_VALUES = 1 << 16 };

static struct image sound[N_SOUND];

static void keep_sound(int which, const char *path)
{
    sound[which].bytes = (unsigned char *)fixture_read(path, &sound[which].n_bytes);
    sound[which].n_bytes -=
        FILE_SEAL_BYTES; /* as other programs leave it, so that what is behind the seal is reached */
}

static void make_sound(void)
{
    static const char *const more[N_SOUND] = {"output: {trajectories: summary, every: 6}\n",
                                              "output: {trajectories: summary, every: 6}\n",
                                              "output: {trajectories: runs, every: 6}\n"};
    char path[128];
    hdf_quiet();
    (void)strcpy(path, fuzz_file("results", 0, ""));
    for (int which = 0; which < N_SOUND; which++) {
        struct study study = {0};
        const struct store_options options = {.n_shards = which == 1 ? 2 : 1, .force = 1, .provenance = "{}"};
        struct store *store = NULL;
        fixture_study(&study, more[which], "");
        promise(store_begin(&store, path, &study, &options, NULL, NULL) == DREDGE_OK, "a sound file");
        for (int point = 0; point < study.design.n_points; point++) {
            struct parcel parcel;
            fixture_parcel(&parcel, &study, point, 0, 6, 1);
            promise(store_append(store, 1, &parcel) == DREDGE_OK, "a sound file");
            parcel_free(&parcel);
        }
        promise(store_finish(store) == DREDGE_OK, "a sound file");
        store_end(store);
        keep_sound(which, path);
        study_free(&study);
    }
}

static dredge_status read_values(struct results *results)
{
    const struct results_info *info = results_info(results);
    static double outcomes[MOST_VALUES];
    static float values[MOST_VALUES];
    static uint8_t statuses[MOST_VALUES];
    size_t n_runs = (size_t)info->n_points * (size_t)info->n_regimes * (size_t)info->n_replicates;
    size_t n_months = (size_t)info->n_months, n_rows = info->trajectories_are_runs ? (size_t)info->n_replicates : 7;
    dredge_status status = DREDGE_OK;
    if (n_runs <= MOST_VALUES) {
        for (int outcome = 0; status == DREDGE_OK && outcome < N_OUTCOMES; outcome++) {
            status = results_outcome(results, outcome, 0, info->n_points, outcomes);
        }
        status = status == DREDGE_OK ? results_status(results, 0, info->n_points, statuses) : status;
    }
    for (int series = 0; status == DREDGE_OK && n_months > 0 && n_months * n_rows <= MOST_VALUES && series < N_SERIES;
         series++) {
        status = info->trajectories_are_runs ? results_runs(results, series, info->n_points - 1, 0, values)
                                             : results_summary(results, series, info->n_points - 1, 0, values);
    }
    return status;
}

static dredge_status read_tallies(struct results_file *file)
{
    dredge_status status = DREDGE_OK;
    for (int point = 0;
         results_file_has_tallies(file) && status == DREDGE_OK && point < results_file_shape(file)->n_points; point++) {
        unsigned char *bytes = NULL;
        size_t n_bytes = 0;
        status = results_file_tallies(file, point, &bytes, &n_bytes);
        free(bytes);
    }
    return status;
}

/* A page must hold no element that a text of the file brought in. */
static void check_page(const char *page)
{
    promise(strstr(page, "<xss") == NULL, "texts are escaped");
}

static dredge_status read_all(struct results_file *file, int with_page)
{
    struct results *results = results_file_results(file);
    char digest[33];
    struct study study = {0};
    dredge_status status = read_values(results);
    if (status == DREDGE_OK) {
        status = results_digest(results, digest);
    }
    if (status == DREDGE_OK) {
        status = read_tallies(file);
    }
    if (status == DREDGE_OK) {
        status = results_study(results, &study);
        study_free(&study);
    }
    if (status == DREDGE_OK && with_page) {
        char *page = NULL;
        status = page_write(results, 0, LANGUAGE_EN, PAGE_SCREEN, &page);
        if (status == DREDGE_OK) {
            check_page(page);
        }
        free(page);
    }
    return status;
}

static void check_status(dredge_status status, const char *path)
{
    promise(status == DREDGE_OK || status == DREDGE_MEMORY ||
                ((status == DREDGE_FILE || status == DREDGE_STUDY) && strstr(status_message(), path) != NULL),
            "a refusal names the file");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes < 1) {
        return 0;
    }
    if (sound[0].bytes == NULL) {
        make_sound();
    }
    struct image image = {0};
    struct results_file *file = NULL;
    spoil(&sound[bytes[0] % N_SOUND], n_bytes - 1, bytes + 1, &image);
    const char *path = fuzz_file("results", image.n_bytes, image.bytes);
    free(image.bytes);
    status_clear();
    dredge_status status = results_file_open(&file, path);
    if (status == DREDGE_OK) {
        status = read_all(file, (bytes[0] & WITH_PAGE) != 0);
    }
    results_file_close(file);
    check_status(status, path);
    if (bytes[0] % N_SOUND == 1) {
        char merged[160];
        (void)snprintf(merged, sizeof merged, "%s.merged", path);
        status_clear();
        status = store_merge(merged, 1, 1, &path, NULL, NULL);
        check_status(status, path);
        (void)remove(merged);
    }
    return 0;
}
