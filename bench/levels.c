/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tie phase at every vector level that was built and that this processor has. */
#include <string.h>

#include "engine/kernel.h"
#include "parts.h"
#include "ties.h"

static void put_level(struct json *json, const char *level, bench_ties *measure, const struct scenario *scenario)
{
    struct tie_figures figures;
    measure(scenario, &figures);
    json_key(json, level);
    json_begin_object(json);
    put(json, "draws_ns", figures.draws);
    put(json, "kernel_ns", figures.kernel);
    put(json, "phase_ns", figures.phase);
    json_end(json);
}

dredge_status part_ties(struct json *json)
{
    struct scenario scenario = {.n_regimes = 0};
    struct parameters p;
    struct regime regime;
    parameters_default(&p);
    regime_from_info(&regime, regime_info_find("iterative"));
    dredge_status status = scenario_make(&scenario, 1, &p, 1, &regime);
    if (status != DREDGE_OK) {
        return status;
    }
    scenario_tables(&scenario);
    json_key(json, "ties");
    json_begin_object(json);
#ifdef DREDGE_X86_LEVELS
    put_level(json, "v2", bench_ties_v2, &scenario);
    if (strcmp(kernel_best()->level, "v2") != 0) {
        put_level(json, "v3", bench_ties_v3, &scenario);
    }
    if (strcmp(kernel_best()->level, "v4") == 0) {
        put_level(json, "v4", bench_ties_v4, &scenario);
    }
#else
    put_level(json, "portable", bench_ties_portable, &scenario);
#endif
    json_end(json);
    scenario_free(&scenario);
    return DREDGE_OK;
}
