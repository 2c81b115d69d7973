/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state.h"

#include <string.h>

#include "testing.h"

/* [n_rows][LANES] of 4 bytes each */
static void rows(const char *name, int n_rows, const void *one, int a, const void *other, int b)
{
    const char *x = one;
    const char *y = other;
    for (int row = 0; row < n_rows; row++) {
        if (memcmp(x + 4 * (row * LANES + a), y + 4 * (row * LANES + b), 4) != 0) {
            fail_msg("row %d of %s differs between lanes %d and %d", row, name, a, b);
        }
    }
}

#define ROWS(field, n) rows(#field, n, one->field, a, other->field, b)
#define ROW(field) rows(#field, 1, &one->field, a, &other->field, b)

static void totals(const struct totals *one, int a, const struct totals *other, int b)
{
    ROW(process);
    ROW(pressure);
    ROW(symptom);
    ROW(relevance);
    ROW(symptom_year3);
    ROW(quick);
    ROW(paper);
    ROWS(found, N_SOURCES);
    ROWS(turnover, N_SECTORS);
    ROWS(withdrawals, N_SECTORS);
    ROW(escalations);
    ROW(person_months);
    ROW(first_win);
    ROW(first_layer);
    ROW(first_cause);
    ROWS(learning, N_SECTOR_PAIRS);
    ROW(addressed_end);
    ROW(solved_end);
}

static void collaboration(const struct block *one, int a, const struct block *other, int b)
{
    ROW(symptom);
    ROW(n_diagnosed);
    ROW(n_addressed);
    ROW(n_solved);
    ROW(commitment);
    ROW(skill);
    ROW(pressure);
    ROW(budget);
    ROW(relevance);
    ROW(fatigue);
    ROW(wins);
    ROW(counted_since);
    ROW(structural_since);
    ROW(formation);
    ROW(alive);
    ROW(goes_on);
    ROW(failed);
    ROW(mean_trust);
    ROW(mean_latent);
    ROW(mean_open);
    ROW(mean_unexplored);
    ROW(mean_momentum);
    ROW(n_inside);
}

void state_assert_lane(const struct block *one, int a, const struct block *other, int b,
                       const struct scenario *scenario)
{
    int n_ties = scenario->plan.n_ties;
    int n_seats = scenario->plan.n_seats;
    int causes = scenario->rates.causes;
    ROWS(trust, n_ties);
    ROWS(latent, n_ties);
    ROWS(open, n_ties);
    ROWS(unexplored, n_ties);
    for (int axis = 0; axis < N_AXES; axis++) {
        ROWS(frame[axis], n_seats);
        ROWS(position[axis], n_seats);
    }
    ROWS(momentum, n_seats);
    ROWS(inside, n_seats);
    ROWS(standing, n_seats);
    ROWS(appreciation, n_seats);
    ROWS(diagnosed, causes);
    ROWS(addressed, causes);
    for (int layer = 0; layer < causes * scenario->rates.layers; layer++) {
        assert_int_equal(one->owner[layer][a], other->owner[layer][b]);
    }
    collaboration(one, a, other, b);
    totals(&one->totals, a, &other->totals, b);
}

void state_assert_block(const struct block *one, const struct block *other, const struct scenario *scenario)
{
    assert_int_equal(one->n_lanes, other->n_lanes);
    for (int lane = 0; lane < one->n_lanes; lane++) {
        state_assert_lane(one, lane, other, lane, scenario);
    }
}
