/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/merge_regimes.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "result/stored_study.h"
#include "store/file/provenance.h"
#include "store/output_inside.h"

/* ---- the study of all ---- */

/* The study that a results file keeps, unless its digest is `known`; the caller frees it. `digest` becomes its digest. */
static dredge_status read_study(const char *path, const char *known, char digest[ORIGIN_BYTES], struct study *study)
{
    struct results_file *file = NULL;
    memset(study, 0, sizeof *study);
    dredge_status status = results_file_open(&file, path);
    if (status == DREDGE_OK) {
        memcpy(digest, results_file_origin(file).study_digest, ORIGIN_BYTES);
        status = strcmp(digest, known) != 0 ? results_study(results_file_results(file), study) : DREDGE_OK;
    }
    results_file_close(file);
    return status;
}

int merge_has_regimes(int n_parts, const char *const *parts)
{
    struct study first = {0}, other = {0};
    char known[ORIGIN_BYTES] = "", digest[ORIGIN_BYTES];
    int differ = 0;
    dredge_status status = read_study(parts[0], "", known, &first);
    for (int part = 1; status == DREDGE_OK && !differ && part < n_parts; part++) {
        status = read_study(parts[part], known, digest, &other);
        differ = other.n_regimes > 0 && other.n_regimes != first.n_regimes;
        for (int regime = 0; regime < other.n_regimes; regime++) {
            differ |= study_regime(&first, other.regimes[regime].name) < 0;
        }
        study_free(&other);
    }
    study_free(&first);
    if (status != DREDGE_OK) {
        status_clear(); /* whoever merges says what is wrong */
    }
    return differ;
}

/* Appends to an owned text, which becomes NULL when out of memory. */
static void extend(char **text, const char *before, const char *more)
{
    char *longer = *text == NULL ? NULL : files_text("%s%s%s", *text, before, more);
    free(*text);
    *text = longer;
}

/* The overrides of the first study but those of regimes, then the list of all regimes. */
static char *join_overrides(int n_studies, const struct study *studies)
{
    char *joined = files_text("%s", ""), *list = files_text("%s", "");
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a study that was read has overrides */
    for (const char *line = studies[0].overrides; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        char *own = files_text("%.*s\n", (int)length, line);
        if (strncmp(line, "regimes", strlen("regimes")) != 0 || own == NULL) {
            extend(&joined, "", own != NULL ? own : "");
        }
        free(own);
        line += length + (line[length] == '\n');
    }
    for (int study = 0; study < n_studies; study++) {
        for (int regime = 0; regime < studies[study].n_regimes; regime++) {
            int is_known = 0;
            for (int before = 0; before < study; before++) {
                is_known |= study_regime(&studies[before], studies[study].regimes[regime].name) >= 0;
            }
            if (!is_known) {
                extend(&list, list != NULL && list[0] != '\0' ? ", " : "", studies[study].regime_texts[regime]);
            }
        }
    }
    char *all = joined != NULL && list != NULL ? files_text("%sregimes=[%s]\n", joined, list) : NULL;
    free(joined);
    free(list);
    return all;
}

static dredge_status join_studies(int n_parts, const char *const *parts, struct study *joined)
{
    struct study *studies = calloc((size_t)n_parts, sizeof *studies);
    char *overrides = NULL, digest[ORIGIN_BYTES];
    dredge_status status = studies == NULL ? status_no_memory((size_t)n_parts * sizeof *studies) : DREDGE_OK;
    for (int part = 0; status == DREDGE_OK && part < n_parts; part++) {
        status = read_study(parts[part], "", digest, &studies[part]);
    }
    if (status == DREDGE_OK) {
        overrides = join_overrides(n_parts, studies);
        status =
            overrides == NULL ? status_no_memory(1) : stored_study_parse(parts[0], studies[0].text, overrides, joined);
    }
    for (int part = 0; studies != NULL && part < n_parts; part++) {
        study_free(&studies[part]);
    }
    free(studies);
    free(overrides);
    return status;
}

/* ---- the runs of all ---- */

struct gathering {
    struct store *store;
    struct donor *donors; /* [n], owned */
    char *makers;         /* lines, owned */
    int n;
};

static dredge_status open_donors(struct gathering *gathering, int n_parts, const char *const *parts)
{
    const struct store *store = gathering->store;
    dredge_status status = DREDGE_OK;
    gathering->donors = calloc((size_t)n_parts, sizeof *gathering->donors);
    gathering->makers = files_text("%s", "");
    if (gathering->donors == NULL || gathering->makers == NULL) {
        return status_no_memory((size_t)n_parts * sizeof *gathering->donors);
    }
    for (; status == DREDGE_OK && gathering->n < n_parts; gathering->n++) {
        char *lines = NULL;
        status = donor_open(&gathering->donors[gathering->n], parts[gathering->n], store->study, &store->head);
        if (status == DREDGE_OK) {
            status = results_file_parts(gathering->donors[gathering->n].file, &lines);
        }
        if (status == DREDGE_OK) {
            extend(&gathering->makers, "", lines);
            status = gathering->makers == NULL ? status_no_memory(strlen(lines)) : DREDGE_OK;
        }
        free(lines);
    }
    return status;
}

/* The next replicates that all hold; some holding more than others is refused, as nobody has run these under all regimes. */
static dredge_status next_span(struct gathering *gathering, int point, int *first, int *n)
{
    int own_first = *first;
    *n = donor_next(&gathering->donors[0], point, first);
    for (int i = 1; i < gathering->n; i++) {
        int other = own_first, n_other = donor_next(&gathering->donors[i], point, &other);
        if (n_other != *n || (*n > 0 && other != *first)) {
            return status_fail(
                DREDGE_FILE,
                "%s and %s hold other replicates of design point %d; let the one that has fewer grow first "
                "(dredge run --extend)",
                results_file_path(gathering->donors[0].file), results_file_path(gathering->donors[i].file), point);
        }
    }
    return DREDGE_OK;
}

static dredge_status gather_span(struct gathering *gathering, struct span span)
{
    const struct segment_maker maker = {.by = gathering->makers};
    struct parcel parcel = {.n_regimes = 0};
    long long n_taken = 0;
    dredge_status status = parcel_init(&parcel, gathering->store->study, span);
    for (int i = 0; status == DREDGE_OK && i < gathering->n; i++) {
        status = donor_fill(&gathering->donors[i], &parcel, &n_taken);
    }
    if (status == DREDGE_OK) {
        status = output_append(gathering->store, &maker, 1, &parcel);
    }
    parcel_free(&parcel);
    return status;
}

static dredge_status gather_all(struct gathering *gathering, int n_parts, const char *const *parts)
{
    dredge_status status = open_donors(gathering, n_parts, parts);
    for (int point = 0; status == DREDGE_OK && point < gathering->store->head.shape.n_points; point++) {
        int first = 0, n = 1;
        while (status == DREDGE_OK && n > 0) {
            status = next_span(gathering, point, &first, &n);
            if (status == DREDGE_OK && n > 0) {
                status = gather_span(gathering, (struct span){point, first, n});
            }
            first += n;
        }
    }
    for (int i = 0; gathering->donors != NULL && i < n_parts; i++) {
        donor_free(&gathering->donors[i]);
    }
    free(gathering->donors);
    free(gathering->makers);
    return status;
}

dredge_status merge_regimes(const char *path, int force, int n_parts, const char *const *parts, store_warn *warn,
                            void *context)
{
    struct study study = {0};
    struct gathering gathering = {.n = 0};
    char *provenance = NULL;
    dredge_status status = join_studies(n_parts, parts, &study);
    if (status == DREDGE_OK) {
        status = provenance_make_merged(&study, path, n_parts, parts, &provenance);
    }
    if (status == DREDGE_OK) {
        const struct store_options options = {.force = force, .n_shards = 1, .provenance = provenance};
        status = store_begin(&gathering.store, path, &study, &options, warn, context);
    }
    if (status == DREDGE_OK) {
        status = gather_all(&gathering, n_parts, parts);
    }
    if (status == DREDGE_OK) {
        status = store_finish(gathering.store);
    }
    if (status != DREDGE_OK && gathering.store != NULL && folder_list(&gathering.store->hold.folder) == DREDGE_OK) {
        dredge_status emptied = folder_empty(&gathering.store->hold.folder); /* the parts have it all still */
        (void)emptied;
    }
    store_end(gathering.store);
    free(provenance);
    study_free(&study);
    return status;
}
