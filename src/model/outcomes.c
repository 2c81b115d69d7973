/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/outcomes.h"

#include <math.h>
#include <string.h>

const char *const sector_names[N_SECTORS] = {"public", "private", "nonprofit", "knowledge"};

const char *const sector_pair_names[N_SECTOR_PAIRS] = {
    "public-public",     "public-private",    "public-nonprofit",    "public-knowledge",    "private-private",
    "private-nonprofit", "private-knowledge", "nonprofit-nonprofit", "nonprofit-knowledge", "knowledge-knowledge",
};

const struct outcome_info outcome_infos[N_OUTCOME_ROWS] = {
#define OUTCOME(name, unit, better, matters, long_name, description)                                                   \
    {#name, unit, better, matters, long_name, description, DIMENSION_NONE},
#define SECTOR_OUTCOME(name, unit, better, matters, long_name, description)                                            \
    {#name, unit, better, matters, long_name, description, DIMENSION_SECTOR},
#define PAIR_OUTCOME(name, unit, better, matters, long_name, description)                                              \
    {#name, unit, better, matters, long_name, description, DIMENSION_SECTOR_PAIR},
#include "model/outcomes.def"
#undef OUTCOME
#undef SECTOR_OUTCOME
#undef PAIR_OUTCOME
};

const struct series_info series_infos[N_SERIES_ROWS] = {
#define SERIES(name, unit, better, top, long_name, description)                                                        \
    {#name, unit, better, top, long_name, description, DIMENSION_NONE},
#define SECTOR_SERIES(name, unit, better, top, long_name, description)                                                 \
    {#name, unit, better, top, long_name, description, DIMENSION_SECTOR},
#define PAIR_SERIES(name, unit, better, top, long_name, description)                                                   \
    {#name, unit, better, top, long_name, description, DIMENSION_SECTOR_PAIR},
#include "model/outcomes.def"
#undef SERIES
#undef SECTOR_SERIES
#undef PAIR_SERIES
};

/* The columns of a row of each kind. */
#define ONE(name, row) {name, row, 0},
#define BY_SECTOR(name, row)                                                                                           \
    {name "[public]", row, SECTOR_PUBLIC}, {name "[private]", row, SECTOR_PRIVATE},                                    \
        {name "[nonprofit]", row, SECTOR_NONPROFIT}, {name "[knowledge]", row, SECTOR_KNOWLEDGE},
#define BY_PAIR(name, row)                                                                                             \
    {name "[public-public]", row, 0}, {name "[public-private]", row, 1}, {name "[public-nonprofit]", row, 2},          \
        {name "[public-knowledge]", row, 3}, {name "[private-private]", row, 4}, {name "[private-nonprofit]", row, 5}, \
        {name "[private-knowledge]", row, 6}, {name "[nonprofit-nonprofit]", row, 7},                                  \
        {name "[nonprofit-knowledge]", row, 8}, {name "[knowledge-knowledge]", row, 9},

const struct column_info outcome_columns[N_OUTCOME_COLUMNS] = {
#define OUTCOME(name, ...) ONE(#name, OUTCOME_##name)
#define SECTOR_OUTCOME(name, ...) BY_SECTOR(#name, N_OUTCOMES + SECTOR_OUTCOME_##name)
#define PAIR_OUTCOME(name, ...) BY_PAIR(#name, N_OUTCOMES + N_SECTOR_OUTCOMES + PAIR_OUTCOME_##name)
#include "model/outcomes.def"
#undef OUTCOME
#undef SECTOR_OUTCOME
#undef PAIR_OUTCOME
};

const struct column_info series_columns[N_SERIES_COLUMNS] = {
#define SERIES(name, ...) ONE(#name, SERIES_##name)
#define SECTOR_SERIES(name, ...) BY_SECTOR(#name, N_SERIES + SECTOR_SERIES_##name)
#define PAIR_SERIES(name, ...) BY_PAIR(#name, N_SERIES + N_SECTOR_SERIES + PAIR_SERIES_##name)
#include "model/outcomes.def"
#undef SERIES
#undef SECTOR_SERIES
#undef PAIR_SERIES
};

static int find(const char *name, int n, const struct column_info *columns)
{
    for (int column = 0; column < n; column++) {
        if (strcmp(columns[column].name, name) == 0) {
            return column;
        }
    }
    return -1;
}

void outcome_bounds(const char *unit, double *low, double *high)
{
    *low = strcmp(unit, UNIT_SIGNED) == 0 || strncmp(unit, UNIT_CHANGE, sizeof UNIT_CHANGE - 1) == 0 ? -(double)INFINITY
                                                                                                     : 0;
    *high = strcmp(unit, "share") == 0 ? 1 : (double)INFINITY;
}

struct reach outcome_reach(int outcome, int months)
{
    if (outcome >= N_OUTCOMES) { /* of the study: it may be anything */
        return (struct reach){.low = -(double)INFINITY, .high = (double)INFINITY};
    }
    const char *unit = outcome_infos[outcome].unit;
    struct reach reach = {0};
    outcome_bounds(unit, &reach.low, &reach.high);
    if (strcmp(unit, "months") == 0 && months > 0) {
        reach = (struct reach){.low = 1, .high = months + 1.0, .has_none = 1, .none = months + 1.0};
    }
    reach.has_none |= outcome == OUTCOME_holism;
    return reach;
}

int outcome_find(const char *name)
{
    return find(name, N_OUTCOMES, outcome_columns);
}

int series_find(const char *name)
{
    return find(name, N_SERIES, series_columns);
}

int outcome_column_find(const char *name)
{
    return find(name, N_OUTCOME_COLUMNS, outcome_columns);
}

int series_column_find(const char *name)
{
    return find(name, N_SERIES_COLUMNS, series_columns);
}
