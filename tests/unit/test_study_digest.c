/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "parse.h"
#include "testing.h"

static void digest_of(const char *text, char digest[33])
{
    struct study study = parse(text);
    study_digest(&study, digest);
    assert_int_equal(strlen(digest), 32);
    study_free(&study);
}

static void test_digest_same(void **state)
{
    (void)state;
    static const char *const same[] = {"{}",
                                       "title: another\nquestion: what?\nscale: local # comment\n",
                                       "funder: {room: 0.5, target: 0.75}\nmonths: 120\n",
                                       "months: 1.2e2\nfunder:\n  target: 0.750\n  room: 5e-1\n",
                                       "regimes: [linear_kpi, iterative]\nreplicates: 2e2\nseed: 1\n",
                                       "programme: {organisations: {public: 0}}\n",
                                       "output: {trajectories: summary, every: 1}\n"};
    char first[33], digest[33];
    digest_of(same[0], first);
    for (size_t index = 1; index < sizeof same / sizeof same[0]; index++) {
        digest_of(same[index], digest);
        assert_string_equal(digest, first);
    }
}

static void test_digest_differs(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}",
        "seed: 2",
        "seed: 4294967297",
        "replicates: 201",
        "replicates: {min: 200, max: 200, until: {outcome: trust_end, half_width: 0.1}}",
        "replicates: {min: 200, max: 200, until: {outcome: trust_end, half_width: 0.2}}",
        "replicates: {min: 200, max: 200, until: {outcome: trust_end, half_width: 0.2, confidence: 0.9}}",
        "replicates: {min: 200, max: 200, until: {outcome: open_end, half_width: 0.2, confidence: 0.9}}",
        "months: 121",
        "model: {turnover: 0.0040000000000000001}",
        "model: {turnover: 0.0040000000000000010}",
        "regimes: [iterative, linear_kpi]",
        "regimes: [linear_kpi]",
        "regimes: [linear_kpi, {name: other, like: iterative}]",
        "regimes: [linear_kpi, {name: iterative, base: 0.31}]",
        "regimes: [linear_kpi, {name: x, phases: [{from: 0}, {from: 5, base: 0.1}]}]",
        "regimes: [linear_kpi, {name: x, phases: [{from: 0}, {from: 6, base: 0.1}]}]",
        "programme: {organisations: {public: 4}}", /* no longer follows the seats */
        "output: {trajectories: runs}",
        "output: {every: 2}",
        "design: {factors: {funder.target: [0.5]}}",
        "design: {factors: {funder.target: [0.6]}}",
        "design: {method: list, factors: {funder.target: [0.6]}}",
        "design: {factors: {convener.skill: [0.6]}}"};
    enum { N = sizeof texts / sizeof texts[0] };
    static char digests[N][33];
    for (int index = 0; index < N; index++) {
        digest_of(texts[index], digests[index]);
        for (int other = 0; other < index; other++) {
            int same = strcmp(digests[index], digests[other]) == 0;
            assert_int_equal(same, other == 0 && strstr(texts[index], "0001}") != NULL); /* one text is the default */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_digest_same), cmocka_unit_test(test_digest_differs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
