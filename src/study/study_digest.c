/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"
#include "base/numbers.h"
#include "model/outcomes.h"
#include "study/design.h"
#include "study/events.h"
#include "study/factor.h"
#include "study/keys.h"
#include "study/roster.h"

static void add_real(struct digest *digest, double value)
{
    digest_reals(digest, 1, &value);
}

/* What stands at its default is left out, so that a new parameter leaves the digests of studies what they are. */
static void add_value(struct digest *digest, const char *key, double value, double default_value)
{
    if (!numbers_equal(value, default_value)) {
        digest_text(digest, key);
        add_real(digest, value);
    }
}

static void add_derived(struct digest *digest, const struct study *study, const struct derived *derived)
{
    const double numbers[] = {derived->bound, derived->costs.hours, derived->costs.euro, derived->costs.convener,
                              derived->costs.discount};
    digest_text(digest, "derived");
    digest_text(digest, derived->name);
    digest_whole(digest, derived->kind);
    digest_whole(digest, derived->better);
    digest_text(digest, series_infos[derived->series].name);
    digest_whole(digest, derived->from);
    digest_whole(digest, derived->to);
    digest_whole(digest, derived->is_at_most);
    digest_reals(digest, sizeof numbers / sizeof numbers[0], numbers);
    for (int term = 0; term < derived->n_terms; term++) {
        digest_text(digest, study_outcome_name(study, derived->terms[term].outcome));
        add_real(digest, derived->terms[term].weight);
    }
}

static void add_regime(struct digest *digest, const struct regime *regime)
{
    digest_text(digest, regime->name);
    digest_whole(digest, regime->n_phases);
    for (int phase = 0; phase < regime->n_phases; phase++) {
        digest_text(digest, "phase");
        digest_whole(digest, regime->phase[phase].from);
        for (int index = 0; index < n_steering; index++) {
            const struct steering_info *info = &steering_infos[index];
            add_value(digest, info->key, steering_get(&regime->phase[phase].steering, index), info->default_value);
        }
    }
}

static void add_acts(struct digest *digest, const struct study *study)
{
    for (int k = 0; k < study->n_acts; k++) {
        const struct act *act = &study->acts[k];
        char name[EVENTS_ACT_BYTES];
        digest_text(digest, events_act_name(act, name));
        digest_text(digest, act->kind == ACT_REPLACE || act->kind == ACT_JOIN ? sector_names[act->what] : "");
        digest_whole(digest, act->month);
        add_real(digest, act->value);
    }
}

static void add_design(struct digest *digest, const struct design *design)
{
    digest_text(digest, design_methods[design->method]);
    digest_whole(digest, design->n_points);
    digest_whole(digest, design->n_factors);
    digest_whole(digest, design->n_rows);
    digest_whole(digest, design->n_levels);
    for (int index = 0; index < design->n_factors; index++) {
        const struct factor *factor = &design->factors[index];
        struct factor_about about = factor_about(factor);
        digest_text(digest, factor->key);
        for (int value = 0; about.names != NULL && value < factor->n_values; value++) {
            digest_text(digest, about.names[(int)factor->values[value]]); /* its number may change */
        }
    }
    digest_reals(digest, (size_t)design->n_points * (size_t)design->n_factors, design->values);
}

void study_digest(const struct study *study, char digest[33])
{
    struct digest sum;
    digest_begin(&sum);
    digest_text(&sum, "dredge study 2"); /* a version: change it with the order below */
    for (int parameter = 0; parameter < n_parameters; parameter++) {
        const struct parameter_info *info = &parameter_infos[parameter];
        add_value(&sum, info->key, parameter_get(&study->parameters, parameter), info->default_value);
    }
    if (study->theory != THEORY_mixed) {
        digest_text(&sum, theory_names[study->theory]);
    }
    for (int sector = 0; sector < N_SECTORS; sector++) {
        digest_whole(&sum, study->organisations_follow[sector]);
    }
    digest_whole(&sum, study->n_regimes);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        add_regime(&sum, &study->regimes[regime]);
    }
    roster_digest(&study->roster, &sum);
    add_acts(&sum, study);
    add_design(&sum, &study->design);
    const struct replication *replication = &study->replication;
    digest_whole(&sum, replication->min);
    digest_whole(&sum, replication->max);
    digest_text(&sum, replication->outcome < 0 ? "" : study_outcome_name(study, replication->outcome));
    add_real(&sum, replication->half_width);
    add_real(&sum, replication->confidence);
    digest_whole(&sum, (int64_t)study->seed);
    digest_whole(&sum, study->trajectories);
    digest_whole(&sum, study->every);
    if (study->by_sector) {
        digest_whole(&sum, study->by_sector);
    }
    for (int own = 0; own < study->n_derived; own++) {
        add_derived(&sum, study, &study->derived[own]);
    }
    digest_hex(&sum, digest);
}
