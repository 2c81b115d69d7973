/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "setup.h"
#include "base/stream.h"
#include "engine/outcomes.h"
#include "engine/world.h"

/* What holds in every month of any study: ranges, l + q <= 1, addressed <= diagnosed <= layers, two at the table at
 * least, the ended stay ended, outcomes within their ranges. Random studies with a fixed seed; a failure names its
 * number, and CASE=number in the environment runs that one alone. Corners are far from any sensible study: every number is
 * finite and in its range there, too, and frames stay in their hull. */

enum { STUDIES = 300, CORNERS = 300, WORLDS = 25, MONTHS = 24, AFTERCARE = 4 };

/* Numbers for making studies: uniform in (0, 1), one after the other. */
struct chooser {
    uint32_t number, n;
    int only_ends; /* reals: one end of the range or the other */
};

static double uniform(struct chooser *chooser)
{
    struct stream_address address = {20220101, chooser->number, 0xff0, 0, 0, chooser->n / 4};
    uint32_t words[4];
    stream_words(&address, words);
    return (double)stream_uniform(words[chooser->n++ % 4]);
}

static int whole(struct chooser *chooser, int low, int high)
{
    return low + (int)(uniform(chooser) * (high - low + 1));
}

/* Mostly from a quarter to four times the default, sometimes anywhere in the range, sometimes an end of it. */
static double value_of(struct chooser *chooser, double standard, double low, double high)
{
    double kind = uniform(chooser);
    double u = uniform(chooser);
    double value = standard * pow(4, 2 * u - 1);
    if (kind < 0.1 || chooser->only_ends) {
        value = u < 0.5 ? low : high;
    } else if (kind < 0.25 || standard == 0) {
        value = low + u * (high - low);
    }
    return fmin(fmax(value, low), high);
}

static void random_parameters(struct chooser *chooser, struct setup *setup)
{
    for (int index = 0; index < n_parameters; index++) {
        const struct parameter_info *info = &parameter_infos[index];
        if (info->type == PARAMETER_FLAG) {
            parameter_set(&setup->parameters, index, uniform(chooser) < 0.5);
        } else if (info->type == PARAMETER_REAL) {
            parameter_set(&setup->parameters, index, value_of(chooser, info->default_value, info->low, info->high));
        }
    }
    setup_set(setup, "months", MONTHS);
    setup_set(setup, "aftercare_months", AFTERCARE);
    int causes = uniform(chooser) < 0.05 ? 64 : whole(chooser, 1, 8);
    setup_set(setup, "problem.causes", causes);
    setup_set(setup, "problem.layers", uniform(chooser) < 0.05 ? 32 : whole(chooser, 1, 6));
    setup_set(setup, "problem.coupling", whole(chooser, 0, causes - 1));
    setup_set(setup, "funder.review_months", whole(chooser, 1, 15));
    for (int sector = 0; sector < N_SECTORS; sector++) {
        setup->parameters.sector[sector].inside = whole(chooser, 0, 3);
        setup->parameters.sector[sector].outside = whole(chooser, 0, 2);
    }
    setup->parameters.sector[SECTOR_PRIVATE].inside += 2; /* a table needs two */
}

static void random_regime(struct chooser *chooser, struct setup *setup)
{
    (void)setup_regime(setup, regime_infos[whole(chooser, 0, n_regime_infos - 1)].name);
    struct regime *regime = &setup->regimes[setup->n_regimes - 1];
    regime->n_phases = whole(chooser, 1, 3);
    for (int phase = 0; phase < regime->n_phases; phase++) {
        regime->phase[phase].from = phase * whole(chooser, 1, 8);
        regime->phase[phase].from += phase == 2 ? 8 : 0;
        for (int index = 0; index < n_steering; index++) {
            const struct steering_info *info = &steering_infos[index];
            double high = fmin(info->high, 24);
            double value = uniform(chooser) < 0.3 ? steering_get(&regime_infos[0].steering, index)
                                                  : value_of(chooser, info->default_value, info->low, high);
            steering_set(&regime->phase[phase].steering, index, value);
        }
    }
}

static void random_setup(struct chooser *chooser, struct setup *setup)
{
    setup_begin(setup, chooser->number);
    random_parameters(chooser, setup);
    random_regime(chooser, setup);
    random_regime(chooser, setup);
}

static void check_block(const struct block *block, const struct scenario *scenario, int number, int month)
{
    char sentence[128];
    if (!block_verify(block, scenario, sizeof sentence, sentence)) {
        fail_msg("case %d, month %d: %s", number, month, sentence);
    }
}

/* Series in 0 .. 1 where they are shares, else at least 0; all finite. */
static void check_series(const float *series, size_t stride, int number, int month)
{
    for (int k = 0; k < N_SERIES; k++) {
        double value = (double)series[(size_t)k * stride];
        double top = series_infos[k].top == 1 ? 1.000001 : 1e9;
        if (!(value >= 0 && value <= top)) {
            fail_msg("case %d, month %d: %s is %g", number, month, series_infos[k].name, value);
        }
    }
}

static void check_outcomes(const double *outcomes, const struct parameters *p, int number)
{
    for (int k = 0; k < N_OUTCOME_COLUMNS; k++) {
        int may_miss = k == OUTCOME_durability || k == OUTCOME_person_months_per_layer || k == OUTCOME_symptom_year3 ||
                       k >= N_OUTCOMES;
        double top = strcmp(outcome_infos[outcome_columns[k].row].unit, "share") == 0 ? 1.000001 : 1e9;
        top = k == OUTCOME_first_result_month || k == OUTCOME_first_layer_month || k == OUTCOME_first_cause_month
                  ? p->months + 1
                  : top;
        if (!(outcomes[k] >= 0 && outcomes[k] <= top) && !(may_miss && isnan(outcomes[k]))) {
            fail_msg("case %d: %s is %g", number, outcome_columns[k].name, outcomes[k]);
        }
    }
}

/* What cannot go back: what has ended or lapsed. */
struct memory {
    int32_t alive[LANES], goes_on[LANES];
};

static void check_one_way(struct memory *memory, const struct block *block)
{
    for (int lane = 0; lane < LANES; lane++) {
        assert_true(block->alive[lane] <= memory->alive[lane] && block->goes_on[lane] <= memory->goes_on[lane]);
        assert_true(block->goes_on[lane] <= block->alive[lane]);
        assert_true(block->n_inside[lane] >= 2);
    }
    memcpy(memory->alive, block->alive, sizeof memory->alive);
    memcpy(memory->goes_on, block->goes_on, sizeof memory->goes_on);
}

/* The hull of frames and positions, axis by axis. */
struct hull {
    float low[N_AXES][LANES], high[N_AXES][LANES];
};

static struct hull hull_of(const struct block *block, int n_seats)
{
    struct hull hull;
    for (int axis = 0; axis < N_AXES; axis++) {
        for (int lane = 0; lane < LANES; lane++) {
            float low = INFINITY, high = -INFINITY;
            for (int seat = 0; seat < n_seats; seat++) {
                float y = block->frame[axis][seat][lane], x = block->position[axis][seat][lane];
                low = fminf(low, fminf(x, y));
                high = fmaxf(high, fmaxf(x, y));
            }
            hull.low[axis][lane] = low;
            hull.high[axis][lane] = high;
        }
    }
    return hull;
}

/* Whoever keeps the seat stays in the hull of the month before; rounding may leave it by 1e-5 of the largest number. */
static void check_hull(const struct hull *hull, const struct block *block, const struct work *work, int n_seats,
                       int number, int month)
{
    for (int k = 0; k < N_AXES * n_seats * LANES; k++) {
        int axis = k / LANES / n_seats, seat = k / LANES % n_seats, lane = k % LANES;
        float low = hull->low[axis][lane], high = hull->high[axis][lane];
        float slack = 1e-5F * (1 + fmaxf(fabsf(low), fabsf(high)));
        float y = block->frame[axis][seat][lane];
        if (!work->leaves[seat][lane] && !(y >= low - slack && y <= high + slack)) {
            fail_msg("case %d, month %d: frame %g is not from %g to %g", number, month, (double)y, (double)low,
                     (double)high);
        }
    }
}

static void study(int number, int only_ends)
{
    struct chooser chooser = {(uint32_t)number, 0, only_ends};
    struct setup setup;
    struct rig rig;
    static struct memory memory[2];
    random_setup(&chooser, &setup);
    rig_start(&rig, &setup, NULL, (uint32_t)number, LANES);
    for (int regime = 0; regime < 2; regime++) {
        memset(&memory[regime], 0, sizeof memory[regime]);
        for (int lane = 0; lane < LANES; lane++) {
            memory[regime].alive[lane] = memory[regime].goes_on[lane] = 1;
        }
    }
    for (int month = -1; month < MONTHS + AFTERCARE; month++) {
        const struct block *last = &rig.ensemble.blocks[1]; /* of which the work space knows who left */
        struct hull hull = hull_of(last, rig.scenario.plan.n_seats);
        rig_steps(&rig, month >= 0);
        if (month >= 0) {
            check_hull(&hull, last, &rig.ensemble.work, rig.scenario.plan.n_seats, number, month);
        }
        for (int regime = 0; regime < 2; regime++) {
            struct block *block = &rig.ensemble.blocks[regime];
            check_block(block, &rig.scenario, number, month);
            check_one_way(&memory[regime], block);
            rig.ensemble.kernel->observe(block, &rig.ensemble.work, &rig.scenario);
            for (int lane = 0; month >= 0 && lane < LANES; lane++) {
                check_series(&rig.ensemble.work.series[0][lane], LANES, number, month);
            }
        }
    }
    for (int regime = 0; regime < 2; regime++) {
        for (int lane = 0; lane < LANES; lane++) {
            double outcomes[N_OUTCOME_COLUMNS];
            assert_true(outcomes_of(&rig.ensemble.blocks[regime], &rig.scenario, lane, outcomes));
            check_outcomes(outcomes, &setup.parameters, number);
        }
    }
    rig_free(&rig);
}

/* A programme of 40 collaborations whose organisations number from just enough to many. */
static void world(int number)
{
    struct chooser chooser = {(uint32_t)number, 0, 0};
    struct setup setup;
    struct scenario scenario = {0};
    struct world world;
    double outcomes[N_OUTCOME_COLUMNS];
    random_setup(&chooser, &setup);
    setup_set(&setup, "programme.collaborations", 40);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        struct sector_parameters *own = &setup.parameters.sector[sector];
        own->organisations = own->inside + own->outside + whole(&chooser, 0, 60);
    }
    setup_scenario(&setup, &scenario);
    assert_int_equal(world_init(&world, kernel_best(), &scenario, 0, 40, 2), DREDGE_OK);
    world_start(&world, (uint32_t)number, number % 2);
    for (int month = 0; month < MONTHS + AFTERCARE; month++) {
        world_step(&world, 1);
        for (int block = 0; block < world.n_blocks; block++) {
            check_block(&world.blocks[block], &scenario, number, month);
        }
        check_series(world.series, 1, number, month);
    }
    assert_true(world_outcomes(&world, outcomes));
    check_outcomes(outcomes, &setup.parameters, number);
    world_free(&world);
    scenario_free(&scenario);
}

static void all(void (*check)(int number), int first, int n)
{
    const char *wanted = getenv("CASE");
    for (int number = first; number < first + n; number++) {
        if (wanted == NULL || atoi(wanted) == number) {
            check(number);
        }
    }
}

static void inner(int number)
{
    study(number, 0);
}

static void studies(void **state)
{
    (void)state;
    all(inner, 0, STUDIES);
}

static void corner(int number)
{
    study(number, 1);
}

/* Corners of the ranges of all parameters; CORNERS in the environment asks for another number of them, and for nothing else. */
static void corners(void **state)
{
    (void)state;
    const char *wanted = getenv("CORNERS");
    all(corner, 20000, wanted != NULL ? atoi(wanted) : CORNERS);
}

static void worlds(void **state)
{
    (void)state;
    all(world, 10000, WORLDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(studies), cmocka_unit_test(corners), cmocka_unit_test(worlds)};
    if (getenv("CORNERS") != NULL) {
        cmocka_set_test_filter("corners");
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
