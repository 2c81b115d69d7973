/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/scenarios.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/label.h"

/* ---- names ---- */

/* "sweep" of "results/sweep.h5", with its length. */
static const char *short_name(const char *path, int *n)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    size_t length = strlen(name);
    length -= length > 3 && strcmp(name + length - 3, ".h5") == 0 ? 3 : 0;
    *n = (int)length;
    return name;
}

static int is_same_name(const char *a, const char *b)
{
    int n_a;
    int n_b;
    const char *short_a = short_name(a, &n_a);
    const char *short_b = short_name(b, &n_b);
    return n_a == n_b && strncmp(short_a, short_b, (size_t)n_a) == 0;
}

static dredge_status name_scenarios(struct scenarios *scenarios, const struct scenario_source *sources)
{
    int whole = 0;
    for (int i = 0; i < scenarios->n; i++) {
        for (int k = 0; k < i; k++) {
            if (strcmp(sources[i].path, sources[k].path) == 0) {
                return status_fail(DREDGE_USAGE, "%s is named twice", sources[i].path);
            }
            whole |= is_same_name(sources[i].path, sources[k].path);
        }
    }
    for (int i = 0; i < scenarios->n; i++) {
        int n = (int)strlen(sources[i].path);
        const char *from = whole ? sources[i].path : short_name(sources[i].path, &n);
        char *name = malloc((size_t)n + 1);
        if (name == NULL) {
            return status_no_memory((size_t)n + 1);
        }
        memcpy(name, from, (size_t)n);
        name[n] = 0;
        scenarios->scenario[i].name = name;
    }
    return DREDGE_OK;
}

/* ---- regimes ---- */

static int all_have(int n, const struct scenario_source *sources, const char *regime)
{
    for (int i = 0; i < n; i++) {
        if (comparison_regime(results_info(sources[i].results), regime) < 0) {
            return 0;
        }
    }
    return 1;
}

/* Adds the names of the regimes of one file to a sentence. */
static void add_names(const struct results_info *info, size_t n_bytes, char *text)
{
    for (int r = 0; r < info->n_regimes; r++) {
        size_t used = strlen(text);
        (void)snprintf(text + used, n_bytes - used, "%s%s", r > 0 ? ", " : "", info->regimes[r]);
    }
}

/* The baseline first, then the others in the order of the first file. */
static dredge_status choose_regimes(struct scenarios *scenarios, const struct scenario_source *sources,
                                    const char *baseline)
{
    const struct results_info *info = results_info(sources[0].results);
    size_t n = (size_t)info->n_regimes;
    scenarios->regimes = calloc(n + 1, sizeof *scenarios->regimes);
    scenarios->is_unlike = calloc(n + 1, sizeof *scenarios->is_unlike);
    if (scenarios->regimes == NULL || scenarios->is_unlike == NULL) {
        return status_no_memory((n + 1) * sizeof *scenarios->regimes);
    }
    for (int r = 0; r < info->n_regimes; r++) {
        if (!all_have(scenarios->n, sources, info->regimes[r])) {
            continue;
        }
        int at = scenarios->n_regimes++;
        int is_first = baseline != NULL && strcmp(baseline, info->regimes[r]) == 0;
        for (; is_first && at > 0; at--) {
            scenarios->regimes[at] = scenarios->regimes[at - 1];
        }
        scenarios->regimes[at] = info->regimes[r];
    }
    char names[2][512] = {"", ""};
    if (scenarios->n_regimes < 2) {
        add_names(info, sizeof names[0], names[0]);
        int other = 1;
        for (; other + 1 < scenarios->n && all_have(1, sources + other, info->regimes[0]); other++) {
        }
        add_names(results_info(sources[other].results), sizeof names[1], names[1]);
        return status_fail(DREDGE_USAGE,
                           "these files have no two regimes in common: %s has %s; %s has %s. Run both studies with the "
                           "same regimes",
                           scenarios->scenario[0].name, names[0], scenarios->scenario[other].name, names[1]);
    }
    if (baseline != NULL && (scenarios->regimes[0] == NULL || strcmp(scenarios->regimes[0], baseline) != 0)) {
        for (int r = 0; r < scenarios->n_regimes; r++) {
            size_t used = strlen(names[0]);
            (void)snprintf(names[0] + used, sizeof names[0] - used, "%s%s", r > 0 ? ", " : "", scenarios->regimes[r]);
        }
        return status_fail(DREDGE_USAGE, "no regime \"%s\" that all files have; they share %s", baseline, names[0]);
    }
    return DREDGE_OK;
}

/* Is a regime that both have steered by the same text? */
static int is_alike(const struct scenario *a, const struct scenario *b, int regime)
{
    char *const *texts_a = a->study.regime_texts;
    char *const *texts_b = b->study.regime_texts;
    return texts_a != NULL && texts_b != NULL && strcmp(texts_a[a->regime[regime]], texts_b[b->regime[regime]]) == 0;
}

/* How often a regime is left out, and which of the same name are not alike. */
static dredge_status match_regimes(struct scenarios *scenarios)
{
    for (int i = 0; i < scenarios->n; i++) {
        struct scenario *own = &scenarios->scenario[i];
        const struct results_info *info = results_info(own->results);
        own->regime = calloc((size_t)scenarios->n_regimes, sizeof *own->regime);
        if (own->regime == NULL) {
            return status_no_memory((size_t)scenarios->n_regimes * sizeof *own->regime);
        }
        for (int r = 0; r < scenarios->n_regimes; r++) {
            own->regime[r] = comparison_regime(info, scenarios->regimes[r]);
            scenarios->is_unlike[r] |= !is_alike(&scenarios->scenario[0], own, r);
        }
        int left_out = info->n_regimes - scenarios->n_regimes;
        scenarios->n_left_out = left_out > scenarios->n_left_out ? left_out : scenarios->n_left_out;
    }
    return DREDGE_OK;
}

/* ---- outcomes ---- */

static const struct comparison_row *find_row(const struct comparison *comparison, const char *name, int *index)
{
    for (int k = 0; k < comparison->n_outcomes; k++) {
        if (strcmp(comparison->row[k].name, name) == 0) {
            *index = k;
            return &comparison->row[k];
        }
    }
    return NULL;
}

static dredge_status list_rows(struct scenarios *scenarios)
{
    size_t most = 0;
    for (int i = 0; i < scenarios->n; i++) {
        most += (size_t)scenarios->scenario[i].comparison.n_outcomes;
    }
    scenarios->row = calloc(most + 1, sizeof *scenarios->row);
    if (scenarios->row == NULL) {
        return status_no_memory((most + 1) * sizeof *scenarios->row);
    }
    for (int i = 0; i < scenarios->n; i++) {
        const struct comparison *comparison = &scenarios->scenario[i].comparison;
        for (int k = 0; k < comparison->n_outcomes; k++) {
            int known = 0;
            for (int at = 0; at < scenarios->n_outcomes; at++) {
                known |= strcmp(scenarios->row[at].name, comparison->row[k].name) == 0;
            }
            if (!known) {
                scenarios->row[scenarios->n_outcomes++] = comparison->row[k];
            }
        }
    }
    return DREDGE_OK;
}

const struct comparison_cell *scenarios_cell(const struct scenarios *scenarios, int scenario, const char *outcome,
                                             int regime)
{
    const struct scenario *own = &scenarios->scenario[scenario];
    int index;
    return own->regime == NULL || find_row(&own->comparison, outcome, &index) == NULL
               ? NULL
               : comparison_cell(&own->comparison, index, own->regime[regime]);
}

int scenarios_count(const struct scenarios *scenarios, const char *outcome, int regime, enum verdict verdict)
{
    int n = 0;
    for (int i = 0; i < scenarios->n; i++) {
        const struct comparison_cell *cell = scenarios_cell(scenarios, i, outcome, regime);
        n += cell != NULL && cell->paired.verdict == verdict;
    }
    return n;
}

int scenarios_compared(const struct scenarios *scenarios, const char *outcome, int regime, double *scale)
{
    int n = 0;
    *scale = 0;
    for (int i = 0; i < scenarios->n; i++) {
        const struct comparison_cell *cell = scenarios_cell(scenarios, i, outcome, regime);
        if (cell != NULL && cell->paired.difference.n > 0) {
            *scale = fmax(*scale, fmax(fabs(cell->paired.regime), fabs(cell->paired.baseline)));
            n++;
        }
    }
    return n;
}

/* Early relief is the symptom in year 3 where every file has it. */
static int choose_early(const struct scenarios *scenarios)
{
    int early = OUTCOME_symptom_year3;
    for (int i = 0; i < scenarios->n; i++) {
        const struct comparison_cell *cell = scenarios_cell(scenarios, i, outcome_infos[OUTCOME_symptom_year3].name, 0);
        early = cell == NULL || cell->mean.n == 0 ? OUTCOME_symptom_burden : early;
    }
    return early;
}

dredge_status scenarios_read(int n, const struct scenario_source *sources, const char *baseline, double at_least,
                             struct scenarios *scenarios)
{
    *scenarios = (struct scenarios){.n = n};
    scenarios->scenario = calloc((size_t)n, sizeof *scenarios->scenario);
    if (scenarios->scenario == NULL) {
        return status_no_memory((size_t)n * sizeof *scenarios->scenario);
    }
    dredge_status status = name_scenarios(scenarios, sources);
    if (status == DREDGE_OK) {
        status = choose_regimes(scenarios, sources, baseline);
    }
    for (int i = 0; status == DREDGE_OK && i < n; i++) {
        struct scenario *own = &scenarios->scenario[i];
        int base = comparison_regime(results_info(sources[i].results), scenarios->regimes[0]);
        own->results = sources[i].results;
        status = results_study(sources[i].results, &own->study);
        if (status == DREDGE_OK) {
            status = comparison_read(sources[i].results, base, 0.95, at_least, &own->comparison);
        }
    }
    if (status == DREDGE_OK) {
        status = match_regimes(scenarios);
    }
    if (status == DREDGE_OK) {
        status = list_rows(scenarios);
    }
    if (status != DREDGE_OK) {
        scenarios_free(scenarios);
        return status;
    }
    scenarios->early = choose_early(scenarios);
    return DREDGE_OK;
}

void scenarios_free(struct scenarios *scenarios)
{
    for (int i = 0; scenarios->scenario != NULL && i < scenarios->n; i++) {
        struct scenario *own = &scenarios->scenario[i];
        comparison_free(&own->comparison);
        study_free(&own->study);
        free(own->regime);
        free(own->name);
    }
    free(scenarios->scenario);
    free(scenarios->regimes);
    free(scenarios->is_unlike);
    free(scenarios->row);
    *scenarios = (struct scenarios){0};
}
