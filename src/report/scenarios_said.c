/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "report/label.h"
#include "report/scenarios.h"

/* What is said of several results side by side. */

const char *scenarios_title(const struct scenarios *scenarios, int scenario, enum language language)
{
    const struct scenario *own = &scenarios->scenario[scenario];
    const char *title = study_label(&own->study, "title", language_code(language));
    title = title != NULL ? title : results_info(own->results)->title;
    return title != NULL && *title ? title : own->name;
}

/* "care, energy" */
static void list_scenarios(const struct scenarios *scenarios, const char *outcome, int regime, enum verdict verdict,
                           size_t n_bytes, char *text)
{
    size_t used = 0;
    text[0] = 0;
    for (int i = 0; i < scenarios->n && used < n_bytes; i++) {
        const struct comparison_cell *cell = scenarios_cell(scenarios, i, outcome, regime);
        if (cell != NULL && cell->paired.verdict == verdict) {
            used += (size_t)snprintf(text + used, n_bytes - used, "%s%s", used > 0 ? ", " : "",
                                     scenarios->scenario[i].name);
        }
    }
}

void scenarios_sentence(const struct scenarios *scenarios, const struct study *study, int outcome, int regime,
                        enum language language, char sentence[SCENARIOS_BYTES])
{
    const char *name = outcome_infos[outcome].name;
    int n_better = scenarios_count(scenarios, name, regime, VERDICT_BETTER);
    int n_worse = scenarios_count(scenarios, name, regime, VERDICT_WORSE);
    char numbers[3][LANGUAGE_NUMBER_BYTES];
    char winners[256];
    char losers[256];
    language_count(language, n_better, numbers[0]);
    language_count(language, n_worse, numbers[1]);
    language_count(language, scenarios->n, numbers[2]);
    list_scenarios(scenarios, name, regime, VERDICT_BETTER, sizeof winners, winners);
    list_scenarios(scenarios, name, regime, VERDICT_WORSE, sizeof losers, losers);
    const struct language_place places[] = {{"outcome", label_outcome(study, language, outcome)},
                                            {"regime", label_name(study, language, scenarios->regimes[regime])},
                                            {"baseline", label_name(study, language, scenarios->regimes[0])},
                                            {"better", numbers[0]},
                                            {"worse", numbers[1]},
                                            {"n", numbers[2]},
                                            {"winners", winners},
                                            {"losers", losers}};
    enum text words = n_better > 0 && n_worse > 0 ? TEXT_scenarios_both
                      : n_better > 0              ? TEXT_scenarios_better
                      : n_worse > 0               ? TEXT_scenarios_worse
                                                  : TEXT_scenarios_neither;
    language_fill(language_text(language, words), 8, places, SCENARIOS_BYTES, sentence);
}

static const char *stamp_of(const struct scenario *scenario, enum language language)
{
    const char *stamp = results_info(scenario->results)->model_stamp;
    return stamp != NULL && stamp[0] != '\0' ? stamp : language_text(language, TEXT_scenarios_no_model);
}

/* Files of two models: the first that is of another than the first of all. */
static void caution_of_models(const struct scenarios *scenarios, enum language language,
                              void (*tell)(void *context, const char *sentence), void *context)
{
    const struct scenario *first = &scenarios->scenario[0];
    for (int i = 1; i < scenarios->n; i++) {
        const struct scenario *other = &scenarios->scenario[i];
        const char *stamp = stamp_of(first, language), *other_stamp = stamp_of(other, language);
        if (strcmp(stamp, other_stamp) != 0) {
            char sentence[SCENARIOS_BYTES];
            const struct language_place places[] = {
                {"scenario", first->name}, {"model", stamp}, {"other", other->name}, {"its", other_stamp}};
            language_fill(language_text(language, TEXT_scenarios_models), 4, places, sizeof sentence, sentence);
            tell(context, sentence);
            return;
        }
    }
}

/* Is there a file before this one that holds the same? It is named. */
static void caution_of_twin(const struct scenarios *scenarios, int i, enum language language,
                            void (*tell)(void *context, const char *sentence), void *context)
{
    const struct scenario *own = &scenarios->scenario[i];
    const char *digest = results_info(own->results)->digest;
    for (const struct scenario *twin = scenarios->scenario; twin < own && digest != NULL; twin++) {
        const char *its = results_info(twin->results)->digest;
        if (its != NULL && strcmp(its, digest) == 0) {
            char sentence[SCENARIOS_BYTES];
            const struct language_place places[] = {{"scenario", twin->name}, {"other", own->name}};
            language_fill(language_text(language, TEXT_scenarios_same), 2, places, sizeof sentence, sentence);
            tell(context, sentence);
            return;
        }
    }
}

void scenarios_cautions(const struct scenarios *scenarios, const struct study *study, enum language language,
                        void (*tell)(void *context, const char *sentence), void *context)
{
    char sentence[SCENARIOS_BYTES];
    for (int r = 0; r < scenarios->n_regimes; r++) {
        if (scenarios->is_unlike[r]) {
            const struct language_place place = {"regime", label_name(study, language, scenarios->regimes[r])};
            language_fill(language_text(language, TEXT_scenarios_unlike), 1, &place, sizeof sentence, sentence);
            tell(context, sentence);
        }
    }
    if (scenarios->n_left_out > 0) {
        tell(context, language_text(language, TEXT_scenarios_left_out));
    }
    for (int i = 0; i < scenarios->n; i++) {
        const struct results_info *info = results_info(scenarios->scenario[i].results);
        if (info->n_failed > 0) {
            char number[LANGUAGE_NUMBER_BYTES];
            language_count(language, info->n_failed, number);
            const struct language_place places[] = {{"scenario", scenarios->scenario[i].name}, {"n", number}};
            language_fill(language_text(language, TEXT_scenarios_failed), 2, places, sizeof sentence, sentence);
            tell(context, sentence);
        }
    }
    caution_of_models(scenarios, language, tell, context);
    for (int i = 1; i < scenarios->n; i++) {
        caution_of_twin(scenarios, i, language, tell, context);
    }
}
