/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/roster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_seats(const void *a, const void *b)
{
    const struct member *first = a, *second = b;
    if (first->inside != second->inside) {
        return second->inside - first->inside;
    }
    return first->sector != second->sector ? first->sector - second->sector
                                           : first->first_of_organisation - second->first_of_organisation;
}

void roster_order(struct roster *roster)
{
    for (int k = 0; k < roster->n_members; k++) {
        roster->members[k].first_of_organisation = k; /* as they came, so that the order is stable */
    }
    qsort(roster->members, (size_t)roster->n_members, sizeof *roster->members, compare_seats);
    for (int k = 0; k < roster->n_members; k++) {
        int first = 0;
        while (strcmp(roster->members[first].organisation, roster->members[k].organisation) != 0) {
            first++;
        }
        roster->members[k].first_of_organisation = first;
    }
}

void roster_seats(const struct roster *roster, struct parameters *parameters)
{
    for (int sector = 0; sector < N_SECTORS; sector++) {
        parameters->sector[sector].inside = parameters->sector[sector].outside = 0;
    }
    for (int k = 0; k < roster->n_members; k++) {
        struct sector_parameters *own = &parameters->sector[roster->members[k].sector];
        own->inside += roster->members[k].inside;
        own->outside += !roster->members[k].inside;
    }
}

void roster_fit(int n, const double *values, double *mean, double *concentration)
{
    double sum = 0, squares = 0;
    int n_given = 0;
    for (int k = 0; k < n; k++) {
        sum += isnan(values[k]) ? 0 : values[k];
        n_given += !isnan(values[k]);
    }
    *mean = sum / (n_given > 0 ? n_given : 1);
    for (int k = 0; k < n; k++) {
        squares += isnan(values[k]) ? 0 : (values[k] - *mean) * (values[k] - *mean);
    }
    double variance = n_given > 1 ? squares / (n_given - 1) : 0;
    *concentration = (double)NAN;
    if (n_given >= 3 && variance > 1e-12) { /* of a Beta distribution: mean (1 - mean) / variance - 1 */
        double fitted = *mean * (1 - *mean) / variance - 1;
        *concentration = fitted < 0.1 ? 0.1 : fitted > 100000 ? 100000 : fitted;
    }
}

void roster_digest(const struct roster *roster, struct digest *digest)
{
    size_t n_ties = (size_t)roster->n_members * (size_t)(roster->n_members - 1) / 2;
    for (int k = 0; k < roster->n_members; k++) {
        const struct member *member = &roster->members[k];
        digest_text(digest, member->inside ? "inside" : "outside");
        digest_text(digest, sector_names[member->sector]);
        digest_whole(digest, member->first_of_organisation);
        digest_reals(digest, 1, &member->momentum);
        digest_reals(digest, MEMBER_AXES, member->position);
    }
    if (roster->trust != NULL) {
        digest_text(digest, "trust");
        digest_reals(digest, n_ties, roster->trust);
    }
    if (roster->latent != NULL) {
        digest_text(digest, "latent");
        digest_reals(digest, n_ties, roster->latent);
    }
}

void roster_free(struct roster *roster)
{
    free(roster->members);
    free(roster->trust);
    free(roster->latent);
    memset(roster, 0, sizeof *roster);
}
