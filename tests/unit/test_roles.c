/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/roles.h"

/* All eight combinations of government's roles (docs/model.md 5), with the defaults dual_role 0.3, room 0.5, other_funder
 * 0.5 and mandate 0.5. */
static void all_roles(void **state)
{
    (void)state;
    struct rates r = rules_default();
    for (int funds = 0; funds < 2; funds++) {
        for (int sits = 0; sits < 2; sits++) {
            for (int convenes = 0; convenes < 2; convenes++) {
                r.funds = funds;
                r.sits = sits;
                r.convenes = convenes;
                struct roles roles = roles_of(&r);
                double pays = funds && convenes ? 0.7 : 1, chairs = sits && convenes ? 0.85 : 1;
                assert_close((double)roles.skill, pays * chairs, RULE_TOLERANCE);
                assert_close((double)roles.room, 0.5 * pays, RULE_TOLERANCE);
                assert_close((double)roles.push, funds ? 1 : 0.5, RULE_TOLERANCE);
                assert_close((double)roles.call, convenes ? 1.5 : 1, RULE_TOLERANCE);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_roles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
