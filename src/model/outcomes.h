/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_OUTCOMES_H
#define MODEL_OUTCOMES_H

#include "base/confidence.h"
#include "model/sectors.h"

/* The names of what a run reports, made from the one table in outcomes.def. A row is one number per run (or month), or
 * one per sector, or one per pair of sectors; each of its numbers is a column. Columns stand in the order of the rows:
 * first those with one number, so that outcome `k` is column `k`. */

enum outcome {
#define OUTCOME(name, ...) OUTCOME_##name,
#include "model/outcomes.def"
#undef OUTCOME
    N_OUTCOMES
};

enum sector_outcome {
#define SECTOR_OUTCOME(name, ...) SECTOR_OUTCOME_##name,
#include "model/outcomes.def"
#undef SECTOR_OUTCOME
    N_SECTOR_OUTCOMES
};

enum pair_outcome {
#define PAIR_OUTCOME(name, ...) PAIR_OUTCOME_##name,
#include "model/outcomes.def"
#undef PAIR_OUTCOME
    N_PAIR_OUTCOMES
};

enum series {
#define SERIES(name, ...) SERIES_##name,
#include "model/outcomes.def"
#undef SERIES
    N_SERIES
};

enum sector_series {
#define SECTOR_SERIES(name, ...) SECTOR_SERIES_##name,
#include "model/outcomes.def"
#undef SECTOR_SERIES
    N_SECTOR_SERIES
};

enum pair_series {
#define PAIR_SERIES(name, ...) PAIR_SERIES_##name,
#include "model/outcomes.def"
#undef PAIR_SERIES
    N_PAIR_SERIES
};

enum {
    N_OUTCOME_ROWS = N_OUTCOMES + N_SECTOR_OUTCOMES + N_PAIR_OUTCOMES,
    N_OUTCOME_COLUMNS = N_OUTCOMES + N_SECTORS * N_SECTOR_OUTCOMES + N_SECTOR_PAIRS * N_PAIR_OUTCOMES,
    N_SERIES_ROWS = N_SERIES + N_SECTOR_SERIES + N_PAIR_SERIES,
    N_SERIES_COLUMNS = N_SERIES + N_SECTORS * N_SECTOR_SERIES + N_SECTOR_PAIRS * N_PAIR_SERIES
};

/* What the numbers of a row belong to. */
enum dimension { DIMENSION_NONE, DIMENSION_SECTOR, DIMENSION_SECTOR_PAIR };

struct outcome_info {
    const char *name, *unit;
    int better;     /* +1 more is better, -1 less is better, 0 neither */
    double matters; /* the smallest difference that matters; 0: 2% of the baseline's mean */
    const char *long_name, *description;
    enum dimension dimension;
};

struct series_info {
    const char *name, *unit;
    int better; /* +1 more is better, -1 less is better, 0 neither */
    double top; /* summaries resolve values in 0 .. top */
    const char *long_name, *description;
    enum dimension dimension;
};

struct column_info {
    const char *name; /* of the row, with its place where it has several: "momentum_end_by_sector[public]" */
    int row, place;   /* place: sector, or pair of sectors */
};

/* Rows: those with one number first, so that outcome (or series) `k` is row `k`. */
extern const struct outcome_info outcome_infos[N_OUTCOME_ROWS];
extern const struct series_info series_infos[N_SERIES_ROWS];

extern const struct column_info outcome_columns[N_OUTCOME_COLUMNS];
extern const struct column_info series_columns[N_SERIES_COLUMNS];

/* Units of what can be negative: sums with weights, and changes ("change, share"). */
#define UNIT_SIGNED "weighted sum"
#define UNIT_CHANGE "change, "

/* What a value can be, by its unit: shares lie in 0 .. 1, all else that a run reports is 0 or more. */
void outcome_bounds(const char *unit, double *low, double *high);

/* What outcome `k` can be when the longest of its runs has so many supported months (0: not known), and which value stands
 * for "there was none": of months the one after the last, of holism 0. Its step and rare are 0. */
struct reach outcome_reach(int outcome, int months);

/* The index of a row with one number by its name, -1 when there is none. */
int outcome_find(const char *name);
int series_find(const char *name);

/* The index of a column by its name, -1 when there is none. */
int outcome_column_find(const char *name);
int series_column_find(const char *name);

/* The column of one place of a row per sector or per pair of sectors. */
static inline int sector_outcome_column(enum sector_outcome row, int sector)
{
    return N_OUTCOMES + (int)row * N_SECTORS + sector;
}

static inline int pair_outcome_column(enum pair_outcome row, int pair)
{
    return N_OUTCOMES + N_SECTOR_OUTCOMES * N_SECTORS + (int)row * N_SECTOR_PAIRS + pair;
}

static inline int sector_series_column(enum sector_series row, int sector)
{
    return N_SERIES + (int)row * N_SECTORS + sector;
}

static inline int pair_series_column(enum pair_series row, int pair)
{
    return N_SERIES + N_SECTOR_SERIES * N_SECTORS + (int)row * N_SECTOR_PAIRS + pair;
}

#endif
