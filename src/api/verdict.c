/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "analysis/comparison_json.h"
#include "api/inside.h"
#include "report/language.h"
#include "report/page.h"
#include "study/mistakes.h"

/* The number of the regime that the others are compared with. */
static dredge_status find_baseline(const struct results_info *info, const char *name, int *baseline)
{
    *baseline = name == NULL ? 0 : comparison_regime(info, name);
    char shown[MISTAKES_SHOWN_BYTES];
    return *baseline >= 0
               ? DREDGE_OK
               : status_fail(DREDGE_USAGE, "there is no regime \"%s\" to compare with", mistakes_show(name, shown));
}

static dredge_status compare(struct results *results, int baseline, char **json)
{
    struct comparison comparison;
    struct precision precision;
    dredge_status status = comparison_read(results, baseline, 0.95, COMPARISON_AT_LEAST, &comparison);
    if (status == DREDGE_OK) {
        status = precision_of(results, &precision);
    }
    if (status == DREDGE_OK) {
        struct json writer = {0};
        comparison_write_json(&writer, &comparison, results_info(results), &precision);
        status = json_finish(&writer, json);
    }
    comparison_free(&comparison);
    return status;
}

dredge_status dredge_results_compare(dredge_results *results, const char *baseline, char **json)
{
    int number;
    caller_begin_text(json);
    if (results == NULL || json == NULL) {
        return status_fail(DREDGE_USAGE, "a comparison needs results and a place for the text, not NULL");
    }
    struct results *inner = results_inner(results);
    dredge_status status = find_baseline(results_info(inner), baseline, &number);
    if (status == DREDGE_OK) {
        caller_lock();
        status = compare(inner, number, json);
        caller_unlock();
    }
    return status;
}

dredge_status dredge_results_report(dredge_results *results, const char *baseline, const char *language, char **html)
{
    int number;
    enum language words;
    caller_begin_text(html);
    if (results == NULL || html == NULL) {
        return status_fail(DREDGE_USAGE, "a report needs results and a place for the page, not NULL");
    }
    struct results *inner = results_inner(results);
    dredge_status status = find_baseline(results_info(inner), baseline, &number);
    if (status == DREDGE_OK) {
        status = language_read(language != NULL ? language : "en", &words);
    }
    if (status == DREDGE_OK) {
        caller_lock();
        status = page_write(inner, number, words, PAGE_SCREEN, html);
        caller_unlock();
    }
    return status;
}
