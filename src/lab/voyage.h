/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_VOYAGE_H
#define LAB_VOYAGE_H

#include "base/status.h"
#include "lab/rule.h"
#include "run/play.h"
#include "study/study.h"

/* A voyage: ten years at the helm of one collaboration in one future, under a funder who judges after every grant of three
 * years, cuts, extends or stops, and under whom lasting results count when support is over. The funder's rule:
 *
 *   V = (1 - P) / 2 + min(1, (quick + paper + structural / 2 of the last 12 months) / 9) / 2
 *   V < 0.25: support stops; otherwise the grant g <- clamp(g * clamp(V / 0.6, 0.6, 1.2), 0.1, 1.2), from 1;
 *   attempts = g * the study's.
 *
 * The figures of the rule are choices, made so that no constant setting of the levers comes near a rhythm. */

enum { VOYAGE_GRANT = 36, VOYAGE_MONTHS = 120, VOYAGE_AFTERCARE = 36, VOYAGE_HOLD = 6, VOYAGE_VERDICTS = 3 };

/* The study of the helm; a world is chosen by the override `theory`. */
extern const char voyage_study[];

struct voyage_verdict {
    float value, grant; /* V, and the grant after it; 0 when support stopped */
};

struct voyage {
    struct play play; /* one regime */
    int steered;      /* by hand or by a rule, else by its own regime */
    int stopped;      /* the month of the verdict that ended support; 0: none did */
    int n_verdicts;
    struct voyage_verdict verdicts[VOYAGE_VERDICTS];
    float grant;
    double relief_sum, process_sum; /* over the months of support that have passed */
    double early_relief_sum;        /* over the first grant */
    float counted[12];              /* what the funder counts, by calendar month */
    int results;                    /* quick and structural */
    float trust;                    /* mean trust less latent tension when support is over */
};

/* What a voyage came to. */
struct voyage_score {
    double relief;       /* 100 * mean(1 - P) over the months of support */
    double lasting;      /* 100 * structural share when aftercare is over */
    double relief_after; /* 100 * (1 - P) when aftercare is over */
    double early_relief; /* 100 * mean(1 - P) over the first grant */
    double process;      /* mean share of process work */
    double verdict;      /* mean V over the verdicts that came */
    double trust;        /* mean trust less latent tension when support is over */
    int by_conflict;     /* layers found by conflict */
    int results;         /* quick and structural results */
};

/* The roles of a class, each with a private goal that about a third of sensible voyages meet. */
enum voyage_role { ROLE_PUBLIC, ROLE_PRIVATE, ROLE_NONPROFIT, ROLE_KNOWLEDGE, ROLE_CONVENER, ROLE_FUNDER, N_ROLES };

/* Is the goal of `role` met? */
int voyage_role(enum voyage_role role, const struct voyage_score *score);

/* Starts replicate `replicate` of `study` (which has VOYAGE_MONTHS and VOYAGE_AFTERCARE) under `regime`, copied, or by hand
 * when it is NULL; freed with voyage_free (safe when zeroed). */
STATUS_CHECKED dredge_status voyage_init(struct voyage *voyage, const struct study *study, const struct regime *regime,
                                         uint32_t replicate);
void voyage_free(struct voyage *voyage);

/* Holds the levers at `lever` from the next month on. */
void voyage_steer(struct voyage *voyage, struct lever lever);

/* One month further; 0 when aftercare is over. */
int voyage_step(struct voyage *voyage);

/* What the gauges show now. */
void voyage_gauges(const struct voyage *voyage, float gauges[N_GAUGES]);

/* Steers by `rule` to the end, looking at the gauges every VOYAGE_HOLD months. */
void voyage_follow(struct voyage *voyage, const struct rule *rule);

/* The score of a voyage that is over. */
struct voyage_score voyage_score(const struct voyage *voyage);

#endif
