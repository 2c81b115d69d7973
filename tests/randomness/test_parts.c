/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One word serves a tie for a month: its upper 20 bits decide on the escalation, its lower 12 are xi. Both parts are
 * uniform, independent of each other, and of the parts of every neighbouring word. */
#include "testing.h"

#include <gsl/gsl_statistics_double.h>

#include "fit.h"
#include "walk.h"
#include "engine/kernel/draws.h"

enum { MONTHS = 257, TIES = 52, INDICES = TIES / 4, N = (MONTHS - 1) * (TIES - 4) * (LANES - 1) };

static lane_word drawn[MONTHS][TIES];

/* All words of the ties of some months, or of what else `purpose` is for. */
static void draw_all(uint64_t seed, uint32_t purpose, uint32_t replicate, lane_word words[MONTHS][TIES])
{
    struct block block = {.n_lanes = LANES};
    for (uint32_t lane = 0; lane < LANES; lane++) {
        block.replicate[lane] = replicate + lane;
    }
    for (int month = 0; month < MONTHS; month++) {
        for (uint32_t index = 0; index < INDICES; index++) {
            _Alignas(LANE_ALIGNMENT) lane_word four[4];
            draw_words(&block, seed, purpose, month, index, four);
            memcpy(words[month][4 * index], four, sizeof four);
        }
    }
}

static int draw_ties_once(void **state)
{
    (void)state;
    draw_all(WALK_SEED, PURPOSE_TIE, 0, drawn);
    return 0;
}

/* The lowest bit of each of four groups of five: both ends of both parts. */
static const int GROUP[4] = {27, 12, 7, 0};

static uint32_t group_of(uint32_t word, int group)
{
    return word >> GROUP[group] & 31U;
}

/* Words and those that stand `months`, `ties` and `lanes` further in `others`: all 16 tables of 32 x 32 cells. */
static void assert_apart(lane_word others[MONTHS][TIES], int months, int ties, int lanes)
{
    static double counts[4][4][1024];
    memset(counts, 0, sizeof counts);
    for (int month = 0; month < MONTHS - 1; month++) {
        for (int tie = 0; tie < TIES - 4; tie++) {
            for (int lane = 0; lane < LANES - 1; lane++) {
                uint32_t here = drawn[month][tie][lane];
                uint32_t there = others[month + months][tie + ties][lane + lanes];
                for (int cell = 0; cell < 16; cell++) {
                    counts[cell / 4][cell % 4][group_of(here, cell / 4) * 32 + group_of(there, cell % 4)]++;
                }
            }
        }
    }
    int same = others == drawn && months == 0 && ties == 0 && lanes == 0;
    for (int cell = 0; cell < 16; cell++) {
        if (!same || cell / 4 != cell % 4) {
            assert_true(fit_even(1024, counts[cell / 4][cell % 4]) > FIT_ALARM);
        }
    }
}

/* The parts of one word; of the next tie (in the same Philox block and not) and collaboration; of the next month. False
 * alarm 1e-6 for each of 92 tables. */
static void neighbours(void **state)
{
    (void)state;
    assert_apart(drawn, 0, 0, 0);
    assert_apart(drawn, 0, 1, 0);
    assert_apart(drawn, 0, 2, 0);
    assert_apart(drawn, 0, 4, 0);
    assert_apart(drawn, 0, 0, 1);
    assert_apart(drawn, 1, 0, 0);
}

/* The same place under another seed (the low and the high half of it), for another purpose, in another replicate. */
static void other_addresses(void **state)
{
    (void)state;
    static lane_word others[MONTHS][TIES];
    const struct {
        uint64_t seed;
        uint32_t purpose, replicate;
    } address[] = {{WALK_SEED + 1, PURPOSE_TIE, 0},
                   {WALK_SEED + ((uint64_t)1 << 32), PURPOSE_TIE, 0},
                   {WALK_SEED, PURPOSE_TIE + 1, 0},
                   {WALK_SEED, PURPOSE_PERSON, 0},
                   {WALK_SEED, PURPOSE_TIE, LANES}};
    for (int k = 0; k < 5; k++) {
        draw_all(address[k].seed, address[k].purpose, address[k].replicate, others);
        assert_apart(others, 0, 0, 0);
    }
}

static double uniform_cdf(double x, const void *context)
{
    (void)context;
    return x;
}

/* As the rules read them: the upper part against the uniform distribution, every value of the lower part equally often,
 * and no correlation of one with the other (|r| sqrt(n) is standard normal; 4.9 once in a million). */
static void both_parts_are_uniform(void **state)
{
    (void)state;
    static double upper[N], lower[N], values[4096];
    int n = 0;
    for (int month = 0; month < MONTHS - 1; month++) {
        for (int tie = 0; tie < TIES - 4; tie++) {
            for (int lane = 0; lane < LANES - 1; lane++, n++) {
                uint32_t word = drawn[month][tie][lane];
                upper[n] = (double)stream_uniform_upper(word);
                lower[n] = (double)stream_uniform_lower(word);
                values[word & 0xFFFU]++;
            }
        }
    }
    assert_int_equal(n, N);
    assert_close(gsl_stats_correlation(upper, 1, lower, 1, N) * sqrt(N), 0, 4.9);
    assert_true(fit_even(4096, values) > FIT_ALARM);
    assert_true(fit_ks(N, upper, uniform_cdf, NULL) > FIT_ALARM);
}

/* Rare escalations tell nothing about xi: among the words of one in a thousand, its 16 sixteenths are equally full. */
static void rare_events(void **state)
{
    (void)state;
    double sixteenths[16] = {0};
    int n = 0;
    for (uint32_t replicate = 0; replicate < 160; replicate += LANES) {
        static lane_word words[MONTHS][TIES];
        draw_all(WALK_SEED, PURPOSE_TIE, replicate, words);
        for (int k = 0; k < MONTHS * TIES * LANES; k++) {
            uint32_t word = words[k / (TIES * LANES)][k / LANES % TIES][k % LANES];
            if (stream_uniform_upper(word) < 1e-3F) {
                sixteenths[(int)(stream_uniform_lower(word) * 16)]++;
                n++;
            }
        }
    }
    double expected = 1e-3 * 10 * MONTHS * TIES * LANES;
    assert_close(n, expected, 4.9 * sqrt(expected));
    assert_true(fit_even(16, sixteenths) > FIT_ALARM);
}

/* Any two bits of a word agree in half of the words: 496 pairs, five standard deviations and a half (one false alarm in
 * 50,000 seeds). */
static void single_bits(void **state)
{
    (void)state;
    for (int a = 0; a < 32; a++) {
        for (int b = 0; b < a; b++) {
            int agree = 0;
            for (int k = 0; k < MONTHS * TIES * LANES; k++) {
                uint32_t word = drawn[k / (TIES * LANES)][k / LANES % TIES][k % LANES];
                agree += (int)(1U & ~(word >> a ^ word >> b));
            }
            double n = MONTHS * TIES * LANES;
            assert_close(agree, n / 2, 5.5 * sqrt(n) / 2);
        }
    }
}

/* The walk that the batteries read gives the words of the addressed stream, as they are and turned round. */
static void walks(void **state)
{
    (void)state;
    static struct walk whole, turned;
    walk_start(&whole, WALK_WHOLE, 8);
    walk_start(&turned, WALK_REVERSED, 8);
    for (uint32_t k = 0; k < 3 * WALK_ITEMS * LANES; k++) {
        uint32_t lane = k / WALK_ITEMS % LANES;
        uint32_t words[4];
        struct stream_address address = {.seed = WALK_SEED,
                                         .replicate = 8 + lane / 4,
                                         .purpose = 1 + k / (WALK_ITEMS * LANES),
                                         .entity = lane % 4,
                                         .index = k % WALK_ITEMS / 4};
        stream_words(&address, words);
        uint32_t word = walk_next(&whole);
        uint32_t other = walk_next(&turned);
        assert_int_equal(word, words[k % 4]);
        for (int bit = 0; bit < 32; bit++) {
            assert_int_equal(word >> bit & 1U, other >> (31 - bit) & 1U);
        }
    }
}

/* The parts of the words of ties follow each other bit by bit. */
static void assert_packed(enum walk_part part, int low, int n)
{
    static struct walk walk;
    walk_start(&walk, part, 8);
    uint32_t bits = 0;
    int n_bits = 0;
    for (uint32_t tie = 0; tie < WALK_ITEMS; tie++) {
        uint32_t words[4];
        stream_words(&(struct stream_address){WALK_SEED, 8, PURPOSE_TIE, 0, 0, tie / 4}, words);
        for (int bit = low + n - 1; bit >= low; bit--) {
            bits = bits << 1 | (words[tie % 4] >> bit & 1U);
            if (++n_bits % 32 == 0) {
                assert_int_equal(walk_next(&walk), bits);
            }
        }
    }
    assert_int_equal(n_bits, n * WALK_ITEMS);
}

static void walks_over_parts(void **state)
{
    (void)state;
    assert_packed(WALK_UPPER, 12, 20);
    assert_packed(WALK_LOWER, 0, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours),       cmocka_unit_test(other_addresses), cmocka_unit_test(both_parts_are_uniform),
        cmocka_unit_test(rare_events),      cmocka_unit_test(single_bits),     cmocka_unit_test(walks),
        cmocka_unit_test(walks_over_parts),
    };
    return cmocka_run_group_tests(tests, draw_ties_once, NULL);
}
