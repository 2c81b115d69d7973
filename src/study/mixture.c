/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/mixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double TOLERANCE = 1e-6; /* of weights that should sum to 1 */

dredge_status mixture_keep(struct study *study, const struct mixture *mixture)
{
    size_t n_bytes = ((size_t)study->n_mixtures + 1) * sizeof *study->mixtures;
    struct mixture *mixtures = realloc(study->mixtures, n_bytes);
    if (mixtures == NULL) {
        return status_no_memory(n_bytes);
    }
    study->mixtures = mixtures;
    study->mixtures[study->n_mixtures++] = *mixture;
    return DREDGE_OK;
}

void mixture_give(struct study *study, int regime, int phase, int index, double value)
{
    for (int k = 0; k < study->n_mixtures; k++) {
        struct mixture *mixture = &study->mixtures[k];
        if (mixture->regime == regime && (phase < 0 || mixture->phase == phase)) {
            mixture->given[index] = 1;
            steering_set(&mixture->beside, index, value);
        }
    }
}

int mixture_find(const struct study *study, int regime, int phase)
{
    int found = -1;
    for (int k = 0; k < study->n_mixtures; k++) {
        found = study->mixtures[k].regime == regime && study->mixtures[k].phase == phase ? k : found;
    }
    return found;
}

/* What factors give of the weight of each part, -1 where none does. Returns how many do. */
static int given_weights(const struct study *study, int mixture, const double *values, double *weights)
{
    int n = 0;
    for (int part = 0; part < study->mixtures[mixture].n_parts; part++) {
        weights[part] = -1;
    }
    for (int k = 0; k < study->design.n_factors; k++) {
        const struct factor *factor = &study->design.factors[k];
        if (factor->target == FACTOR_WEIGHT && factor->mixture == mixture) {
            weights[factor->index] = values[k];
            n++;
        }
    }
    return n;
}

static int apply_one(const struct study *study, int index, const double *values, struct regime *regimes,
                     size_t sentence_bytes, char *sentence)
{
    const struct mixture *mixture = &study->mixtures[index];
    double weights[MIXTURE_MAX_PARTS], varied = 0, others = 0;
    if (given_weights(study, index, values, weights) == 0) {
        return 0;
    }
    for (int part = 0; part < mixture->n_parts; part++) {
        varied += weights[part] >= 0 ? weights[part] : 0;
        others += weights[part] >= 0 ? 0 : mixture->parts[part].weight;
    }
    double left = 1 - varied;
    if (left < -TOLERANCE || (left > TOLERANCE && !(others > 0))) {
        (void)snprintf(sentence, sentence_bytes, "the weights of the mix of %s that vary sum to %.6g%s",
                       study->regimes[mixture->regime].name, varied,
                       left < 0 ? ", which is more than 1" : ", and no other part has a weight to fill it up to 1");
        return 1;
    }
    struct steering sum;
    memset(&sum, 0, sizeof sum);
    for (int part = 0; part < mixture->n_parts; part++) {
        double rest = others > 0 ? fmax(left, 0) * mixture->parts[part].weight / others : 0;
        steering_add(&sum, weights[part] >= 0 ? weights[part] : rest, &mixture->parts[part].steering);
    }
    for (int steering = 0; steering < n_steering; steering++) {
        if (mixture->given[steering]) {
            steering_set(&sum, steering, steering_get(&mixture->beside, steering));
        }
    }
    regimes[mixture->regime].phase[mixture->phase].steering = sum;
    return 0;
}

int mixture_apply(const struct study *study, const double *values, struct regime *regimes, size_t sentence_bytes,
                  char *sentence)
{
    int is_impossible = 0;
    for (int mixture = 0; mixture < study->n_mixtures && !is_impossible; mixture++) {
        is_impossible = apply_one(study, mixture, values, regimes, sentence_bytes, sentence);
    }
    return is_impossible;
}
