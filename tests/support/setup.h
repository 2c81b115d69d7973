/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SETUP_H
#define TESTS_SETUP_H

#include <stdint.h>

#include "engine/ensemble.h"
#include "engine/kernel.h"
#include "engine/scenario.h"
#include "model/parameters.h"
#include "model/regime.h"

/* What a test runs: a seed, the defaults with some values changed, and some regimes. A mistake in it fails the test. */

enum { SETUP_REGIMES = 16, SETUP_KERNELS = 4 };

struct setup {
    uint64_t seed;
    struct parameters parameters;
    int n_regimes;
    struct regime regimes[SETUP_REGIMES];
};

void setup_begin(struct setup *setup, uint64_t seed);

/* Gives the parameter with this key ("model.gen_work") another value. */
void setup_set(struct setup *setup, const char *key, double value);

/* Gives `n` parameters the same value. */
void setup_set_all(struct setup *setup, size_t n, const char *const *keys, double value);

/* Adds a built-in regime; returns its steering, for changes. */
struct steering *setup_regime(struct setup *setup, const char *name);

/* Switches off what would disturb a closed form: turnover, withdrawal, joining, escalation, noise, collapse and succession. */
void setup_still(struct setup *setup);

/* The setup as a scenario with its tables, freed with scenario_free. `scenario` must be zeroed. */
void setup_scenario(const struct setup *setup, struct scenario *scenario);

/* One ensemble of a setup, whose state a test may set by hand. */
struct rig {
    struct scenario scenario;
    struct ensemble ensemble;
};

/* Starts replicates first .. first + n_lanes - 1; `kernel` NULL: the best one. Freed with rig_free. */
void rig_start(struct rig *rig, const struct setup *setup, const struct kernel *kernel, uint32_t first, int n_lanes);
void rig_free(struct rig *rig);
void rig_steps(struct rig *rig, int n_months);

/* Sets `n` rows to one value. */
void rig_fill(lane_real *rows, int n, double value);

/* The means, counts and (for month 0) start values after a test has changed rows by hand. */
void rig_refresh(struct rig *rig);

/* The kernels that are built and that this processor has: their number, and the kernels. */
int setup_kernels(const struct kernel *kernels[SETUP_KERNELS]);

#endif
