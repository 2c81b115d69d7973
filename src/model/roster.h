/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_ROSTER_H
#define MODEL_ROSTER_H

/* Who really sits at the table of a collaboration, and what they answered when they were asked: it stands in place of what
 * the start would draw. What nobody gave is NaN. */

enum { MEMBER_NAME_BYTES = 64, MEMBER_AXES = 3, ROSTER_SECTOR_SEATS = 64 };

struct member {
    char name[MEMBER_NAME_BYTES], organisation[MEMBER_NAME_BYTES];
    int sector, inside;
    int first_of_organisation;    /* the seat of the first member of the same organisation */
    double momentum;              /* share */
    double position[MEMBER_AXES]; /* collective, action, evidence, in units of the divergence */
};

struct roster {
    int n_members;          /* 0: nobody is named */
    struct member *members; /* [n_members], in the order of seats, owned */
    double *trust,
        *latent; /* [n_members * (n_members - 1) / 2], in the order of ties, shares, owned; NULL: not asked */
    /* The Beta distributions that fit the answers; a concentration of NaN: too few to say. */
    double trust_mean, trust_concentration, latent_mean, latent_concentration;
};

#endif
