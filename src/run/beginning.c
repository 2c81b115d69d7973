/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/beginning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/ensemble.h"
#include "engine/world.h"

static void add_block(const struct kernel *kernel, const struct block *block, struct work *work,
                      const struct scenario *scenario, double out[N_SERIES])
{
    work_rest(work);
    kernel->observe(block, work, scenario);
    for (int series = 0; series < N_SERIES; series++) {
        for (int lane = 0; lane < block->n_lanes; lane++) {
            out[series] += (double)work->series[series][lane];
        }
    }
}

static dredge_status add_replicates(const struct scenario *scenario, int n_replicates, double out[N_SERIES])
{
    struct ensemble ensemble;
    dredge_status status = ensemble_init(&ensemble, kernel_best(), scenario);
    for (int first = 0; status == DREDGE_OK && first < n_replicates; first += LANES) {
        ensemble_start(&ensemble, (uint32_t)first, n_replicates - first < LANES ? n_replicates - first : LANES);
        add_block(ensemble.kernel, &ensemble.blocks[0], &ensemble.work, scenario, out);
    }
    ensemble_free(&ensemble);
    return status;
}

static dredge_status add_programmes(const struct scenario *scenario, int n_replicates, double out[N_SERIES])
{
    struct world world;
    int n = scenario->parameters.collaborations;
    dredge_status status = world_init(&world, kernel_best(), scenario, 0, n, 1);
    for (int replicate = 0; status == DREDGE_OK && replicate < n_replicates; replicate++) {
        double sums[N_SERIES] = {0};
        world_start(&world, (uint32_t)replicate, 0);
        for (int number = 0; number < world.n_blocks; number++) {
            add_block(world.kernel, &world.blocks[number], &world.works[0], scenario, sums);
        }
        for (int series = 0; series < N_SERIES; series++) {
            out[series] += sums[series] / n;
        }
    }
    world_free(&world);
    return status;
}

/* The means at one point. The tables of the scenario stay for the next point. */
static dredge_status fill_point(const struct study *study, int point, int n_replicates, struct regime *regimes,
                                struct scenario *scenario, double out[N_SERIES])
{
    struct parameters parameters;
    char sentence[256];
    dredge_status status = study_point(study, point, &parameters, regimes, sizeof sentence, sentence);
    if (status != DREDGE_OK) {
        for (int series = 0; series < N_SERIES; series++) {
            out[series] = (double)NAN;
        }
        return status == DREDGE_STUDY ? DREDGE_OK : status;
    }
    status = scenario_make(scenario, study_point_seed(study, point), &parameters, 1, regimes);
    if (status == DREDGE_OK) {
        scenario_seat(scenario, &study->roster);
        scenario_tables(scenario);
        memset(out, 0, N_SERIES * sizeof *out);
        status = parameters.collaborations > 1 ? add_programmes(scenario, n_replicates, out)
                                               : add_replicates(scenario, n_replicates, out);
    }
    for (int series = 0; status == DREDGE_OK && series < N_SERIES; series++) {
        out[series] /= n_replicates;
    }
    return status;
}

dredge_status beginning_series(const struct study *study, int n_replicates, double *out)
{
    struct scenario scenario = {0};
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    dredge_status status = regimes != NULL ? DREDGE_OK : status_no_memory((size_t)study->n_regimes * sizeof *regimes);
    for (int point = 0; status == DREDGE_OK && point < study->design.n_points; point++) {
        status = fill_point(study, point, n_replicates, regimes, &scenario, out + (size_t)point * N_SERIES);
    }
    scenario_free(&scenario);
    free(regimes);
    return status;
}
