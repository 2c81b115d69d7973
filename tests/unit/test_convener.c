/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "model/convener.h"

/* c + (1 - c) phi(experience R), docs/model.md 4.5, with the default experience 0.25. */
static void experience(void **state)
{
    (void)state;
    struct rates r = rules_default();
    assert_close((double)convener_skill(&r, 0.4F, 0.08F), 0.4 + 0.6 * fraction(0.25 * 0.08), RULE_TOLERANCE);
    assert_true(convener_skill(&r, 0.4F, 0) == 0.4F);
    assert_true(convener_skill(&r, 1, 0.5F) == 1.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(experience)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
