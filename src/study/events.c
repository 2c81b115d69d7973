/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/events.h"

#include <stdio.h>
#include <string.h>

/* ---- what can vary ---- */

const char *events_rest(const struct study *study, const char *key, int *event)
{
    static const char start[] = "events.";
    if (strncmp(key, start, strlen(start)) != 0) {
        return NULL;
    }
    const char *name = key + strlen(start);
    for (*event = 0; *event < study->n_events; ++*event) {
        size_t length = strlen(study->events[*event].name);
        if (strncmp(name, study->events[*event].name, length) == 0 && name[length] == '.') {
            return name + length + 1;
        }
    }
    return NULL;
}

const char *events_act_name(const struct act *act, char name[EVENTS_ACT_BYTES])
{
    switch (act->kind) {
    case ACT_SET:
        (void)snprintf(name, EVENTS_ACT_BYTES, "set.%s", parameter_infos[act->what].key);
        break;
    case ACT_SHOCK:
        (void)snprintf(name, EVENTS_ACT_BYTES, "shock.%s", shock_names[act->what]);
        break;
    case ACT_REPLACE:
        (void)snprintf(name, EVENTS_ACT_BYTES, "replace.share");
        break;
    case ACT_JOIN:
        (void)snprintf(name, EVENTS_ACT_BYTES, "join.seats");
        break;
    case ACT_CONVENER:
        (void)snprintf(name, EVENTS_ACT_BYTES, "convener.skill");
        break;
    }
    return name;
}

int events_find_factor(const struct study *study, const char *key, struct factor *factor)
{
    const char *rest = events_rest(study, key, &factor->event);
    if (rest == NULL) {
        return 0;
    }
    if (strcmp(rest, "month") == 0) {
        factor->target = FACTOR_WHEN;
        return 1;
    }
    const struct event *event = &study->events[factor->event];
    for (int k = event->first_act; k < event->first_act + event->n_acts; k++) {
        char name[EVENTS_ACT_BYTES];
        if (strcmp(rest, events_act_name(&study->acts[k], name)) == 0) {
            factor->target = FACTOR_ACT;
            factor->index = k;
            factor->kind = study->acts[k].kind;
            factor->what = study->acts[k].what;
            return 1;
        }
    }
    return 0;
}

/* ---- events at a design point ---- */

static int month_at(const struct study *study, int event, const double *values)
{
    int month = study->events[event].month;
    for (int index = 0; values != NULL && index < study->design.n_factors; index++) {
        const struct factor *factor = &study->design.factors[index];
        if (factor->target == FACTOR_WHEN && factor->event == event) {
            month = (int)values[index];
        }
    }
    return month;
}

static double value_at(const struct study *study, int act, const double *values)
{
    double value = study->acts[act].value;
    for (int index = 0; values != NULL && index < study->design.n_factors; index++) {
        const struct factor *factor = &study->design.factors[index];
        if (factor->target == FACTOR_ACT && factor->index == act) {
            value = values[index];
        }
    }
    return value;
}

void study_acts(const struct study *study, int point, struct act *acts)
{
    const struct design *design = &study->design;
    const double *values = design->values == NULL ? NULL : design->values + (size_t)point * (size_t)design->n_factors;
    for (int index = 0; index < study->n_acts; index++) {
        acts[index] = study->acts[index];
    }
    for (int index = 0; values != NULL && index < design->n_factors; index++) {
        const struct factor *factor = &design->factors[index];
        if (factor->target == FACTOR_ACT && factor->index < study->n_acts) {
            acts[factor->index].value = values[index];
        } else if (factor->target == FACTOR_WHEN && factor->event < study->n_events) {
            const struct event *event = &study->events[factor->event];
            for (int k = event->first_act; k < event->first_act + event->n_acts; k++) {
                acts[k].month = (int)values[index];
            }
        }
    }
}

/* ---- what is impossible ---- */

static int act_impossible(const struct act *act, double value, const struct parameters *parameters,
                          size_t sentence_bytes, char *sentence)
{
    if (act->kind == ACT_REPLACE || act->kind == ACT_JOIN) {
        const struct sector_parameters *own = &parameters->sector[act->what];
        int n_seats = own->inside + own->outside;
        if (n_seats == 0) {
            (void)snprintf(sentence, sentence_bytes, "acts on the %s sector, which has no seats",
                           sector_names[act->what]);
            return 1;
        }
        if (act->kind == ACT_JOIN && (int)value > n_seats) {
            (void)snprintf(sentence, sentence_bytes, "%d seats join, and the %s sector has only %d", (int)value,
                           sector_names[act->what], n_seats);
            return 1;
        }
    }
    if (act->kind == ACT_SET && strcmp(parameter_infos[act->what].key, "problem.coupling") == 0 &&
        (int)value >= parameters->causes) {
        (void)snprintf(sentence, sentence_bytes, "sets a coupling of %d, which needs at least %d causes", (int)value,
                       (int)value + 1);
        return 1;
    }
    return 0;
}

int events_impossible(const struct study *study, int event, const double *values, const struct parameters *parameters,
                      size_t sentence_bytes, char *sentence)
{
    const struct event *own = &study->events[event];
    int month = month_at(study, event, values);
    if (month > parameters->months) {
        (void)snprintf(sentence, sentence_bytes, "happens in month %d, after the end of the %d months", month,
                       parameters->months);
        return 1;
    }
    for (int k = own->first_act; k < own->first_act + own->n_acts; k++) {
        if (act_impossible(&study->acts[k], value_at(study, k, values), parameters, sentence_bytes, sentence)) {
            return 1;
        }
    }
    return 0;
}
