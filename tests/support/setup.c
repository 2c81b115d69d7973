/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup.h"

#include <stdlib.h>
#include <string.h>

#include "testing.h"

void setup_begin(struct setup *setup, uint64_t seed)
{
    memset(setup, 0, sizeof *setup);
    setup->seed = seed;
    parameters_default(&setup->parameters);
}

void setup_set(struct setup *setup, const char *key, double value)
{
    int index = parameter_find(key);
    if (index < 0) {
        fail_msg("no parameter is called %s", key);
    }
    parameter_set(&setup->parameters, index, value);
}

void setup_set_all(struct setup *setup, size_t n, const char *const *keys, double value)
{
    for (size_t key = 0; key < n; key++) {
        setup_set(setup, keys[key], value);
    }
}

struct steering *setup_regime(struct setup *setup, const char *name)
{
    int index = regime_info_find(name);
    if (index < 0 || setup->n_regimes == SETUP_REGIMES) {
        fail_msg("no regime is called %s, or there are too many", name);
    }
    struct regime *regime = &setup->regimes[setup->n_regimes++];
    regime_from_info(regime, index);
    return &regime->phase[0].steering;
}

void setup_still(struct setup *setup)
{
    static const char *const keys[] = {"model.turnover",   "model.burnout",        "model.invite",
                                       "model.escalate",   "model.momentum_noise", "model.exit",
                                       "model.succession", "model.collapse_below"};
    setup_set_all(setup, sizeof keys / sizeof keys[0], keys, 0);
}

void setup_scenario(const struct setup *setup, struct scenario *scenario)
{
    struct parameters parameters = setup->parameters;
    char sentence[256];
    int index;
    parameters_complete(&parameters);
    if (parameters_conflict(&parameters, sizeof sentence, sentence, &index)) {
        fail_msg("%s", sentence);
    }
    assert_int_equal(scenario_make(scenario, setup->seed, &parameters, setup->n_regimes, setup->regimes), DREDGE_OK);
    scenario_tables(scenario);
}

void rig_start(struct rig *rig, const struct setup *setup, const struct kernel *kernel, uint32_t first, int n_lanes)
{
    memset(rig, 0, sizeof *rig);
    setup_scenario(setup, &rig->scenario);
    const struct kernel *chosen = kernel != NULL ? kernel : kernel_best();
    assert_int_equal(ensemble_init(&rig->ensemble, chosen, &rig->scenario), DREDGE_OK);
    ensemble_start(&rig->ensemble, first, n_lanes);
}

void rig_free(struct rig *rig)
{
    ensemble_free(&rig->ensemble);
    scenario_free(&rig->scenario);
}

void rig_steps(struct rig *rig, int n_months)
{
    for (int month = 0; month < n_months; month++) {
        ensemble_step(&rig->ensemble, NULL, NULL);
    }
}

void rig_fill(lane_real *rows, int n, double value)
{
    for (int row = 0; row < n; row++) {
        for (int lane = 0; lane < LANES; lane++) {
            rows[row][lane] = (float)value;
        }
    }
}

/* The kernels take the means when they close a month, so a closing with empty flows does it. */
void rig_refresh(struct rig *rig)
{
    struct work work;
    assert_int_equal(work_init(&work, &rig->scenario), DREDGE_OK);
    for (int regime = 0; regime < rig->scenario.n_regimes; regime++) {
        struct block *block = &rig->ensemble.blocks[regime];
        struct totals totals = block->totals;
        rig->ensemble.kernel->close(block, &work, &rig->scenario, rig->ensemble.month);
        block->totals = totals;
    }
    work_free(&work);
}

int setup_kernels(const struct kernel *kernels[SETUP_KERNELS])
{
    static const char *const levels[SETUP_KERNELS] = {"v1", "v2", "v3", "v4"};
    const char *before = getenv("DREDGE_LEVEL");
    char *kept = before != NULL ? strdup(before) : NULL;
    int n = 0;
    for (int level = 0; level < SETUP_KERNELS; level++) {
        assert_int_equal(setenv("DREDGE_LEVEL", levels[level], 1), 0);
        const struct kernel *kernel = kernel_best();
        if (strcmp(kernel->level, levels[level]) == 0) {
            kernels[n++] = kernel;
        }
    }
    if (kept != NULL) {
        assert_int_equal(setenv("DREDGE_LEVEL", kept, 1), 0);
    } else {
        assert_int_equal(unsetenv("DREDGE_LEVEL"), 0);
    }
    free(kept);
    if (n == 0) {
        kernels[n++] = kernel_best(); /* a portable build has one level */
    }
    return n;
}
