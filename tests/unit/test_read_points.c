/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "parse.h"
#include "store_fixture.h"
#include "testing.h"

static char folder[FIXTURE_PATH_BYTES];

static void write_file(const char *name, const char *text)
{
    char path[FIXTURE_PATH_BYTES + 16];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A study in the folder that takes its points from `points.csv`. */
static dredge_status read_with(const char *table, int n_overrides, const char *const *overrides, struct study *study)
{
    char path[FIXTURE_PATH_BYTES + 16];
    write_file("points.csv", table);
    write_file("study.yaml", "design: {method: list, file: points.csv}\n");
    (void)snprintf(path, sizeof path, "%s/study.yaml", folder);
    status_clear();
    return study_read(path, n_overrides, overrides, study);
}

static void expect_points(const char *table)
{
    static const double expected[] = {0.5, 1, 0.2, 2, 0, 0.8};
    struct study study;
    assert_int_equal(read_with(table, 0, NULL, &study), DREDGE_OK);
    assert_int_equal(study.design.n_points, 2);
    assert_int_equal(study.design.n_factors, 3);
    assert_string_equal(study.design.factors[2].key, "convener.skill");
    assert_memory_equal(study.design.values, expected, sizeof expected);
    study_free(&study);
}

/* Commas or semicolons, decimal commas, quotes, empty lines, a byte order mark, line ends of any kind. */
static void test_forms(void **state)
{
    (void)state;
    expect_points("funder.target,government.sits,convener.skill\n0.5,true,0.2\n2,false,0.8\n");
    expect_points("funder.target,government.sits,convener.skill\n0.5,TRUE,0.2\n2,FALSE,0.8\n"); /* as R writes flags */
    expect_points(
        "\xEF\xBB\xBF\"funder.target\";government.sits; convener.skill \r\n0,5;true;0,2\r\n\r\n2;false;\"0,8\"");
}

/* The text and the overrides that results keep make the study again, without the file. */
static void test_kept(void **state)
{
    (void)state;
    struct study study, again;
    char first[33], second[33];
    assert_int_equal(read_with("divergence,theory,government.sits\n0.1,mixed,true\n0.3,mixed,false\n", 0, NULL, &study),
                     DREDGE_OK);
    assert_string_equal(study.overrides, "design.factors.divergence=[0.10000000000000001,0.29999999999999999]\n"
                                         "design.factors.theory=[mixed,mixed]\n"
                                         "design.factors.government.sits=[true,false]\n");
    char *lines[3] = {study.overrides, strstr(study.overrides, "design.factors.theory"),
                      strstr(study.overrides, "design.factors.government")};
    for (int line = 0; line < 3; line++) {
        *strchr(lines[line], '\n') = '\0';
    }
    const char *const overrides[] = {lines[0], lines[1], lines[2]};
    assert_int_equal(study_parse("elsewhere.yaml", study.text, strlen(study.text), 3, overrides, &again), DREDGE_OK);
    study_digest(&study, first);
    study_digest(&again, second);
    assert_string_equal(first, second);
    study_free(&study);
    study_free(&again);
}

static void expect_refused(const char *table, const char *sentence)
{
    struct study study;
    assert_int_equal(read_with(table, 0, NULL, &study), DREDGE_STUDY);
    if (strstr(status_message(), sentence) == NULL) {
        print_error("%s\n", status_message());
    }
    assert_non_null(strstr(status_message(), sentence));
}

/* Mistakes name the table, its line and the column. */
static void test_refused(void **state)
{
    (void)state;
    expect_refused("", "points.csv:1: is empty: the first line names the factors");
    expect_refused("funder.targt\n1\n",
                   "points.csv:1: design.factors.funder.targt = [...]: no parameter is called so, did "
                   "you mean funder.target?");
    expect_refused("funder.room,divergence\n\n0.5,1\n2,1\n",
                   "points.csv:4: design.factors.funder.room[1] = 2: must be between 0 and 1 (share)");
    expect_refused("funder.room;divergence\n0.5\n", "points.csv:2: has 1 cell, and the first line has 2");
    expect_refused("funder.room;divergence\n0.5;1\n0.5\n", "points.csv:3: has 1 cell, and the first line has 2");
    assert_null(
        strstr(status_message(), "points.csv:0")); /* one mistake, not another about columns of several lengths */
    expect_refused("funder.room\n", "points.csv:1: design.factors.funder.room = []: must have at least one value");
    expect_refused("funder.room\n0,5\n", "points.csv:2: has 2 cells, and the first line has 1");
    expect_refused("funder.room\n0.5\r1\n", "design.file = points.csv: line 2: ends with a carriage return alone");
    expect_refused("funder.room\n\xff\n", "design.file = points.csv: line 2: byte 0xFF is not valid UTF-8");
    refused(
        "design: {method: list, file: no_such_table.csv}",
        "folder/test.yaml:1: design.file = no_such_table.csv: folder/no_such_table.csv: cannot open: No such file or "
        "directory");
    refused("design: {method: list, file: points.csv, factors: {divergence: [1]}}",
            "folder/test.yaml:1: design.file = points.csv: factors are given too: choose one");
    refused("design: {file: points.csv}", "folder/test.yaml:1: design.file = points.csv: grid takes no file");
}

static int make_folder(void **state)
{
    (void)state;
    fixture_make_folder(folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    fixture_remove_folder(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms), cmocka_unit_test(test_kept),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
