/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program that calls libdredge has switched: the decimal comma of its locale and its rounding stay out of what is
 * written and read, no number that is read or told ends it, and runs are refused whose sums would not be rounded to the
 * nearest, lose the smallest numbers, or end the program. */
#include "testing.h"

#include <fenv.h>
#include <locale.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "dredge/dredge.h"
#include "store_fixture.h"

enum { PATH_BYTES = FIXTURE_PATH_BYTES + 64 };

static char folder[FIXTURE_PATH_BYTES];

static void write_file(const char *name, size_t n_bytes, const void *bytes, char path[PATH_BYTES])
{
    (void)snprintf(path, PATH_BYTES, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n_bytes, file), n_bytes);
    assert_int_equal(fclose(file), 0);
}

/* The numbers of a locale with decimal commas, as glibc keeps them: magic, how many items, where each begins, the items. */
static int use_comma(void)
{
    static const unsigned char numeric[] = {
        0x14, 0x11, 0x03, 0x20, 6, 0, 0,   0,   0x20, 0,   0,   0,   0x22, 0,   0,   0,   0x24, 0,   0,   0,   0x28,
        0,    0,    0,    44,   0, 0, 0,   48,  0,    0,   0,   ',', 0,    '.', 0,   3,   3,    0,   0,   ',', 0,
        0,    0,    '.',  0,    0, 0, 'A', 'N', 'S',  'I', '_', 'X', '3',  '.', '4', '-', '1',  '9', '6', '8', 0};
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "%s/xx_XX", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    write_file("xx_XX/LC_NUMERIC", sizeof numeric, numeric, path);
    assert_int_equal(setenv("LOCPATH", folder, 1), 0);
    int is_there = setlocale(LC_NUMERIC, "xx_XX") != NULL && strcmp(localeconv()->decimal_point, ",") == 0;
    assert_int_equal(unlink(path), 0);
    *strrchr(path, '/') = '\0';
    assert_int_equal(rmdir(path), 0);
    return is_there;
}

/* The digest of a study that has numbers in texts of all kinds, run into a file; its page. */
static void run_study(const char *points, char digest[33], char **page)
{
    char text[2 * PATH_BYTES], path[PATH_BYTES];
    struct dredge_run_options options = {.n_threads = 2, .force = 1};
    dredge_study *study = NULL;
    dredge_results *results = NULL;
    (void)snprintf(text, sizeof text,
                   "months: 12\nreplicates: 20\nmatters: {trust_end: 0.125}\n"
                   "outcomes: [{name: soon, first_month: {series: trust, at_least: 0.55}}]\n"
                   "design: {method: list, file: \"%s\"}\n",
                   points);
    (void)snprintf(path, sizeof path, "%s/r.h5", folder);
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(dredge_study_run(study, path, &options), DREDGE_OK);
    assert_int_equal(dredge_results_open(path, &results), DREDGE_OK);
    assert_int_equal(dredge_results_digest(results, digest), DREDGE_OK);
    assert_int_equal(dredge_results_report(results, NULL, "en", page), DREDGE_OK);
    dredge_results_close(results);
    dredge_study_free(study);
    assert_int_equal(unlink(path), 0);
}

static void a_decimal_comma(void **state)
{
    (void)state;
    char points[PATH_BYTES], with_point[33], with_comma[33], *page = NULL, *again = NULL;
    static const char table[] = "funder.target\n0.5\n1.25\n";
    write_file("points.csv", strlen(table), table, points);
    run_study(points, with_point, &page);
    int is_there = use_comma();
    if (is_there) {
        run_study(points, with_comma, &again);
        assert_string_equal(localeconv()->decimal_point, ",");
        assert_string_equal(with_comma, with_point);
        const char *first = strstr(page, "<svg"), *second = strstr(again, "<svg"), *end = strstr(page, "</svg>");
        assert_true(first != NULL && second != NULL && end != NULL);
        assert_memory_equal(first, second, (size_t)(end - first));
    }
    assert_non_null(setlocale(LC_NUMERIC, "C"));
    assert_int_equal(unlink(points), 0);
    dredge_text_free(page);
    dredge_text_free(again);
    if (!is_there) {
        skip(); /* another C library */
    }
}

/* The call was refused, with this in the sentence. */
#define REFUSED(call, why)                                                                                             \
    do {                                                                                                               \
        assert_int_equal(call, DREDGE_USAGE);                                                                          \
        assert_non_null(strstr(dredge_message(), why));                                                                \
    } while (0)

/* All that computes refuses while another way than the first is in force. */
static void check_switch(int n_ways, const int *ways, int (*switch_on)(int), const char *why)
{
    static const char text[] = "months: 12\nreplicates: 4\n";
    static const char *const factors[] = {"funder.target"}, *const outcomes[] = {"trust_end"};
    dredge_study *study = NULL;
    dredge_results *results = NULL;
    dredge_game *game = NULL;
    dredge_function *function = NULL;
    char path[PATH_BYTES];
    double x = 1, out[8];
    (void)snprintf(path, sizeof path, "%s/r.h5", folder);
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(dredge_function_new(study, NULL, 1, factors, 1, outcomes, &function), DREDGE_OK);
    for (int way = 1; way < n_ways; way++) {
        assert_int_equal(switch_on(ways[way]), 0);
        REFUSED(dredge_study_run(study, path, NULL), why);
        REFUSED(dredge_study_run_in_memory(study, NULL, &results), why);
        REFUSED(dredge_function_call(function, 1, &x, 0, 4, NULL, out), why);
        REFUSED(dredge_game_new(study, NULL, 0, &game), why);
        assert_null(game);
        assert_null(results);
        assert_int_equal(access(path, F_OK), -1);
    }
    assert_int_equal(switch_on(ways[0]), 0);
    assert_int_equal(dredge_function_call(function, 1, &x, 0, 4, NULL, out), DREDGE_OK);
    assert_int_equal(dredge_game_new(study, NULL, 0, &game), DREDGE_OK);
    dredge_game_free(game);
    dredge_function_free(function);
    dredge_study_free(study);
}

static void other_rounding(void **state)
{
    (void)state;
    static const int ways[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    check_switch(4, ways, fesetround, "does not round to the nearest");
}

#ifdef __SSE2__
/* As libraries do that were built with -ffast-math: of results, of operands, of both. */
static int flush(int bits)
{
    _mm_setcsr((_mm_getcsr() & ~0x8040U) | (unsigned)bits);
    return 0;
}

static void no_subnormals(void **state)
{
    (void)state;
    static const int ways[] = {0, 0x8000, 0x0040, 0x8040};
    check_switch(4, ways, flush, "takes the smallest numbers for zero");
}

/* As programs do that look for the place where a number goes wrong: too large, divided by zero, none, too small. */
static int trap(int exceptions)
{
    _mm_setcsr((_mm_getcsr() | 0x1F80U) & ~((unsigned)exceptions << 7));
    return 0;
}

static void traps(void **state)
{
    (void)state;
    static const int ways[] = {0, FE_OVERFLOW, FE_DIVBYZERO, FE_INVALID, FE_UNDERFLOW};
    check_switch(5, ways, trap, "ends the program (feenableexcept)");
}
#endif

/* What is read and told needs no run: it is the same under every rounding, and no number of it ends the program. */
static void read_and_told(void **state)
{
    (void)state;
    static const char text[] = "months: 12\nreplicates: 4\nmodel: {position_spread: 0.1}\ndivergence: 0.7\n";
    static const int ways[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    struct dredge_run_options options = {.n_threads = 1};
    dredge_study *study = NULL, *again = NULL;
    dredge_results *results = NULL;
    char *study_told[2], *told[2], *page[2];
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(dredge_study_describe(study, &study_told[0]), DREDGE_OK);
    assert_int_equal(dredge_study_run_in_memory(study, &options, &results), DREDGE_OK);
    assert_int_equal(dredge_results_compare(results, NULL, &told[0]), DREDGE_OK);
    assert_int_equal(dredge_results_report(results, NULL, "en", &page[0]), DREDGE_OK);
    for (int way = 0; way < 4; way++) {
        assert_int_equal(fesetround(ways[way]), 0);
#ifdef __SSE2__
        (void)trap(FE_OVERFLOW | FE_DIVBYZERO | FE_INVALID | FE_UNDERFLOW);
#endif
        dredge_status status = dredge_study_parse("test", text, strlen(text), 0, NULL, &again);
        dredge_status compared = dredge_results_compare(results, NULL, &told[1]);
        dredge_status reported = dredge_results_report(results, NULL, "en", &page[1]);
        assert_int_equal(fegetround(), ways[way]);
#ifdef __SSE2__
        (void)trap(0);
#endif
        assert_int_equal(fesetround(FE_TONEAREST), 0);
        assert_int_equal(status, DREDGE_OK);
        assert_int_equal(compared, DREDGE_OK);
        assert_int_equal(reported, DREDGE_OK);
        assert_int_equal(dredge_study_describe(again, &study_told[1]), DREDGE_OK);
        assert_string_equal(study_told[1], study_told[0]);
        assert_string_equal(told[1], told[0]);
        assert_string_equal(page[1], page[0]);
        dredge_text_free(study_told[1]);
        dredge_text_free(told[1]);
        dredge_text_free(page[1]);
        dredge_study_free(again);
    }
    dredge_text_free(study_told[0]);
    dredge_text_free(told[0]);
    dredge_text_free(page[0]);
    dredge_results_close(results);
    dredge_study_free(study);
}

/* A game goes on as it began, whatever is switched between its months. */
static void between_months(void **state)
{
    (void)state;
    static const char text[] = "months: 12\n";
    dredge_study *study = NULL;
    dredge_game *plain = NULL, *switched = NULL;
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    assert_int_equal(dredge_game_new(study, NULL, 0, &plain), DREDGE_OK);
    assert_int_equal(dredge_game_new(study, NULL, 0, &switched), DREDGE_OK);
    while (dredge_game_step(plain)) {
        assert_int_equal(fesetround(FE_UPWARD), 0);
        int is_further = dredge_game_step(switched);
        assert_int_equal(fesetround(FE_TONEAREST), 0);
        assert_true(is_further);
        assert_memory_equal(dredge_game_state(switched), dredge_game_state(plain),
                            (size_t)dredge_game_size(plain) * sizeof(float));
    }
    dredge_game_free(plain);
    dredge_game_free(switched);
    dredge_study_free(study);
}

/* What the second thread of OpenMP has switched; then it has switched this. */
static int second_rounding(int rounding)
{
    int found = FE_TONEAREST;
#pragma omp parallel num_threads(2)
    if (omp_get_thread_num() == 1) {
        found = fegetround();
        (void)fesetround(rounding);
    }
    return found;
}

/* Threads that the program has switched, and OpenMP keeps for the runs (some runtimes switch them back by themselves). */
static void threads_of_openmp(void **state)
{
    (void)state;
    static const char text[] = "months: 12\nreplicates: 64\n";
    static const struct dredge_run_options options = {.n_threads = 2};
    dredge_study *study = NULL;
    dredge_results *results = NULL;
    assert_int_equal(dredge_study_parse("test", text, strlen(text), 0, NULL, &study), DREDGE_OK);
    (void)second_rounding(FE_UPWARD);
    if (second_rounding(FE_UPWARD) == FE_UPWARD) {
        REFUSED(dredge_study_run_in_memory(study, &options, &results), "a thread that OpenMP keeps for this one");
        assert_null(results);
    }
    (void)second_rounding(FE_TONEAREST);
    assert_int_equal(dredge_study_run_in_memory(study, &options, &results), DREDGE_OK);
    dredge_results_close(results);
    dredge_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef __SSE2__
        cmocka_unit_test(no_subnormals),    cmocka_unit_test(traps),
#endif
        cmocka_unit_test(a_decimal_comma),  cmocka_unit_test(other_rounding),
        cmocka_unit_test(read_and_told),    cmocka_unit_test(between_months),
        cmocka_unit_test(threads_of_openmp)};
    fixture_make_folder(folder);
    int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    return rmdir(folder) != 0 ? 1 : n_failed;
}
