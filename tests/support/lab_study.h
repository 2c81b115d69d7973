/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TEST_LAB_STUDY_H
#define TEST_LAB_STUDY_H

#include <string.h>

#include "study/study.h"
#include "testing.h"

/* Reads a study that is known to be sound. */
static inline void lab_study(const char *text, struct study *study)
{
    if (study_parse("test.yaml", text, strlen(text), 0, NULL, study) != DREDGE_OK) {
        fail_msg("%s", status_message());
    }
}

#endif
