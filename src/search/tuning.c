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

/* The objective in the world where it is worst, signed so that more is better. */
static double worst_of(const struct trials *trials, const struct tuner_options *options, int number, int *world)
{
    double worst = (double)INFINITY;
    for (int w = 0; w < trials->n_worlds; w++) {
        double mean = trials_world_mean(trials, number, options->outcome, w);
        double value = options->maximise ? mean : -mean;
        if (!isnan(value) && value < worst) {
            worst = value;
            *world = w;
        }
    }
    return worst;
}

void tuning_robust(const struct trials *trials, const struct tuner_options *options, struct tuned_robust *robust)
{
    int sign = options->maximise ? 1 : -1;
    for (int i = 0; i < trials->n; i++) {
        robust[i] = (struct tuned_robust){.mean = trials_mean(trials, i, options->outcome, NULL)};
        robust[i].worst = sign * worst_of(trials, options, i, &robust[i].worst_world);
    }
    for (int w = 0; w < trials->n_worlds; w++) {
        double best = -(double)INFINITY;
        for (int i = 0; i < trials->n; i++) {
            best = fmax(best, sign * trials_world_mean(trials, i, options->outcome, w));
        }
        for (int i = 0; i < trials->n; i++) {
            double regret = best - sign * trials_world_mean(trials, i, options->outcome, w);
            robust[i].regret = fmax(robust[i].regret, regret);
        }
    }
}

double tuning_score(const struct trials *trials, const struct tuner_options *options, int number, double safe)
{
    double violation = tuning_violation(trials, options, number, safe);
    double mean = trials_mean(trials, number, options->outcome, NULL);
    if (isnan(mean)) {
        return -1e300;
    }
    int world = 0;
    double value = options->criterion == TUNER_WORST ? worst_of(trials, options, number, &world)
                   : options->maximise               ? mean
                                                     : -mean;
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
