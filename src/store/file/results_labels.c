/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"
#include "store/file/labels.h"
#include "store/file/own.h"
#include "store/file/results_inside.h"
#include "store/file/texts.h"

/* What a file says of itself to other readers: attributes, and texts of variable length. Dredge itself takes names and study
 * from elsewhere, but a file whose labels were changed would be read in two ways. */

enum { MOST_NAMES = 5 };

void results_changes_add(struct results_changes *changes, const char *what, const char *name)
{
    size_t length = strlen(changes->names);
    if (changes->n < MOST_NAMES) {
        (void)snprintf(changes->names + length, sizeof changes->names - length, "%s%s`%.70s`",
                       changes->n > 0 ? ", " : "", what, name);
    }
    changes->n++;
}

dredge_status results_changes_tell(const struct results_changes *changes, const struct results_file *file)
{
    char more[32] = "";
    if (changes->n == 0) {
        return DREDGE_OK;
    }
    if (changes->n > MOST_NAMES) {
        (void)snprintf(more, sizeof more, " and %d more", changes->n - MOST_NAMES);
    }
    return status_fail(
        DREDGE_FILE,
        "%s: was changed after dredge wrote it: %s%s %s not what the digest says; take an unchanged copy, or make the "
        "file again with dredge run",
        file->path, changes->names, more,
        changes->n > 1 || strstr(changes->names, "attributes") != NULL ? "are" : "is");
}

/* Texts of variable length against the attribute of their dataset. */
static dredge_status compare_texts(const struct results_file *file, hid_t dataset, const char *name,
                                   struct results_changes *changes)
{
    struct digest digest;
    char hex[33], *found = NULL;
    int is_sound = 0;
    digest_begin(&digest);
    dredge_status status = texts_digest(file->path, dataset, &is_sound, &digest);
    digest_hex(&digest, hex);
    if (status == DREDGE_OK &&
        (!is_sound || hdf_get_text(dataset, "digest", sizeof hex, &found) != 1 || strcmp(hex, found) != 0)) {
        results_changes_add(changes, "", name);
    }
    free(found);
    return status;
}

/* An object against its line of the list: its path, a tab, the digest of its attributes. */
static dredge_status compare_object(const struct results_file *file, const char *line, struct results_changes *changes)
{
    char name[INVENTORY_NAME_BYTES], hex[33];
    int length = (int)strcspn(line, "\t\n");
    dredge_status status = DREDGE_OK;
    (void)snprintf(name, sizeof name, "%.*s", length, line);
    int is_root = strcmp(name, "/") == 0;
    hid_t object = is_root || hdf_is_here_all(file->hdf, name) ? H5Oopen(file->hdf, name, H5P_DEFAULT) : -1;
    if (object < 0) {
        results_changes_add(changes, "", name);
        return DREDGE_OK;
    }
    if (!labels_digest(object, hex) || strncmp(line + length, "\t", 1) != 0 ||
        strncmp(line + length + 1, hex, sizeof hex - 1) != 0) {
        results_changes_add(changes, "attributes of ", name);
    }
    if (H5Iget_type(object) == H5I_DATASET && texts_are_in(object)) {
        status = compare_texts(file, object, name, changes);
    }
    (void)H5Oclose(object);
    return status;
}

dredge_status results_file_check_labels(struct results_file *file)
{
    struct results_changes changes = {0};
    char *list = NULL;
    dredge_status status = results_file_text_bytes(file, OWN_LABELS, &list);
    for (const char *line = list; status == DREDGE_OK && line != NULL && *line != '\0';) {
        status = compare_object(file, line, &changes);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    free(list);
    return status == DREDGE_OK ? results_changes_tell(&changes, file) : status;
}
