/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_ELEMENTS_H
#define REPORT_PAGE_ELEMENTS_H

#include "report/gather.h"
#include "report/html.h"
#include "report/label.h"

/* A page under way, and the elements that its sections are made of. */

enum { PAGE_COLOURS = 8 }; /* of regimes, after which they come again */

struct page {
    struct html html;
    enum language language;
    const struct gathered *gathered;
    int is_print; /* for paper: without a script, with nothing folded */
};

/* What a reader calls an outcome (a row of the comparison), a factor, a regime, a course over time, the study and its question. */
const char *page_outcome(const struct page *page, int outcome);
const char *page_factor(const struct page *page, int factor);
const char *page_regime(const struct page *page, int regime);
const char *page_course(const struct page *page, int course);
const char *page_title(const struct page *page);
const char *page_question(const struct page *page);
const char *page_sector(const struct page *page, int sector);

/* A level or bin of a factor in words: "0.25", "0.25–0.5", "yes", "dredging". */
enum { PAGE_LEVEL_BYTES = 112 };
const char *page_level(const struct page *page, int factor, int level, char text[PAGE_LEVEL_BYTES]);

/* The day on which the runs were made, as 2026-01-31; "" where that is not known. */
void page_date(const struct page *page, size_t n_bytes, char *date);

/* Begins a document, up to its title, which may load nothing but what `policy` allows ("style-src 'unsafe-inline'"). */
void page_head(struct html *html, enum language language, const char *policy);

/* Opens a section with an id and a heading. */
void page_section(struct page *page, const char *id, enum text title);

/* Opens what may be folded, with its summary to come: <details><summary>. `attributes` begin with a blank, or are "". */
void page_details(struct page *page, const char *attributes);

/* A paragraph of a text with places. */
void page_paragraph(struct page *page, enum text text, int n_places, const struct language_place *places);

/* A table cell with a number that scripts can read: <td data-value="0.31">0.31</td>. */
void page_number_cell(struct page *page, double value, int decimals, int sign, const char *attributes);

/* Heads of columns, the first of them left-aligned. */
void page_heads(struct page *page, int n, const enum text *texts);

/* A table of the headline regime beside the baseline, by outcome and `place`: its heads, and the cells of a row after these
 * two, with which the row ends. */
void page_paired_heads(struct page *page, enum text place);
void page_paired_cells(struct page *page, const struct paired *paired, int decimals);

/* A bar of `share` (0 .. 1) in a cell, hidden from screen readers. */
void page_bar(struct page *page, double share);

/* The class of the style of a verdict. */
const char *page_verdict_class(enum verdict verdict);

#endif
