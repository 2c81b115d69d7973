/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "report/packed.h"
#include "report/page_parts.h"

/* The texts that the script uses. */
static void data_texts(struct json *json, enum language language)
{
    static const enum text texts[] = {
        TEXT_time_series,   TEXT_time_point,   TEXT_time_support_ends, TEXT_time_month,     TEXT_map_across,
        TEXT_map_up,        TEXT_map_outcome,  TEXT_map_show,          TEXT_map_difference, TEXT_map_mean,
        TEXT_map_points,    TEXT_map_log,      TEXT_weigh_label,       TEXT_weigh_order,    TEXT_take_svg,
        TEXT_take_png,      TEXT_take_csv,     TEXT_word_unclear,      TEXT_word_more,      TEXT_word_less,
        TEXT_word_neither,  TEXT_cost_hours,   TEXT_cost_euro,         TEXT_cost_convener,  TEXT_cost_discount,
        TEXT_matters_label, TEXT_recipes_copy, TEXT_word_better,       TEXT_word_worse,     TEXT_word_small,
        TEXT_word_equal,    TEXT_decimal_sign, TEXT_thousands_sign};
    json_key(json, "texts");
    json_begin_object(json);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_put_string(json, language_key(texts[i]), language_text(language, texts[i]));
    }
    json_end(json);
}

/* "funder.target 0.5; convener.skill 0.2" */
static void data_point_label(const struct page *page, int point, size_t n_bytes, char *label)
{
    const struct results_info *info = page->gathered->info;
    size_t used = 0;
    label[0] = 0;
    for (int f = 0; f < info->n_factors && used < n_bytes; f++) {
        char number[LANGUAGE_NUMBER_BYTES];
        double value = info->values[(size_t)point * (size_t)info->n_factors + (size_t)f];
        int is_theory = page->gathered->study.design.factors[f].target == FACTOR_THEORY;
        used += (size_t)snprintf(label + used, n_bytes - used, "%s%s %s", f > 0 ? "; " : "", page_factor(page, f),
                                 is_theory ? language_theory(page->language, (int)value)
                                           : language_value(page->language, value, number));
    }
}

static void data_months(struct json *json, const char *key, int n, const int *months)
{
    json_key(json, key);
    json_begin_array(json);
    for (int m = 0; m < n; m++) {
        json_whole(json, months[m] + 1); /* shown from 1 */
    }
    json_end(json);
}

static void data_fans(struct json *json, const struct page *page, char *work)
{
    const struct gathered *gathered = page->gathered;
    const struct results_info *info = gathered->info;
    char label[512];
    json_key(json, "fans");
    json_begin_object(json);
    data_months(json, "months", gathered->n_fan_months, gathered->fan_months);
    json_put_whole(json, "support_ends", gathered->study.parameters.months);
    json_key(json, "points");
    json_begin_array(json);
    for (int i = 0; i < gathered->n_fan_points; i++) {
        data_point_label(page, gathered->fan_points[i], sizeof label, label);
        json_string(json, label);
    }
    json_end(json);
    json_key(json, "series");
    json_begin_array(json);
    size_t n = (size_t)info->n_regimes * GATHER_STATISTICS * (size_t)gathered->n_fan_months;
    for (int series = 0; series < N_SERIES; series++) {
        json_begin_object(json);
        json_put_string(json, "name", series_infos[series].name);
        json_put_string(json, "label", language_series(page->language, series));
        json_put_string(json, "unit", language_unit(page->language, series_infos[series].unit));
        json_key(json, "values"); /* by point: [regime][statistic][month] */
        json_begin_array(json);
        for (int i = 0; i < gathered->n_fan_points; i++) {
            packed_write(json, n, gathered->fans + ((size_t)i * N_SERIES + (size_t)series) * n, work);
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

/* Every factor with its levels in words. */
static void data_axes(struct json *json, const struct page *page)
{
    const struct gathered *gathered = page->gathered;
    json_key(json, "axes");
    json_begin_array(json);
    for (int f = 0; f < gathered->info->n_factors; f++) {
        const struct axis *axis = &gathered->axes[f];
        json_begin_object(json);
        json_put_string(json, "name", page_factor(page, f));
        json_key(json, "is_log");
        json_boolean(json, axis->is_log);
        json_key(json, "levels");
        json_begin_array(json);
        for (int level = 0; level < axis->n; level++) {
            char words[PAGE_LEVEL_BYTES];
            json_string(json, page_level(page, f, level, words));
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void data_pairs(struct json *json, const struct gathered *gathered)
{
    json_key(json, "pairs");
    json_begin_array(json);
    for (int i = 0; i < gathered->n_map_pairs; i++) {
        const struct map_pair *pair = &gathered->map_pairs[i];
        json_begin_object(json);
        json_put_whole(json, "across", pair->across);
        json_put_whole(json, "up", pair->up);
        json_put_wholes(json, "points", pair->n_cells, pair->n_points); /* row by row from below */
        json_end(json);
    }
    json_end(json);
}

static void data_map(struct json *json, const struct page *page, char *work)
{
    const struct gathered *gathered = page->gathered;
    size_t n_regimes = (size_t)gathered->info->n_regimes;
    json_key(json, "map");
    json_begin_object(json);
    json_put_whole(json, "show", page_map_shown(page));
    data_axes(json, page);
    data_pairs(json, gathered);
    json_key(json, "outcomes");
    json_begin_array(json);
    for (int outcome = 0; outcome < gathered->comparison.n_outcomes; outcome++) {
        const struct comparison_row *row = &gathered->comparison.row[outcome];
        json_begin_object(json);
        json_put_string(json, "name", row->name);
        json_put_string(json, "label", page_outcome(page, outcome));
        json_put_whole(json, "better", row->better);
        json_key(json,
                 "values"); /* by pair: means by regime; by other regime differences, and both ends of intervals */
        json_begin_array(json);
        for (int i = 0; i < gathered->n_map_pairs; i++) {
            const struct map_pair *pair = &gathered->map_pairs[i];
            size_t n = (size_t)pair->n_cells;
            const float *own = pair->values + (size_t)outcome * (size_t)gathered->n_map_values * n;
            json_begin_object(json);
            json_key(json, "means");
            packed_write(json, n_regimes * n, own, work);
            json_key(json, "differences");
            packed_write(json, 3 * (n_regimes - 1) * n, own + n_regimes * n, work);
            json_end(json);
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

dredge_status page_data(const struct page *page, char **text)
{
    const struct gathered *gathered = page->gathered;
    const struct results_info *info = gathered->info;
    size_t most = (size_t)info->n_regimes * GATHER_STATISTICS * (size_t)gathered->n_fan_months;
    size_t most_cells = 3 * (size_t)info->n_regimes * GATHER_LEVELS * GATHER_LEVELS;
    most = most > most_cells ? most : most_cells;
    char *work = malloc(packed_bytes(most));
    dredge_status status = DREDGE_OK;
    *text = NULL;
    if (work == NULL) {
        status = status_no_memory(packed_bytes(most));
    } else {
        struct json json = {0};
        json_begin_object(&json);
        json_put_string(&json, "language", language_code(page->language));
        json_put_whole(&json, "baseline", gathered->comparison.baseline);
        json_put_strings(&json, "names", info->n_regimes, (const char *const *)info->regimes);
        json_key(&json, "regimes"); /* as readers see them */
        json_begin_array(&json);
        for (int r = 0; r < info->n_regimes; r++) {
            json_string(&json, page_regime(page, r));
        }
        json_end(&json);
        data_texts(&json, page->language);
        if (info->n_months > 0) {
            data_fans(&json, page, work);
        }
        if (gathered->n_map_pairs > 0) {
            data_map(&json, page, work);
        }
        json_end(&json);
        status = json_finish(&json, text);
    }
    free(work);
    return status;
}
