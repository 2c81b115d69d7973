/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_RULE_H
#define LAB_RULE_H

#include "base/status.h"

/* A written rule of steering: lines that are tried in order. A line is conditions and what the levers are set to when all
 * hold; the last line has no condition. As text:
 *
 *   momentum<50: 0/75; verdict>12 & year<2: 70/100; 0/75
 *
 * Shares are in percent; process share before the stroke, depth after it. */

#define GAUGES(X)                                                                                                      \
    X(month)   /* months behind us */                                                                                  \
    X(year)    /* year of the grant, from 1 */                                                                         \
    X(verdict) /* months to the next verdict; 999 after the last */                                                    \
    X(tension) /* open and half of latent tension, in percent, as the next four */                                     \
    X(momentum)                                                                                                        \
    X(relevance)                                                                                                       \
    X(symptom)                                                                                                         \
    X(grant)                                                                                                           \
    X(known) /* layers diagnosed and not addressed */

enum gauge {
#define X(name) GAUGE_##name,
    GAUGES(X)
#undef X
        N_GAUGES
};

struct lever {
    float process, depth; /* 0 to 1 */
};

enum { RULE_CONDITIONS = 3, RULE_LINES = 8 };

struct rule_line {
    int n_conditions;
    struct rule_condition {
        enum gauge gauge;
        int above; /* 1: the gauge is above the value, 0: below */
        float value;
    } conditions[RULE_CONDITIONS];
    struct lever lever;
};

struct rule {
    int n_lines; /* >= 1; the last line has no condition */
    struct rule_line lines[RULE_LINES];
};

/* Reads a rule. DREDGE_STUDY with a sentence that names the line when it is none. */
STATUS_CHECKED dredge_status rule_parse(const char *text, struct rule *rule);

/* What the rule sets the levers to. */
struct lever rule_lever(const struct rule *rule, const float gauges[N_GAUGES]);

#endif
