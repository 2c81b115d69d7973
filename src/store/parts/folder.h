/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_FOLDER_H
#define STORE_PARTS_FOLDER_H

#include "base/status.h"

/* The folder OUTPUT.parts, where finished runs wait until they are compacted: the lock, the manifest, segments named
 * segment-RANK-NUMBER, RANK telling apart the processes of one run, and checkpoints named checkpoint-POINT-REPLICATE after
 * the parcel that is under way. */

struct folder {
    char *path, *lock, *manifest, *building; /* the folder and files in it, owned */
    int n_segments;
    char **segments; /* [n_segments], paths in order of name, owned */
    int n_checkpoints;
    char **checkpoints; /* [n_checkpoints], the same */
};

/* The names for an output, or for a folder that ends in .parts. Frees with folder_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status folder_init(struct folder *folder, const char *output);
STATUS_CHECKED dredge_status folder_init_at(struct folder *folder, const char *path);
void folder_free(struct folder *folder);

/* Looks which segments and checkpoints are there; a folder that does not exist has none. */
STATUS_CHECKED dredge_status folder_list(struct folder *folder);

/* Is there a segment or a checkpoint, as it was listed? */
int folder_has_runs(const struct folder *folder);

/* Is a file of this name one of those in such a folder? */
int folder_is_piece(const char *path);

/* The path of the checkpoint of the parcel that begins with this replicate; the caller frees it; NULL when out of memory.
 */
char *folder_checkpoint(const struct folder *folder, int point, int replicate);

/* The path of a new segment, which the caller frees; NULL when out of memory. */
char *folder_segment(const struct folder *folder, int rank, int number);

/* One more than the largest number of a segment of this rank, also of those set aside. */
STATUS_CHECKED dredge_status folder_next_number(const struct folder *folder, int rank, int *number);

/* Renames a damaged segment or checkpoint so that it is none any more. */
STATUS_CHECKED dredge_status folder_set_aside(const char *path);

/* Removes what an interrupted write left behind. */
void folder_tidy(const struct folder *folder);

/* Removes manifest, segments and checkpoints, in this order, so that a folder without manifest is known to be done with. */
STATUS_CHECKED dredge_status folder_empty(struct folder *folder);

/* Removes manifest, lock and folder, unless there are other files in it. */
void folder_remove(const struct folder *folder);

#endif
