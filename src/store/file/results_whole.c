/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/numbers.h"
#include "store/file/results_inside.h"
#include "store/file/unpacking.h"

/* Takes what is wanted out of the chunk that begins at this point and replicate. */
static void take_chunk(const struct results_file *file, const struct results_whole *whole,
                       const struct results_chunks *chunks, const struct unpacking *unpacking, int point, int replicate)
{
    size_t n_all = (size_t)file->results.info.catalogue.outcome[whole->row].n_columns;
    int n_replicates = numbers_smaller(chunks->n_replicates, file->shape.n_replicates - replicate);
    int end = numbers_smaller(point + chunks->n_points, whole->first + whole->n_points);
    for (int p = point > whole->first ? point : whole->first; p < end; p++) {
        for (int regime = 0; regime < file->shape.n_regimes; regime++) {
            size_t run = (size_t)((p - point) * file->shape.n_regimes + regime) * (size_t)chunks->n_replicates;
            size_t to =
                (size_t)((p - whole->first) * file->shape.n_regimes + regime) * (size_t)file->shape.n_replicates;
            for (int place = 0; place < whole->n_places; place++) {
                double *out = whole->out + (size_t)place * whole->stride + to + replicate;
                unpacking_reals(unpacking, run * n_all + (size_t)(whole->place + place), n_all, (size_t)n_replicates,
                                out);
            }
        }
    }
}

/* Returns 0 for a chunk that has to be left to HDF5: one that was never written, or is damaged. */
static int open_chunk(struct results_file *file, const struct results_whole *whole, const struct results_chunks *chunks,
                      struct unpacking *unpacking, int point, int replicate)
{
    struct results_chunk chunk;
    size_t n_whole = (size_t)chunks->n_points * (size_t)file->shape.n_regimes * (size_t)chunks->n_replicates *
                     (size_t)file->results.info.catalogue.outcome[whole->row].n_columns * sizeof(double);
    int is_read = results_file_chunk(file, whole->row, chunks, point, replicate, unpacking, &chunk) == DREDGE_OK;
    return is_read && chunk.n_bytes > 0 && unpacking_open(unpacking, chunk.stored, chunk.n_bytes, n_whole) == UNPACKED;
}

int results_file_whole(struct results_file *file, const struct results_whole *whole)
{
    struct results_chunks chunks;
    struct unpacking *unpacking = NULL;
    if (!results_file_has_chunks(file, &chunks) || whole->n_points < chunks.n_points) {
        return 0;
    }
    int is_read = unpacking_new(&unpacking) == DREDGE_OK;
    int end = whole->first + whole->n_points;
    for (int point = whole->first / chunks.n_points * chunks.n_points; is_read && point < end;
         point += chunks.n_points) {
        for (int replicate = 0; is_read && replicate < file->shape.n_replicates; replicate += chunks.n_replicates) {
            is_read = open_chunk(file, whole, &chunks, unpacking, point, replicate);
            if (is_read) {
                take_chunk(file, whole, &chunks, unpacking, point, replicate);
            }
        }
    }
    unpacking_free(unpacking);
    if (!is_read) {
        status_clear(); /* HDF5 reads instead */
    }
    return is_read;
}
