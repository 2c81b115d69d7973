/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_PARTS_H
#define REPORT_PAGE_PARTS_H

#include "report/chart.h"
#include "report/page_elements.h"

/* The sections of the page, in files of their own. */

/* page_answer.c */
void page_answer(struct page *page);
/* Which regime comes first on both yardsticks, and against which others, in sentences. */
void page_verdict(struct page *page);
/* From which weight of the lasting result on the best regime on that is the choice. */
void page_break_even_text(struct page *page);
/* A cell with the places that a regime may have. */
void page_place_cell(struct page *page, const struct ranking *ranking, int regime);
/* The table of regimes with their places. */
void page_ranking(struct page *page);
/* page_grounds.c: what the verdict rests on, as a list */
void page_ground_list(struct page *page);
/* page_price.c: a table of the differences after one, two and three years and at the end; nothing where these are not known */
void page_price(struct page *page);
/* page.c: what is missing of the study */
void page_warnings(struct page *page);
/* page_leads.c */
/* A list item that says in which months each of two regimes leads on a course, and when that turns; nothing where it is
 * not known. */
void page_lead(struct page *page, int course, int regime, int against);
/* These of both yardsticks for the regimes that the answer is about, as a list. */
void page_leads(struct page *page);
/* page_time.c */
void page_time(struct page *page);
/* A chart of a course without lines, a line of it, and the drawing. */
struct chart page_chart(const struct page *page, int course, const char *id);
struct chart_line page_chart_line(const struct page *page, int course, int regime);
void page_chart_draw(struct page *page, struct chart *chart);
/* page_doubt.c: over a posterior, luck and what is not known, where there is something to compare */
int page_has_doubts(const struct page *page);
void page_doubts(struct page *page);
/* page_tables.c */
void page_outcomes(struct page *page);
void page_regret(struct page *page);
/* page_sectors.c */
void page_sectors(struct page *page);
/* page_pairs.c */
void page_pairs(struct page *page);
/* page_cost.c */
void page_cost(struct page *page);
/* page_map.c */
void page_map(struct page *page);
/* Which regime but the baseline the map shows first, counted without the baseline. */
int page_map_shown(const struct page *page);
/* page_drivers.c */
void page_drivers(struct page *page);
/* page_curves.c: the curves of a driven quantity over its strongest factors; order[n_factors] */
void page_curves(struct page *page, int driven, int n_factors, const int *order);
/* page_boxes.c */
void page_boxes(struct page *page);
/* "funder.target at least 0.5, convener.skill at most 0.2" */
void page_box_conditions(const struct page *page, enum gather_yardstick yardstick, const struct prim_box *box,
                         size_t n_bytes, char *text);
/* page_front.c */
void page_front(struct page *page);
/* page_source.c */
void page_limits(struct page *page);
void page_source(struct page *page);
/* page_data.c: the JSON for the charts, as text that may stand in a script element */
STATUS_CHECKED dredge_status page_data(const struct page *page, char **json);

#endif
