/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse.h"
#include "store_fixture.h"
#include "study/roster.h"
#include "testing.h"

static const char five[] = "members: |\n"
                           "  name;organisation;sector;inside;momentum;collective\n"
                           "  Zus;Care;private;no;;\n"
                           "  \"An; of \"\"the\"\" town\";Town;public;yes;0,5;-1,25\n"
                           "  Bo;Town;public;;NA;\n"
                           "  Cas;Care;private;true;;\n"
                           "\n"
                           "  Dé;;nonprofit;1;;2\n"
                           "  ;;;;;\n";

static const char answers[] = "ties: |\n"
                              "  # scale 1 5\n"
                              "  # asked in May\n"
                              "  from,to,trust,latent\n"
                              "  Bo,Cas,2,\n"
                              "  Cas,Bo,4,5\n"
                              "  Cas,Bo,4,5\n"
                              "  Dé,Zus,5,NA\n"
                              "  Bo,Zus,1,1\n";

static struct study read_both(void)
{
    char text[900];
    (void)snprintf(text, sizeof text, "%s%s", five, answers);
    return parse(text);
}

/* In the order of seats; who is of one organisation is found; what is not given is NaN. */
static void test_members(void **state)
{
    (void)state;
    struct study study = read_both();
    const struct roster *roster = &study.roster;
    static const char *const names[] = {"An; of \"the\" town", "Bo", "Cas", "Dé", "Zus"};
    static const int first[] = {0, 0, 2, 3, 2};
    assert_int_equal(roster->n_members, 5);
    for (int k = 0; k < 5; k++) {
        assert_string_equal(roster->members[k].name, names[k]);
        assert_int_equal(roster->members[k].first_of_organisation, first[k]);
        assert_int_equal(roster->members[k].inside, k < 4);
    }
    assert_string_equal(roster->members[3].organisation, "Dé");
    assert_close(roster->members[0].momentum, 0.5, 0);
    assert_close(roster->members[0].position[0], -1.25, 0);
    assert_true(isnan(roster->members[1].momentum));
    assert_true(isnan(roster->members[0].position[1]));
    assert_int_equal(study.parameters.sector[SECTOR_PUBLIC].inside, 2);
    assert_int_equal(study.parameters.sector[SECTOR_PRIVATE].outside, 1);
    assert_int_equal(study.parameters.sector[SECTOR_KNOWLEDGE].inside, 0);
    assert_int_equal(study.parameters.sector[SECTOR_PRIVATE].organisations, 2);
    study_free(&study);
}

/* The mean of both directions; the distribution with the mean and variance of the answers. */
static void test_ties(void **state)
{
    (void)state;
    struct study study = read_both();
    const struct roster *roster = &study.roster;
    int bo_cas = 2 * 1 / 2 + 1, de_zus = 4 * 3 / 2 + 3, bo_zus = 4 * 3 / 2 + 1;
    assert_close(roster->trust[bo_cas], 0.5, 1e-15);
    assert_close(roster->trust[de_zus], 1, 0);
    assert_close(roster->trust[bo_zus], 0, 0);
    assert_true(isnan(roster->trust[0]));
    assert_close(roster->latent[bo_cas], 1, 0);
    assert_true(isnan(roster->latent[de_zus]));
    assert_close(roster->trust_mean, 0.5, 1e-15);
    assert_close(roster->trust_concentration, 0.1, 0); /* 0.5 * 0.5 / 0.25 - 1 = 0, and no less than 0.1 */
    assert_close(roster->latent_mean, 0.5, 0);
    assert_true(isnan(roster->latent_concentration)); /* two answers */
    study_free(&study);
    const double values[] = {0.2, (double)NAN, 0.4, 0.6};
    double mean, concentration;
    roster_fit(4, values, &mean, &concentration);
    assert_close(mean, 0.4, 1e-15);
    assert_close(concentration, 0.24 / 0.04 - 1, 1e-9);
}

/* Files beside the study, whatever the folder; then text and overrides alone make the same study again. */
static void test_files(void **state)
{
    (void)state;
    char folder[FIXTURE_PATH_BYTES], path[FIXTURE_PATH_BYTES + 16];
    fixture_make_folder(folder);
    static const char *const files[][2] = {
        {"s.yaml", "{members: m.csv, ties: t.csv, months: 12}"},
        {"m.csv", "\xEF\xBB\xBFname,sector\r\n\"Back\\slash\",public\r\nB,private\r\n"},
        {"t.csv", "from,to,trust\nB,Back\\slash,0.25\n"}};
    for (int k = 0; k < 3; k++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, files[k][0]);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_true(fputs(files[k][1], file) >= 0);
        assert_int_equal(fclose(file), 0);
    }
    struct study study, again;
    (void)snprintf(path, sizeof path, "%s/s.yaml", folder);
    assert_int_equal(study_read(path, 0, NULL, &study), DREDGE_OK);
    assert_close(study.roster.trust[0], 0.25, 0);
    char *lines = study.overrides;
    const char *list[2];
    for (int k = 0; k < 2; k++) {
        list[k] = lines;
        char *end = strchr(lines, '\n');
        assert_non_null(end);
        *end = '\0';
        lines = end + 1;
    }
    assert_string_equal(lines, "");
    assert_int_equal(study_parse("nowhere", study.text, strlen(study.text), 2, list, &again), DREDGE_OK);
    char digests[2][33];
    study_digest(&study, digests[0]);
    study_digest(&again, digests[1]);
    assert_string_equal(digests[0], digests[1]);
    assert_string_equal(again.roster.members[0].name, "Back\\slash");
    study_free(&again);
    study_free(&study);
    assert_int_equal(study_parse("nowhere", files[0][1], strlen(files[0][1]), 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "m.csv: cannot open"));
    fixture_remove_folder(folder);
}

static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *members, *ties, *sentence;
    } cases[] = {
        {"name,sectr\\nA,public", "", "members:1:6: sectr: no column is called so; known here: name, sector"},
        {"name,name,sector\\nA,B,public", "", "members:1:6: name: this column is there twice"},
        {"name,inside\\nA,true", "", "members:1:1: the first line must name the column sector"},
        {"name,sector\\nA,public\\nB,publik", "", "members:3:3: sector = publik: did you mean public?"},
        {"name,sector\\nA", "", "members:2:1: has 1 cell, and the first line has 2"},
        {"name,sector\\n,public", "", "members:2:1: name: each member needs a name"},
        {"name,sector\\n\\\"A,public\\nB,private", "",
         "members:2:1: a quote begins here that does not end on this line"},
        {"name,sector\\nA,\\\"public\\\" x", "", "members:2:3: has text behind its closing quote"},
        {"\\\"name\\\"s,sector\\nA,public", "", "members:1:1: has text behind its closing quote"},
        {"name,sector\\nA,public\\nA,public", "", "members:3:1: name = A: two members are called so"},
        {"name,sector,momentum\\nÉ,public,1.5", "", "members:2:10: momentum = 1.5: must be between 0 and 1"},
        {"name,sector,inside\\nA,public,perhaps", "", "members:2:10: inside = perhaps: must be true or false"},
        {"name,sector,organisation\\nA,public,X\\nB,private,X", "", "X is in the public sector by an earlier line"},
        {"name,sector\\n", "", "names nobody"},
        {"name,sector\\nA,public\\nB,public", "from,to,trust\\nA,B,1.5",
         "ties:2:5: trust = 1.5: must be between 0 and 1"},
        {"name,sector\\nA,public\\nB,public", "# scale 5 1\\nfrom,to,trust\\nA,B,1",
         "ties:1:1: a scale is two numbers"},
        {"name,sector\\nA,public\\nB,public", "# scale 1-7\\nfrom,to,trust\\nA,B,1",
         "ties:1:1: a scale is two numbers"},
        {"name,sector\\nA,public\\nB,public", "# scale 1 5 7\\nfrom,to,trust\\nA,B,1",
         "ties:1:1: a scale is two numbers"},
        {"name\\tsector\\nA\\tpublic", "", "members:1:1: has tabs between its cells"},
        {"name,sector\\nAnna,public\\nB,public", "from,to,trust\\nAnne,B,1",
         "ties:2:1: from = Anne: no member is called so, did you mean Anna?"},
        {"name,sector\\nA,public\\nB,public", "from,to,trust\\nA,A,1", "a tie joins two"},
        {"name,sector\\nA,public\\nB,public", "from,to,trust\\nA,B,1\\nB,A,0\\nA,B,0.5",
         "ties:4:5: trust = 0.5: an earlier line from A to B says 1"},
        {"name,sector\\nA,public\\nB,public", "from,to,trust\\nA,B,", "nobody answered"},
        {"", "from,to,trust\\nA,B,1", "needs members, whose ties they are"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char members[300], ties[300];
        const char *const overrides[] = {members, ties};
        (void)snprintf(members, sizeof members, "%s%s\"", cases[k].members[0] != '\0' ? "members=\"" : "title=\"",
                       cases[k].members);
        (void)snprintf(ties, sizeof ties, "%s%s\"", cases[k].ties[0] != '\0' ? "ties=\"" : "question=\"",
                       cases[k].ties);
        struct study study;
        assert_int_equal(try_parse("months: 12", 2, overrides, &study), DREDGE_STUDY);
        if (strstr(status_message(), cases[k].sentence) == NULL) {
            fail_msg("\"%s\" is not in \"%s\"", cases[k].sentence, status_message());
        }
    }
}

/* The line of the scale as people type it and as spreadsheets save it. */
static void test_scale(void **state)
{
    (void)state;
    static const char *const lines[] = {"# scale 1 7",
                                        "#scale 1 7",
                                        "# Scale: 1 7",
                                        "# scale 1 7;;;",
                                        "# scale 1 7,,",
                                        "# scale;1;7;",
                                        "# scale,1,7",
                                        "# scale 1,0 7,0;;",
                                        "\"# scale 1 7\";;",
                                        "# SCALE = 1 7.0",
                                        "# scale 1 7 (1: not at all, 7: wholly)",
                                        "# scale 1 7, asked in May"};
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        char text[300];
        (void)snprintf(text, sizeof text,
                       "members: |\n  name;sector\n  A;public\n  B;public\n"
                       "ties: |\n  %s\n  # scaled by hand\n  from;to;trust\n  A;B;4\n",
                       lines[k]);
        struct study study = parse(text);
        assert_close(study.roster.trust[0], 0.5, 1e-15);
        study_free(&study);
    }
}

/* Members say themselves who sits, in one collaboration; too many of a sector are too many. */
static void test_excluded(void **state)
{
    (void)state;
    char text[1200];
    struct study study;
    static const char *const more[] = {"seats: {inside: {public: 3}}\n", "programme: {collaborations: 2}\n",
                                       "design: {factors: {seats.inside.public: [2, 3]}}\n"};
    for (int k = 0; k < 3; k++) {
        (void)snprintf(text, sizeof text, "%s%s", five, more[k]);
        assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
        assert_non_null(strstr(status_message(), "members say who sits, in one collaboration"));
    }
    size_t used = (size_t)snprintf(text, sizeof text, "members: |\n  name,sector\n");
    for (int k = 0; k < 65; k++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "  m%d,public\n", k);
    }
    assert_int_equal(try_parse(text, 0, NULL, &study), DREDGE_STUDY);
    assert_non_null(strstr(status_message(), "65 members of the public sector: at most 64"));
}

/* Every answer and place counts, names do not. */
static void test_digest(void **state)
{
    (void)state;
    static const char *const overrides[] = {"members=\"name,sector\\nA,public\\nB,public\"",
                                            "members=\"name,sector\\nC,public\\nD,public\"",
                                            "members=\"name,sector,organisation\\nA,public,X\\nB,public,X\"",
                                            "members=\"name,sector,momentum\\nA,public,0.5\\nB,public,\"",
                                            "members=\"name,sector,action\\nA,public,0.5\\nB,public,\""};
    char digests[5][33];
    for (int k = 0; k < 5; k++) {
        struct study study;
        assert_int_equal(try_parse("months: 12", 1, &overrides[k], &study), DREDGE_OK);
        study_digest(&study, digests[k]);
        study_free(&study);
        for (int other = 0; other < k; other++) {
            assert_int_equal(strcmp(digests[other], digests[k]) == 0, other == 0 && k == 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_members),  cmocka_unit_test(test_ties),
                                       cmocka_unit_test(test_files),    cmocka_unit_test(test_mistakes),
                                       cmocka_unit_test(test_excluded), cmocka_unit_test(test_scale),
                                       cmocka_unit_test(test_digest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
