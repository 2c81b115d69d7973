/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <string.h>

#include "setup.h"
#include "engine/block.h"

/* A started block of a small default collaboration. */
static int start(void **state)
{
    static struct rig rig;
    struct setup setup;
    setup_begin(&setup, 1);
    (void)setup_regime(&setup, "iterative");
    rig_start(&rig, &setup, NULL, 0, 5);
    *state = &rig;
    return 0;
}

static int end(void **state)
{
    rig_free(*state);
    return 0;
}

/* The rows lie one after the other, each on a boundary of a lane row, none shared, all within block_bytes. Writing a
 * different byte to each row and reading them back shows overlaps. */
static void rows_apart(void **state)
{
    struct rig *rig = *state;
    for (int shared = 0; shared < 2; shared++) {
        struct block block;
        assert_int_equal(block_init(&block, &rig->scenario, shared), DREDGE_OK);
        assert_true((block.organisation != NULL) == shared);
        const size_t n_ties = 91, n_seats = 14, causes = 4, layers = 3;
        struct {
            void *row;
            size_t bytes;
        } rows[] = {
            {block.trust, n_ties * sizeof(lane_real)},
            {block.latent, n_ties * sizeof(lane_real)},
            {block.open, n_ties * sizeof(lane_real)},
            {block.unexplored, n_ties * sizeof(lane_real)},
            {block.frame[0], n_seats * sizeof(lane_real)},
            {block.frame[1], n_seats * sizeof(lane_real)},
            {block.frame[2], n_seats * sizeof(lane_real)},
            {block.momentum, n_seats * sizeof(lane_real)},
            {block.inside, n_seats * sizeof(lane_whole)},
            {block.position[0], n_seats * sizeof(lane_real)},
            {block.position[1], n_seats * sizeof(lane_real)},
            {block.position[2], n_seats * sizeof(lane_real)},
            {block.standing, n_seats * sizeof(lane_real)},
            {block.appreciation, n_seats * sizeof(lane_real)},
            {block.diagnosed, causes * sizeof(lane_whole)},
            {block.addressed, causes * sizeof(lane_whole)},
            {block.owner, causes * layers * sizeof(lane_byte)},
            {block.organisation, shared ? n_seats * sizeof(lane_word) : 0},
        };
        size_t n_rows = sizeof rows / sizeof rows[0];
        size_t total = 0;
        for (size_t k = 0; k < n_rows; k++) {
            assert_int_equal((uintptr_t)rows[k].row % LANE_ALIGNMENT, 0);
            memset(rows[k].row != NULL ? rows[k].row : block.memory, (int)k + 1, rows[k].bytes);
            total += (rows[k].bytes + LANE_ALIGNMENT - 1) / LANE_ALIGNMENT * LANE_ALIGNMENT;
        }
        for (size_t k = 0; k < n_rows; k++) {
            const unsigned char *bytes = rows[k].row;
            for (size_t byte = 0; byte < rows[k].bytes; byte++) {
                assert_int_equal(bytes[byte], k + 1);
            }
        }
        assert_int_equal(block_bytes(&rig->scenario, shared), total);
        block_free(&block);
        block_free(&block); /* safe when zeroed */
    }
}

static void check(struct rig *rig, int expected)
{
    char sentence[128] = "";
    int good = block_verify(&rig->ensemble.blocks[0], &rig->scenario, sizeof sentence, sentence);
    assert_int_equal(good, expected);
    assert_int_equal(sentence[0] == '\0', expected);
}

/* One value out of range in the last lane in use is noticed, and back in range it is good again. */
static void breach(struct rig *rig, float *place, float wrong)
{
    float kept = *place;
    *place = wrong;
    check(rig, 0);
    *place = kept;
    check(rig, 1);
}

static void breaches_of_ranges(void **state)
{
    struct rig *rig = *state;
    struct block *block = &rig->ensemble.blocks[0];
    const int lane = 4;
    check(rig, 1);
    float *const shares[] = {
        &block->trust[90][lane],        &block->latent[90][lane],  &block->open[0][lane],  &block->standing[13][lane],
        &block->appreciation[13][lane], &block->symptom[lane],     &block->pressure[lane], &block->relevance[lane],
        &block->unexplored[3][lane],    &block->fatigue[lane],     &block->skill[lane],    &block->commitment[lane],
        &block->budget[lane],           &block->momentum[13][lane]};
    for (size_t k = 0; k < sizeof shares / sizeof shares[0]; k++) {
        breach(rig, shares[k], -0.01F);
        breach(rig, shares[k], 1.01F);
        breach(rig, shares[k], NAN);
    }
    breach(rig, &block->momentum[0][lane], 0);
    breach(rig, &block->budget[lane], 0.09F);
    breach(rig, &block->frame[2][13][lane], INFINITY);
    breach(rig, &block->position[0][13][lane], NAN);
    float latent = block->latent[5][lane];
    breach(rig, &block->open[5][lane], 1.01F - latent); /* each in range, their sum is not */
}

static void breach_whole(struct rig *rig, int32_t *place, int32_t wrong)
{
    int32_t kept = *place;
    *place = wrong;
    check(rig, 0);
    *place = kept;
    check(rig, 1);
}

static void breaches_of_order(void **state)
{
    struct rig *rig = *state;
    struct block *block = &rig->ensemble.blocks[0];
    const int lane = 4;
    breach_whole(rig, &block->diagnosed[3][lane], 4);
    breach_whole(rig, &block->diagnosed[3][lane], -1);
    breach_whole(rig, &block->addressed[3][lane], block->diagnosed[3][lane] + 1);
    breach_whole(rig, &block->addressed[3][lane], -1);
    breach_whole(rig, &block->n_addressed[lane], 1);
    breach_whole(rig, &block->n_inside[lane], 9);
    breach_whole(rig, &block->inside[13][lane], 1);
    breach_whole(rig, &block->inside[0][lane], 2);
}

/* Lanes that are not in use are not looked at. */
static void unused_lanes(void **state)
{
    struct rig *rig = *state;
    struct block *block = &rig->ensemble.blocks[0];
    float kept = block->trust[0][5];
    block->trust[0][5] = 7;
    check(rig, 1);
    block->trust[0][5] = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_apart, start, end),
        cmocka_unit_test_setup_teardown(breaches_of_ranges, start, end),
        cmocka_unit_test_setup_teardown(breaches_of_order, start, end),
        cmocka_unit_test_setup_teardown(unused_lanes, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
