/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_language.h"

#include <math.h>
#include <stdio.h>

#include "cli/out.h"
#include "cli/table.h"
#include "report/verdict.h"

static void print_filled(enum language language, enum text text, int n_places, const struct language_place *places)
{
    char line[1024];
    language_fill(language_text(language, text), n_places, places, sizeof line, line);
    table_paragraph(0, "", line);
}

static void print_head(const struct results_info *info, const struct study *study, enum language language)
{
    char sentence[VERDICT_BYTES];
    const char *title = study_label(study, "title", language_code(language));
    verdict_facts(info, study, language, sentence);
    table_paragraph(0, "", title != NULL ? title : info->title);
    table_paragraph(0, "", sentence);
    out_text("\n");
}

static void put_number(struct table *table, enum language language, double value, int decimals, int sign)
{
    char number[LANGUAGE_NUMBER_BYTES];
    table_cell(table, "%s", language_number(language, value, decimals, sign, number));
}

static void put_difference(struct table *table, enum language language, const struct paired *paired, int decimals)
{
    char low[LANGUAGE_NUMBER_BYTES];
    char high[LANGUAGE_NUMBER_BYTES];
    put_number(table, language, paired->difference.mean, decimals, 1);
    table_cell(table, "%s; %s", language_number(language, paired->difference.low, decimals, 1, low),
               language_number(language, paired->difference.high, decimals, 1, high));
    table_cell(table, "%s", language_text(language, verdict_word(paired->verdict)));
}

static void put_outcome(struct table *table, const struct comparison *comparison, const struct results_info *info,
                        const struct study *study, enum language language, int outcome)
{
    double scale = 0;
    long n = 0;
    const struct comparison_row *row = &comparison->row[outcome];
    for (int r = 0; r < comparison->n_regimes; r++) {
        const struct estimate *mean = &comparison_cell(comparison, outcome, r)->mean;
        scale = fmax(scale, fabs(mean->mean));
        n += mean->n;
    }
    if (n == 0) {
        return;
    }
    int decimals = verdict_decimals(scale) + (scale < 10);
    table_heading(table, "%s (%s; %s)", label_outcome_named(study, language, row->name),
                  language_unit(language, row->unit),
                  language_text(language, row->better > 0   ? TEXT_word_more
                                          : row->better < 0 ? TEXT_word_less
                                                            : TEXT_word_neither));
    for (int r = 0; r < comparison->n_regimes; r++) {
        const struct comparison_cell *cell = comparison_cell(comparison, outcome, r);
        table_cell(table, "  %s", label_name(study, language, info->regimes[r]));
        put_number(table, language, comparison_mean(cell, r == comparison->baseline), decimals, 0);
        if (r == comparison->baseline) {
            table_cell(table, "%s", "");
            table_cell(table, "%s", "");
            table_cell(table, "%s", language_text(language, TEXT_word_baseline));
        } else {
            put_difference(table, language, &cell->paired, decimals);
        }
    }
}

static void print_missing(const struct comparison *comparison, const struct results_info *info,
                          const struct study *study, enum language language)
{
    char text[VERDICT_MISSING_BYTES];
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        if (comparison_lacks(comparison, outcome)) {
            verdict_missing(comparison, info, study, outcome, language, text);
            table_paragraph(0, "", text);
        }
    }
}

static void print_sentences(const struct comparison *comparison, const struct results_info *info,
                            const struct study *study, enum language language)
{
    for (int r = 0; r < comparison->n_regimes; r++) {
        struct verdict_text text;
        if (r != comparison->baseline) {
            verdict_write(comparison, info, study, r, OUTCOME_structural_share, language, &text);
            out_text("\n");
            for (int i = 0; i < text.n; i++) {
                table_paragraph(0, "", text.sentence[i]);
            }
        }
    }
}

dredge_status compare_print_language(const struct comparison *comparison, struct results *results,
                                     enum language language)
{
    static const enum text heads[] = {TEXT_col_regime, TEXT_col_mean, TEXT_col_difference, TEXT_col_interval,
                                      TEXT_col_verdict};
    const struct results_info *info = results_info(results);
    struct study study;
    struct table table;
    dredge_status status = results_study(results, &study);
    if (status != DREDGE_OK) {
        return status;
    }
    print_head(info, &study, language);
    table_begin(&table, "lrrrl");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_cell(&table, "%s", language_text(language, heads[i]));
    }
    for (int outcome = 0; outcome < comparison->n_outcomes; outcome++) {
        put_outcome(&table, comparison, info, &study, language, outcome);
    }
    status = table_print(&table);
    if (status == DREDGE_OK) {
        const struct language_place place = {"baseline",
                                             label_name(&study, language, info->regimes[comparison->baseline])};
        out_text("\n");
        print_filled(language, TEXT_table_intro, 1, &place);
        print_missing(comparison, info, &study, language);
        print_sentences(comparison, info, &study, language);
    }
    study_free(&study);
    return status;
}
