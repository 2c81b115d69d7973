/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/paired.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/bootstrap.h"

/* The error of a t interval's coverage grows with skewness / sqrt(units); below this it is negligible. */
#define PAIRED_SKEWED 0.1

/* Few units make a bootstrap interval too narrow. */
enum { PAIRED_MIN_UNITS = 20 };

/* Draws of one bootstrap; with more units there are fewer resamples. */
enum { PAIRED_MAX_DRAWS = 10000000 };

static void paired_count(const struct panel *difference, struct paired *out)
{
    for (int p = 0; p < difference->n_points; p++) {
        const double *row = difference->values + (size_t)p * difference->stride;
        for (int k = 0; k < difference->n_replicates; k++) {
            out->n_more += row[k] > 0;
            out->n_less += row[k] < 0;
            out->n_tied += row[k] == 0;
        }
    }
}

static dredge_status paired_bootstrap(const struct panel *difference, double confidence, uint64_t seed,
                                      struct paired *out)
{
    const struct estimate *estimate = &out->difference;
    if (estimate->unit != PANEL_REPLICATES || estimate->n_units < PAIRED_MIN_UNITS ||
        fabs(estimate->skewness) < PAIRED_SKEWED * sqrt(estimate->n_units) ||
        estimate->n_units > PAIRED_MAX_DRAWS / 100) {
        return DREDGE_OK;
    }
    double *units = malloc((size_t)difference->n_replicates * sizeof *units);
    if (!units) {
        return status_no_memory((size_t)difference->n_replicates * sizeof *units);
    }
    panel_units(difference, units);
    int n = 0;
    for (int k = 0; k < difference->n_replicates; k++) {
        if (!isnan(units[k])) {
            units[n++] = units[k];
        }
    }
    int n_resamples = n < PAIRED_MAX_DRAWS / BOOTSTRAP_RESAMPLES ? BOOTSTRAP_RESAMPLES : PAIRED_MAX_DRAWS / n;
    dredge_status status = bootstrap_mean(n, units, confidence, n_resamples, seed, &out->boot_low, &out->boot_high);
    out->bootstrapped = status == DREDGE_OK;
    free(units);
    return status;
}

static enum verdict paired_verdict(const struct paired *paired, int better)
{
    const struct estimate *estimate = &paired->difference;
    if (estimate->n > 0 && paired->n_tied == estimate->n) {
        return VERDICT_EQUAL;
    }
    int above = estimate->low > 0 && !(paired->bootstrapped && paired->boot_low <= 0);
    int below = estimate->high < 0 && !(paired->bootstrapped && paired->boot_high >= 0);
    if (!above && !below) {
        return VERDICT_UNCLEAR;
    }
    if (better == 0) {
        return above ? VERDICT_HIGHER : VERDICT_LOWER;
    }
    return (above && better > 0) || (below && better < 0) ? VERDICT_BETTER : VERDICT_WORSE;
}

dredge_status paired_compare(const struct panel *regime, const struct panel *baseline, int better, double confidence,
                             uint64_t seed, double *scratch, struct paired *out)
{
    *out = (struct paired){.better_share = NAN, .tied_share = NAN, .boot_low = NAN, .boot_high = NAN};
    struct panel difference = {.n_points = regime->n_points,
                               .n_replicates = regime->n_replicates,
                               .stride = (size_t)regime->n_replicates,
                               .values = scratch};
    panel_difference(regime, baseline, scratch);
    dredge_status status = panel_estimate(&difference, confidence, &out->difference);
    if (status == DREDGE_OK) {
        paired_count(&difference, out);
        status = paired_bootstrap(&difference, confidence, seed, out);
    }
    if (status == DREDGE_OK && out->difference.n > 0) {
        double n = (double)out->difference.n;
        out->tied_share = (double)out->n_tied / n;
        out->better_share = better == 0 ? NAN : (double)(better > 0 ? out->n_more : out->n_less) / n;
    }
    out->verdict = paired_verdict(out, better);
    return status;
}
