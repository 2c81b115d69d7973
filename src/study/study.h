/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "model/act.h"
#include "model/derived.h"
#include "model/parameters.h"
#include "model/regime.h"
#include "model/roster.h"
#include "model/theory.h"

/* A study: what one YAML file asks for, checked and complete. */

enum design_method {
    DESIGN_NONE, /* one design point, no factors */
    DESIGN_GRID,
    DESIGN_LIST,
    DESIGN_LATIN_HYPERCUBE,
    DESIGN_SOBOL,
    DESIGN_MORRIS,   /* trajectory-major: points = trajectories * (n_factors + 1) */
    DESIGN_SALTELLI, /* base-major: per base row A, B, AB_1..AB_k, BA_1..BA_k; points = n_rows * (2 k + 2), where k counts
                        groups and the factors in none (study/design.h) */
    DESIGN_POSTERIOR /* particles of a calibration, equally likely; otherwise as a list */
};

enum trajectories { TRAJECTORIES_SUMMARY, TRAJECTORIES_RUNS, TRAJECTORIES_NONE };

enum { STUDY_KEY_BYTES = 128, STUDY_MAX_REPLICATES = 10000000 };

enum factor_target {
    FACTOR_PARAMETER, /* parameter `index` */
    FACTOR_THEORY,    /* the theory; values are its numbers in theory_infos */
    FACTOR_STEERING,  /* steering parameter `index` of regime `regime`, in phase `phase`, or in all where that is -1 */
    FACTOR_FROM,      /* the month in which phase `phase` of regime `regime` begins */
    FACTOR_WEIGHT,    /* the weight of part `index` of mixture `mixture` */
    FACTOR_WHEN,      /* the month of event `event` */
    FACTOR_ACT /* the value of act `index` of the study, one of event `event`; it is of `kind` and about `what` */
};

/* How the values of a factor are spread between low and high by the sampled methods. */
enum distribution {
    DISTRIBUTION_UNIFORM,
    DISTRIBUTION_LOG,        /* uniform in the logarithm */
    DISTRIBUTION_BETA,       /* shape: a, b; stretched over low .. high */
    DISTRIBUTION_NORMAL,     /* shape: mean, standard deviation; cut off at low and high, like those below */
    DISTRIBUTION_TRIANGULAR, /* shape: lowest, mode, highest */
    DISTRIBUTION_LOGNORMAL   /* shape: median, standard deviation of the logarithm */
};

struct factor {
    char key[STUDY_KEY_BYTES];   /* "funder.target", "model.gen_work", "theory", "regimes.iterative.base" */
    char group[STUDY_KEY_BYTES]; /* saltelli: factors with the same name here move together; "": alone */
    enum factor_target target;
    int regime, phase, mixture, index;
    int event, what;
    enum act_kind kind;
    double low, high; /* sampled methods */
    enum distribution distribution;
    double shape[3];
    int n_values;   /* grid and list: the given values; sampled methods: the categories, 0 for low .. high */
    double *values; /* [n_values], owned */
};

enum { WHERE_MAX_COMPARISONS = 16 };

enum where_comparison { WHERE_BELOW, WHERE_AT_MOST, WHERE_ABOVE, WHERE_AT_LEAST, WHERE_EQUAL, WHERE_NOT_EQUAL };

/* A term of a comparison: sign times the value of a factor (not -1), of a parameter (not -1) or a number. */
struct where_term {
    double sign, number;
    int comparison, factor, parameter;
};

/* Comparisons that all must hold: the sum of the terms of each with 0 (study/where.h). */
struct where {
    int n_comparisons, n_terms; /* 0 without a condition */
    enum where_comparison comparisons[WHERE_MAX_COMPARISONS];
    struct where_term *terms; /* [n_terms], owned */
};

struct design {
    enum design_method method;
    uint64_t seed; /* of the sampled points */
    struct {
        int points, trajectories, levels, bases, scrambles;
    } asked;                /* the sizes that the study asks for; what its method does with them stands in n_rows */
    struct where where;     /* which points are kept */
    int n_points;           /* >= 1 */
    int n_factors;          /* 0 without a design */
    struct factor *factors; /* [n_factors], owned */
    double *values;         /* [n_points][n_factors], owned: the factor values of every point */
    int n_rows;             /* morris: trajectories; saltelli: bases of all scrambles; otherwise the points asked for */
    int n_scrambles;        /* saltelli: how often the bases are scrambled anew, each as many rows; otherwise 0 */
    int n_levels;           /* morris: levels of the grid of each factor, even; otherwise 0 */
};

struct replication {
    int min, max; /* runs per point and regime; equal when fixed */
    int outcome; /* number of the outcome watched by the stopping rule (study_outcome), or -1 when the number is fixed */
    double half_width; /* of the confidence interval of each paired difference to the baseline */
    double confidence; /* 0.95 */
};

enum { MIXTURE_MAX_PARTS = 64 };

/* A phase of a regime that starts from a weighted mean of others; kept, as its weights may vary. */
struct mixture {
    int regime, phase;
    int n_parts;
    struct mixture_part {
        char name[REGIME_NAME_BYTES];
        double weight;
        struct steering steering;
    } * parts;                       /* [n_parts], owned; weights sum to 1 */
    unsigned char given[N_STEERING]; /* 1 where a steering key stands beside the mean */
    struct steering beside;          /* with these values */
};

enum { EVENT_NAME_BYTES = 64, EVENTS_MAX = 10000 };

/* Something that happens to all regimes alike: its acts are some of the study's, one after the other. */
struct event {
    char name[EVENT_NAME_BYTES];
    int month; /* counted from 1 */
    int first_act, n_acts;
};

/* The smallest difference of an outcome that matters, where the study says other than the table of outcomes. */
struct matter {
    char outcome[STUDY_KEY_BYTES];
    double value; /* 0: any difference matters */
};

/* What reports print instead of a name. */
struct study_label {
    char *name, *language, *words; /* owned; language "": all */
};

struct calibration; /* study/calibration.h */

struct study {
    char *file;             /* name for messages, owned */
    char *text;             /* the YAML text as read, owned */
    char *overrides;        /* KEY=VALUE lines applied on top of the text, "" when none, owned */
    char *title, *question; /* owned, "" when absent */
    enum scale scale;
    enum theory theory;
    uint64_t seed;
    struct replication replication;
    struct parameters parameters;        /* complete; the values before a design point changes them */
    unsigned char given[N_PARAMETERS];   /* 1 where the study sets a parameter itself */
    int organisations_follow[N_SECTORS]; /* organisations left at their default: as many as seats, at every point */
    int n_regimes;
    struct regime *regimes; /* [n_regimes], owned; [0] is the baseline of comparisons */
    char **regime_texts;    /* [n_regimes], each as YAML in one line, owned */
    int n_labels;
    struct study_label *labels; /* [n_labels], owned */
    int n_mixtures;
    struct mixture *mixtures; /* [n_mixtures], owned */
    struct roster roster;     /* who sits, where members are named */
    int n_events, n_acts;
    struct event *events; /* [n_events], in the order of the file, owned */
    struct act *acts;     /* [n_acts], of all events, in the same order, owned */
    struct costs costs;
    int n_derived;
    struct derived *derived; /* [n_derived], owned; outcomes number N_OUTCOMES and on */
    struct design design;
    const uint64_t *point_seeds; /* [points], luck of each design point, borrowed; NULL: all share that of `seed` */
    int n_matters;
    struct matter *matters;          /* [n_matters], owned; no part of what determines results */
    struct calibration *calibration; /* owned; NULL without */
    enum trajectories trajectories;
    int every;     /* months between samples of trajectories */
    int by_sector; /* trajectories by sector and by pair of sectors, too */
    int counts;    /* results files keep the counts behind summaries */
    int horizon;   /* months + aftercare_months, the longest over the points */
};

/* Reads and checks the study in file `path` ("-" is not special), or in `text` (`n_bytes` long, not necessarily
 * terminated; `file` is its name in messages). `overrides` are `n_overrides` strings "KEY=VALUE" that replace values.
 * On success fills `study`, which the caller frees with study_free. All mistakes of the study are collected, one line
 * each (at most 100, in order of lines), into the status message: DREDGE_STUDY. DREDGE_FILE when the file cannot be
 * read. A study that failed to read is left zeroed. */
STATUS_CHECKED dredge_status study_read(const char *path, int n_overrides, const char *const *overrides,
                                        struct study *study);
STATUS_CHECKED dredge_status study_parse(const char *file, const char *text, size_t n_bytes, int n_overrides,
                                         const char *const *overrides, struct study *study);

/* Frees what the study owns and zeroes it; safe on a zeroed study. */
void study_free(struct study *study);

/* The parameters (complete) and the regimes ([n_regimes], the caller's array) of design point `point`. When the point
 * is an impossible combination, writes the sentence to `sentence` and returns DREDGE_STUDY without recording it: such
 * runs fail, the others go on. */
dredge_status study_point(const struct study *study, int point, struct parameters *parameters, struct regime *regimes,
                          size_t sentence_bytes, char *sentence);

/* The seed of a design point's luck. */
uint64_t study_point_seed(const struct study *study, int point);

/* The acts ([n_acts], the caller's array) at design point `point`: those of the study with the values of its factors. */
void study_acts(const struct study *study, int point, struct act *acts);

/* The words for a name ("title", "question", a regime, an outcome, a factor) in a language ("en"); NULL when the study has
 * none. */
const char *study_label(const struct study *study, const char *name, const char *language);

/* The smallest difference of this outcome that matters, as the study says it; NaN where it does not. */
double study_matters(const struct study *study, const char *outcome);

/* The supported months, the most of any point. */
int study_months(const struct study *study);

/* The horizon, in months, found from the points: the longest of any. */
int study_horizon(const struct study *study);

/* Number of sampled months of a trajectory: every `every`-th month of months + aftercare_months, the last one of each
 * step (month every-1, 2*every-1, ...). The horizon may be a factor: this is the longest over the points. */
int study_n_samples(const struct study *study);

/* The number of the study's regime `name`, -1 when it has none; and the regime of this name, the study's own or else a
 * built-in one (returns 0 when there is none). */
int study_regime(const struct study *study, const char *name);
int study_regime_named(const struct study *study, const char *name, struct regime *regime);

/* DREDGE_USAGE: no regime is called `name`; with the nearest that the study has, or that is built in where these are taken, too. */
dredge_status study_refuse_regime(const struct study *study, const char *name, int takes_built_in);

/* Outcomes of one number: those of the table, then the study's own. How many there are; the number of a name, -1 when there is
 * none; the name of a number and what is known of it, whose texts are the study's; its column among those of a run. */
int study_n_outcomes(const struct study *study);
int study_outcome(const struct study *study, const char *name);
const char *study_outcome_name(const struct study *study, int outcome);
struct outcome_info study_outcome_info(const struct study *study, int outcome);
int study_outcome_column(int outcome);

/* The column of a name, which may also be one with a place ("momentum_end_by_sector[public]"), -1 when there is none. */
int study_outcome_column_find(const struct study *study, const char *name);

/* Do two outcomes that studies derive come to the same? */
int derived_are_same(const struct derived *a, const struct derived *b);

/* Numbers that a run gives. */
int study_n_outcome_columns(const struct study *study);

/* Number of series of a trajectory: columns of the table of series, the first ones (model/outcomes.h). */
int study_n_series(const struct study *study);

/* 128 bits over everything that determines the results (not titles, comments, paths), as 32 hexadecimal digits. Two
 * studies with equal digests have equal results files. */
void study_digest(const struct study *study, char digest[33]);

/* The same over every value of every parameter and steering at every design point, whatever it came from. */
STATUS_CHECKED dredge_status study_design_digest(const struct study *study, char digest[33]);

#endif
