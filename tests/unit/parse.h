/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_PARSE_H
#define TESTS_PARSE_H

/* Studies from texts. */

#include <string.h>

#include "study/study.h"
#include "testing.h"

static inline dredge_status try_parse(const char *text, int n_overrides, const char *const *overrides,
                                      struct study *study)
{
    status_clear();
    return study_parse("folder/test.yaml", text, strlen(text), n_overrides, overrides, study);
}

static inline struct study parse_with(const char *text, int n_overrides, const char *const *overrides)
{
    struct study study;
    dredge_status status = try_parse(text, n_overrides, overrides, &study);
    if (status != DREDGE_OK) {
        print_error("%s\n", status_message());
    }
    assert_int_equal(status, DREDGE_OK);
    return study;
}

static inline struct study parse(const char *text)
{
    return parse_with(text, 0, NULL);
}

static inline void refused(const char *text, const char *message)
{
    struct study study;
    assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
    assert_string_equal(status_message(), message);
}

#endif
