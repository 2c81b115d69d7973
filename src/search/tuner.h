/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SEARCH_TUNER_H
#define SEARCH_TUNER_H

#include "analysis/front.h"
#include "analysis/comparison.h"
#include "search/trials.h"

/* Finds better steering. Successive halving (Karnin, Koren & Somekh 2013; Jamieson & Talwalkar 2016) over a Sobol sample
 * of the space: all candidates with few replicates, the better half with twice as many, and so on; then CMA-ES from the
 * best. Half of the survivors of each rung are chosen by the objective, half by their place on the trade-off between
 * quick relief and structural share. The finalists are
 * then run with fresh luck; the best of them is told by a second run with other luck, as choosing among the
 * finalists flatters too, and must meet the bounds in both. That tells how optimistic the search was. */

enum { TUNER_MAX_CONSTRAINTS = 8 };

struct constraint {
    int outcome;
    int upper; /* 1: at most `bound`; 0: at least */
    double bound;
};

/* What counts when candidates are run in several worlds: the mean over worlds, the worst of them, or the largest regret (how
 * far a candidate is from the best finalist in a world). Regret chooses among finalists; the search for them is by the mean. */
enum tuner_criterion { TUNER_MEAN, TUNER_WORST, TUNER_REGRET };

/* How a finalist does over the worlds, on the objective. */
struct tuned_robust {
    double mean, worst, regret; /* regret: the largest over worlds, against the finalists and the study's own regimes */
    int worst_world;            /* design point */
};

struct tuner_options {
    int outcome, maximise; /* the objective, an outcome of the study (study_outcome); maximise 1 or 0 */
    int n_constraints;
    struct constraint constraints[TUNER_MAX_CONSTRAINTS];
    int n_candidates;  /* of the first rung, 256 */
    int n_first;       /* replicates of the first rung, 16 */
    int n_generations; /* of CMA-ES, 20 */
    int n_refine;      /* replicates per candidate in CMA-ES, 128 */
    int n_validate;    /* fresh replicates of the finalists, 500 */
    int n_worlds;      /* 1; more: so many points of the study's design, evenly taken, or all that there are */
    enum tuner_criterion criterion;
    int n_threads;
    const volatile sig_atomic_t *stop;                                /* may be NULL */
    void (*progress)(void *context, const char *stage, double share); /* may be NULL */
    void *progress_context;
};

struct tuner_options tuner_defaults(void);

struct tuned {
    struct space space;
    struct study worlds;         /* the study at the points that are its worlds, owned; zeroed where there is one */
    int *world_points;           /* [n_worlds], points of the study's design, owned */
    struct tuned_robust *robust; /* [fresh.n], from the last luck, owned; NULL with one world */
    struct trials search;        /* all candidates; the study's own regimes come first */
    struct trials fresh;         /* the finalists with fresh luck: the study's regimes, the search's best, the front */
    struct trials again;         /* the same with other luck, which chose nothing but what meets the bounds */
    int *origin;                 /* [fresh.n], which candidate of search a finalist is, owned */
    int n_own;                   /* regimes of the study */
    int best;                    /* of search */
    int winner;                  /* of fresh: and of again: the best finalist, of those that meet the bounds in both */
    int feasible;                /* does the winner meet every constraint in `again`? */
    double searched, validated;  /* the winner's lead over the study's first regime on the objective (difference of
                                   means, positive is better): in the search, and with the last luck */
    double optimism;             /* searched - validated: what choosing the best of many made up */
    int relief;                  /* the outcome that stands for quick relief */
    int n_front;                 /* finalists: all of fresh */
    struct front_option *front;  /* [fresh.n], owned: first is relief, second structural share */
};

/* `study` is borrowed and must outlive `tuned`, which is freed with tuner_free (safe on a zeroed one). */
STATUS_CHECKED dredge_status tuner_run(const struct study *study, const struct space *space,
                                       const struct tuner_options *options, struct tuned *tuned);
void tuner_free(struct tuned *tuned);

/* Candidate `number` of `trials` (fresh or again) beside candidate `against`, on one outcome, by pairs. */
STATUS_CHECKED dredge_status tuner_compare(const struct trials *trials, int number, int against, int outcome,
                                           struct paired *paired);

/* Is parameter `i` of the space at an end of its range for a candidate? -1: the lower, 1: the upper, 0: neither. Better
 * steering may lie beyond. */
int tuner_edge(const struct candidate *candidate, int i);

#endif
