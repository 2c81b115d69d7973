/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_HEAD_H
#define RESULT_HEAD_H

#include "result/catalogue.h"
#include "result/shape.h"

/* What stands at the head of everything that holds runs, so that runs of different origin do not meet: of which study
 * they are, which values it came to at every design point, and which model made them. */

enum { ORIGIN_BYTES = 33 /* 32 hexadecimal digits */, ORIGIN_KEPT_BYTES = 3 * (ORIGIN_BYTES - 1) };

struct origin {
    char study_digest[ORIGIN_BYTES];
    char design_digest[ORIGIN_BYTES]; /* of every resolved value at every design point */
    char model_stamp[ORIGIN_BYTES];   /* of the sources that decide what a run gives; "" where none was kept */
};

struct head {
    struct shape shape;
    struct origin origin;
    struct catalogue catalogue; /* owned */
};

/* The head of runs of `study` by this program; freed with head_free, which is safe on a zeroed one. */
STATUS_CHECKED dredge_status head_of_study(const struct study *study, struct head *head);
void head_free(struct head *head);

/* An origin as it is kept in the headers of parts and checkpoints: its three texts without their ends. */
void origin_put(const struct origin *origin, unsigned char bytes[ORIGIN_KEPT_BYTES]);
void origin_get(const unsigned char bytes[ORIGIN_KEPT_BYTES], struct origin *origin);

/* Can runs that stand in `file` go together with those of `own`: are they of the same model? of the same study, also of the
 * same design? Otherwise DREDGE_FILE and a sentence that names both. */
STATUS_CHECKED dredge_status origin_check_model(const char *file, const struct origin *found, const struct origin *own);
STATUS_CHECKED dredge_status origin_check_design(const char *file, const struct origin *found,
                                                 const struct origin *own);

#endif
