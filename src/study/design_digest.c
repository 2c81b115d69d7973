/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/digest.h"
#include "study/roster.h"
#include "study/study.h"

static void add_regime(struct digest *sum, const struct regime *regime)
{
    digest_whole(sum, regime->n_phases);
    for (int phase = 0; phase < regime->n_phases; phase++) {
        digest_whole(sum, regime->phase[phase].from);
        for (int index = 0; index < n_steering; index++) {
            double value = steering_get(&regime->phase[phase].steering, index);
            digest_reals(sum, 1, &value);
        }
    }
}

static void add_acts(struct digest *sum, int n_acts, const struct act *acts)
{
    for (int k = 0; k < n_acts; k++) {
        digest_whole(sum, acts[k].month);
        digest_whole(sum, acts[k].kind);
        digest_whole(sum, acts[k].what);
        digest_reals(sum, 1, &acts[k].value);
    }
}

dredge_status study_design_digest(const struct study *study, char digest[33])
{
    struct parameters parameters;
    char sentence[256];
    struct digest *sum = digest_new();
    struct regime *regimes = malloc((size_t)study->n_regimes * sizeof *regimes);
    double *values = malloc((size_t)n_parameters * sizeof *values);
    struct act *acts = malloc(((size_t)study->n_acts + 1) * sizeof *acts);
    dredge_status status = DREDGE_OK;
    if (sum == NULL || regimes == NULL || values == NULL || acts == NULL) {
        status = status_no_memory((size_t)study->n_regimes * sizeof *regimes);
        goto out;
    }
    digest_text(sum, "dredge design 1"); /* a version: change it with the order below */
    for (int index = 0; index < n_parameters; index++) {
        digest_text(sum, parameter_infos[index].key);
    }
    for (int index = 0; index < n_steering; index++) {
        digest_text(sum, steering_infos[index].key);
    }
    roster_digest(&study->roster, sum);
    for (int point = 0; point < study->design.n_points; point++) {
        /* An impossible point has its values, too. */
        (void)study_point(study, point, &parameters, regimes, sizeof sentence, sentence);
        for (int index = 0; index < n_parameters; index++) {
            values[index] = parameter_get(&parameters, index);
        }
        digest_reals(sum, (size_t)n_parameters, values);
        for (int regime = 0; regime < study->n_regimes; regime++) {
            add_regime(sum, &regimes[regime]);
        }
        study_acts(study, point, acts);
        add_acts(sum, study->n_acts, acts);
    }
    digest_hex(sum, digest);

out:
    free(acts);
    free(values);
    free(regimes);
    digest_free(sum);
    return status;
}
