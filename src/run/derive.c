/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/derive.h"

#include <math.h>

/* The place of a column of a run in the parcel. */
static double *place_of(const struct job *job, int column, int regime, int replicate)
{
    const struct parcel *parcel = &job->parcel;
    size_t row = (size_t)column * (size_t)parcel->n_regimes + (size_t)regime;
    return &parcel->outcomes[row * (size_t)parcel->span.n_replicates + (size_t)replicate];
}

/* What a euro of a month is worth at the start: (1 + discount)^(-month / 12), as whole years and twelfth roots. */
static double present_value(double discount, int month)
{
    double yearly = 1 / (1 + discount), monthly = 1, value = 1;
    for (int step = 0; step < 60; step++) { /* Newton's; the root is near 1 */
        double power = 1;
        for (int k = 0; k < 11; k++) {
            power *= monthly;
        }
        monthly -= (power * monthly - yearly) / (12 * power);
    }
    for (int year = 0; year < month / 12; year++) {
        value *= yearly;
    }
    for (int rest = 0; rest < month % 12; rest++) {
        value *= monthly;
    }
    return value;
}

int derive_sees(const struct job *job, int month)
{
    int sees = 0;
    for (int own = 0; own < job->n_derived; own++) {
        sees |= derived_sees(&job->derived[own], month);
    }
    return sees;
}

static struct derived_month month_of(const struct derived *derived, int month, double seats, double lived)
{
    double present = derived->kind == DERIVED_COST ? present_value(derived->costs.discount, month) : 1;
    return (struct derived_month){.month = month, .seats = seats, .lived = lived, .present = present};
}

void derive_block(struct job *job, int regime, int first, int n_lanes, int month, const struct work *work)
{
    for (int own = 0; own < job->n_derived; own++) {
        const struct derived *derived = &job->derived[own];
        if (!derived_sees(derived, month)) {
            continue;
        }
        struct derived_month now = month_of(derived, month, 0, 0);
        double *carried = place_of(job, N_OUTCOME_COLUMNS + own, regime, first);
        for (int lane = 0; lane < n_lanes; lane++) {
            now.seats = (double)work->seats[lane];
            now.lived = work->lived[lane];
            carried[lane] = derived_carry(derived, &now, (double)work->series[derived->series][lane], carried[lane]);
        }
    }
}

void derive_world(struct job *job, int regime, int replicate, int month, const struct world *world)
{
    for (int own = 0; own < job->n_derived; own++) {
        const struct derived *derived = &job->derived[own];
        if (derived_sees(derived, month)) {
            struct derived_month now = month_of(derived, month, world->seats, world->lived);
            double *carried = place_of(job, N_OUTCOME_COLUMNS + own, regime, replicate);
            *carried = derived_carry(derived, &now, (double)world->series[derived->series], *carried);
        }
    }
}

void derive_end(struct job *job, int regime, int replicate)
{
    const struct parameters *p = &job->scenario->parameters;
    int is_sound =
        job->parcel.status[(size_t)regime * (size_t)job->parcel.span.n_replicates + (size_t)replicate] == RUN_DONE;
    for (int own = 0; own < job->n_derived; own++) {
        const struct derived *derived = &job->derived[own];
        double *value = place_of(job, N_OUTCOME_COLUMNS + own, regime, replicate);
        if (!is_sound || derived->to > p->months + p->aftercare_months) { /* failed, or shorter than that */
            *value = (double)NAN;
        } else if (derived->kind == DERIVED_FIRST_MONTH && isnan(*value)) {
            *value = p->months + p->aftercare_months + 1.0;
        } else if (derived->kind == DERIVED_WEIGHTS) {
            *value = 0;
            for (int term = 0; term < derived->n_terms; term++) {
                *value += derived->terms[term].weight *
                          *place_of(job, study_outcome_column(derived->terms[term].outcome), regime, replicate);
            }
        }
    }
}
