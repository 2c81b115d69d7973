/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stddef.h>

#include "base/status.h"
#include "report/language.h"

/* HTML text that grows. Whatever comes from a file goes through html_text or html_fill, which escape it. Running out of
 * memory shows in html_finish. */

struct html {
    char *text; /* not terminated, owned */
    size_t n_bytes, capacity;
    int no_memory;
};

/* Markup as it is. */
void html_raw(struct html *html, const char *markup);
/* Markup printf style: for numbers and names that the program itself made up. */
void html_format(struct html *html, const char *format, ...) STATUS_PRINTF(2, 3);
/* Text: & < > " ' are escaped, control characters left out. */
void html_text(struct html *html, const char *text);
/* A text of the language with its places filled, escaped. */
void html_fill(struct html *html, enum language language, enum text text, int n_places,
               const struct language_place *places);
/* The same without places. */
void html_say(struct html *html, enum language language, enum text text);

/* The text, terminated, which the caller frees; the writer is zeroed. */
STATUS_CHECKED dredge_status html_finish(struct html *html, char **text);
void html_free(struct html *html); /* safe on a zeroed one */

#endif
