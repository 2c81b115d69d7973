/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ANALYSIS_COMPARISON_H
#define ANALYSIS_COMPARISON_H

#include "analysis/doubt.h"
#include "analysis/paired.h"
#include "analysis/robustness.h"
#include "analysis/spread.h"
#include "model/outcomes.h"
#include "model/theory.h"
#include "result/results.h"

/* Every outcome of every regime, beside the baseline. */

/* How far a run must get, of outcomes that are shares, to count as reaching; when nothing else is asked. */
#define COMPARISON_AT_LEAST 0.5

struct comparison_cell {
    struct estimate mean;                /* over all its own runs */
    struct spread spread;                /* the same runs */
    struct paired paired;                /* to the baseline; of the baseline itself: all ties */
    struct estimate reaching;            /* share of runs that get to `at_least`; NaN for outcomes that are no share */
    struct paired reaching_paired;       /* the same beside the baseline, by pairs */
    double ratio;                        /* of a ratio that some runs lack: ratio of sums over all runs; else NaN */
    struct robustness robustness;        /* over design points; NaN for outcomes without a better side */
    int n_points_better, n_points_worse; /* points where the difference to the baseline is clear */
};

/* An outcome that is compared: of this program's table, or one that only the results know, by their catalogue. */
struct comparison_row {
    char name[64], unit[64];
    int better;
    double matters; /* by the table, 0: 2% of the baseline's mean */
    double own;     /* as the study says it; NaN: by the table */
    struct reach reach;
};

struct comparison {
    int n_points, n_regimes, baseline;
    int n_outcomes;             /* N_OUTCOMES, and those that only the results know; row k is outcome k of the table */
    struct comparison_row *row; /* [n_outcomes], owned */
    int months;                 /* supported months, the most of any point; 0 where the study is not known */
    double confidence, at_least;
    int is_brief; /* 1: who adds outcomes does without `spread`, `reaching` and `reaching_paired`, which stay zero */
    double *requirement; /* [n_outcomes], of Starr's criterion: the mean of the baseline over all points, owned */
    struct comparison_cell *cells; /* [n_outcomes][n_regimes], owned */
    int n_theories;                /* theories among the points of a posterior; 0 where it holds none */
    unsigned char *under;          /* [N_THEORIES][n_points], 1 where a point has the theory, owned */
    struct doubt
        *doubts; /* [n_outcomes][n_regimes][1 + N_THEORIES], owned: of all points, and under each theory; NULL unless
                             the design is a posterior */
};

/* An empty comparison of the results' regimes, for comparison_add and comparison_end; freed with comparison_free, safe on
 * a zeroed one. `study` is what was run (NULL: not known), of which months and what matters are taken. */
STATUS_CHECKED dredge_status comparison_begin(const struct results_info *info, const struct study *study, int baseline,
                                              double confidence, double at_least, struct comparison *comparison);

/* Compares one outcome from its values, [n_points][n_regimes][n_replicates]. */
STATUS_CHECKED dredge_status comparison_add(struct comparison *comparison, int outcome, int n_replicates,
                                            const double *values);

/* Once all outcomes are added: which differences hold when all are looked at together, and ratios over all runs. */
STATUS_CHECKED dredge_status comparison_end(struct comparison *comparison, struct results *results);

/* Marks what holds when all outcomes of a regime are looked at together; part of comparison_end. */
STATUS_CHECKED dredge_status comparison_holm(struct comparison *comparison);

/* All of it: reads and compares every outcome of this program and of the results; what they lack is NaN. */
STATUS_CHECKED dredge_status comparison_read(struct results *results, int baseline, double confidence, double at_least,
                                             struct comparison *comparison);
void comparison_free(struct comparison *comparison);

const struct comparison_cell *comparison_cell(const struct comparison *comparison, int outcome, int regime);

/* Do some of the runs lack this outcome? */
int comparison_lacks(const struct comparison *comparison, int outcome);

/* The mean to stand beside the difference to the baseline: of the pairs, as that is; of all runs where there is none. */
double comparison_mean(const struct comparison_cell *cell, int is_baseline);

/* How sure the difference to the baseline is over a posterior, under one theory (-1: all); NULL for other designs and of the
 * baseline itself. Under a theory that no point has, n_points is 0. */
const struct doubt *comparison_doubt(const struct comparison *comparison, int outcome, int regime, int theory);

/* The smallest difference that matters: `own`, what the study says, or where that is NaN what the table says; `baseline` is
 * the baseline's mean. */
double comparison_matters(double table, double own, double baseline);

/* The index of the regime with this name, -1 when there is none. */
int comparison_regime(const struct results_info *info, const char *name);

#endif
