/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/tuning.h"

#include <math.h>

void tuning_tell(const struct tuning *tuning, const char *stage, double share)
{
    if (tuning->options->progress) {
        tuning->options->progress(tuning->options->progress_context, stage, share);
    }
}

double tuning_violation(const struct trials *trials, const struct tuner_options *options, int number, double safe)
{
    double sum = 0;
    for (int i = 0; i < options->n_constraints; i++) {
        const struct constraint *constraint = &options->constraints[i];
        double se = 0;
        double mean = trials_mean(trials, number, constraint->outcome, &se);
        double margin = safe * (isnan(se) ? 0 : se);
        double over = constraint->upper ? mean + margin - constraint->bound : constraint->bound - mean + margin;
        double scale = fabs(constraint->bound) > 1e-9 ? fabs(constraint->bound) : 1;
        sum += isnan(over) ? 1e9 : fmax(over, 0) / scale;
    }
    return sum;
}

double tuning_score(const struct trials *trials, const struct tuner_options *options, int number, double safe)
{
    double violation = tuning_violation(trials, options, number, safe);
    double mean = trials_mean(trials, number, options->outcome, NULL);
    if (isnan(mean)) {
        return -1e300;
    }
    double value = options->maximise ? mean : -mean;
    return violation > 0 ? -1e100 - 1e90 * violation : value;
}

int tuning_compare_scored(const void *left, const void *right)
{
    const struct scored *a = left;
    const struct scored *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    return (a->number > b->number) - (a->number < b->number);
}
