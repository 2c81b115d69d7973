/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_ROLES_H
#define MODEL_ROLES_H

#include "model/rates.h"

/* What government's roles do (docs/model.md 5): who pays and chairs is less free to host conflict (Van Hille et al.
 * 2019), and who chairs with a mandate is followed. */
struct roles {
    float skill; /* what is left of the convener's skill */
    float room;  /* institutional room after what the roles take */
    float push;  /* force of the funder, against that of government */
    float call;  /* weight of an invitation */
};

static inline struct roles roles_of(const struct rates *r)
{
    float pays_and_chairs = (r->funds && r->convenes) ? r->dual_role : 0.0F;
    float sits_and_chairs = (r->sits && r->convenes) ? r->dual_role : 0.0F;
    return (struct roles){
        .skill = (1.0F - pays_and_chairs) * (1.0F - 0.5F * sits_and_chairs),
        .room = r->room * (1.0F - pays_and_chairs),
        .push = r->funds ? 1.0F : r->other_funder,
        .call = 1.0F + (r->convenes ? r->mandate : 0.0F),
    };
}

#endif
