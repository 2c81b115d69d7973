/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/packing.h"

#include <libdeflate.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "store/file/hdf.h"

/* Chunks that wait fill at most so many bytes, unless one alone is larger. */
enum { WAITING_BYTES = 1 << 23, MOST_WAITING = 128 };

/* A thread that has less to compress costs more than it saves. */
enum { BYTES_OF_A_THREAD = 1 << 16 };

/* Files as large as with zlib's 1, which HDF5 would use, in 0.6 of its time. */
enum { COMPRESSION_LEVEL = 1 };

/* A chunk that waits. */
struct waiting {
    hid_t dataset;
    hsize_t start[HDF_MOST_RANK];
    size_t size, n_bytes; /* of a value; of all */
    size_t at;            /* where it begins in the buffers */
    size_t n_packed;      /* 0: it did not get smaller, and stands shuffled */
};

/* What each thread has for itself. */
struct worker {
    struct libdeflate_compressor *compressor;
};

struct packing {
    int n_threads, n_waiting, has_failed;
    struct worker *workers; /* [n_threads] */
    struct waiting waiting[MOST_WAITING];
    size_t capacity, n_bytes;        /* of each buffer; in use */
    unsigned char *plain, *shuffled; /* `plain` takes what is compressed, too */
};

double packing_bytes(double n_bytes)
{
    return 2 * fmax(WAITING_BYTES, n_bytes);
}

dredge_status packing_new(struct packing **packing, int n_threads)
{
    struct packing *own = *packing = calloc(1, sizeof *own);
    if (own == NULL) {
        return status_no_memory(sizeof *own);
    }
    own->workers = calloc((size_t)n_threads, sizeof *own->workers);
    for (int i = 0; own->workers != NULL && i < n_threads; i++) {
        own->workers[i].compressor = libdeflate_alloc_compressor(COMPRESSION_LEVEL);
        if (own->workers[i].compressor == NULL) {
            return status_no_memory(sizeof *own);
        }
        own->n_threads++;
    }
    return own->n_threads > 0 ? DREDGE_OK : status_no_memory((size_t)n_threads * sizeof *own->workers);
}

void packing_free(struct packing *packing)
{
    if (packing == NULL) {
        return;
    }
    for (int i = 0; i < packing->n_threads; i++) {
        libdeflate_free_compressor(packing->workers[i].compressor);
    }
    free(packing->workers);
    free(packing->plain);
    free(packing->shuffled);
    free(packing);
}

/* HDF5's shuffle: the first bytes of all values, then the second ones, and so on. */
static void shuffle(size_t size, size_t n_values, const unsigned char *plain, unsigned char *shuffled)
{
    for (size_t byte = 0; byte < size; byte++, shuffled += n_values) {
        for (size_t i = 0; i < n_values; i++) {
            shuffled[i] = plain[i * size + byte];
        }
    }
}

static void pack(const struct packing *packing, struct waiting *chunk)
{
    unsigned char *plain = packing->plain + chunk->at, *shuffled = packing->shuffled + chunk->at;
    shuffle(chunk->size, chunk->n_bytes / chunk->size, plain, shuffled);
    chunk->n_packed = libdeflate_zlib_compress(packing->workers[omp_get_thread_num()].compressor, shuffled,
                                               chunk->n_bytes, plain, chunk->n_bytes - 1);
}

static int write_chunk(const struct packing *packing, const struct waiting *chunk)
{
    int is_packed = chunk->n_packed > 0;
    return H5Dwrite_chunk(chunk->dataset, H5P_DEFAULT, is_packed ? 0 : HDF_WITHOUT_DEFLATE, chunk->start,
                          is_packed ? chunk->n_packed : chunk->n_bytes,
                          (is_packed ? packing->plain : packing->shuffled) + chunk->at) >= 0;
}

/* How many threads what waits is worth. */
static int team(const struct packing *packing)
{
    size_t n = 1 + packing->n_bytes / BYTES_OF_A_THREAD;
    return n < (size_t)packing->n_threads ? (int)n : packing->n_threads;
}

int packing_flush(struct packing *packing)
{
    int n_waiting = packing->n_waiting;
#pragma omp parallel for schedule(dynamic, 1) num_threads(team(packing))
    for (int i = 0; i < n_waiting; i++) {
        pack(packing, &packing->waiting[i]);
    }
    for (int i = 0; i < n_waiting && !packing->has_failed; i++) {
        packing->has_failed = !write_chunk(packing, &packing->waiting[i]);
    }
    packing->n_waiting = 0;
    packing->n_bytes = 0;
    return !packing->has_failed;
}

/* Room for a chunk of `n_bytes`, after those that wait or in their place. */
static int make_room(struct packing *packing, size_t n_bytes)
{
    if (packing->n_waiting == MOST_WAITING || packing->n_bytes + n_bytes > packing->capacity) {
        (void)packing_flush(packing);
    }
    if (n_bytes > packing->capacity) {
        size_t capacity = n_bytes > WAITING_BYTES ? n_bytes : WAITING_BYTES;
        free(packing->plain);
        free(packing->shuffled);
        packing->plain = malloc(capacity);
        packing->shuffled = malloc(capacity);
        packing->capacity = packing->plain != NULL && packing->shuffled != NULL ? capacity : 0;
        packing->has_failed |= packing->capacity == 0;
    }
    return !packing->has_failed;
}

/* The extents of a chunk of the dataset. Returns 0 when HDF5 failed. */
static int chunk_of(hid_t dataset, int rank, hsize_t *extent)
{
    hid_t list = H5Dget_create_plist(dataset);
    int is_known = list >= 0 && H5Pget_chunk(list, rank, extent) == rank;
    (void)H5Pclose(list);
    return is_known;
}

/* Copies `count` values along each axis into a chunk of these extents; the rest of the chunk is zeros. */
static void spread(const struct waiting *chunk, int rank, const hsize_t *extent, const int *count,
                   const unsigned char *values, unsigned char *out)
{
    int inner = rank - 1, index[HDF_MOST_RANK] = {0}; /* axes from `inner` on are in one piece */
    size_t n_run = chunk->size * (size_t)count[inner];
    while (inner > 0 && (hsize_t)count[inner] == extent[inner]) {
        n_run *= (size_t)count[--inner];
    }
    if ((hsize_t)count[inner] < extent[inner] || inner > 0) {
        memset(out, 0, chunk->n_bytes);
    }
    for (int axis = 0; axis >= 0; values += n_run) {
        size_t at = 0;
        for (axis = 0; axis < rank; axis++) {
            at = at * (size_t)extent[axis] + (size_t)index[axis];
        }
        memcpy(out + at * chunk->size, values, n_run);
        for (axis = inner - 1; axis >= 0 && ++index[axis] == count[axis]; axis--) {
            index[axis] = 0;
        }
    }
}

int packing_put(struct packing *packing, hid_t dataset, size_t size, int rank, const hsize_t *start, const int *count,
                const void *values)
{
    hsize_t extent[HDF_MOST_RANK];
    size_t n_bytes = size;
    packing->has_failed |= !chunk_of(dataset, rank, extent);
    for (int axis = 0; axis < rank && !packing->has_failed; axis++) {
        n_bytes *= (size_t)extent[axis];
    }
    if (packing->has_failed || !make_room(packing, n_bytes)) {
        return 0;
    }
    struct waiting *chunk = &packing->waiting[packing->n_waiting++];
    *chunk = (struct waiting){.dataset = dataset, .size = size, .n_bytes = n_bytes, .at = packing->n_bytes};
    memcpy(chunk->start, start, (size_t)rank * sizeof *start);
    packing->n_bytes += n_bytes;
    spread(chunk, rank, extent, count, values, packing->plain + chunk->at);
    return 1;
}
