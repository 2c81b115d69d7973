/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "study/parts.h"

/* Names of outcomes, those of the table and the study's own. */

static const char *nearest(struct reader *reader, struct suggestion *suggestion, const char *name)
{
    const struct study *study = reader->study;
    reader_suggest(reader, suggestion, name);
    for (int outcome = 0; outcome < study_n_outcomes(study); outcome++) {
        suggest_try(suggestion, study_outcome_name(study, outcome));
    }
    return suggest_best(suggestion);
}

void outcome_unknown(struct reader *reader, const struct yaml_node *node, const char *path)
{
    struct suggestion suggestion;
    char sentence[MISTAKE_BYTES];
    const char *best = nearest(reader, &suggestion, node->key);
    (void)snprintf(sentence, sizeof sentence,
                   best != NULL ? "no outcome is called so, did you mean %s?"
                                : "no outcome is called so (`dredge show outcomes`), and none that stands above",
                   best);
    reader_mistake_key(reader, node, path, sentence);
}

int outcome_choice(struct reader *reader, const struct yaml_node *node, const char *path)
{
    struct suggestion suggestion;
    if (!reader_is_text(reader, node, path)) {
        return -1;
    }
    int outcome = study_outcome(reader->study, node->text);
    if (outcome < 0) {
        const char *best = nearest(reader, &suggestion, node->text);
        reader_mistake(reader, node, path,
                       best != NULL ? "no outcome is called so, did you mean %s?"
                                    : "no outcome is called so: `dredge show outcomes` lists them",
                       best);
    }
    return outcome;
}
