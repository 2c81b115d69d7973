/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdlib.h>

#include "base/files.h"
#include "store/survey.h"

static void is_word(char *word, const char *expected)
{
    assert_non_null(word);
    assert_string_equal(word, expected);
    free(word);
}

/* A name that is printed as part of a command can be pasted. */
static void names_for_a_shell(void **state)
{
    (void)state;
    is_word(files_shell_word("results/long.h5"), "results/long.h5");
    is_word(files_shell_word(""), "''");
    is_word(files_shell_word("my dir/a.h5"), "'my dir/a.h5'");
    is_word(files_shell_word("it's"), "'it'\\''s'");
    is_word(files_shell_word("$(touch x);`y`"), "'$(touch x);`y`'");
    is_word(files_shell_word("~/\u00e9"), "'~/\u00e9'");
    is_word(survey_parts_word("my dir/a.h5"), "'my dir/a.h5.parts'");
    is_word(survey_parts_word("a.h5.parts"), "a.h5.parts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_for_a_shell)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
