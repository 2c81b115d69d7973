/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <hdf5_hl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/file/labels.h"
#include "store/file/layout_inside.h"
#include "store/file/own.h"

/* Dredge's own group: see store/file/own.h. */

enum { TALLY_CHUNK_BYTES = 1 << 18, MESSAGES_PER_CHUNK = 64, TEXTS_AT_ONCE = 256 };

/* The name that netCDF gives to a dimension without values. */
static const char no_values[] = "This is a netCDF dimension but not a netCDF variable.         0";

static void make_group(struct layout *layout)
{
    if (layout->own == 0) {
        layout->own = layout_make_group(layout, OWN_GROUP);
    }
}

/* A dataset of bytes or whole numbers; `chunk` NULL: in one piece. */
static hid_t make_dataset(struct layout *layout, const char *name, hid_t type, int rank, const hsize_t *extent,
                          const hsize_t *most, const hsize_t *chunk)
{
    hid_t space = H5Screate_simple(rank, extent, most), list = H5Pcopy(layout->scalar);
    int is_set = list >= 0;
    if (chunk != NULL) {
        is_set =
            is_set && H5Pset_chunk(list, rank, chunk) >= 0 && H5Pset_shuffle(list) >= 0 && H5Pset_deflate(list, 1) >= 0;
    }
    hid_t dataset = H5Dcreate2(layout->file, name, type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    layout_note(layout, is_set && dataset >= 0);
    labels_object(&layout->labels, dataset, name);
    (void)H5Pclose(list);
    (void)H5Sclose(space);
    return dataset;
}

/* ---- tallies ---- */

void layout_make_tallies(struct layout *layout)
{
    const hsize_t none = 0, unlimited = H5S_UNLIMITED, chunk = TALLY_CHUNK_BYTES;
    hsize_t n_points = (hsize_t)layout->shape.n_points;
    make_group(layout);
    layout->tally_size = make_dataset(layout, OWN_TALLY_SIZE, H5T_STD_I32LE, 1, &n_points, NULL, NULL);
    layout->tally_byte = make_dataset(layout, OWN_GROUP "/byte", H5T_STD_U8LE, 1, &none, &unlimited, &chunk);
    layout->tallies = make_dataset(layout, OWN_TALLIES, H5T_STD_U8LE, 1, &none, &unlimited, &chunk);
    layout->waiting = malloc(TALLY_CHUNK_BYTES);
    layout_note(layout, layout->waiting != NULL && H5DSset_scale(layout->tally_byte, no_values) >= 0);
    layout_attach(layout, layout->tally_size, 1, &layout->scale[LAYOUT_POINT]);
    layout_attach(layout, layout->tallies, 1, &layout->tally_byte);
    layout_put_labels(layout, layout->tally_size, "bytes", "size of the tallies of the point", NULL);
    layout_put_labels(layout, layout->tallies, NULL, "tallies of trajectories", NULL);
}

int layout_has_tallies(const struct layout *layout)
{
    return layout->tallies > 0;
}

/* Writes the bytes that wait: a chunk, or what is left at the end. */
static void put_waiting_tallies(struct layout *layout)
{
    int n = (int)layout->n_waiting_bytes;
    hsize_t extent = layout->n_tally_bytes, count = (hsize_t)n, start = extent - count;
    if (n > 0) {
        layout_note(layout, H5Dset_extent(layout->tallies, &extent) >= 0 &&
                                (layout->packing != NULL
                                     ? packing_put(layout->packing, layout->tallies, 1, 1, &start, &n, layout->waiting)
                                     : hdf_put(layout->tallies, H5T_NATIVE_UCHAR, 1, &start, &count, layout->waiting)));
    }
    layout->n_waiting_bytes = 0;
}

void layout_put_tallies(struct layout *layout, int point, size_t n_bytes, const unsigned char *bytes)
{
    int size = n_bytes < INT_MAX ? (int)n_bytes : 0, one = 1;
    layout_note(layout, n_bytes < INT_MAX);
    layout_put(layout, layout->tally_size, H5T_NATIVE_INT, 1, &point, &one, &size);
    for (size_t done = 0; done < n_bytes && !layout_has_failed(layout);) {
        size_t room = TALLY_CHUNK_BYTES - layout->n_waiting_bytes;
        size_t n = n_bytes - done < room ? n_bytes - done : room;
        memcpy(layout->waiting + layout->n_waiting_bytes, bytes + done, n);
        layout->n_waiting_bytes += n;
        layout->n_tally_bytes += n;
        done += n;
        if (n == room) {
            put_waiting_tallies(layout);
        }
    }
    digest_whole(&layout->size_digest, point);
    digest_whole(&layout->size_digest, size);
    digest_bytes(&layout->tally_digest, n_bytes, bytes);
}

/* ---- messages ---- */

static void make_messages(struct layout *layout)
{
    hsize_t extent[2] = {(hsize_t)layout->shape.n_points, PARCEL_MESSAGE_BYTES};
    hsize_t chunk[2] = {extent[0] < MESSAGES_PER_CHUNK ? extent[0] : MESSAGES_PER_CHUNK, PARCEL_MESSAGE_BYTES};
    make_group(layout);
    layout->message_bytes = make_dataset(layout, OWN_MESSAGES, H5T_STD_U8LE, 2, extent, NULL, chunk);
    hid_t scale = make_dataset(layout, OWN_GROUP "/message_byte", H5T_STD_U8LE, 1, &extent[1], NULL, NULL);
    layout_note(layout, H5DSset_scale(scale, no_values) >= 0);
    const hid_t scales[] = {layout->scale[LAYOUT_POINT], scale};
    layout_attach(layout, layout->message_bytes, 2, scales);
    layout_put_labels(layout, layout->message_bytes, NULL, "why runs of this point failed, in UTF-8 and zeros", NULL);
}

/* Points up to `point` have no message: a text is never left out, which readers in R do not survive. */
static void put_no_messages(struct layout *layout, int point)
{
    const char *none[TEXTS_AT_ONCE];
    for (int i = 0; i < TEXTS_AT_ONCE; i++) {
        none[i] = "";
    }
    while (layout->next_message < point) {
        int n = point - layout->next_message < TEXTS_AT_ONCE ? point - layout->next_message : TEXTS_AT_ONCE;
        layout_note(layout, hdf_put_texts(layout->message, (hsize_t)layout->next_message, (hsize_t)n, none));
        for (int i = 0; i < n; i++) {
            digest_text(&layout->text_digest, "");
        }
        layout->next_message += n;
    }
}

void layout_put_message(struct layout *layout, int point, const char *message)
{
    char row[PARCEL_MESSAGE_BYTES] = {0}; /* all of it is written to the file */
    const int start[2] = {point, 0}, count[2] = {1, PARCEL_MESSAGE_BYTES};
    if (layout->message_bytes == 0) {
        make_messages(layout);
    }
    (void)snprintf(row, sizeof row, "%s", message);
    layout_put(layout, layout->message_bytes, H5T_NATIVE_UCHAR, 2, start, count, row);
    digest_whole(&layout->message_digest, point);
    digest_text(&layout->message_digest, row);
    put_no_messages(layout, point);
    layout_note(layout, hdf_put_texts(layout->message, (hsize_t)point, 1, &message));
    digest_text(&layout->text_digest, message);
    layout->next_message = point + 1;
}

/* ---- names ---- */

/* The names as lines (store/file/own.h); the caller frees them; NULL when out of memory. */
static char *names_text(const struct layout *layout)
{
    const struct study *study = layout->study;
    char *catalogue = catalogue_text(&layout->head->catalogue), *names = files_text("%s", "");
    for (int i = 0; i < study->n_regimes && names != NULL; i++) {
        char *longer = files_text("%sregime\t%s\n", names, study->regimes[i].name);
        free(names);
        names = longer;
    }
    for (int i = 0; i < study->design.n_factors && names != NULL; i++) {
        char *longer = files_text("%sfactor\t%s\n", names, study->design.factors[i].key);
        free(names);
        names = longer;
    }
    char *text = names != NULL && catalogue != NULL ? files_text("%s%s", names, catalogue) : NULL;
    free(catalogue);
    free(names);
    return text;
}

/* A list of lines as bytes, with a dimension of its own. */
struct list {
    const char *name, *dimension, *long_name;
};

static void put_lines(struct layout *layout, const struct list *list, const char *lines)
{
    struct digest digest;
    hsize_t start = 0, n = strlen(lines);
    hid_t dataset = make_dataset(layout, list->name, H5T_STD_U8LE, 1, &n, NULL, NULL);
    hid_t scale = make_dataset(layout, list->dimension, H5T_STD_U8LE, 1, &n, NULL, NULL);
    layout_note(layout, H5DSset_scale(scale, no_values) >= 0);
    layout_attach(layout, dataset, 1, &scale);
    layout_put_labels(layout, dataset, NULL, list->long_name, NULL);
    layout_note(layout, hdf_put(dataset, H5T_NATIVE_UCHAR, 1, &start, &n, lines));
    digest_begin(&digest);
    digest_bytes(&digest, n, lines);
    layout_put_digest(layout, dataset, &digest);
}

dredge_status layout_finish_own(struct layout *layout)
{
    hsize_t extent = layout->n_tally_bytes;
    make_group(layout);
    put_no_messages(layout, layout->shape.n_points);
    layout_put_digest(layout, layout->message, &layout->text_digest);
    if (layout->tallies > 0) {
        put_waiting_tallies(layout);
        layout_note(layout, H5Dset_extent(layout->tally_byte, &extent) >= 0);
        layout_put_digest(layout, layout->tally_size, &layout->size_digest);
        layout_put_digest(layout, layout->tallies, &layout->tally_digest);
    }
    if (layout->message_bytes > 0) {
        layout_put_digest(layout, layout->message_bytes, &layout->message_digest);
    }
    const struct list list = {OWN_NAMES, OWN_GROUP "/name_byte", "names of what the file holds, in UTF-8"};
    char *names = names_text(layout);
    if (names == NULL) {
        return status_no_memory(1 << 16);
    }
    put_lines(layout, &list, names);
    free(names);
    return DREDGE_OK;
}

void layout_finish_labels(struct layout *layout)
{
    const struct list list = {OWN_LABELS, OWN_GROUP "/label_byte", "digests of the attributes of each object"};
    char *labels = layout->has_failed ? NULL : labels_list(&layout->labels);
    layout_note(layout, labels != NULL);
    if (labels != NULL) {
        put_lines(layout, &list, labels);
    }
    free(labels);
}
