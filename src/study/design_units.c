/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "study/design.h"

int design_units(int n_factors, const struct factor *factors, int *unit)
{
    int n = 0;
    for (int k = 0; k < n_factors; k++) {
        int first = k;
        for (int j = 0; *factors[k].group != '\0' && j < first; j++) {
            first = strcmp(factors[j].group, factors[k].group) == 0 ? j : first;
        }
        n += first == k;
        if (unit != NULL) {
            unit[k] = first == k ? n - 1 : unit[first];
        }
    }
    return n;
}
