/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_CHECKPOINT_FILE_H
#define STORE_PARTS_CHECKPOINT_FILE_H

#include <stdint.h>

#include "base/digest.h"
#include "base/status.h"
#include "base/files.h"
#include "result/checkpoint.h"
#include "result/head.h"

/* The file of a checkpoint. Numbers are little-endian.
 *
 *     header    224 bytes: "DREDGCKP", version of the format, the parcel, the run under way, sizes of the sections, digests
 *               of the study and of its design and of the catalogue (result/catalogue.h), stamp of the model, version of
 *               dredge
 *     words     4 bytes each: results, organisations, records of collaborations
 *     seal      store/parts/seal.h
 */

/* A checkpoint that is being written; zeroed at first. */
struct checkpoint_writer {
    struct files_writer files;
    struct digest *digest; /* owned */
};

/* Writes: begin, add any number of times, then commit; abandon frees, and removes what was not committed (safe on a zeroed
 * writer). */
STATUS_CHECKED dredge_status checkpoint_file_begin(struct checkpoint_writer *writer, const char *path,
                                                   const struct head *head, const struct checkpoint *checkpoint);
STATUS_CHECKED dredge_status checkpoint_file_add(struct checkpoint_writer *writer, size_t n, const uint32_t *words);
STATUS_CHECKED dredge_status checkpoint_file_commit(struct checkpoint_writer *writer);
void checkpoint_file_abandon(struct checkpoint_writer *writer);

/* An open checkpoint; zeroed at first. */
struct checkpoint_reader {
    char *path; /* owned */
    int descriptor, is_open;
    struct checkpoint checkpoint;
};

/* Checks the file from end to end. One of another study or another version of dredge is refused with a sentence that says
 * what to do; `*is_damaged`: it was cut off or damaged. */
STATUS_CHECKED dredge_status checkpoint_file_check(const char *path, const struct head *head, int *is_damaged);

/* Opens a checkpoint that was checked; the words are read from `start` on. Close is safe on a zeroed reader. */
STATUS_CHECKED dredge_status checkpoint_file_open(struct checkpoint_reader *reader, const char *path,
                                                  const struct head *head);
STATUS_CHECKED dredge_status checkpoint_file_read(const struct checkpoint_reader *reader, uint64_t start, size_t n,
                                                  uint32_t *words);
void checkpoint_file_close(struct checkpoint_reader *reader);

#endif
