/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include "result/tally_code.h"

static uint64_t bits = 88172645463325252U; /* xorshift64, Marsaglia 2003 */

static uint64_t next_bits(void)
{
    bits ^= bits << 13;
    bits ^= bits >> 7;
    bits ^= bits << 17;
    return bits;
}

/* A tally of n replicates with values in 0 .. 1; the last samples may have none. */
static void fill(struct tally *tally, int n, int n_samples_used)
{
    for (int sample = 0; sample < n_samples_used; sample++) {
        for (int i = 0; i < n; i++) {
            for (int series = 0; series < N_SERIES; series++) {
                float value = (float)(next_bits() >> 40) * 0x1p-24F;
                tally_count(tally, series, sample, 1, &value);
            }
        }
        tally->n[sample] += n;
    }
}

static int is_equal(const struct tally *a, const struct tally *b)
{
    size_t n = (size_t)a->n_samples, cells = N_SERIES * n;
    return memcmp(a->n, b->n, n * sizeof *a->n) == 0 && memcmp(a->sum, b->sum, cells * sizeof *a->sum) == 0 &&
           memcmp(a->sum_squares, b->sum_squares, cells * sizeof *a->sum_squares) == 0 &&
           memcmp(a->bins, b->bins, cells * TALLY_BINS * sizeof *a->bins) == 0;
}

/* Coding and adding is the same as tally_add. */
static void test_adding(void **state)
{
    (void)state;
    enum { SAMPLES = 9 };
    struct tally_code code = {0};
    struct tally sum, expected;
    assert_int_equal(tally_init(&sum, N_SERIES, SAMPLES), DREDGE_OK);
    assert_int_equal(tally_init(&expected, N_SERIES, SAMPLES), DREDGE_OK);
    for (int part = 0; part < 5; part++) {
        struct tally tally;
        assert_int_equal(tally_init(&tally, N_SERIES, SAMPLES), DREDGE_OK);
        fill(&tally, part * part * 20, SAMPLES - part);
        tally_add(&expected, &tally);
        assert_int_equal(tally_code_write(&code, &tally), DREDGE_OK);
        tally_free(&tally);
    }
    size_t position = 0;
    for (int part = 0; part < 5; part++) {
        assert_true(tally_code_add(code.n_bytes, code.bytes, &position, &sum));
    }
    assert_int_equal(position, code.n_bytes);
    assert_true(is_equal(&sum, &expected));
    assert_true(code.n_bytes < SAMPLES * N_SERIES * TALLY_BINS * sizeof(uint32_t)); /* less than one tally takes */
    tally_code_free(&code);
    tally_code_free(&code);
    tally_free(&sum);
    tally_free(&expected);
}

/* The ends of the ranges of numbers. */
static void test_extremes(void **state)
{
    (void)state;
    static const int64_t sums[] = {0, -1, 1, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        struct tally_code code = {0};
        struct tally tally, sum;
        size_t position = 0;
        assert_int_equal(tally_init(&tally, N_SERIES, 1), DREDGE_OK);
        assert_int_equal(tally_init(&sum, N_SERIES, 1), DREDGE_OK);
        tally.n[0] = INT64_MAX;
        for (int series = 0; series < N_SERIES; series++) {
            tally.sum[series] = sums[i];
            tally.sum_squares[series] = sums[i];
            tally.bins[series * TALLY_BINS] = UINT32_MAX;
            tally.bins[series * TALLY_BINS + TALLY_BINS - 1] = i % 2 == 0 ? 1 : UINT32_MAX;
        }
        assert_int_equal(tally_code_write(&code, &tally), DREDGE_OK);
        assert_true(tally_code_add(code.n_bytes, code.bytes, &position, &sum));
        assert_true(is_equal(&sum, &tally));
        tally_code_free(&code);
        tally_free(&tally);
        tally_free(&sum);
    }
}

/* Damaged bytes are refused or add up to something else, but nothing is read or written beyond them. */
static void test_damage(void **state)
{
    (void)state;
    struct tally_code code = {0};
    struct tally tally, sum;
    assert_int_equal(tally_init(&tally, N_SERIES, 2), DREDGE_OK);
    assert_int_equal(tally_init(&sum, N_SERIES, 2), DREDGE_OK);
    fill(&tally, 40, 2);
    assert_int_equal(tally_code_write(&code, &tally), DREDGE_OK);
    for (size_t length = 0; length < code.n_bytes; length++) {
        unsigned char *cut = malloc(length + 1); /* so that a sanitizer sees its end */
        size_t position = 0;
        assert_non_null(cut);
        memcpy(cut, code.bytes, length);
        assert_false(tally_code_add(length, cut, &position, &sum));
        assert_true(position <= length);
        free(cut);
    }
    for (int i = 0; i < 5000; i++) {
        size_t at = (size_t)(next_bits() % code.n_bytes), position = 0;
        unsigned char mask = (unsigned char)(1 + next_bits() % 255);
        code.bytes[at] ^= mask;
        (void)tally_code_add(code.n_bytes, code.bytes, &position, &sum);
        assert_true(position <= code.n_bytes);
        code.bytes[at] ^= mask;
    }
    tally_code_free(&code);
    tally_free(&tally);
    tally_free(&sum);
}

/* Values of a few replicates, some of them outside what a series can be. */
static float value_of(int i)
{
    static const float others[] = {0, 1, 1.5F, 2, 1e30F, -1};
    uint64_t which = next_bits() % 10;
    return i > 0 && which < 6 ? others[which] : (float)(next_bits() >> 40) * 0x1p-24F;
}

/* A tally that is coded cell by cell has the bytes of the same one coded as a whole, no more than there is room for. */
static void test_cells(void **state)
{
    (void)state;
    enum { SAMPLES = 4, MOST = 1100 };
    static float values[MOST], baseline[MOST];
    static const int sizes[] = {1, 2, 16, 95, 96, 128, 1023, 1024, MOST};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        int n = sizes[k];
        struct tally_code whole = {0};
        struct tally tally;
        uint32_t bins[TALLY_BINS] = {0};
        size_t room = tally_code_most_bytes(N_SERIES, SAMPLES, n), n_bytes = 0;
        unsigned char *cells = malloc(room);
        assert_non_null(cells);
        assert_int_equal(tally_init(&tally, N_SERIES, SAMPLES), DREDGE_OK);
        for (int sample = 0; sample < SAMPLES; sample++) { /* the last one is not reached */
            int is_there = sample < SAMPLES - 1;
            tally.n[sample] = is_there ? n : 0;
            tally.n_pairs[sample] = is_there ? n : 0;
            n_bytes += tally_code_counts(tally.n[sample], tally.n_pairs[sample], cells + n_bytes);
        }
        for (int series = 0; series < N_SERIES; series++) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                struct tally_cell cell;
                tally_cell_begin(&cell);
                for (int i = 0; i < n; i++) {
                    values[i] = value_of(i);
                    baseline[i] = value_of(i);
                }
                if (sample < SAMPLES - 1) {
                    tally_count(&tally, series, sample, n, values);
                    tally_count_pairs(&tally, series, sample, n, values, baseline);
                    tally_cell_count(&cell, tally.kernel, series, n, values, bins);
                    tally_cell_count_pairs(&cell, tally.kernel, series, n, values, baseline);
                }
                tally_cell_gather(&cell, bins);
                n_bytes += tally_code_cell(&cell, cells + n_bytes);
            }
        }
        assert_true(n_bytes <= room);
        assert_int_equal(tally_code_write(&whole, &tally), DREDGE_OK);
        assert_int_equal(n_bytes, whole.n_bytes);
        assert_memory_equal(cells, whole.bytes, n_bytes);
        assert_true(tally_code_is_sound(n_bytes, cells, N_SERIES, SAMPLES));
        assert_false(tally_code_is_sound(n_bytes - 1, cells, N_SERIES, SAMPLES));
        assert_false(tally_code_is_sound(n_bytes, cells, N_SERIES - 1, SAMPLES));
        free(cells);
        tally_code_free(&whole);
        tally_free(&tally);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
