/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "parse.h"
#include "study/keys.h"
#include "study/names.h"
#include "study/scalar.h"
#include "testing.h"

static void test_find(void **state)
{
    (void)state;
    int every = key_find("output.every", NULL);
    assert_true(every >= 0);
    assert_string_equal(key_infos[every].path, "output.every");
    assert_int_equal(key_find("output", "every"), every);
    assert_int_equal(key_find("", "output"), key_find("output", NULL));
    assert_int_equal(key_find("output", "ever"), -1);
    assert_int_equal(key_find("", "every"), -1);
    assert_int_equal(key_find("outputs.every", NULL), -1);
    assert_string_equal(key_below(&key_infos[every], "output"), "every");
    assert_null(key_below(&key_infos[every], ""));
    assert_null(key_below(&key_infos[every], "out"));
    assert_string_equal(key_below(&key_infos[key_find("seed", NULL)], ""), "seed");
}

/* Is `text` one of the choices? */
static int is_choice(const char *const *choices, const char *text)
{
    while (*choices != NULL && strcmp(*choices, text) != 0) {
        choices++;
    }
    return *choices != NULL;
}

/* Every row is sound: unique, explained, below a section, with a default that it allows itself. */
static void test_rows(void **state)
{
    (void)state;
    for (int key = 0; key < n_keys; key++) {
        const struct key_info *info = &key_infos[key];
        assert_int_equal(key_find(info->path, NULL), key);
        assert_int_equal(parameter_find(info->path), -1);
        assert_true(info->meaning[0] != '\0');
        assert_int_equal(info->choices != NULL, info->type == KEY_CHOICE);
        if (info->choices != NULL) {
            assert_true(is_choice(info->choices, info->default_text) ||
                        (info->place == 0 && info->default_text[0] == '\0'));
        }
        if (info->type == KEY_WHOLE || info->type == KEY_REAL) {
            double value = info->low;
            assert_true(info->default_text[0] == '\0' || scalar_number(info->default_text, &value) == NULL);
            assert_true(value >= info->low && value <= info->high);
        }
        const char *dot = strrchr(info->path, '.');
        if (dot != NULL) {
            char section[STUDY_KEY_BYTES];
            (void)snprintf(section, sizeof section, "%.*s", (int)(dot - info->path), info->path);
            char *last = strrchr(section, '.');
            if (last != NULL && (last[1] == 'N' || last[1] == 'K')) { /* NAME, KEY, K: of the section above */
                *last = '\0';
            }
            assert_true(key_find(section, NULL) >= 0);
        }
    }
}

/* The defaults of the table are those of a study that says nothing. */
static void test_defaults(void **state)
{
    (void)state;
    struct study study = parse("{}");
    assert_int_equal(study.seed, key_default_number("seed"));
    assert_int_equal(study.every, key_default_number("output.every"));
    assert_int_equal(study.replication.max, key_default_number("replicates"));
    assert_string_equal(scale_names[study.scale], key_infos[key_find("scale", NULL)].default_text);
    assert_string_equal(theory_names[study.theory], key_infos[key_find("theory", NULL)].default_text);
    assert_string_equal(trajectories_names[study.trajectories],
                        key_infos[key_find("output.trajectories", NULL)].default_text);
    study_free(&study);
}

/* Whatever the table calls a choice or a number is read, from the file and through --set, and refused when it is not
 * in the table. */
static void test_reading(void **state)
{
    (void)state;
    for (int key = 0; key < n_keys; key++) {
        const struct key_info *info = &key_infos[key];
        int is_number = (info->type == KEY_WHOLE || info->type == KEY_REAL) && info->low < info->high;
        if ((info->type != KEY_CHOICE && !is_number) || !names_has(info->path) ||
            strncmp(info->path, "design.", 7) == 0 || strncmp(info->path, "replicates.", 11) == 0) {
            continue; /* these need others beside them */
        }
        char override[STUDY_KEY_BYTES + 32];
        const char *const overrides[] = {override};
        (void)snprintf(override, sizeof override, "%s=%s", info->path, info->default_text);
        struct study study = parse_with("{}", 1, overrides);
        study_free(&study);
        (void)snprintf(override, sizeof override, "%s=%s", info->path, "-7");
        assert_int_equal(try_parse("{}", 1, overrides, &study), DREDGE_STUDY);
        assert_non_null(strstr(status_message(), info->path));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_find), cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_defaults), cmocka_unit_test(test_reading)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
