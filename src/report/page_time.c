/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"
#include "report/page_parts.h"

/* The regimes over time: charts that stand on the page as they are, each with its numbers, and a place to look around for
 * those who have a script. */

enum { YEAR = 12 };

/* Months in the table of a chart: every twelfth and the last. */
static int in_table(const struct results_info *info, int m)
{
    return (info->months[m] + 1) % YEAR == 0 || m == info->n_months - 1 ||
           (m + 1 < info->n_months && info->months[m] / YEAR != info->months[m + 1] / YEAR &&
            (info->months[m] + 1) % YEAR != 0 && (info->months[m + 1] + 1) % YEAR != 0);
}

static void number_table(struct page *page, const struct chart *chart)
{
    const struct results_info *info = page->gathered->info;
    page_details(page, " class=\"numbers\"");
    html_say(&page->html, page->language, TEXT_chart_numbers);
    html_raw(&page->html, "</summary><div class=\"scroll\" tabindex=\"0\"><table><caption>");
    html_text(&page->html, chart->title);
    html_raw(&page->html, "</caption><thead><tr><th scope=\"col\">");
    html_say(&page->html, page->language, TEXT_time_month);
    html_raw(&page->html, "</th>");
    for (int i = 0; i < chart->n_lines; i++) {
        html_raw(&page->html, "<th scope=\"col\" class=\"n\">");
        html_text(&page->html, chart->lines[i].name);
        html_raw(&page->html, "</th>");
    }
    html_raw(&page->html, "</tr></thead><tbody>\n");
    for (int m = 0; m < info->n_months; m++) {
        if (!in_table(info, m)) {
            continue;
        }
        html_format(&page->html, "<tr><th scope=\"row\" class=\"n\">%d</th>", info->months[m] + 1);
        for (int i = 0; i < chart->n_lines; i++) {
            const struct chart_line *line = &chart->lines[i];
            char numbers[3][LANGUAGE_NUMBER_BYTES];
            html_raw(&page->html, "<td class=\"n\">");
            html_text(&page->html, language_number(page->language, line->values[m], 3, chart->has_zero, numbers[0]));
            if (line->low != NULL && !isnan(line->low[m])) {
                html_raw(&page->html, " <small>[");
                html_text(&page->html, language_number(page->language, line->low[m], 3, chart->has_zero, numbers[1]));
                html_raw(&page->html, "; ");
                html_text(&page->html, language_number(page->language, line->high[m], 3, chart->has_zero, numbers[2]));
                html_raw(&page->html, "]</small>");
            }
            html_raw(&page->html, "</td>");
        }
        html_raw(&page->html, "</tr>\n");
    }
    html_raw(&page->html, "</tbody></table></div></details>\n");
}

/* "At the end: iterative 0.52, linear_kpi 0.41." */
static void describe(const struct page *page, const struct chart *chart, size_t n_bytes, char *text)
{
    size_t used = (size_t)snprintf(text, n_bytes, "%s", language_text(page->language, TEXT_chart_end));
    for (int i = 0; i < chart->n_lines && used < n_bytes; i++) {
        char number[LANGUAGE_NUMBER_BYTES];
        int last = chart->n_months - 1;
        used += (size_t)snprintf(text + used, n_bytes - used, "%s %s %s", i > 0 ? "," : "", chart->lines[i].name,
                                 language_number(page->language, chart->lines[i].values[last], 2, 0, number));
    }
}

void page_chart_draw(struct page *page, struct chart *chart)
{
    char description[1024];
    describe(page, chart, sizeof description, description);
    chart->description = description;
    chart_draw(&page->html, page->language, chart);
    chart->description = "";
}

static void draw_figure(struct page *page, struct chart *chart)
{
    html_raw(&page->html, "<figure class=\"chart-figure\"><div class=\"scroll\" tabindex=\"0\">");
    page_chart_draw(page, chart);
    html_raw(&page->html, "</div>\n");
    number_table(page, chart);
    html_raw(&page->html, "</figure>\n");
}

/* Does the month of the event vary over the design? Then it has no place on an axis of means. */
static int event_varies(const struct study *study, const struct event *event)
{
    char key[STUDY_KEY_BYTES];
    (void)snprintf(key, sizeof key, "events.%s.month", event->name);
    for (int f = 0; f < study->design.n_factors; f++) {
        if (strcmp(study->design.factors[f].key, key) == 0) {
            return 1;
        }
    }
    return 0;
}

static void chart_events(const struct page *page, struct chart *chart)
{
    const struct study *study = &page->gathered->study;
    for (int i = 0; i < study->n_events && chart->n_marks < CHART_MARKS; i++) {
        if (!event_varies(study, &study->events[i])) {
            chart->marks[chart->n_marks++] =
                (struct chart_mark){study->events[i].month, label_name(study, page->language, study->events[i].name)};
        }
    }
}

static struct chart chart_begin(const struct page *page, const char *title, const char *id)
{
    const struct results_info *info = page->gathered->info;
    struct chart chart = {.id = id,
                          .title = title,
                          .unit = title,
                          .n_months = info->n_months,
                          .months = info->months,
                          .support_ends = page->gathered->study.parameters.months};
    chart_events(page, &chart);
    return chart;
}

struct chart_line page_chart_line(const struct page *page, int course, int regime)
{
    const struct gathered *gathered = page->gathered;
    const struct course *own = &gathered->courses[course];
    size_t at = (size_t)regime * (size_t)gathered->info->n_months;
    int banded = gathered->info->n_points == 1 && gathered->info->n_replicates > 1;
    return (struct chart_line){.name = page_regime(page, regime),
                               .style = regime,
                               .values = own->mean + at,
                               .low = banded ? own->low + at : NULL,
                               .high = banded ? own->high + at : NULL};
}

/* The range of a course over all regimes, from 0 for the yardsticks. */
static void course_range(const struct page *page, int course, struct chart *chart)
{
    const struct gathered *gathered = page->gathered;
    size_t n = (size_t)gathered->info->n_regimes * (size_t)gathered->info->n_months;
    const struct course *own = &gathered->courses[course];
    int banded = gathered->info->n_points == 1 && gathered->info->n_replicates > 1;
    double low = course < GATHER_BANDS ? 0 : INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, banded ? own->low[i] : own->mean[i]);
        high = fmax(high, banded ? own->high[i] : own->mean[i]);
    }
    if (low < high) {
        chart->low = low;
        chart->high = high;
    }
}

struct chart page_chart(const struct page *page, int course, const char *id)
{
    struct chart chart = chart_begin(page, page_course(page, course), id);
    course_range(page, course, &chart);
    return chart;
}

/* One chart of up to five regimes; of more a small one each, beside the baseline. */
static void course_charts(struct page *page, int course)
{
    const struct gathered *gathered = page->gathered;
    int n_regimes = gathered->info->n_regimes;
    int baseline = gathered->comparison.baseline;
    int small = n_regimes > CHART_LINES;
    char id[64];
    html_raw(&page->html, small ? "<div class=\"multiples\">" : "");
    for (int r = 0; r < (small ? n_regimes : 1); r++) {
        if (small && r == baseline) {
            continue;
        }
        (void)snprintf(id, sizeof id, "chart-%d-%d", course, r);
        struct chart chart = page_chart(page, course, id);
        chart.is_small = small;
        if (small) {
            chart.n_lines = 2;
            chart.lines[0] = page_chart_line(page, course, baseline);
            chart.lines[1] = page_chart_line(page, course, r);
        } else {
            for (chart.n_lines = 0; chart.n_lines < n_regimes; chart.n_lines++) {
                chart.lines[chart.n_lines] = page_chart_line(page, course, chart.n_lines);
            }
        }
        draw_figure(page, &chart);
    }
    html_raw(&page->html, small ? "</div>\n" : "");
}

static struct chart_line band_line(const struct page *page, int course, int regime)
{
    int turned;
    int pair = gather_pair_find(page->gathered, regime, page->gathered->comparison.baseline, &turned);
    const struct band *band = &page->gathered->courses[course].bands[pair];
    return (struct chart_line){.name = page_regime(page, regime),
                               .style = regime,
                               .values = band->difference,
                               .low = band->low,
                               .high = band->high};
}

/* The regimes whose difference to the baseline is known over time: out[n_regimes]. Returns how many there are. */
static int banded_regimes(const struct page *page, int course, int *out)
{
    const struct gathered *gathered = page->gathered;
    int n = 0;
    for (int r = 0; r < gathered->info->n_regimes; r++) {
        int turned;
        int pair = gather_pair_find(gathered, r, gathered->comparison.baseline, &turned);
        if (pair >= 0 && gathered->courses[course].bands[pair].n_months > 0) {
            out[n++] = r;
        }
    }
    return n;
}

static void difference_charts(struct page *page, int course, int *regimes)
{
    int n = banded_regimes(page, course, regimes);
    int small = n > CHART_LINES - 1;
    char title[256];
    const struct language_place places[] = {{"series", page_course(page, course)},
                                            {"baseline", page_regime(page, page->gathered->comparison.baseline)}};
    language_fill(language_text(page->language, TEXT_chart_difference), 2, places, sizeof title, title);
    double low = 0;
    double high = 0;
    for (int i = 0; i < n; i++) {
        struct chart_line line = band_line(page, course, regimes[i]);
        for (int m = 0; m < page->gathered->info->n_months; m++) {
            low = fmin(low, line.low[m]);
            high = fmax(high, line.high[m]);
        }
    }
    html_raw(&page->html, small ? "<div class=\"multiples\">" : "");
    for (int i = 0; i < n; i += small ? 1 : n) {
        char id[64];
        (void)snprintf(id, sizeof id, "difference-%d-%d", course, i);
        struct chart chart = chart_begin(page, title, id);
        chart.has_zero = 1;
        chart.is_small = small;
        chart.low = low;
        chart.high = high;
        for (; chart.n_lines < (small ? 1 : n); chart.n_lines++) {
            chart.lines[chart.n_lines] = band_line(page, course, regimes[i + chart.n_lines]);
        }
        draw_figure(page, &chart);
    }
    html_raw(&page->html, small ? "</div>\n" : "");
}

/* Empty, for the script to fill. */
static void look_around(struct page *page)
{
    if (page->is_print) {
        return;
    }
    html_raw(&page->html, "<div class=\"interactive\" hidden><h3>");
    html_say(&page->html, page->language, TEXT_time_look);
    html_raw(&page->html, "</h3><div class=\"controls\" id=\"time-controls\"></div><figure><div id=\"fan\" "
                          "class=\"chart\" tabindex=\"0\" role=\"img\"></div><p class=\"reading\" id=\"fan-reading\" "
                          "aria-live=\"polite\"></p><figcaption>");
    html_say(&page->html, page->language, TEXT_time_intro);
    html_raw(&page->html, "</figcaption></figure></div>\n");
}

void page_time(struct page *page)
{
    const struct gathered *gathered = page->gathered;
    const struct results_info *info = gathered->info;
    page_section(page, "time", TEXT_time_title);
    if (info->n_months == 0) {
        page_paragraph(page, TEXT_time_none, 0, NULL);
        html_raw(&page->html, "</section>\n");
        return;
    }
    int *regimes = malloc(((size_t)info->n_regimes + 1) * sizeof *regimes);
    if (regimes == NULL) {
        page->html.no_memory = 1;
        return;
    }
    char points[LANGUAGE_NUMBER_BYTES];
    language_count(page->language, info->n_points, points);
    const struct language_place place = {"points", points};
    page_paragraph(page,
                   info->n_points > 1       ? TEXT_chart_means
                   : info->n_replicates > 1 ? TEXT_chart_middle
                                            : TEXT_chart_one,
                   1, &place);
    for (int course = 0; course < GATHER_BANDS; course++) {
        course_charts(page, course);
    }
    if (banded_regimes(page, 0, regimes) > 0) {
        html_raw(&page->html, "<h3>");
        html_fill(&page->html, page->language, TEXT_time_differences, 1,
                  &(struct language_place){"baseline", page_regime(page, gathered->comparison.baseline)});
        html_raw(&page->html, "</h3>\n");
        page_paragraph(page, info->trajectories_are_runs ? TEXT_band_runs : TEXT_band_careful, 0, NULL);
        for (int course = 0; course < GATHER_BANDS; course++) {
            difference_charts(page, course, regimes);
        }
    }
    page_details(page, "");
    html_say(&page->html, page->language, TEXT_time_process);
    html_raw(&page->html, "</summary>\n");
    for (int course = GATHER_BANDS; course < GATHER_COURSES; course++) {
        course_charts(page, course);
    }
    html_raw(&page->html, "</details>\n");
    look_around(page);
    html_raw(&page->html, "</section>\n");
    free(regimes);
}
