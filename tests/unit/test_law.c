/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include "rules.h"
#include "base/stream.h"
#include "model/law.h"

static void phi_is_a_share(void **state)
{
    (void)state;
    assert_true(phi(0) == 0.0F);
    assert_true(phi(1) == 0.5F);
    assert_close((double)phi(0.01F), 0.01 / 1.01, 1e-9);
    assert_close((double)phi(3), 0.75, 0);
    float before = -1;
    for (int k = 0; k <= 10000; k++) {
        float share = phi((float)k * 0.01F);
        assert_true(share > before && share < 1.0F);
        before = share;
    }
}

/* An event of rate r happens for the share phi(r) of all uniforms, exactly the lowest ones. */
static void events(void **state)
{
    (void)state;
    const double rates[] = {0, 0.001, 0.02, 0.5, 1, 3, 100};
    for (int rate = 0; rate < 7; rate++) {
        int n = 0;
        int before = 1;
        for (uint32_t k = 0; k < 65536; k++) {
            int happened = happens(stream_uniform(k << 16), (float)rates[rate]);
            assert_true(before || !happened);
            before = happened;
            n += happened;
        }
        assert_close(n / 65536.0, fraction(rates[rate]), 1.0 / 65536);
    }
    assert_false(happens(stream_uniform(0), 0.0F));
}

static void limits(void **state)
{
    (void)state;
    assert_true(clamp(0.5F, 0, 1) == 0.5F);
    assert_true(clamp(-0.5F, 0, 1) == 0.0F);
    assert_true(clamp(1.5F, 0, 1) == 1.0F);
    assert_true(clamp(0.05F, 0.1F, 1) == 0.1F);
    assert_true(positive(0.25F) == 0.25F);
    assert_true(positive(-0.25F) == 0.0F);
    assert_true(positive(0) == 0.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phi_is_a_share),
        cmocka_unit_test(events),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
