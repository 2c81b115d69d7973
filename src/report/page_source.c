/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"

void page_limits(struct page *page)
{
    static const enum text limits[] = {TEXT_limits_1, TEXT_limits_2, TEXT_limits_3,
                                       TEXT_limits_4, TEXT_limits_5, TEXT_limits_6};
    page_section(page, "limits", TEXT_limits_title);
    html_raw(&page->html, "<ul>");
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        html_raw(&page->html, "<li>");
        html_say(&page->html, page->language, limits[i]);
        html_raw(&page->html, "</li>");
    }
    html_raw(&page->html, "</ul>\n</section>\n");
}

/* A word of a shell command, in single quotes where needed. */
static void source_word(struct page *page, size_t n, const char *word)
{
    char text[1024];
    size_t used = 0;
    text[used++] = '\'';
    for (size_t i = 0; i < n && used + 6 < sizeof text; i++) {
        if (word[i] == '\'') {
            memcpy(text + used, "'\\''", 4);
            used += 4;
        } else {
            text[used++] = word[i];
        }
    }
    text[used++] = '\'';
    text[used] = 0;
    html_text(&page->html, text);
}

/* The command, with the overrides of the run, one KEY=VALUE per line. */
static void source_command(struct page *page)
{
    const char *line = page->gathered->info->overrides;
    html_raw(&page->html, "<pre tabindex=\"0\"><code>dredge run study.yaml");
    while (line && *line) {
        size_t n = strcspn(line, "\n");
        if (n > 0) {
            html_raw(&page->html, " --set ");
            source_word(page, n, line);
        }
        line += n + (line[n] == '\n');
    }
    html_raw(&page->html, "</code></pre>\n");
}

static void source_item(struct page *page, enum text name, const char *value)
{
    html_raw(&page->html, "<dt>");
    html_say(&page->html, page->language, name);
    html_raw(&page->html, "</dt><dd><code>");
    html_text(&page->html, value);
    html_raw(&page->html, "</code></dd>");
}

/* What the regimes that have a label are called in the study. */
static void source_names(struct page *page)
{
    const struct results_info *info = page->gathered->info;
    char names[2048] = "";
    size_t used = 0;
    for (int r = 0; r < info->n_regimes && used < sizeof names; r++) {
        if (strcmp(page_regime(page, r), info->regimes[r]) != 0) {
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s = %s", used > 0 ? "; " : "",
                                     page_regime(page, r), info->regimes[r]);
        }
    }
    if (used > 0) {
        const struct language_place place = {"names", names};
        page_paragraph(page, TEXT_source_names, 1, &place);
    }
}

void page_source(struct page *page)
{
    const struct results_info *info = page->gathered->info;
    char seed[32];
    (void)snprintf(seed, sizeof seed, "%llu", (unsigned long long)page->gathered->study.seed);
    page_section(page, "source", TEXT_source_title);
    page_paragraph(page, TEXT_source_reproduce, 0, NULL);
    source_command(page);
    source_names(page);
    html_raw(&page->html, "<dl>");
    source_item(page, TEXT_source_seed, seed);
    source_item(page, TEXT_source_digest, info->digest);
    source_item(page, TEXT_source_format, info->format_version);
    html_raw(&page->html, "</dl>\n");
    page_details(page, "");
    html_say(&page->html, page->language, TEXT_source_study);
    html_raw(&page->html, "</summary><pre tabindex=\"0\"><code>");
    html_text(&page->html, info->study);
    html_raw(&page->html, "</code></pre></details>\n");
    page_details(page, "");
    html_say(&page->html, page->language, TEXT_source_provenance);
    html_raw(&page->html, "</summary><pre id=\"provenance\" tabindex=\"0\"><code>");
    html_text(&page->html, info->provenance);
    html_raw(&page->html, "</code></pre></details>\n</section>\n");
}
