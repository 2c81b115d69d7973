/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzzing.h"

/* Reads each line of the input as the value of a `--set`, for a study in which every kind of key occurs. */

static const char study[] =
    "title: a study\n"
    "months: 60\n"
    "replicates: {min: 50, max: 90, until: {outcome: trust_end, half_width: 0.1}}\n"
    "programme: {collaborations: 2, organisations: {public: 6, private: 6, nonprofit: 4, knowledge: 4}}\n"
    "seats: {inside: {public: 2}, outside: {private: 1}}\n"
    "government: {sits: true}\n"
    "sectors: {private: {patience: 1.4}}\n"
    "model: {turnover: 0.01}\n"
    "regimes: [linear_kpi, iterative, {name: a, like: iterative, base: 0.2}, {name: m, mix: {a: 0.5, iterative: "
    "0.5}},\n"
    "          {name: p, phases: [{from: 0, like: linear_kpi}, {from: 9, base: 0.1}]}]\n"
    "design: {method: sobol, points: 16, factors: {funder.target: {low: 1, high: 2, scale: log}}}\n"
    "output: {trajectories: runs, every: 3}\n";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    char *input = malloc(n_bytes + 1);
    if (input == NULL) {
        return 0;
    }
    if (n_bytes > 0) {
        memcpy(input, bytes, n_bytes);
    }
    input[n_bytes] = '\0';
    const char *overrides[FUZZ_MOST_OVERRIDES];
    int n_overrides = 0;
    for (char *line = input; line != NULL && n_overrides < FUZZ_MOST_OVERRIDES;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        overrides[n_overrides++] = line;
        line = end != NULL ? end + 1 : NULL;
    }
    study_promises(strlen(study), study, n_overrides, overrides);
    free(input);
    return 0;
}
