/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/parameters.h"

static double get(const struct parameters *parameters, const char *key)
{
    int index = parameter_find(key);
    assert_between(index, 0, n_parameters - 1);
    return parameter_get(parameters, index);
}

static void set(struct parameters *parameters, const char *key, double value)
{
    int index = parameter_find(key);
    assert_between(index, 0, n_parameters - 1);
    parameter_set(parameters, index, value);
}

/* Each row is whole: a unique key, a default in range, words that explain it. */
static void test_table(void **state)
{
    (void)state;
    for (int index = 0; index < n_parameters; index++) {
        const struct parameter_info *info = &parameter_infos[index];
        assert_int_equal(parameter_find(info->key), index); /* so it is unique */
        assert_true(info->low <= info->default_value && info->default_value <= info->high);
        assert_true(info->low < info->high);
        assert_true(info->unit[0] != '\0' && info->meaning[0] != '\0' && info->source[0] != '\0');
        assert_true(info->type != PARAMETER_FLAG || (info->low == 0 && info->high == 1));
        assert_true(info->type == PARAMETER_REAL || info->default_value == floor(info->default_value));
    }
    assert_int_equal(parameter_find("model"), -1);
    assert_int_equal(parameter_find(""), -1);
}

/* No two parameters share memory: writing one leaves all others alone. */
static void test_places(void **state)
{
    (void)state;
    for (int index = 0; index < n_parameters; index++) {
        struct parameters parameters;
        parameters_default(&parameters);
        const struct parameter_info *info = &parameter_infos[index];
        double value = info->default_value == info->high ? info->low : info->high;
        parameter_set(&parameters, index, value);
        for (int other = 0; other < n_parameters; other++) {
            double expected = other == index ? value : parameter_infos[other].default_value;
            assert_true(parameter_get(&parameters, other) == expected);
        }
    }
}

/* docs/model.md 5: a row of each table, one per sector where it has columns. */
static void test_defaults(void **state)
{
    (void)state;
    struct parameters parameters;
    parameters_default(&parameters);
    assert_int_equal(parameters.months, 120);
    assert_int_equal(parameters.aftercare_months, 36);
    assert_true(parameters.gen_work == 0.10);
    assert_true(parameters.reframe == 1.6);
    assert_true(parameters.diagnose == 12);
    assert_true(parameters.dual_role == 0.3);
    assert_int_equal(parameters.funds, 1);
    assert_int_equal(parameters.sits, 1);
    assert_int_equal(parameters.convenes, 0);
    assert_int_equal(parameters.sector[SECTOR_PUBLIC].inside, 3);
    assert_int_equal(parameters.sector[SECTOR_KNOWLEDGE].inside, 2);
    assert_true(parameters.sector[SECTOR_PRIVATE].collective == -0.8);
    assert_true(parameters.sector[SECTOR_NONPROFIT].action == 0.8);
    assert_true(parameters.sector[SECTOR_KNOWLEDGE].evidence == 0.9);
    assert_true(parameters.sector[SECTOR_KNOWLEDGE].patience == 0.7);
    assert_true(parameters.sector[SECTOR_PUBLIC].sensitivity == 1.2);
    assert_true(get(&parameters, "sectors.private.patience") == 1.3);
    assert_true(get(&parameters, "seats.outside.nonprofit") == 1);
}

static void test_complete(void **state)
{
    (void)state;
    struct parameters parameters;
    parameters_default(&parameters);
    set(&parameters, "programme.organisations.private", 9);
    parameters_complete(&parameters);
    assert_int_equal(parameters.sector[SECTOR_PUBLIC].organisations, 4); /* 3 inside and 1 outside */
    assert_int_equal(parameters.sector[SECTOR_PRIVATE].organisations, 9);
    assert_int_equal(parameters.sector[SECTOR_KNOWLEDGE].organisations, 3);
}

/* Changes the defaults by up to three keys, and expects this key to be blamed (NULL: none). */
static void conflict(const char *key1, double value1, const char *key2, double value2, const char *key3, double value3,
                     const char *blamed)
{
    struct parameters parameters;
    parameters_default(&parameters);
    set(&parameters, key1, value1);
    set(&parameters, key2, value2);
    set(&parameters, key3, value3);
    char sentence[256] = "";
    int index = -1;
    int is_conflict = parameters_conflict(&parameters, sizeof sentence, sentence, &index);
    assert_int_equal(is_conflict, blamed != NULL);
    if (blamed != NULL) {
        assert_string_equal(parameter_infos[index].key, blamed);
        assert_true(strlen(sentence) > 20);
    }
}

static void test_conflicts(void **state)
{
    (void)state;
    conflict("months", 12, "months", 12, "months", 12, NULL);
    conflict("problem.causes", 2, "problem.coupling", 2, "months", 12, "problem.coupling");
    conflict("problem.causes", 3, "problem.coupling", 2, "months", 12, NULL);
    conflict("programme.organisations.public", 3, "months", 12, "months", 12, "programme.organisations.public");
    conflict("programme.organisations.public", 4, "months", 12, "months", 12, NULL);
    conflict("seats.inside.private", 0, "seats.inside.nonprofit", 0, "seats.inside.knowledge", 0, NULL);
    conflict("seats.inside.public", 0, "seats.inside.private", 0, "seats.inside.nonprofit", 0, NULL);
    conflict("seats.inside.public", 0, "seats.inside.private", 0, "seats.inside.nonprofit", 1, NULL);
    conflict("government.sits", 0, "seats.inside.private", 0, "seats.inside.nonprofit", 0, NULL); /* 2 of knowledge */
}

static void test_insiders(void **state)
{
    (void)state;
    struct parameters parameters;
    char sentence[256];
    int index;
    parameters_default(&parameters);
    for (int sector = 0; sector < N_SECTORS; sector++) {
        parameters.sector[sector].inside = sector == SECTOR_PUBLIC ? 3 : 0;
    }
    assert_int_equal(parameters_conflict(&parameters, sizeof sentence, sentence, &index), 0);
    parameters.sits = 0; /* now nobody is left */
    assert_int_equal(parameters_conflict(&parameters, sizeof sentence, sentence, &index), 1);
    assert_non_null(strstr(sentence, "0 insiders"));
    parameters.sits = 1;
    parameters.sector[SECTOR_PUBLIC].inside = 1;
    assert_int_equal(parameters_conflict(&parameters, sizeof sentence, sentence, &index), 1);
    assert_non_null(strstr(sentence, "1 insider at"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),    cmocka_unit_test(test_places),    cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_complete), cmocka_unit_test(test_conflicts), cmocka_unit_test(test_insiders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
