/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/factor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/events.h"
#include "study/mixture.h"

/* The rest of "regimes.NAME.REST" for a regime of this name, which may have dots of its own; otherwise NULL. */
static const char *rest_of(const char *key, const struct regime *regime)
{
    static const char start[] = "regimes.";
    size_t length = strlen(regime->name);
    const char *name = key + strlen(start);
    int is_so = strncmp(key, start, strlen(start)) == 0 && length > 0 && strncmp(name, regime->name, length) == 0 &&
                name[length] == '.';
    return is_so ? name + length + 1 : NULL;
}

/* "phases.K.": `*rest` moves behind it. K, or -1 when it is none of the regime's phases. */
static int take_phase(const struct regime *regime, const char **rest)
{
    static const char start[] = "phases.";
    const char *digits = *rest + strlen(start);
    if (strncmp(*rest, start, strlen(start)) != 0) {
        return -1;
    }
    size_t n = strspn(digits, "0123456789");
    int phase = n == 1 || n == 2 ? (int)strtol(digits, NULL, 10) : -1;
    *rest = digits + n + 1;
    return n > 0 && digits[n] == '.' && phase < regime->n_phases ? phase : -1;
}

/* What stands in a regime: KEY, phases.K.KEY, phases.K.from, mix.PART, phases.K.mix.PART. */
static int find_in_regime(const struct study *study, int regime, const char *rest, struct factor *factor)
{
    int has_phase = strncmp(rest, "phases.", strlen("phases.")) == 0;
    factor->regime = regime;
    factor->phase = has_phase ? take_phase(&study->regimes[regime], &rest) : -1;
    if (has_phase && factor->phase < 0) {
        return 0;
    }
    factor->target = FACTOR_STEERING;
    factor->index = steering_find(rest);
    if (factor->index >= 0) {
        return 1;
    }
    if (factor->phase > 0 && strcmp(rest, "from") == 0) { /* the first one begins in month 0 */
        factor->target = FACTOR_FROM;
        factor->index = 0;
        return 1;
    }
    factor->target = FACTOR_WEIGHT;
    factor->mixture = mixture_find(study, regime, has_phase ? factor->phase : 0);
    if (factor->mixture < 0 || strncmp(rest, "mix.", strlen("mix.")) != 0) {
        return 0;
    }
    const struct mixture *mixture = &study->mixtures[factor->mixture];
    factor->index = mixture->n_parts - 1;
    while (factor->index >= 0 && strcmp(mixture->parts[factor->index].name, rest + strlen("mix.")) != 0) {
        factor->index--;
    }
    return factor->index >= 0;
}

int factor_find(const struct study *study, const char *key, struct factor *factor)
{
    (void)snprintf(factor->key, sizeof factor->key, "%s", key);
    if (strcmp(key, "theory") == 0) {
        factor->target = FACTOR_THEORY;
        return 1;
    }
    if (events_find_factor(study, key, factor)) {
        return 1;
    }
    factor->target = FACTOR_PARAMETER;
    factor->index = parameter_find(key);
    for (int regime = 0; regime < study->n_regimes && factor->index < 0; regime++) {
        const char *rest = rest_of(key, &study->regimes[regime]);
        if (rest != NULL && find_in_regime(study, regime, rest, factor)) {
            return 1;
        }
    }
    return factor->index >= 0;
}

static struct factor_about about_parameter(int index)
{
    const struct parameter_info *info = &parameter_infos[index];
    return (struct factor_about){
        info->unit, info->meaning, info->low, info->high, info->type != PARAMETER_REAL, info->type == PARAMETER_FLAG,
        NULL};
}

static struct factor_about about_act(enum act_kind kind, int what)
{
    switch (kind) {
    case ACT_SET:
        return about_parameter(what);
    case ACT_SHOCK:
        return (struct factor_about){"share", "what the event adds, once", -1, 1, 0, 0, NULL};
    case ACT_REPLACE:
        return (struct factor_about){"probability", "of an insider to make place for another", 0, 1, 0, 0, NULL};
    case ACT_JOIN:
        return (struct factor_about){"seats", "outsiders that come to the table", 1, 128, 1, 0, NULL};
    case ACT_CONVENER:
        break;
    }
    return (struct factor_about){"share", "skill of the convener from then on", 0, 1, 0, 0, NULL};
}

struct factor_about factor_about(const struct factor *factor)
{
    switch (factor->target) {
    case FACTOR_PARAMETER:
        break;
    case FACTOR_WHEN:
        return (struct factor_about){"month", "month of the event, counted from 1", 1, 12000, 1, 0, NULL};
    case FACTOR_ACT:
        return about_act(factor->kind, factor->what);
    case FACTOR_THEORY:
        return (struct factor_about){"", "the theory", 0, N_THEORIES - 1, 1, 0, theory_names};
    case FACTOR_STEERING: {
        const struct steering_info *info = &steering_infos[factor->index];
        return (struct factor_about){info->unit, info->meaning, info->low, info->high, 0, 0, NULL};
    }
    case FACTOR_FROM:
        return (struct factor_about){"months", "months passed when the phase begins", 1, 12000, 1, 0, NULL};
    case FACTOR_WEIGHT:
        return (struct factor_about){
            "weight", "weight of a part of the mix; those that do not vary share the rest", 0, 1, 0, 0, NULL};
    }
    return about_parameter(factor->index);
}

void factor_set(const struct factor *factor, double value, struct parameters *parameters, struct regime *regimes)
{
    switch (factor->target) {
    case FACTOR_PARAMETER:
        parameter_set(parameters, factor->index, value);
        break;
    case FACTOR_THEORY:
    case FACTOR_WEIGHT:
    case FACTOR_WHEN:
    case FACTOR_ACT:
        break;
    case FACTOR_STEERING:
        for (int phase = 0; phase < regimes[factor->regime].n_phases; phase++) {
            if (factor->phase < 0 || factor->phase == phase) {
                steering_set(&regimes[factor->regime].phase[phase].steering, factor->index, value);
            }
        }
        break;
    case FACTOR_FROM:
        regimes[factor->regime].phase[factor->phase].from = (int)value;
        break;
    }
}
