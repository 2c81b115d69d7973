/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/label.h"

static const char *own_label(const struct study *study, enum language language, const char *name, const char *other)
{
    const char *label = study != NULL ? study_label(study, name, language_code(language)) : NULL;
    return label != NULL ? label : other;
}

const char *label_name(const struct study *study, enum language language, const char *name)
{
    return own_label(study, language, name, language_regime(language, name));
}

const char *label_outcome(const struct study *study, enum language language, int outcome)
{
    return own_label(study, language, outcome_infos[outcome].name, language_outcome(language, outcome));
}

const char *label_outcome_named(const struct study *study, enum language language, const char *name)
{
    int outcome = study != NULL ? study_outcome(study, name) : outcome_find(name);
    if (outcome >= 0 && outcome < N_OUTCOMES) {
        return label_outcome(study, language, outcome);
    }
    const char *english = outcome < 0 ? name : study_outcome_info(study, outcome).long_name;
    return own_label(study, language, name, language_own_outcome(language, name, english));
}

const char *label_factor(const struct study *study, enum language language, const char *key)
{
    return own_label(study, language, key, key);
}
