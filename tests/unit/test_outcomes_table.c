/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "model/outcomes.h"
#include "testing.h"

static void test_outcomes(void **state)
{
    (void)state;
    assert_int_equal(N_OUTCOMES, 33); /* docs/model.md 6 */
    for (int index = 0; index < N_OUTCOMES; index++) {
        const struct outcome_info *info = &outcome_infos[index];
        assert_int_equal(outcome_find(info->name), index);
        assert_true(info->better >= -1 && info->better <= 1);
        assert_true(info->unit[0] != '\0' && info->long_name[0] != '\0' && info->description[0] != '\0');
    }
    assert_int_equal(outcome_find("symptom_year3"), OUTCOME_symptom_year3);
    assert_int_equal(outcome_find("symptom"), -1);
    assert_int_equal(outcome_find("trust_end_by_pair"), -1);
}

/* Columns: their names are found again, each row has as many as it has numbers, and the numbers of a sector and of a pair of
 * sectors stand where the helpers say. */
static void test_columns(void **state)
{
    (void)state;
    int n_of_row[N_OUTCOME_ROWS] = {0};
    static const int n_of_dimension[] = {1, N_SECTORS, N_SECTOR_PAIRS};
    for (int column = 0; column < N_OUTCOME_COLUMNS; column++) {
        assert_int_equal(outcome_column_find(outcome_columns[column].name), column);
        assert_int_equal(outcome_columns[column].place, n_of_row[outcome_columns[column].row]++);
    }
    for (int row = 0; row < N_OUTCOME_ROWS; row++) {
        assert_int_equal(n_of_row[row], n_of_dimension[outcome_infos[row].dimension]);
        assert_true(outcome_infos[row].matters >= 0);
    }
    for (int sector = 0; sector < N_SECTORS; sector++) {
        char name[64];
        (void)snprintf(name, sizeof name, "inclusion_by_sector[%s]", sector_names[sector]);
        assert_int_equal(outcome_column_find(name), sector_outcome_column(SECTOR_OUTCOME_inclusion_by_sector, sector));
        assert_int_equal(series_column_find(name), sector_series_column(SECTOR_SERIES_inclusion_by_sector, sector));
    }
    for (int a = 0; a < N_SECTORS; a++) {
        for (int b = a; b < N_SECTORS; b++) {
            char name[64];
            int pair = sector_pair(b, a);
            (void)snprintf(name, sizeof name, "%s-%s", sector_names[a], sector_names[b]);
            assert_string_equal(sector_pair_names[pair], name);
            assert_int_equal(sector_pair_is_within(pair), a == b);
            (void)snprintf(name, sizeof name, "learning_by_pair[%s]", sector_pair_names[pair]);
            assert_int_equal(outcome_column_find(name), pair_outcome_column(PAIR_OUTCOME_learning_by_pair, pair));
            assert_int_equal(series_column_find(name), pair_series_column(PAIR_SERIES_learning_by_pair, pair));
        }
    }
}

static void test_series(void **state)
{
    (void)state;
    for (int index = 0; index < N_SERIES; index++) {
        const struct series_info *info = &series_infos[index];
        assert_int_equal(series_find(info->name), index);
        assert_true(info->top > 0);
        assert_true(info->better >= -1 && info->better <= 1);
        assert_true(info->unit[0] != '\0' && info->long_name[0] != '\0' && info->description[0] != '\0');
    }
    assert_int_equal(series_find("symptom"), SERIES_symptom);
    assert_int_equal(series_find("symptom_year3"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_outcomes), cmocka_unit_test(test_columns),
                                       cmocka_unit_test(test_series)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
