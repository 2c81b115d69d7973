/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Every file that the store leaves behind comes about here: written under a temporary name, forced to disk, renamed, and
 * the folder forced to disk. After a crash at any moment a name holds the old content or the whole new one. */

enum { FILES_PIECE_BYTES = 1 << 20 }; /* files are written and read in pieces of this size */

extern const char files_temporary[]; /* the ending of temporary names */

struct files_writer {
    char *path, *temporary; /* owned */
    unsigned char *piece;   /* [FILES_PIECE_BYTES], owned */
    size_t n_bytes;         /* in piece */
    uint64_t n_total;       /* added so far */
    int descriptor, is_open;
    void (*on_piece)(void *context, size_t n_bytes, const unsigned char *bytes); /* sees each piece; may be NULL */
    void *context;
};

/* A text made like printf, that the caller frees; NULL when out of memory. */
char *files_text(const char *format, ...) STATUS_PRINTF(1, 2);

/* A name as a shell takes it, in quotes where it needs them; the caller frees it; NULL when out of memory. */
char *files_shell_word(const char *name);

/* Writes a file: begin, add any number of times, then commit; files_abandon frees, and removes what was not committed.
 * The writer must be zeroed (but for on_piece and context) before files_begin. */
STATUS_CHECKED dredge_status files_begin(struct files_writer *writer, const char *path);
STATUS_CHECKED dredge_status files_add(struct files_writer *writer, size_t n_bytes, const void *bytes);
STATUS_CHECKED dredge_status files_commit(struct files_writer *writer);
void files_abandon(struct files_writer *writer); /* safe on a zeroed or committed writer */

/* Hands the rest of the piece to on_piece without ending the file: what is added later is not seen. */
void files_end_pieces(struct files_writer *writer);

/* A file for the time being beside `path`, for reading and writing: without a name, so that it is gone when its descriptor is
 * closed, which the caller does. */
STATUS_CHECKED dredge_status files_scratch(const char *path, int *descriptor);

/* Writes `n_bytes` of a scratch file beside `path` from `offset` on. */
STATUS_CHECKED dredge_status files_write_at(int descriptor, const char *path, uint64_t offset, size_t n_bytes,
                                            const void *bytes);

/* Gives the file `temporary`, written by other means and closed, its name: forced to disk, renamed. */
STATUS_CHECKED dredge_status files_replace(const char *temporary, const char *path);

/* Makes the folder, and those above it, if they are missing. */
STATUS_CHECKED dredge_status files_make_folder(const char *path);

/* The folder part of a path ("." when it has none); the caller frees it; NULL when out of memory. */
char *files_folder(const char *path);

/* Opens for reading, as open does; waits for nobody where the name is a pipe's. -1 and errno when it cannot. */
int files_open(const char *path);

/* The whole file, terminated, at most `n_most` bytes; the caller frees it. */
STATUS_CHECKED dredge_status files_read(const char *path, size_t n_most, char **bytes, size_t *n_bytes);

/* Exactly `n_bytes` from `offset` on. */
STATUS_CHECKED dredge_status files_read_at(int descriptor, const char *path, uint64_t offset, size_t n_bytes,
                                           void *out);

/* Removes a file; that it is missing is no failure. */
STATUS_CHECKED dredge_status files_remove(const char *path);

/* Is there something with this name, or may there be something that cannot be seen just now? */
int files_exist(const char *path);

/* How many bytes the file has; -1 when that cannot be seen. */
long long files_size(const char *path);

#endif
