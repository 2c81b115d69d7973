/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/paired.h"

#include <math.h>

struct panel paired_difference(const struct panel *regime, const struct panel *baseline, const double *scratch)
{
    double least[2];
    double most[2];
    panel_span(regime, &least[0], &most[0]);
    panel_span(baseline, &least[1], &most[1]);
    struct panel difference = {.n_points = regime->n_points,
                               .n_replicates = regime->n_replicates,
                               .stride = (size_t)regime->n_replicates,
                               .values = scratch};
    const struct reach *own = &regime->reach;
    if (own->low < own->high) {
        double width = own->high - own->low;
        difference.reach = reach_make(own, fmin(least[0], least[1]), fmax(most[0], most[1]));
        difference.reach.low = -width;
        difference.reach.high = width;
    }
    return difference;
}

static void count_pairs(const struct panel *regime, const struct panel *baseline, struct paired *out)
{
    double sums[2] = {0, 0};
    for (int p = 0; p < regime->n_points; p++) {
        const double *a = regime->values + (size_t)p * regime->stride;
        const double *b = baseline->values + (size_t)p * baseline->stride;
        double points[2] = {0, 0};
        int n = 0;
        for (int k = 0; k < regime->n_replicates; k++) {
            out->n_more += a[k] > b[k];
            out->n_less += a[k] < b[k];
            out->n_tied += a[k] == b[k];
            out->n_without_regime += isnan(a[k]) && !isnan(b[k]);
            out->n_without_baseline += isnan(b[k]) && !isnan(a[k]);
            if (!isnan(a[k]) && !isnan(b[k])) {
                points[0] += a[k];
                points[1] += b[k];
                n++;
            }
        }
        out->regime += n > 0 ? points[0] / n : 0;
        out->baseline += n > 0 ? points[1] / n : 0;
        sums[0] += n > 0;
    }
    out->regime = sums[0] > 0 ? out->regime / sums[0] : NAN;
    out->baseline = sums[0] > 0 ? out->baseline / sums[0] : NAN;
}

static enum verdict decide(const struct paired *paired, int better)
{
    const struct estimate *estimate = &paired->difference;
    if (estimate->n_units < PAIRED_TELLING) {
        return VERDICT_UNCLEAR;
    }
    if (paired->n_tied == estimate->n && estimate->n_units >= PAIRED_ENOUGH) {
        return VERDICT_EQUAL;
    }
    if (estimate->low > -paired->matters && estimate->high < paired->matters) {
        return VERDICT_SMALL;
    }
    int above = estimate->low > 0;
    int below = estimate->high < 0;
    if (!above && !below) {
        return VERDICT_UNCLEAR;
    }
    if (better == 0) {
        return above ? VERDICT_HIGHER : VERDICT_LOWER;
    }
    return (above && better > 0) || (below && better < 0) ? VERDICT_BETTER : VERDICT_WORSE;
}

dredge_status paired_compare(const struct panel *regime, const struct panel *baseline, const struct question *question,
                             double confidence, double *scratch, struct paired *out)
{
    *out = (struct paired){.better_share = NAN, .tied_share = NAN, .matters = question->matters};
    panel_difference(regime, baseline, scratch);
    struct panel difference = paired_difference(regime, baseline, scratch);
    dredge_status status = panel_estimate(&difference, confidence, &out->difference);
    count_pairs(regime, baseline, out);
    if (status == DREDGE_OK && out->difference.n > 0) {
        double n = (double)out->difference.n;
        int better = question->better;
        out->tied_share = (double)out->n_tied / n;
        out->better_share = better == 0 ? NAN : (double)(better > 0 ? out->n_more : out->n_less) / n;
    }
    out->verdict = decide(out, question->better);
    return status;
}

void paired_holm(int n, struct paired *const *paired, double confidence)
{
    int n_tests = 0;
    for (int i = 0; i < n; i++) {
        paired[i]->holds = 0;
        n_tests += !isnan(paired[i]->difference.p);
    }
    /* the smallest p value first, each against the error rate over the number of those left */
    for (; n_tests > 0; n_tests--) {
        int least = -1;
        for (int i = 0; i < n; i++) {
            double p = paired[i]->difference.p;
            if (!paired[i]->holds && !isnan(p) && (least < 0 || p < paired[least]->difference.p)) {
                least = i;
            }
        }
        if (!(paired[least]->difference.p <= (1 - confidence) / n_tests)) {
            return;
        }
        paired[least]->holds = 1;
    }
}

struct paired paired_turned(const struct paired *paired)
{
    static const enum verdict turned[] = {
        [VERDICT_UNCLEAR] = VERDICT_UNCLEAR, [VERDICT_BETTER] = VERDICT_WORSE, [VERDICT_WORSE] = VERDICT_BETTER,
        [VERDICT_HIGHER] = VERDICT_LOWER,    [VERDICT_LOWER] = VERDICT_HIGHER, [VERDICT_SMALL] = VERDICT_SMALL,
        [VERDICT_EQUAL] = VERDICT_EQUAL};
    struct paired out = *paired;
    out.difference.mean = -paired->difference.mean;
    out.difference.low = -paired->difference.high;
    out.difference.high = -paired->difference.low;
    out.difference.skewness = -paired->difference.skewness;
    out.regime = paired->baseline;
    out.baseline = paired->regime;
    out.n_more = paired->n_less;
    out.n_less = paired->n_more;
    out.n_without_regime = paired->n_without_baseline;
    out.n_without_baseline = paired->n_without_regime;
    out.better_share = 1 - paired->better_share - paired->tied_share;
    out.verdict = turned[paired->verdict];
    return out;
}

enum verdict paired_verdict(const struct paired *paired)
{
    int stands = paired->holds || paired->verdict == VERDICT_SMALL || paired->verdict == VERDICT_EQUAL;
    return stands ? paired->verdict : VERDICT_UNCLEAR;
}
