/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "fit.h"
#include "setup.h"
#include "engine/kernel/draws.h"

/* A block that is only an address. */
static struct block addressed(uint32_t first, uint32_t entity)
{
    struct block block = {.n_lanes = LANES};
    for (int lane = 0; lane < LANES; lane++) {
        block.replicate[lane] = first + (uint32_t)lane * 3;
        block.entity[lane] = entity + (uint32_t)lane * 1000003;
    }
    return block;
}

/* The draws in bulk are those of base/stream.h, word by word, with all bits of every part of the address in use. */
static void the_same_words(void **state)
{
    (void)state;
    const uint64_t seeds[] = {0, 1, 0x299f31d0a4093822U, UINT64_MAX};
    const uint32_t purposes[] = {1, 9, 19, 0xfff};
    const int months[] = {0, 1, 119, 0xfffff};
    const uint32_t indices[] = {0, 1, 45, UINT32_MAX};
    struct block block = addressed(0xfffffff0U, 0xf0000000U);
    for (int k = 0; k < 256; k++) {
        _Alignas(LANE_ALIGNMENT) lane_word words[4];
        _Alignas(LANE_ALIGNMENT) lane_real uniforms[4];
        struct stream_address address = {.seed = seeds[k & 3],
                                         .purpose = purposes[k >> 2 & 3],
                                         .month = (uint32_t)months[k >> 4 & 3],
                                         .index = indices[k >> 6]};
        draw_words(&block, address.seed, address.purpose, (int)address.month, address.index, words);
        draw_uniforms(&block, address.seed, address.purpose, (int)address.month, address.index, uniforms);
        for (int lane = 0; lane < LANES; lane++) {
            uint32_t expected[4];
            address.replicate = block.replicate[lane];
            address.entity = block.entity[lane];
            stream_words(&address, expected);
            for (int word = 0; word < 4; word++) {
                assert_int_equal(words[word][lane], expected[word]);
                assert_true(uniforms[word][lane] == stream_uniform(expected[word]));
            }
        }
    }
}

/* Inversion: the smallest number whose distribution function reaches u. Single precision may move a step of the function
 * by 1e-6 of probability. */
static void poisson_is_the_quantile(void **state)
{
    (void)state;
    const float means[] = {0, 0.001F, 0.1F, 1, 3.7F, 9, 15.9F, 16};
    struct block block = addressed(0, 0);
    for (int m = 0; m < 8; m++) {
        for (uint32_t first = 0; first < 1U << 23; first += 16 * 1009) {
            _Alignas(LANE_ALIGNMENT) lane_real mean;
            _Alignas(LANE_ALIGNMENT) lane_real uniform;
            _Alignas(LANE_ALIGNMENT) lane_whole number;
            for (uint32_t lane = 0; lane < LANES; lane++) {
                uint32_t place = first + lane * 1009;
                mean[lane] = means[m];
                uniform[lane] = stream_uniform((place < (1U << 23) ? place : (1U << 23) - 1 - lane) << 9);
            }
            draw_poisson(&block, 1, 0, 0, mean, uniform, number);
            for (int lane = 0; lane < LANES; lane++) {
                unsigned k = (unsigned)number[lane];
                double u = (double)uniform[lane];
                double below = k == 0 || means[m] == 0 ? 0 : gsl_cdf_poisson_P(k - 1, (double)means[m]);
                double reached = means[m] == 0 ? (k == 0) : gsl_cdf_poisson_P(k, (double)means[m]);
                assert_true(number[lane] >= 0);
                assert_true(below <= u + 1e-6 && reached >= u - 1e-6);
            }
        }
    }
}

/* At the very end of u, where single precision cannot tell the sum of the terms from 1, the number is at most two
 * above the quantile: P(N > number - 3) is at least 2^-24, as u is at most 1 - 2^-24. */
static void poisson_at_the_end(void **state)
{
    (void)state;
    struct block block = addressed(0, 0);
    for (int step = 1; step <= 4000; step++) {
        for (uint32_t first = 0; first < 64; first += LANES) {
            _Alignas(LANE_ALIGNMENT) lane_real mean;
            _Alignas(LANE_ALIGNMENT) lane_real uniform;
            _Alignas(LANE_ALIGNMENT) lane_whole number;
            for (uint32_t lane = 0; lane < LANES; lane++) {
                mean[lane] = (float)step * 0.004F;
                uniform[lane] = stream_uniform(UINT32_MAX - ((first + lane) << 9));
            }
            draw_poisson(&block, 1, 0, 0, mean, uniform, number);
            for (int lane = 0; lane < LANES; lane++) {
                assert_true(number[lane] > 0);
                unsigned lowest = number[lane] < 3 ? 0 : (unsigned)number[lane] - 2;
                assert_true(lowest == 0 || gsl_cdf_poisson_Q(lowest - 1, (double)mean[lane]) >= 0x1p-24);
            }
        }
    }
}

/* Counts against GSL's probabilities, by inversion up to a mean of 16 and by GSL's generator above. False alarm 1e-6
 * each. */
static void poisson_distribution(void **state)
{
    (void)state;
    enum { ROUNDS = 4000, CELLS = 100 };
    const double means[] = {0.1, 1, 3.7, 15.9, 16, 16.5, 40};
    for (int m = 0; m < 7; m++) {
        double counts[CELLS] = {0};
        double expected[CELLS];
        for (unsigned k = 0; k < CELLS; k++) {
            expected[k] = ROUNDS * LANES * gsl_ran_poisson_pdf(k, means[m]);
        }
        for (uint32_t round = 0; round < ROUNDS; round++) {
            struct block block = addressed(round, 0);
            _Alignas(LANE_ALIGNMENT) lane_real mean;
            _Alignas(LANE_ALIGNMENT) lane_real uniforms[4];
            _Alignas(LANE_ALIGNMENT) lane_whole number;
            for (int lane = 0; lane < LANES; lane++) {
                mean[lane] = (float)means[m];
            }
            draw_uniforms(&block, 12, PURPOSE_EFFORT, (int)round, 0, uniforms);
            draw_poisson(&block, 12, (int)round, 1, mean, uniforms[1], number);
            for (int lane = 0; lane < LANES; lane++) {
                assert_between(number[lane], 0, CELLS - 1);
                counts[number[lane]]++;
            }
        }
        assert_true(fit_chi_square(CELLS, counts, expected) > FIT_ALARM);
    }
}

/* Lanes with small, large and no means in one call get what each would get alone. */
static void poisson_mixed(void **state)
{
    (void)state;
    struct block block = addressed(7, 1);
    _Alignas(LANE_ALIGNMENT) lane_real mean;
    _Alignas(LANE_ALIGNMENT) lane_real uniforms[4];
    _Alignas(LANE_ALIGNMENT) lane_whole number;
    draw_uniforms(&block, 5, PURPOSE_EFFORT, 3, 0, uniforms);
    for (int lane = 0; lane < LANES; lane++) {
        mean[lane] = lane % 3 == 0 ? 0.0F : lane % 3 == 1 ? 2.5F : 200.0F;
    }
    draw_poisson(&block, 5, 3, 2, mean, uniforms[2], number);
    for (int lane = 0; lane < LANES; lane++) {
        if (lane % 3 == 0) {
            assert_int_equal(number[lane], 0);
        } else if (lane % 3 == 1) {
            assert_true(gsl_cdf_poisson_P((unsigned)number[lane], 2.5) >= (double)uniforms[2][lane] - 1e-5);
        } else {
            struct stream_address address = {5, block.replicate[lane], PURPOSE_MANY, block.entity[lane], 3, 2};
            assert_int_equal(number[lane], stream_gsl_poisson(&address, 200));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_words),     cmocka_unit_test(poisson_is_the_quantile),
        cmocka_unit_test(poisson_at_the_end), cmocka_unit_test(poisson_distribution),
        cmocka_unit_test(poisson_mixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
