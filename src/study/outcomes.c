/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/numbers.h"
#include "study/study.h"

int study_n_outcomes(const struct study *study)
{
    return N_OUTCOMES + study->n_derived;
}

int study_outcome(const struct study *study, const char *name)
{
    for (int own = 0; own < study->n_derived; own++) {
        if (strcmp(study->derived[own].name, name) == 0) {
            return N_OUTCOMES + own;
        }
    }
    return outcome_find(name);
}

const char *study_outcome_name(const struct study *study, int outcome)
{
    return outcome < N_OUTCOMES ? outcome_infos[outcome].name : study->derived[outcome - N_OUTCOMES].name;
}

struct outcome_info study_outcome_info(const struct study *study, int outcome)
{
    if (outcome < N_OUTCOMES) {
        return outcome_infos[outcome];
    }
    const struct derived *own = &study->derived[outcome - N_OUTCOMES];
    return (struct outcome_info){.name = own->name,
                                 .unit = own->unit,
                                 .better = own->better,
                                 .matters = own->matters,
                                 .long_name = own->long_name,
                                 .description = own->description};
}

int study_outcome_column(int outcome)
{
    return outcome < N_OUTCOMES ? outcome : N_OUTCOME_COLUMNS + outcome - N_OUTCOMES;
}

int study_outcome_column_find(const struct study *study, const char *name)
{
    int outcome = study_outcome(study, name);
    return outcome >= 0 ? study_outcome_column(outcome) : outcome_column_find(name);
}

int study_n_outcome_columns(const struct study *study)
{
    return N_OUTCOME_COLUMNS + study->n_derived;
}

int derived_are_same(const struct derived *a, const struct derived *b)
{
    int same = strcmp(a->name, b->name) == 0 && a->kind == b->kind && a->better == b->better &&
               a->series == b->series && a->from == b->from && a->to == b->to && a->is_at_most == b->is_at_most &&
               a->n_terms == b->n_terms && numbers_equal(a->bound, b->bound) &&
               numbers_equal(a->costs.hours, b->costs.hours) && numbers_equal(a->costs.euro, b->costs.euro) &&
               numbers_equal(a->costs.convener, b->costs.convener) &&
               numbers_equal(a->costs.discount, b->costs.discount);
    for (int term = 0; same && term < a->n_terms; term++) {
        same = a->terms[term].outcome == b->terms[term].outcome &&
               numbers_equal(a->terms[term].weight, b->terms[term].weight);
    }
    return same;
}
