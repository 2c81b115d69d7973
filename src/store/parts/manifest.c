/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_info.h"
#include "base/digest.h"
#include "base/files.h"
#include "store/parts/seal.h"

/* A title, then for each field its name, its length, and itself on lines of its own; the last one is the digest of all bytes
 * before it. */
static const char title[] = "dredge: the study whose finished runs stand in this folder\n";
static const char checksum[] = "checksum";
enum { MOST_BYTES = 1 << 28 };

static dredge_status write_field(struct files_writer *writer, const char *name, const char *value)
{
    char head[64];
    int length = snprintf(head, sizeof head, "%s %zu\n", name, strlen(value));
    dredge_status status = files_add(writer, (size_t)length, head);
    if (status == DREDGE_OK) {
        status = files_add(writer, strlen(value), value);
    }
    return status == DREDGE_OK ? files_add(writer, 1, "\n") : status;
}

dredge_status manifest_write(const char *path, const struct study *study, const struct head *head, int replaces)
{
    struct digest digest;
    struct files_writer writer = {.on_piece = seal_see_piece, .context = &digest};
    char *catalogue = catalogue_text(&head->catalogue);
    if (catalogue == NULL) {
        return status_no_memory(1 << 14);
    }
    const char *const fields[][2] = {{"version", DREDGE_VERSION},
                                     {"digest", head->origin.study_digest},
                                     {"replaces", replaces ? "yes" : "no"},
                                     {"file", study->file},
                                     {"text", study->text},
                                     {"overrides", study->overrides},
                                     {"design", head->origin.design_digest},
                                     {"model", head->origin.model_stamp},
                                     {"catalogue", catalogue}};
    digest_begin(&digest);
    dredge_status status = files_begin(&writer, path);
    if (status == DREDGE_OK) {
        status = files_add(&writer, sizeof title - 1, title);
    }
    for (size_t i = 0; status == DREDGE_OK && i < sizeof fields / sizeof fields[0]; i++) {
        status = write_field(&writer, fields[i][0], fields[i][1]);
    }
    if (status == DREDGE_OK) {
        char hex[33];
        files_end_pieces(&writer);
        digest_hex(&digest, hex);
        status = write_field(&writer, checksum, hex);
    }
    if (status == DREDGE_OK) {
        status = files_commit(&writer);
    }
    files_abandon(&writer);
    free(catalogue);
    return status;
}

/* Takes the next field, which must have this name; NULL when it is not there, or when out of memory. */
static char *read_field(const char **rest, const char *end, const char *name)
{
    size_t name_bytes = strlen(name);
    char *after = NULL;
    if ((size_t)(end - *rest) <= name_bytes || memcmp(*rest, name, name_bytes) != 0) {
        return NULL;
    }
    unsigned long long n = strtoull(*rest + name_bytes, &after, 10);
    if (*after != '\n' || n > MOST_BYTES || n + 2 > (unsigned long long)(end - after)) {
        return NULL;
    }
    char *value = malloc((size_t)n + 1);
    if (value != NULL) {
        memcpy(value, after + 1, (size_t)n);
        value[n] = '\0';
        *rest = after + 1 + n + 1;
    }
    return value;
}

/* What a manifest says, as it is read; owned. */
struct texts {
    char *digest, *replaces, *design, *model, *catalogue, *checksum;
};

static void texts_free(struct texts *texts)
{
    free(texts->digest);
    free(texts->replaces);
    free(texts->design);
    free(texts->model);
    free(texts->catalogue);
    free(texts->checksum);
}

/* Is the last field, up to `end`, what belongs after these bytes? */
static int matches(const char *bytes, const char *last, const char *end)
{
    char hex[33], expected[64];
    struct digest digest;
    digest_begin(&digest);
    digest_bytes(&digest, (size_t)(last - bytes), bytes);
    digest_hex(&digest, hex);
    int length = snprintf(expected, sizeof expected, "%s 32\n%s\n", checksum, hex);
    return end - last == length && memcmp(last, expected, (size_t)length) == 0;
}

/* Takes all fields; 0: the file is not as it was written. */
static int take_fields(const char *bytes, size_t n_bytes, struct manifest *manifest, struct texts *texts)
{
    enum { N_ALWAYS = 6 }; /* runs of another version have no others */
    struct {
        const char *name;
        char **value;
    } fields[] = {{"version", &manifest->version}, {"digest", &texts->digest}, {"replaces", &texts->replaces},
                  {"file", &manifest->file},       {"text", &manifest->text},  {"overrides", &manifest->overrides},
                  {"design", &texts->design},      {"model", &texts->model},   {"catalogue", &texts->catalogue},
                  {checksum, &texts->checksum}};
    int is_sound = n_bytes >= sizeof title - 1 && memcmp(bytes, title, sizeof title - 1) == 0;
    const char *rest = bytes + (is_sound ? sizeof title - 1 : 0), *end = bytes + n_bytes, *last = rest;
    for (size_t i = 0; is_sound && i < sizeof fields / sizeof fields[0]; i++) {
        last = rest;
        *fields[i].value = read_field(&rest, end, fields[i].name);
        is_sound = *fields[i].value != NULL || (i >= N_ALWAYS && texts->design == NULL && rest == end);
    }
    return is_sound && rest == end && strlen(texts->digest) == 32 &&
           (texts->checksum == NULL || matches(bytes, last, end));
}

dredge_status manifest_read(const char *path, struct manifest *manifest)
{
    struct texts texts = {0};
    char *bytes = NULL;
    size_t n_bytes = 0;
    memset(manifest, 0, sizeof *manifest);
    dredge_status status = files_read(path, MOST_BYTES, &bytes, &n_bytes);
    if (status != DREDGE_OK) {
        return status;
    }
    if (take_fields(bytes, n_bytes, manifest, &texts)) {
        struct origin *origin = &manifest->origin;
        (void)snprintf(origin->study_digest, ORIGIN_BYTES, "%s", texts.digest);
        (void)snprintf(origin->design_digest, ORIGIN_BYTES, "%s", texts.design != NULL ? texts.design : "");
        (void)snprintf(origin->model_stamp, ORIGIN_BYTES, "%s", texts.model != NULL ? texts.model : "");
        manifest->replaces = strcmp(texts.replaces, "yes") == 0;
    } else {
        status = status_fail(DREDGE_FILE,
                             "%s: is damaged, so that it cannot be told which study the finished runs in this "
                             "folder are of; start again with --force",
                             path);
        manifest_free(manifest);
    }
    texts_free(&texts);
    free(bytes);
    return status;
}

void manifest_free(struct manifest *manifest)
{
    free(manifest->version);
    free(manifest->file);
    free(manifest->text);
    free(manifest->overrides);
    memset(manifest, 0, sizeof *manifest);
}
