/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/texts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/files.h"

enum {
    ELEMENT_BYTES = 16, /* length (4), address of a collection (8), index of an object in it (4) */
    HEADER_BYTES = 16,  /* "GCOL", version (1), reserved (3), size of the collection (8) */
    OBJECT_BYTES = 16,  /* index (2), references (2), reserved (4), size (8); then the object, up to a multiple of 8 */
    MOST_OBJECTS = 1 << 16,
    MOST_HEAP_BYTES = 1 << 26,
    ELEMENTS_AT_ONCE = 256
};

/* A file, and the collection of objects that was read last. */
struct heap {
    const char *path;
    int descriptor;
    uint64_t file_bytes, address;
    size_t n_bytes;
    unsigned char *bytes; /* [n_bytes], owned; NULL: none */
    size_t *object;       /* [MOST_OBJECTS], where the object with this index stands, 0: nowhere; owned */
};

int texts_are_in(hid_t dataset)
{
    hid_t type = H5Dget_type(dataset);
    int are = type >= 0 && H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0;
    (void)H5Tclose(type);
    return are;
}

/* Notes where the objects stand; 0 when they do not fill the collection as they should. */
static int find_objects(struct heap *heap)
{
    memset(heap->object, 0, MOST_OBJECTS * sizeof *heap->object);
    for (size_t at = HEADER_BYTES; at + OBJECT_BYTES <= heap->n_bytes;) {
        size_t index = (size_t)heap->bytes[at] | (size_t)heap->bytes[at + 1] << 8;
        uint64_t size = bytes_get64(heap->bytes + at + 8);
        if (index == 0) { /* free room, which is last */
            return 1;
        }
        if (size > heap->n_bytes - at - OBJECT_BYTES) {
            return 0;
        }
        heap->object[index] = at;
        at += OBJECT_BYTES + (((size_t)size + 7) & ~(size_t)7);
    }
    return 1;
}

static dredge_status load_collection(struct heap *heap, uint64_t address, int *is_sound)
{
    unsigned char header[HEADER_BYTES];
    *is_sound = address > 0 && address <= heap->file_bytes && heap->file_bytes - address >= HEADER_BYTES;
    if (!*is_sound) {
        return DREDGE_OK;
    }
    dredge_status status = files_read_at(heap->descriptor, heap->path, address, sizeof header, header);
    uint64_t n_bytes = status == DREDGE_OK ? bytes_get64(header + 8) : 0;
    *is_sound = status == DREDGE_OK && memcmp(header, "GCOL\1", 5) == 0 && n_bytes >= HEADER_BYTES &&
                n_bytes <= MOST_HEAP_BYTES && n_bytes <= heap->file_bytes - address;
    if (!*is_sound) {
        return status;
    }
    free(heap->bytes);
    heap->bytes = malloc((size_t)n_bytes);
    if (heap->bytes == NULL) {
        return status_no_memory(n_bytes);
    }
    heap->n_bytes = (size_t)n_bytes;
    heap->address = address;
    status = files_read_at(heap->descriptor, heap->path, address, heap->n_bytes, heap->bytes);
    *is_sound = status == DREDGE_OK && find_objects(heap);
    return status;
}

/* Feeds the text of one element to the digest. */
static dredge_status add_text(struct heap *heap, const unsigned char *element, int *is_sound, struct digest *digest)
{
    uint64_t length = bytes_get32(element), address = bytes_get64(element + 4);
    uint32_t index = bytes_get32(element + 12);
    dredge_status status = DREDGE_OK;
    *is_sound = 1;
    if (length > 0 && (heap->bytes == NULL || heap->address != address)) {
        status = load_collection(heap, address, is_sound);
    }
    if (length > 0 && status == DREDGE_OK && *is_sound) {
        size_t at = index < MOST_OBJECTS ? heap->object[index] : 0;
        *is_sound = at > 0 && bytes_get64(heap->bytes + at + 8) >= length;
        if (*is_sound) {
            digest_whole(digest, (int64_t)length);
            digest_bytes(digest, (size_t)length, heap->bytes + at + OBJECT_BYTES);
        }
    } else if (length == 0) {
        digest_text(digest, "");
    }
    return status;
}

/* Where the elements of the dataset stand, and how many there are; 0 when they do not stand in one piece of the file. */
static int find_elements(hid_t dataset, uint64_t file_bytes, uint64_t *start, uint64_t *n)
{
    hid_t space = H5Dget_space(dataset), list = H5Dget_create_plist(dataset);
    haddr_t offset = H5Dget_offset(dataset);
    hsize_t extent = 0;
    int is_piece = space >= 0 && list >= 0 && H5Pget_layout(list) == H5D_CONTIGUOUS &&
                   H5Pget_external_count(list) == 0 && H5Sget_simple_extent_ndims(space) == 1 &&
                   H5Sget_simple_extent_dims(space, &extent, NULL) == 1 && offset != HADDR_UNDEF &&
                   offset <= file_bytes && extent <= (file_bytes - offset) / ELEMENT_BYTES;
    *start = offset;
    *n = extent;
    (void)H5Pclose(list);
    (void)H5Sclose(space);
    return is_piece;
}

static dredge_status add_texts(struct heap *heap, hid_t dataset, int *is_sound, struct digest *digest)
{
    unsigned char elements[ELEMENTS_AT_ONCE * ELEMENT_BYTES];
    uint64_t start = 0, n = 0;
    dredge_status status = DREDGE_OK;
    *is_sound = find_elements(dataset, heap->file_bytes, &start, &n);
    for (uint64_t first = 0; status == DREDGE_OK && *is_sound && first < n; first += ELEMENTS_AT_ONCE) {
        size_t count = n - first < ELEMENTS_AT_ONCE ? (size_t)(n - first) : ELEMENTS_AT_ONCE;
        status =
            files_read_at(heap->descriptor, heap->path, start + first * ELEMENT_BYTES, count * ELEMENT_BYTES, elements);
        for (size_t i = 0; status == DREDGE_OK && *is_sound && i < count; i++) {
            status = add_text(heap, elements + i * ELEMENT_BYTES, is_sound, digest);
        }
    }
    return status;
}

dredge_status texts_digest(const char *path, hid_t dataset, int *is_sound, struct digest *digest)
{
    struct heap heap = {.path = path, .descriptor = files_open(path)};
    struct stat about;
    dredge_status status = DREDGE_OK;
    *is_sound = 0;
    if (heap.descriptor < 0 || fstat(heap.descriptor, &about) != 0) {
        status = status_fail(DREDGE_FILE, "%s: cannot read this file: %s", path, strerror(errno));
        goto out;
    }
    heap.file_bytes = about.st_size > 0 ? (uint64_t)about.st_size : 0;
    heap.object = malloc(MOST_OBJECTS * sizeof *heap.object);
    status = heap.object == NULL ? status_no_memory(MOST_OBJECTS * sizeof *heap.object)
                                 : add_texts(&heap, dataset, is_sound, digest);
out:
    if (heap.descriptor >= 0) {
        (void)close(heap.descriptor);
    }
    free(heap.bytes);
    free(heap.object);
    return status;
}
