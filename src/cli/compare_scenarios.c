/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_scenarios.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/comparison_json.h"
#include "base/utf8.h"
#include "cli/compare_forms.h"
#include "cli/out.h"
#include "cli/query.h"
#include "cli/table.h"
#include "report/label.h"
#include "report/scenarios.h"
#include "report/verdict.h"
#include "store/store.h"

enum { ACROSS = 4, HEAD_LETTERS = 12 }; /* scenarios beside each other, and letters of their names */

/* ---- the table ---- */

/* The words of the labels: in English names stand as they do in studies. */
static const struct study *labels_of(const struct scenarios *scenarios, enum language language)
{
    return language == LANGUAGE_EN ? NULL : &scenarios->scenario[0].study;
}

static const char *outcome_word(const struct scenarios *scenarios, enum language language, const char *name)
{
    int outcome = outcome_find(name);
    return outcome < 0 || language == LANGUAGE_EN ? name
                                                  : label_outcome(labels_of(scenarios, language), language, outcome);
}

static void print_filled(enum language language, enum text text, int n_places, const struct language_place *places)
{
    char line[2048];
    language_fill(language_text(language, text), n_places, places, sizeof line, line);
    table_paragraph(0, "", line);
}

static void print_list(const struct scenarios *scenarios, enum language language)
{
    char number[LANGUAGE_NUMBER_BYTES];
    const struct language_place place = {"n", language_count(language, scenarios->n, number)};
    print_filled(language, TEXT_scenarios_title, 1, &place);
    for (int i = 0; i < scenarios->n; i++) {
        char facts[VERDICT_BYTES];
        char line[2 * VERDICT_BYTES];
        const struct scenario *own = &scenarios->scenario[i];
        verdict_facts(results_info(own->results), &own->study, language, facts);
        (void)snprintf(line, sizeof line, "%s: %s. %s", own->name, scenarios_title(scenarios, i, language), facts);
        table_paragraph(2, "- ", line);
    }
}

static void print_caution(void *context, const char *sentence)
{
    (void)context;
    table_paragraph(0, "", sentence);
}

/* "+0.071 ▶" */
static void put_difference(struct table *table, const struct comparison_cell *cell, enum language language,
                           double scale)
{
    char number[LANGUAGE_NUMBER_BYTES];
    if (cell == NULL || isnan(cell->paired.difference.mean)) {
        table_cell(table, "-  ");
        return;
    }
    int decimals = verdict_decimals(scale) + (scale < 10);
    const char *marker = compare_marker(cell->paired.verdict);
    table_cell(table, "%s %s", language_number(language, cell->paired.difference.mean, decimals, 1, number),
               *marker ? marker : " ");
}

static void put_row(struct table *table, const struct scenarios *scenarios, const struct comparison_row *row,
                    int regime, int first, enum language language)
{
    double scale;
    int n = scenarios_compared(scenarios, row->name, regime, &scale);
    if (n == 0) {
        return;
    }
    table_cell(table, "%s", outcome_word(scenarios, language, row->name));
    table_cell(table, "%s", compare_arrow(row->better));
    for (int i = first; i < first + ACROSS; i++) {
        if (i < scenarios->n) {
            put_difference(table, scenarios_cell(scenarios, i, row->name, regime), language, scale);
        } else {
            table_cell(table, "%s", "");
        }
    }
    if (row->better == 0) {
        table_cell(table, "%s", "");
    } else {
        table_cell(table, "%d/%d", scenarios_count(scenarios, row->name, regime, VERDICT_BETTER), n);
    }
}

/* The verdicts of one regime, so many scenarios beside each other. */
static dredge_status print_verdicts(const struct scenarios *scenarios, int regime, int first, enum language language)
{
    struct table table;
    table_begin(&table, "llrrrrr");
    table_cell(&table, "%s", "");
    table_cell(&table, "%s", "");
    for (int i = first; i < first + ACROSS; i++) {
        const char *name = i < scenarios->n ? scenarios->scenario[i].name : "";
        table_cell(&table, "%.*s  ", (int)utf8_head(name, HEAD_LETTERS, TABLE_CELL_BYTES), name);
    }
    table_cell(&table, "%s", language_text(language, TEXT_scenarios_leads));
    for (int k = 0; k < scenarios->n_outcomes; k++) {
        put_row(&table, scenarios, &scenarios->row[k], regime, first, language);
    }
    return table_print(&table);
}

static dredge_status print_table(const struct scenarios *scenarios, enum language language)
{
    const struct study *study = labels_of(scenarios, language);
    dredge_status status = DREDGE_OK;
    print_list(scenarios, language);
    scenarios_cautions(scenarios, study, language, print_caution, NULL);
    for (int r = 1; status == DREDGE_OK && r < scenarios->n_regimes; r++) {
        const struct language_place places[] = {{"regime", label_name(study, language, scenarios->regimes[r])},
                                                {"baseline", label_name(study, language, scenarios->regimes[0])}};
        out_text("\n");
        print_filled(language, TEXT_scenarios_difference, 2, places);
        for (int first = 0; status == DREDGE_OK && first < scenarios->n; first += ACROSS) {
            out_text("\n");
            status = print_verdicts(scenarios, r, first, language);
        }
    }
    out_text("\n");
    const struct language_place marks[] = {{"better", compare_marker(VERDICT_BETTER)},
                                           {"worse", compare_marker(VERDICT_WORSE)},
                                           {"unclear", compare_marker(VERDICT_UNCLEAR)},
                                           {"small", compare_marker(VERDICT_SMALL)},
                                           {"baseline", label_name(study, language, scenarios->regimes[0])}};
    print_filled(language, TEXT_scenarios_legend, 5, marks);
    const int yardsticks[] = {OUTCOME_structural_share, scenarios->early};
    for (int i = 0; i < 2; i++) {
        out_text("\n");
        for (int r = 1; r < scenarios->n_regimes; r++) {
            char sentence[SCENARIOS_BYTES];
            scenarios_sentence(scenarios, study, yardsticks[i], r, language, sentence);
            table_paragraph(0, "", sentence);
        }
    }
    return status;
}

/* ---- JSON and CSV ---- */

/* In which scenarios each regime leads on each outcome. */
static void write_leads(struct json *json, const struct scenarios *scenarios)
{
    static const enum verdict verdicts[] = {VERDICT_BETTER, VERDICT_WORSE};
    json_begin_object(json);
    for (int k = 0; k < scenarios->n_outcomes; k++) {
        const char *name = scenarios->row[k].name;
        if (scenarios->row[k].better == 0) {
            continue;
        }
        json_key(json, name);
        json_begin_object(json);
        for (int r = 1; r < scenarios->n_regimes; r++) {
            json_key(json, scenarios->regimes[r]);
            json_begin_object(json);
            for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++) {
                json_key(json, verdict_name(verdicts[v]));
                json_begin_array(json);
                for (int i = 0; i < scenarios->n; i++) {
                    const struct comparison_cell *cell = scenarios_cell(scenarios, i, name, r);
                    if (cell != NULL && cell->paired.verdict == verdicts[v]) {
                        json_string(json, scenarios->scenario[i].name);
                    }
                }
                json_end(json);
            }
            json_end(json);
        }
        json_end(json);
    }
    json_end(json);
}

static dredge_status print_json(const struct scenarios *scenarios)
{
    struct json json = {0};
    dredge_status status = DREDGE_OK;
    json_begin_object(&json);
    json_put_string(&json, "baseline", scenarios->regimes[0]);
    json_put_strings(&json, "regimes", scenarios->n_regimes, scenarios->regimes);
    json_key(&json, "scenarios");
    json_begin_object(&json);
    for (int i = 0; status == DREDGE_OK && i < scenarios->n; i++) {
        const struct scenario *own = &scenarios->scenario[i];
        struct precision precision;
        status = precision_of(own->results, &precision);
        json_key(&json, own->name);
        if (status == DREDGE_OK) {
            comparison_write_json(&json, &own->comparison, results_info(own->results), &precision);
        }
    }
    json_end(&json);
    json_key(&json, "leads");
    write_leads(&json, scenarios);
    json_end(&json);
    if (status == DREDGE_OK) {
        status = out_json(&json);
    }
    json_free(&json);
    return status;
}

static dredge_status print_csv(const struct scenarios *scenarios)
{
    dredge_status status = DREDGE_OK;
    out_text("scenario,");
    compare_print_csv_head();
    for (int i = 0; status == DREDGE_OK && i < scenarios->n; i++) {
        const struct scenario *own = &scenarios->scenario[i];
        struct precision precision;
        status = precision_of(own->results, &precision);
        if (status == DREDGE_OK) {
            compare_print_csv_rows(&own->comparison, results_info(own->results), &precision, own->name);
        }
    }
    return status;
}

/* ---- all of it ---- */

static dredge_status open_files(int n_files, int by_sector, struct scenario_source *sources)
{
    dredge_status status = DREDGE_OK;
    for (int i = 0; status == DREDGE_OK && i < n_files; i++) {
        status = results_open(&sources[i].results, sources[i].path);
        if (status == DREDGE_OK && by_sector) {
            status = results_list_sectors(sources[i].results);
        }
    }
    return status;
}

dredge_status compare_scenarios(int n_files, const char *const *files, const char *baseline, double at_least,
                                int by_sector, enum compare_form form, enum language language)
{
    struct scenarios scenarios = {0};
    struct scenario_source *sources = calloc((size_t)n_files, sizeof *sources);
    if (sources == NULL) {
        return status_no_memory((size_t)n_files * sizeof *sources);
    }
    for (int i = 0; i < n_files; i++) {
        sources[i].path = files[i];
    }
    dredge_status status = open_files(n_files, by_sector, sources);
    if (status == DREDGE_OK) {
        status = scenarios_read(n_files, sources, baseline, at_least, &scenarios);
    }
    if (status == DREDGE_OK) {
        status = form == COMPARE_JSON  ? print_json(&scenarios)
                 : form == COMPARE_CSV ? print_csv(&scenarios)
                                       : print_table(&scenarios, language);
    }
    scenarios_free(&scenarios);
    for (int i = 0; i < n_files; i++) {
        results_close(sources[i].results);
    }
    free(sources);
    return status;
}
