/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_PARTS_H
#define REPORT_PAGE_PARTS_H

#include "report/page_elements.h"

/* The sections of the page, in files of their own. */

/* page_answer.c */
void page_answer(struct page *page);
/* Which regime comes first on both yardsticks, and against which others, in sentences. */
void page_verdict(struct page *page);
/* From which weight of the lasting result on the best regime on that is the choice. */
void page_break_even(struct page *page);
/* The table of regimes with their places. */
void page_ranking(struct page *page);
/* page_grounds.c: what the verdict rests on, as a list */
void page_grounds(struct page *page);
/* page_time.c */
void page_time(struct page *page);
/* A list item that says in which months each of two regimes leads on a course, and when that turns; nothing where it is
 * not known. */
void page_lead(struct page *page, int course, int regime, int against);
/* These of both yardsticks for the regimes that the answer is about, as a list. */
void page_leads(struct page *page);
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
