/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/file/hdf.h"
#include "store_fixture.h"

/* A results file may come from anybody. Whatever it holds, opening it gives results or DREDGE_FILE with a sentence that
 * names the file. */

/* HDF5 1.10 itself forgets some memory when metadata of a file is damaged. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libhdf5";
}

static char folder[FIXTURE_PATH_BYTES], sound[FIXTURE_PATH_BYTES + 32], spoilt[FIXTURE_PATH_BYTES + 32];
static char *bytes;
static size_t n_bytes;

static int set_up(void **state)
{
    (void)state;
    struct study study = {0};
    hdf_quiet();
    fixture_make_folder(folder);
    (void)snprintf(sound, sizeof sound, "%s/sound.h5", folder);
    (void)snprintf(spoilt, sizeof spoilt, "%s/spoilt.h5", folder);
    fixture_study(&study, "output: {trajectories: summary, every: 6}\n", "");
    fixture_write(sound, &study, 6, 5, 0);
    bytes = fixture_read(sound, &n_bytes);
    study_free(&study);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(bytes);
    fixture_remove_folder(folder);
    return 0;
}

/* Opens the spoilt file, and reads all of it when that succeeds. Failures are of the file and name it. */
static dredge_status use(void)
{
    struct results *results = NULL;
    struct study study = {0};
    char digest[33];
    float summary[N_STATISTICS * 64];
    dredge_status status = results_open(&results, spoilt);
    if (status == DREDGE_OK) {
        status = results_digest(results, digest);
        if (status == DREDGE_OK && results_info(results)->n_months <= 64) {
            status = results_summary(results, SERIES_open, 0, 0, summary);
        }
        if (status == DREDGE_OK && results_study(results, &study) != DREDGE_OK) {
            status_clear();
        }
        study_free(&study);
    }
    results_close(results);
    if (status != DREDGE_OK) {
        assert_true(status == DREDGE_FILE || status == DREDGE_MEMORY);
        assert_true(status == DREDGE_MEMORY || strstr(status_message(), spoilt) != NULL);
    }
    return status;
}

static void expect_refusal(const char *sentence)
{
    assert_int_equal(use(), DREDGE_FILE);
    fixture_expect_sentence(sentence);
}

/* ---- files that are something else ---- */

static void test_other_files(void **state)
{
    (void)state;
    static const char *const contents[] = {"", "title: a study\n", "\x89HDF", "\x89HDF\r\n\x1a\n",
                                           "\x89HDF\r\n\x1a\n\x02\x08\x08\x00 and then nonsense"};
    (void)unlink(spoilt);
    expect_refusal("cannot open");
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        fixture_write_bytes(spoilt, strlen(contents[i]), contents[i]);
        expect_refusal(i < 3 ? "no HDF5 file" : "cannot be read");
    }
    hid_t file = H5Fcreate(spoilt, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(file >= 0 && H5Fclose(file) >= 0);
    expect_refusal("no results file of dredge");
    struct results *results = NULL;
    assert_int_equal(results_open(&results, folder), DREDGE_FILE);
    assert_null(results);
    fixture_expect_sentence("is a folder");
}

static void test_cut_off(void **state)
{
    (void)state;
    for (size_t length = 1; length < n_bytes; length += 1 + n_bytes / 97) {
        fixture_write_bytes(spoilt, length, bytes);
        assert_int_equal(use(), DREDGE_FILE);
        status_clear();
    }
    fixture_write_bytes(spoilt, n_bytes - 1, bytes);
    expect_refusal("is damaged or cut off");
}

/* One wrong bit, wherever: the seal tells, before HDF5 reads it. */
static void test_wrong_bytes(void **state)
{
    (void)state;
    uint64_t bits = 88172645463325252U; /* xorshift64, Marsaglia 2003 */
    int n_refused = 0, n_trials = 1000;
    for (int i = 0; i < n_trials; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        size_t at = (size_t)(bits >> 16) % n_bytes;
        char mask = (char)(1 << (bits & 7));
        bytes[at] ^= mask;
        fixture_write_bytes(spoilt, n_bytes, bytes);
        bytes[at] ^= mask;
        n_refused += use() == DREDGE_FILE;
        status_clear();
    }
    assert_int_equal(n_refused, n_trials);
}

/* ---- sound HDF5 that is no sound results file ---- */

static hid_t reopen(void)
{
    fixture_write_bytes(spoilt, n_bytes, bytes);
    hid_t file = H5Fopen(spoilt, H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(file >= 0);
    return file;
}

static void put_attribute(hid_t file, const char *name, hid_t type, const void *value)
{
    hid_t space = H5Screate(H5S_SCALAR);
    if (H5Aexists(file, name) > 0) {
        assert_true(H5Adelete(file, name) >= 0);
    }
    hid_t attribute = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0 && H5Awrite(attribute, type, value) >= 0);
    assert_true(H5Aclose(attribute) >= 0 && H5Sclose(space) >= 0);
}

static void put_text(hid_t file, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    assert_true(H5Tset_size(type, strlen(text)) >= 0 && H5Tset_strpad(type, H5T_STR_NULLPAD) >= 0);
    put_attribute(file, name, type, text); /* no terminator in the file */
    assert_true(H5Tclose(type) >= 0);
}

static void test_attributes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *sentence;
    } cases[] = {{"format_version", "3", "use a newer dredge"},
                 {"format_version", "99999999999999999999", "use a newer dredge"},
                 {"format_version", "0", "no results file of dredge"},
                 {"format_version", "1x", "no results file of dredge"},
                 {"digest", "12", "`digest` is no digest"},
                 {"study_digest", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "`digest` is no digest"},
                 {"trajectories", "some", "`trajectories` is neither"},
                 {"trajectories", "runs", "unexpected dimensions"},
                 {"study", "title: other\nregimes: [constant, iterative]\n", "names other regimes"},
                 {"overrides", "replicates=2", "asks for other points or replicates"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hid_t file = reopen();
        put_text(file, cases[i].name, cases[i].text);
        assert_true(H5Fclose(file) >= 0);
        expect_refusal(cases[i].sentence);
    }
    static const char *const required[] = {"title",        "study",       "overrides",     "provenance", "digest",
                                           "study_digest", "model_stamp", "design_digest", "runs_done"};
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        int number = 1;
        hid_t file = reopen();
        put_attribute(file, required[i], H5T_NATIVE_INT, &number);
        if (strcmp(required[i], "runs_done") == 0) {
            assert_true(H5Adelete(file, required[i]) >= 0);
        }
        assert_true(H5Fclose(file) >= 0);
        expect_refusal(required[i]);
    }
    double impossible[] = {-1, 1e300, 0.0 / 0.0};
    for (size_t i = 0; i < 3; i++) {
        hid_t file = reopen();
        put_attribute(file, "runs_failed", H5T_NATIVE_DOUBLE, &impossible[i]);
        assert_true(H5Fclose(file) >= 0);
        expect_refusal("missing or impossible");
    }
    hid_t file = reopen();
    put_text(file, "title", "<script>alert(1)</script>"); /* not terminated, but whole */
    assert_true(H5Fclose(file) >= 0);
    expect_refusal("attributes of `/` are not what the digest says");
}

/* Replaces a dataset by one of another type and extents. */
static void replace(hid_t file, const char *name, hid_t type, int rank, const hsize_t *extent, hid_t creation)
{
    hid_t space = H5Screate_simple(rank, extent, NULL);
    assert_true(H5Ldelete(file, name, H5P_DEFAULT) >= 0);
    hid_t dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(dataset >= 0 && H5Dclose(dataset) >= 0 && H5Sclose(space) >= 0);
}

static void test_datasets(void **state)
{
    (void)state;
    hsize_t huge = (hsize_t)1 << 40, none = 0, scalar_like = 1;
    hsize_t right[] = {5, 2, 6}, wrong[] = {5, 2, 7}, enormous[] = {5, 2, (hsize_t)1 << 40};
    hid_t text = H5Tcopy(H5T_C_S1), chunked = H5Pcreate(H5P_DATASET_CREATE), filtered = H5Pcreate(H5P_DATASET_CREATE);
    hid_t outside = H5Pcreate(H5P_DATASET_CREATE);
    assert_true(H5Tset_size(text, 8) >= 0 && H5Pset_chunk(chunked, 3, right) >= 0);
    assert_true(H5Pset_chunk(filtered, 3, right) >= 0 && H5Pset_nbit(filtered) >= 0);
    assert_true(H5Pset_external(outside, "/etc/passwd", 0, 480) >= 0);
    const struct {
        const char *name;
        hid_t type;
        int rank;
        const hsize_t *extent;
        hid_t creation;
        const char *sentence;
    } cases[] = {
        {"trust_end", H5T_NATIVE_INT, 3, right, H5P_DEFAULT, "`trust_end` has an unexpected type"},
        {"trust_end", H5T_NATIVE_FLOAT, 3, right, H5P_DEFAULT, "`trust_end` has an unexpected type"},
        {"trust_end", H5T_NATIVE_DOUBLE, 3, wrong, H5P_DEFAULT, "`trust_end` has unexpected dimensions"},
        {"trust_end", H5T_NATIVE_DOUBLE, 2, right, H5P_DEFAULT, "`trust_end` has unexpected dimensions"},
        {"trust_end", H5T_NATIVE_DOUBLE, 3, right, filtered, "needs a filter other than"},
        {"trust_end", H5T_NATIVE_DOUBLE, 3, right, outside, "lies outside the file"},
        {"status", H5T_NATIVE_INT, 3, right, H5P_DEFAULT, "`status` has an unexpected type"},
        {"status", H5T_NATIVE_UCHAR, 3, enormous, chunked, "`status` has unexpected dimensions"},
        {"regime", text, 1, wrong, H5P_DEFAULT, "`regime` has too few or too many names"},
        {"point", H5T_NATIVE_INT, 1, &huge, H5P_DEFAULT, "`point` is missing or has an impossible length"},
        {"point", H5T_NATIVE_INT, 1, &none, H5P_DEFAULT, "`point` is missing or has an impossible length"},
        {"point", H5T_NATIVE_INT, 2, right, H5P_DEFAULT, "`point` is missing or has an impossible length"},
        {"replicate", H5T_NATIVE_INT, 1, &scalar_like, H5P_DEFAULT, "holds impossible numbers"},
        {"month", H5T_NATIVE_DOUBLE, 1, right + 1, H5P_DEFAULT, "`month` has an unexpected type"},
        {"funder_target", H5T_NATIVE_INT, 1, right, H5P_DEFAULT, "`funder_target` has an unexpected type"},
        {"funder_target", H5T_NATIVE_DOUBLE, 1, right + 1, H5P_DEFAULT, "`funder_target` has unexpected dimensions"},
        {"replicates_done", H5T_NATIVE_INT, 1, right + 1, H5P_DEFAULT, "`replicates_done` has unexpected"},
        {"month_trust", H5T_NATIVE_FLOAT, 3, right, H5P_DEFAULT, "`month_trust` has unexpected dimensions"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hid_t file = reopen();
        replace(file, cases[i].name, cases[i].type, cases[i].rank, cases[i].extent, cases[i].creation);
        assert_true(H5Fclose(file) >= 0);
        expect_refusal(cases[i].sentence);
    }
    assert_true(H5Tclose(text) >= 0 && H5Pclose(chunked) >= 0 && H5Pclose(filtered) >= 0 && H5Pclose(outside) >= 0);
}

/* A small file that claims to hold an enormous number of runs. */
static void test_claims(void **state)
{
    (void)state;
    hsize_t replicates = 2000000000, all[] = {5, 2, 2000000000}, chunk[] = {1, 1, 1 << 20};
    hid_t file = reopen(), creation = H5Pcreate(H5P_DATASET_CREATE);
    assert_true(H5Pset_chunk(creation, 3, chunk) >= 0 && H5Pset_deflate(creation, 1) >= 0);
    replace(file, "replicate", H5T_NATIVE_INT, 1, &replicates, H5P_DEFAULT);
    replace(file, "status", H5T_NATIVE_UCHAR, 3, all, creation);
    replace(file, "trust_end", H5T_NATIVE_DOUBLE, 3, all, creation);
    assert_true(H5Pclose(creation) >= 0 && H5Fclose(file) >= 0);
    expect_refusal("`status` claims to hold more than a file of this size can");
}

/* Texts of variable length whose bytes point anywhere: they are read without HDF5. */
static void test_texts(void **state)
{
    (void)state;
    static const unsigned char wrong[][16] = {
        {0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 1},                               /* a length beyond the file */
        {4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1}, /* an address beyond it */
        {4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},                         /* none */
        {4, 0, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0, 1},                        /* one where no collection is */
        {0},                                                             /* an empty text */
    };
    hid_t file = reopen(), dataset = H5Dopen2(file, "statistic", H5P_DEFAULT);
    haddr_t offset = H5Dget_offset(dataset);
    assert_true(offset != HADDR_UNDEF && H5Dclose(dataset) >= 0);
    int note = 1;
    put_attribute(file, "note", H5T_NATIVE_INT, &note); /* which cuts the seal off */
    assert_true(H5Fclose(file) >= 0);
    assert_int_equal(use(), DREDGE_OK);
    size_t n = 0;
    char *unsealed = fixture_read(spoilt, &n);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char kept[16];
        memcpy(kept, unsealed + offset, sizeof kept);
        memcpy(unsealed + offset, wrong[i], sizeof wrong[i]);
        fixture_write_bytes(spoilt, n, unsealed);
        memcpy(unsealed + offset, kept, sizeof kept);
        expect_refusal("`statistic` is not what the digest says");
    }
    free(unsealed);
}

static void test_links(void **state)
{
    (void)state;
    static const char *const names[] = {"trust_end", "status", "month_open", "funder_target", "replicates_done"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char there[64];
        (void)snprintf(there, sizeof there, "/%s", names[i]);
        hid_t file = reopen(); /* in another file */
        assert_true(H5Ldelete(file, names[i], H5P_DEFAULT) >= 0);
        assert_true(H5Lcreate_external(sound, there, file, names[i], H5P_DEFAULT, H5P_DEFAULT) >= 0);
        assert_true(H5Fclose(file) >= 0);
        expect_refusal("is missing");
        file = reopen(); /* to itself */
        assert_true(H5Ldelete(file, names[i], H5P_DEFAULT) >= 0);
        assert_true(H5Lcreate_soft(there, file, names[i], H5P_DEFAULT, H5P_DEFAULT) >= 0);
        assert_true(H5Fclose(file) >= 0);
        expect_refusal("is missing");
        file = reopen(); /* a group of that name */
        assert_true(H5Ldelete(file, names[i], H5P_DEFAULT) >= 0);
        hid_t group = H5Gcreate2(file, names[i], H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        assert_true(group >= 0 && H5Gclose(group) >= 0 && H5Fclose(file) >= 0);
        expect_refusal(names[i]);
    }
}

/* Tallies of a shard that do not fit: found when merging. */
static void test_tallies(void **state)
{
    (void)state;
    struct study study = {0};
    struct store *store = NULL;
    char merged[FIXTURE_PATH_BYTES + 32];
    const char *parts[2] = {spoilt, sound};
    const struct store_options options = {.n_shards = 2, .shard = 0, .provenance = "{}", .force = 1};
    (void)snprintf(merged, sizeof merged, "%s/merged.h5", folder);
    fixture_study(&study, "output: {trajectories: summary, every: 6}\n", "");
    static const int sizes[][5] = {
        {-1, 0, 0, 0, 0}, {2000000000, 2000000000, 2000000000, 1, 1}, {0, 0, 0, 0, 0}, {7, 1, 1, 1, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_int_equal(store_begin(&store, spoilt, &study, &options, NULL, NULL), DREDGE_OK);
        assert_int_equal(fixture_append(store, &study, 0, 0, 3), DREDGE_OK);
        assert_int_equal(store_finish(store), DREDGE_OK);
        store_end(store);
        hid_t file = H5Fopen(spoilt, H5F_ACC_RDWR, H5P_DEFAULT);
        hid_t dataset = H5Dopen2(file, "dredge/tally_size", H5P_DEFAULT);
        assert_true(H5Dwrite(dataset, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, sizes[i]) >= 0);
        assert_true(H5Dclose(dataset) >= 0 && H5Fclose(file) >= 0);
        assert_int_equal(store_merge(merged, 1, 1, parts, NULL, NULL), DREDGE_FILE);
        fixture_expect_sentence(spoilt);
        assert_int_equal(access(merged, F_OK), -1);
    }
    study_free(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_files), cmocka_unit_test(test_cut_off),  cmocka_unit_test(test_wrong_bytes),
        cmocka_unit_test(test_attributes),  cmocka_unit_test(test_datasets), cmocka_unit_test(test_claims),
        cmocka_unit_test(test_texts),       cmocka_unit_test(test_links),    cmocka_unit_test(test_tallies),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
