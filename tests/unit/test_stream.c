/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "fit.h"
#include "base/stream.h"

static void known(struct stream_address address, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    uint32_t words[4];
    stream_words(&address, words);
    assert_int_equal(words[0], a);
    assert_int_equal(words[1], b);
    assert_int_equal(words[2], c);
    assert_int_equal(words[3], d);
}

/* The three philox4x32-10 lines of kat_vectors in Random123 1.14 (Salmon et al. 2011): counters and keys of zeros, of
 * ones, and the digits of pi. They also fix the layout of an address: counter = (index, entity, purpose and month,
 * replicate), key = (low, high half of the seed). */
static void known_answers(void **state)
{
    (void)state;
    known((struct stream_address){.seed = 0}, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    known((struct stream_address){.seed = UINT64_MAX,
                                  .replicate = UINT32_MAX,
                                  .purpose = 0xfff,
                                  .entity = UINT32_MAX,
                                  .month = 0xfffff,
                                  .index = UINT32_MAX},
          0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    known((struct stream_address){.seed = 0x299f31d0a4093822,
                                  .replicate = 0x03707344,
                                  .purpose = 0x131,
                                  .entity = 0x85a308d3,
                                  .month = 0x98a2e,
                                  .index = 0x243f6a88},
          0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
}

/* Every part of an address matters. */
static void parts_of_an_address(void **state)
{
    (void)state;
    const struct stream_address base = {7, 1, 2, 3, 4, 5};
    struct stream_address others[7];
    for (int k = 0; k < 7; k++) {
        others[k] = base;
    }
    others[0].seed += 1;
    others[1].seed += (uint64_t)1 << 32;
    others[2].replicate++;
    others[3].purpose++;
    others[4].entity++;
    others[5].month++;
    others[6].index++;
    uint32_t words[4];
    stream_words(&base, words);
    for (int k = 0; k < 7; k++) {
        uint32_t other[4];
        stream_words(&others[k], other);
        assert_memory_not_equal(words, other, sizeof words);
    }
}

/* ((word >> 9) + 1/2) 2^-23, exact in float: the ends, and symmetry about 1/2. */
static void uniform(void **state)
{
    (void)state;
    assert_true(stream_uniform(0) == 0x1p-24F);
    assert_true(stream_uniform(UINT32_MAX) == 1.0F - 0x1p-24F);
    for (uint32_t word = 0; word < UINT32_MAX - 77777; word += 77777) {
        double exact = ((double)(word >> 9) + 0.5) / 8388608;
        assert_true((double)stream_uniform(word) == exact);
        assert_true((double)stream_uniform(~word) == 1 - exact);
    }
}

/* The two parts of a word: each the middle of one of 2^20 or 2^12 equal steps, exact in float, whatever the other is. */
static void uniform_parts(void **state)
{
    (void)state;
    assert_true(stream_uniform_upper(0xFFF) == 0x1p-21F && stream_uniform_lower(0xFFFFF000) == 0x1p-13F);
    assert_true(stream_uniform_upper(0xFFFFF000) == 1.0F - 0x1p-21F && stream_uniform_lower(0xFFF) == 1.0F - 0x1p-13F);
    for (uint32_t word = 0; word < UINT32_MAX - 77777; word += 77777) {
        assert_true((double)stream_uniform_upper(word) == ((double)(word / 4096) + 0.5) / 1048576);
        assert_true((double)stream_uniform_lower(word) == ((double)(word % 4096) + 0.5) / 4096);
    }
}

/* floor(word n / 2^32): the ends, and equal parts of the words. */
static void choice(void **state)
{
    (void)state;
    for (uint32_t n = 1; n < 100; n++) {
        assert_int_equal(stream_choice(0, n), 0);
        assert_int_equal(stream_choice(UINT32_MAX, n), n - 1);
    }
    for (uint32_t k = 0; k < 12; k++) {
        uint32_t first = (uint32_t)((((uint64_t)k << 32) + 11) / 12); /* the first word of part k */
        assert_int_equal(stream_choice(first, 12), k);
        assert_int_equal(k == 0 ? 0 : stream_choice(first - 1, 12), k == 0 ? 0 : k - 1);
    }
}

/* AS 241 (PPND7) promises 7 digits; single precision arithmetic leaves 3e-6 of the value, and 3e-7 near 0. Both tails in
 * full, every 37th uniform between, against GSL. */
static void normal_quantile(void **state)
{
    (void)state;
    const uint32_t last = 1U << 23;
    for (uint32_t k = 0; k < last; k += k < 5000 || k > last - 5000 ? 1 : 37) {
        float u = stream_uniform(k << 9);
        double x = (double)stream_normal(u);
        double expected = gsl_cdf_ugaussian_Pinv((double)u);
        assert_close(x, expected, 3e-7 + 3e-6 * fabs(expected));
        assert_true(stream_normal(1.0F - u) == -stream_normal(u));
    }
}

static double normal_cdf(double x, const void *context)
{
    (void)context;
    return gsl_cdf_ugaussian_P(x);
}

static double uniform_cdf(double x, const void *context)
{
    (void)context;
    return x;
}

/* 200,000 uniforms and normals over replicates, months and words. False alarm 1e-6 each. */
static void distributions(void **state)
{
    (void)state;
    enum { N = 200000 };
    double *uniforms = malloc(N * sizeof *uniforms);
    double *normals = malloc(N * sizeof *normals);
    double choices[13] = {0};
    assert_true(uniforms != NULL && normals != NULL);
    for (uint32_t k = 0; k < N; k += 4) {
        struct stream_address address = {20220101, k % 500, 9, k % 3, k / 500, 0};
        uint32_t words[4];
        stream_words(&address, words);
        for (uint32_t word = 0; word < 4; word++) {
            uniforms[k + word] = (double)stream_uniform(words[word]);
            normals[k + word] = (double)stream_normal(stream_uniform(words[word]));
            choices[stream_choice(words[word], 13)]++;
        }
    }
    assert_true(fit_ks(N, uniforms, uniform_cdf, NULL) > FIT_ALARM);
    assert_true(fit_ks(N, normals, normal_cdf, NULL) > FIT_ALARM);
    assert_true(fit_even(13, choices) > FIT_ALARM);
    free(uniforms);
    free(normals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers), cmocka_unit_test(parts_of_an_address),
        cmocka_unit_test(uniform),       cmocka_unit_test(uniform_parts),
        cmocka_unit_test(choice),        cmocka_unit_test(normal_quantile),
        cmocka_unit_test(distributions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
