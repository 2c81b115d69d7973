/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result/head.h"

void head_of_study(const struct study *study, struct head *head)
{
    head->shape = shape_of_study(study);
    study_digest(study, head->study_digest);
}
