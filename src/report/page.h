/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/language.h"
#include "result/results.h"

enum page_form {
    PAGE_SCREEN,
    PAGE_PRINT /* for paper and word processors: without a script, nothing folded */
};

/* The page for a policy analyst: one HTML text that needs nothing else. `*page` is terminated; the caller frees it. */
STATUS_CHECKED dredge_status page_write(struct results *results, int baseline, enum language language,
                                        enum page_form form, char **page);

/* One side of A4 about the same, for who has to decide; without a script. */
STATUS_CHECKED dredge_status page_write_summary(struct results *results, int baseline, enum language language,
                                                char **page);

#endif
