/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include <stddef.h>

#include "base/status.h"
#include "report/language.h"

/* The charts of a page as SVG, or its tables as CSV, each a file of its own. */

enum parts_kind { PARTS_SVG, PARTS_CSV };

enum { PARTS_NAME_BYTES = 80 };

struct part {
    char name[PARTS_NAME_BYTES]; /* of the file: "chart-0-0.svg", "outcomes-1.csv" */
    char *text;                  /* terminated, owned */
};

struct parts {
    int n;
    struct part *part; /* [n], owned */
};

/* Takes them out of a page of this program. Cells of a table are as they are shown; where the decimal sign of the language
 * is a comma, semicolons part them, as a spreadsheet of that language expects. Freed with parts_free, safe on a zeroed
 * one. */
STATUS_CHECKED dredge_status parts_take(const char *page, enum parts_kind kind, enum language language,
                                        struct parts *parts);
void parts_free(struct parts *parts);

#endif
