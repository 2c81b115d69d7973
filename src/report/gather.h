/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_GATHER_H
#define REPORT_GATHER_H

#include "analysis/cells.h"
#include "analysis/comparison.h"
#include "analysis/crossover.h"
#include "analysis/discovery.h"
#include "analysis/break_even.h"
#include "analysis/front.h"
#include "analysis/ranking.h"
#include "analysis/sensitivity.h"
#include "report/language.h"
#include "result/results.h"
#include "result/precision.h"

/* Everything that a report shows, gathered in one pass over the outcomes and one over the trajectories. */

enum {
    GATHER_DRIVEN = 6,       /* quantities whose drivers are shown */
    GATHER_COURSES = 6,      /* series that are shown over the whole design */
    GATHER_BANDS = 2,        /* the first of these, whose differences over time are shown: the two yardsticks */
    GATHER_MAX_MONTHS = 160, /* months of a fan; longer trajectories are thinned */
    GATHER_STATISTICS = 6,   /* of a fan: mean, q05, q25, q50, q75, q95 */
    GATHER_LEVELS = 15,      /* most levels of a factor that is drawn level by level: on/off, theories, few numbers */
    GATHER_BINS = 8,         /* other factors are cut into so many bins of equal width */
    GATHER_SECTOR_OUTCOMES = 2, /* outcomes that are shown by sector */
    GATHER_PAIR_OUTCOMES = 2,   /* and by pair of sectors */
    GATHER_AXES = 5             /* most factors that the map may be drawn over */
};

/* What a report shows the drivers of: the paired difference of the headline regime to the baseline on an outcome, or
 * the outcome under the headline regime itself. */
struct gather_driven {
    int outcome, is_difference;
};
extern const struct gather_driven gather_driven[GATHER_DRIVEN];
extern const enum sector_outcome gather_sector_outcomes[GATHER_SECTOR_OUTCOMES];
extern const enum pair_outcome gather_pair_outcomes[GATHER_PAIR_OUTCOMES];
extern const int gather_courses[GATHER_COURSES]; /* enum series */

/* The two yardsticks of a verdict: the lasting result and early relief. */
enum gather_yardstick { GATHER_LASTING, GATHER_EARLY, GATHER_YARDSTICKS };

/* Regimes that the answer is about, -1: there is none. */
struct gather_choice {
    int best, runner_up; /* on the lasting result */
    int early_best;      /* on early relief */
    int against;         /* what the best is held against: the baseline, or the runner-up where that is the best */
    int headline;        /* the one of these two that is not the baseline */
};

struct gather_pair {
    int regime, against;
};

/* A series over the whole design. */
struct course {
    double *mean;       /* [n_regimes][n_months], over the points; owned with the next two */
    double *low, *high; /* the middle half of the replicates, where the study has one point */
    struct band *bands; /* [n_pairs] difference of each pair of regimes; of no months where it is not known; owned */
};

/* A factor as an axis: its levels, or bins of its range. */
struct axis {
    int is_log, is_binned;
    int is_named; /* on/off, or a category: levels have no distance */
    int n;
    double low[GATHER_LEVELS], high[GATHER_LEVELS]; /* of each level; equal unless binned */
    unsigned char *level;                           /* [n_points], owned */
};

/* The map over two factors; of a study with one factor `up` is -1 and there is one row. */
struct map_pair {
    int across, up; /* factors */
    int n_across, n_cells;
    int *n_points; /* [n_cells] design points in each cell, row by row; owned */
    float *values; /* [outcomes of the comparison][n_map_values][n_cells]; owned */
};

/* Under one theory of a design that crosses several. */
struct gather_world {
    enum theory theory;
    int n_points;
    int best;             /* on the lasting result, by means; -1: none */
    struct paired paired; /* headline against baseline on the lasting result */
};

struct gathered {
    const struct results_info *info; /* borrowed */
    struct study study;
    struct precision precision;
    struct comparison comparison;

    struct axis *axes; /* [n_factors]; NULL without a design */
    int *strongest;    /* [n_factors] factors, those that drive the lasting result most first */

    /* The map, over every two of the strongest factors. Values: the mean under each regime; then, for each regime but the
     * baseline, the paired difference, and the two ends of its interval. */
    int n_map_pairs, n_map_values;
    struct map_pair *map_pairs;

    int has_drivers; /* the study has a design, and there are at least two points with values */
    struct sensitivity drivers[GATHER_DRIVEN]; /* of gather_driven */
    struct cell *curves[GATHER_DRIVEN];        /* [n_factors][GATHER_LEVELS]: means by level of each factor; owned */
    int has_discovery[GATHER_YARDSTICKS];
    struct discovery discovery[GATHER_YARDSTICKS]; /* where the headline regime is not better than the baseline */

    /* Headline against baseline; of no pairs of runs where it is not known. */
    struct paired sectors[GATHER_SECTOR_OUTCOMES][N_SECTORS];
    struct paired sector_pairs[GATHER_PAIR_OUTCOMES][N_SECTOR_PAIRS];

    int yardstick[GATHER_YARDSTICKS];           /* outcomes: structural share; symptom in year 3, or the burden where
                                                   the horizon is shorter */
    struct ranking rankings[GATHER_YARDSTICKS]; /* of the regimes on both */
    struct gather_choice choice;
    struct break_even break_even; /* best on the lasting result against best on early relief */
    int n_worlds;
    struct gather_world *worlds; /* [n_worlds], none when the theory is no factor */
    struct front_option *front;  /* [n_regimes], early relief and structural share */

    int n_fan_points, n_fan_months;
    int *fan_points, *fan_months; /* [n_fan_points], months counted from 0 [n_fan_months] */
    float *fans;                  /* [n_fan_points][N_SERIES][n_regimes][GATHER_STATISTICS][n_fan_months] */

    int n_pairs;
    struct gather_pair *pairs; /* [n_pairs]: every regime against the baseline, then the best against others */
    struct course courses[GATHER_COURSES]; /* empty without trajectories */
};

/* Freed with gather_free, safe on a zeroed one. */
STATUS_CHECKED dredge_status gather_results(struct results *results, int baseline, struct gathered *gathered);
void gather_free(struct gathered *gathered);

/* ---- the parts, in files of their own ---- */

/* The factors as axes; once the drivers of the lasting result are known, the map; then its values, by outcome. */
STATUS_CHECKED dredge_status gather_axes(struct gathered *gathered);
STATUS_CHECKED dredge_status gather_map_begin(struct gathered *gathered);
STATUS_CHECKED dredge_status gather_map_outcome(struct gathered *gathered, int outcome, const double *values);
void gather_free_map(struct gathered *gathered);
STATUS_CHECKED dredge_status gather_sectors(struct results *results, struct gathered *gathered);
/* The means of a panel by level of each factor. */
STATUS_CHECKED dredge_status gather_curves(struct gathered *gathered, int driven, const struct panel *panel);
STATUS_CHECKED dredge_status gather_fans(struct results *results, struct gathered *gathered);

/* Statistics of every month over complete runs [n_replicates][n_months], as in summaries: out[N_STATISTICS][n_months]. */
STATUS_CHECKED dredge_status gather_statistics(int n_replicates, int n_months, const float *runs, float *out);

/* The pairs whose differences over time are wanted, once it is known which regimes the answer is about. */
STATUS_CHECKED dredge_status gather_choose_pairs(struct gathered *gathered);
STATUS_CHECKED dredge_status gather_all_courses(struct results *results, struct gathered *gathered);
void gather_free_courses(struct gathered *gathered);

/* The index of the pair of two regimes, -1 when there is none; *turned is -1 when it is `against` minus `regime`. */
int gather_pair_find(const struct gathered *gathered, int regime, int against, int *turned);

/* Takes one outcome into the rankings, choice and worlds; gather_close_choice ends them. */
STATUS_CHECKED dredge_status gather_choice_outcome(struct gathered *gathered, int outcome, const double *values);
STATUS_CHECKED dredge_status gather_close_choice(struct gathered *gathered, const double *lasting, const double *early);
void gather_free_choice(struct gathered *gathered);

#endif
