/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "study/study.h"
#include "testing.h"

/* Every NAME.yaml of tests/data/malformed must be refused with exactly the sentences of NAME.expected, and leave the
 * study empty. NAME.set, where there is one, holds overrides, one a line. */

enum { MAX_OVERRIDES = 64 };

static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = calloc(1, 65536);
    assert_non_null(text);
    assert_true(fread(text, 1, 65535, file) > 0 || feof(file));
    (void)fclose(file);
    return text;
}

static void assert_zeroed(const struct study *study)
{
    static const struct study zeroed;
    assert_memory_equal(study, &zeroed, sizeof zeroed);
}

/* 1 when the file is refused as expected. */
static int check_file(const char *name)
{
    char path[512];
    int stem = (int)strlen(name) - (int)strlen(".yaml");
    (void)snprintf(path, sizeof path, "%.*s.expected", stem, name);
    char *expected = read_text(path);
    assert_non_null(expected);
    (void)snprintf(path, sizeof path, "%.*s.set", stem, name);
    char *set = read_text(path);
    const char *overrides[MAX_OVERRIDES];
    int n_overrides = 0;
    for (char *line = set; line != NULL && *line != '\0' && n_overrides < MAX_OVERRIDES;) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        overrides[n_overrides++] = line;
        line = end + 1;
    }
    struct study study;
    status_clear();
    dredge_status status = study_read(name, n_overrides, overrides, &study);
    assert_int_equal(status, DREDGE_STUDY);
    assert_zeroed(&study);
    size_t length = strlen(expected);
    if (length > 0 && expected[length - 1] == '\n') {
        expected[length - 1] = '\0';
    }
    int same = strcmp(status_message(), expected) == 0;
    if (!same) {
        print_error("%s\n--- expected\n%s\n--- got\n%s\n", name, expected, status_message());
    }
    free(expected);
    free(set);
    return same;
}

static void test_folder(void **state)
{
    (void)state;
    const char *source = getenv("DREDGE_SOURCE");
    char folder[512];
    (void)snprintf(folder, sizeof folder, "%s/tests/data/malformed", source != NULL ? source : ".");
    assert_int_equal(chdir(folder), 0);
    DIR *directory = opendir(".");
    assert_non_null(directory);
    int n_files = 0, n_wrong = 0;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        size_t length = strlen(entry->d_name);
        if (length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0) {
            n_files++;
            n_wrong += !check_file(entry->d_name);
        }
    }
    (void)closedir(directory);
    assert_true(n_files >= 70);
    assert_int_equal(n_wrong, 0);
}

/* ---- texts too large for a folder: refused, in bounded time and memory ---- */

/* `before`, then `unit` n times, then `after`. */
static char *repeat(const char *before, size_t n, const char *unit, const char *after, size_t *n_bytes)
{
    size_t length = strlen(unit);
    *n_bytes = strlen(before) + n * length + strlen(after);
    char *text = malloc(*n_bytes + 1);
    assert_non_null(text);
    char *end = text + strlen(strcpy(text, before));
    for (size_t index = 0; index < n; index++, end += length) {
        memcpy(end, unit, length);
    }
    (void)strcpy(end, after);
    return text;
}

static void refuse(const char *before, size_t n, const char *unit, const char *after, const char *sentence)
{
    size_t n_bytes;
    char *text = repeat(before, n, unit, after, &n_bytes);
    struct study study;
    status_clear();
    clock_t begun = clock();
    assert_int_equal(study_parse("large.yaml", text, n_bytes, 0, NULL, &study), DREDGE_STUDY);
    assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 20);
    assert_zeroed(&study);
    if (strstr(status_message(), sentence) == NULL) {
        print_error("%.500s\n", status_message());
    }
    assert_non_null(strstr(status_message(), sentence));
    free(text);
}

static void test_large(void **state)
{
    (void)state;
    const size_t million = 1 << 20;
    refuse("", million + 1, "#", "", "large.yaml:1: larger than 1 MiB");
    refuse("title: ", 100 * million, "x", "", "large.yaml:1: larger than 1 MiB");
    refuse("model: ", 500000, "[", "", "large.yaml:1: lists and mappings nested more than 32 deep");
    refuse("model: ", 250000, "{a: ", "", "nested more than 32 deep");
    refuse("", 100000, "- ", "", "nested more than 32 deep");
    refuse("", 100000, "? ", "", "large.yaml:1: a key must be a word");
    refuse("months: [", 340000, "1,", "]", "large.yaml:1: more than 300000 values");
    refuse("months: ", 1000000, "9", "", "has too many digits");
    refuse("", 1000000, "k", ": 1", "is not YAML");
    refuse("model: {", 1001, "a: 1, ", "}", "more than 1000 keys in one mapping");
    refuse("title: \"", 260000, "\\x41", "\nmonths: 12\n", "is not YAML");
    refuse("title: a\n", 1000000, "\n", "\tx", "a tab indents this line");
    refuse("a: &a [x]\nb: [", 100000, "*a,", "*a]", "anchors (&name) are not used");
    refuse("regimes: [", 120000, "iterat,", "iterative]", "must have between 1 and 256 regimes");
    refuse("regimes: [", 256, "[x],", "]", "... and 156 more mistakes");
    refuse("regimes: [{name: a, mix: {", 999, "constan: 0.1, ", "}}]", "more mistakes");
    refuse("design: {factors: {funder.target: [", 260000, "-1, ", "-1]}}", "... and 259901 more mistakes");
    refuse("", 100000, "&", "", "large.yaml:1: this is not YAML");
}

/* As many names to tell apart as fit: every unknown key is compared with every known one. */
static void test_many_names(void **state)
{
    (void)state;
    enum { N = 250 };
    char *text = malloc(1 << 18);
    assert_non_null(text);
    size_t used = 0;
    used += (size_t)sprintf(text + used, "regimes:\n");
    for (int regime = 0; regime < N; regime++) {
        used += (size_t)sprintf(text + used, "  - {name: a_regime_with_a_long_name_%d, formation_month: 1}\n", regime);
    }
    for (int key = 0; key < N; key++) {
        used += (size_t)sprintf(text + used, "regimes.a_regime_with_a_long_name_%d.formation_monthz: 1\n", key);
    }
    struct study study;
    status_clear();
    clock_t begun = clock();
    assert_int_equal(study_parse("names.yaml", text, used, 0, NULL, &study), DREDGE_STUDY);
    assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 20);
    assert_non_null(strstr(status_message(), "names.yaml:2: regimes.a_regime_with_a_long_name_0.formation_month = 1: "
                                             "unknown key, did you mean "
                                             "regimes.a_regime_with_a_long_name_0.formation_months?"));
    free(text);
}

/* The largest text of every kind above must not have taken more than 300 MB. */
static void test_memory(void **state)
{
    (void)state;
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
#ifndef SANITIZED
    assert_true(usage.ru_maxrss < 300 * 1024); /* kilobytes; 100 MB of it are a text of test_large itself */
#endif
}

/* ---- files ---- */

static void test_files(void **state)
{
    (void)state;
    struct study study;
    status_clear();
    assert_int_equal(study_read("no/such/study.yaml", 0, NULL, &study), DREDGE_FILE);
    assert_string_equal(status_message(), "cannot open the study no/such/study.yaml: No such file or directory");
    assert_zeroed(&study);
    status_clear();
    assert_int_equal(study_read("/", 0, NULL, &study), DREDGE_FILE);
    assert_non_null(strstr(status_message(), "cannot read the study /: Is a directory"));
    status_clear();
    assert_int_equal(study_read("/dev/zero", 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "larger than 1 MiB"));
    status_clear();
    assert_int_equal(study_read("/dev/null", 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "the file is empty"));
    assert_zeroed(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_large),  cmocka_unit_test(test_many_names), cmocka_unit_test(test_memory),
        cmocka_unit_test(test_folder), cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
