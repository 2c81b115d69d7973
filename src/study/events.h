/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_EVENTS_H
#define STUDY_EVENTS_H

#include "study/study.h"

/* Events of a study: what of them can vary, what they are at a design point, and which are impossible. */

/* Where "events.NAME.REST" of an event of the study ends with REST; NULL when the key is of no event. `*event` is its
 * number. */
const char *events_rest(const struct study *study, const char *key, int *event);

/* Finds month or value that `key` names, as factor_find does. */
int events_find_factor(const struct study *study, const char *key, struct factor *factor);

/* "set.funder.target", "shock.trust", "replace.share", "join.seats", "convener.skill": what an act is called below its
 * event. */
enum { EVENTS_ACT_BYTES = 64 };
const char *events_act_name(const struct act *act, char name[EVENTS_ACT_BYTES]);

/* Is event number `event` impossible with these parameters, at a point with these factor values (NULL: without)? Then
 * 1, and a sentence. */
int events_impossible(const struct study *study, int event, const double *values, const struct parameters *parameters,
                      size_t sentence_bytes, char *sentence);

#endif
