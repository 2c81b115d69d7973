/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_PARTS_H
#define REPORT_PAGE_PARTS_H

#include "report/page_elements.h"

/* The sections of the page, in files of their own. */

/* page_answer.c */
void page_answer(struct page *page);
void page_crossover(struct page *page);
/* page_tables.c */
void page_outcomes(struct page *page);
void page_regret(struct page *page);
/* page_drivers.c */
void page_drivers(struct page *page);
/* page_boxes.c */
void page_boxes(struct page *page);
/* page_front.c */
void page_front(struct page *page);
/* page_source.c */
void page_limits(struct page *page);
void page_source(struct page *page);
/* page_data.c: the JSON for the charts, as text that may stand in a script element */
STATUS_CHECKED dredge_status page_data(const struct page *page, char **json);

#endif
