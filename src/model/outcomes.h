/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_OUTCOMES_H
#define MODEL_OUTCOMES_H

/* The names of what a run reports, made from the one table in outcomes.def. */

enum outcome {
#define OUTCOME(name, ...) OUTCOME_##name,
#include "model/outcomes.def"
#undef OUTCOME
    N_OUTCOMES
};

enum series {
#define SERIES(name, ...) SERIES_##name,
#include "model/outcomes.def"
#undef SERIES
    N_SERIES
};

struct outcome_info {
    const char *name, *unit;
    int better; /* +1 more is better, -1 less is better, 0 neither */
    const char *long_name, *description;
};

struct series_info {
    const char *name, *unit;
    double top; /* summaries resolve values in 0 .. top */
    const char *long_name, *description;
};

extern const struct outcome_info outcome_infos[N_OUTCOMES];
extern const struct series_info series_infos[N_SERIES];

/* The index of a name, -1 when there is none. */
int outcome_find(const char *name);
int series_find(const char *name);

#endif
