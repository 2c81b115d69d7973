/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_HEAD_H
#define RESULT_HEAD_H

#include "result/shape.h"

/* What stands at the head of everything that holds runs, so that runs of different origin do not meet. */
struct head {
    struct shape shape;
    char study_digest[33];
};

void head_of_study(const struct study *study, struct head *head);

#endif
