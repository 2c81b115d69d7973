/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One large world: time per person, threads, memory. */
#include "clock.h"
#include "engine/world.h"
#include "parts.h"

enum { MOST_ROUNDS = 99 };

/* A programme of `n_collaborations` of 10 persons, each organisation with two seats on average. */
static dredge_status programme(struct scenario *scenario, int n_collaborations)
{
    struct parameters p;
    struct regime regime;
    parameters_default(&p);
    regime_from_info(&regime, regime_info_find("iterative"));
    p.collaborations = n_collaborations;
    for (int sector = 0; sector < N_SECTORS; sector++) {
        p.sector[sector].outside = 0;
        p.sector[sector].organisations = n_collaborations * p.sector[sector].inside / 2 + 8;
    }
    dredge_status status = scenario_make(scenario, 1, &p, 1, &regime);
    if (status == DREDGE_OK) {
        scenario_tables(scenario);
    }
    return status;
}

struct month {
    double wall, processor; /* seconds */
};

/* A month of a new world; the median is left to the caller. The first month is not timed. */
static dredge_status time_world(const struct scenario *scenario, int n_threads, int months, struct month *month)
{
    struct world world;
    dredge_status status =
        world_init(&world, kernel_best(), scenario, 0, scenario->parameters.collaborations, n_threads);
    if (status != DREDGE_OK) {
        return status;
    }
    world_start(&world, 0, 0);
    world_step(&world, 0);
    double wall = clock_wall();
    double processor = clock_processor();
    for (int k = 0; k < months; k++) {
        world_step(&world, 0);
    }
    *month = (struct month){(clock_wall() - wall) / months, (clock_processor() - processor) / months};
    world_free(&world);
    return DREDGE_OK;
}

dredge_status part_world(struct json *json, int n_persons, int n_threads, int rounds)
{
    struct scenario scenario = {.n_regimes = 0};
    double processor[MOST_ROUNDS];
    double speedup[MOST_ROUNDS];
    int n_collaborations = n_persons / 10;
    int months = n_persons < 100000 ? 100 : n_persons < 1000000 ? 20 : 5;
    rounds = rounds < MOST_ROUNDS ? rounds : MOST_ROUNDS;
    dredge_status status = programme(&scenario, n_collaborations);
    for (int round = 0; round < rounds && status == DREDGE_OK; round++) {
        struct month one;
        struct month many;
        status = time_world(&scenario, 1, months, &one);
        if (status == DREDGE_OK) {
            status = time_world(&scenario, n_threads, months, &many);
            processor[round] = one.processor;
            speedup[round] = one.wall / many.wall;
        }
    }
    if (status == DREDGE_OK) {
        double tie_bytes = sizeof(lane_real) * 4.0 / LANES; /* trust, latent tension, open conflict, unexplored */
        double bytes = (double)block_bytes(&scenario, 1) / LANES;
        put(json, "persons", n_persons);
        put(json, "threads", n_threads);
        put(json, "ns_per_person_month", 1e9 * median(processor, rounds) / n_persons);
        put(json, "speedup", median(speedup, rounds));
        put(json, "bytes_per_tie", tie_bytes);
        put(json, "bytes_per_seat", (bytes - tie_bytes * scenario.plan.n_ties) / scenario.plan.n_seats);
        put(json, "bytes_of_the_world", (double)world_bytes(&scenario, n_collaborations, 1));
    }
    scenario_free(&scenario);
    return status;
}
