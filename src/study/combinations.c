/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/combinations.h"

#include <stdio.h>

int combinations_regime(const struct regime *regime, int months, size_t sentence_bytes, char *sentence, int *phase)
{
    for (*phase = 0; *phase < regime->n_phases; (*phase)++) {
        const struct regime_phase *own = &regime->phase[*phase];
        if (own->from >= months) {
            (void)snprintf(sentence, sentence_bytes, "a phase of %s begins in month %d, after the end of the %d months",
                           regime->name, own->from, months);
            return 1;
        }
        if (own->steering.formation_months > months) {
            (void)snprintf(sentence, sentence_bytes,
                           "the formation of %s lasts %.10g months, longer than the horizon of %d months", regime->name,
                           own->steering.formation_months, months);
            return 1;
        }
    }
    return 0;
}

/* Phases in order; the reader has seen to it but where a design moves them. */
static int phases_out_of_order(const struct regime *regime, size_t sentence_bytes, char *sentence)
{
    for (int phase = 1; phase < regime->n_phases; phase++) {
        int from = regime->phase[phase].from, before = regime->phase[phase - 1].from;
        if (from <= before) {
            (void)snprintf(sentence, sentence_bytes,
                           "phase %d of %s begins in month %d, not after phase %d, which begins in month %d", phase,
                           regime->name, from, phase - 1, before);
            return 1;
        }
    }
    return 0;
}

int combinations_all(const struct parameters *parameters, int n_regimes, const struct regime *regimes,
                     size_t sentence_bytes, char *sentence)
{
    int parameter, phase;
    if (parameters_conflict(parameters, sentence_bytes, sentence, &parameter)) {
        return 1;
    }
    for (int regime = 0; regime < n_regimes; regime++) {
        if (phases_out_of_order(&regimes[regime], sentence_bytes, sentence)) {
            return 1;
        }
        if (combinations_regime(&regimes[regime], parameters->months, sentence_bytes, sentence, &phase)) {
            return 1;
        }
    }
    return 0;
}
