/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_fixture.h"
#include "testing.h"

void fixture_make_folder(char folder[FIXTURE_PATH_BYTES])
{
    const char *above = getenv("TMPDIR");
    (void)snprintf(folder, FIXTURE_PATH_BYTES, "%s/dredge-store-XXXXXX",
                   above != NULL && *above != '\0' ? above : "/tmp");
    assert_non_null(mkdtemp(folder));
}

static int remove_entry(const char *path, const struct stat *about, int type, struct FTW *walk)
{
    (void)about;
    (void)type;
    (void)walk;
    return remove(path);
}

void fixture_remove_folder(const char *folder)
{
    assert_int_equal(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void fixture_study(struct study *study, const char *more, const char *override)
{
    static const char base[] = "title: A study for tests\n"
                               "question: Does it come back as it went?\n"
                               "months: 12\n"
                               "aftercare_months: 6\n"
                               "seed: 7\n"
                               "regimes: [linear_kpi, iterative]\n";
    static const char design[] = "design: {method: grid, factors: {funder.target: [0.25, 0.5, 1, 2, 4]}}\n";
    char text[2048];
    const char *const overrides[] = {override};
    (void)snprintf(text, sizeof text, "%s%s%s%s", base, strstr(more, "design:") == NULL ? design : "",
                   strstr(more, "replicates:") == NULL ? "replicates: 6\n" : "", more);
    dredge_status status = study_parse("test.yaml", text, strlen(text), override[0] != '\0', overrides, study);
    if (status != DREDGE_OK) {
        print_error("%s\n", status_message());
    }
    assert_int_equal(status, DREDGE_OK);
}

/* A number in 0 .. 1 from five (splitmix64's finisher). */
static double mixed(int a, int b, int c, int d, int e)
{
    uint64_t bits = (uint64_t)a;
    const int parts[] = {b, c, d, e};
    for (int i = 0; i < 4; i++) {
        bits = bits * 1000003U + (uint64_t)parts[i] + 0x9E3779B97F4A7C15U;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9U;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBU;
        bits ^= bits >> 31;
    }
    return (double)(bits >> 11) * 0x1p-53;
}

double fixture_outcome(int outcome, int point, int regime, int replicate)
{
    double value = mixed(outcome, point, regime, replicate, 1);
    return outcome == OUTCOME_durability && value < 0.3 ? (double)NAN : value;
}

float fixture_value(int series, int point, int regime, int replicate, int sample)
{
    return (float)mixed(series, point, regime, replicate, 2 + sample);
}

/* `tally` is that of the regime; NULL without summaries. */
static void fill_run(struct parcel *parcel, int regime, int replicate, struct tally *tally)
{
    size_t n = (size_t)parcel->span.n_replicates, n_regimes = (size_t)parcel->n_regimes;
    size_t n_samples = (size_t)parcel->n_samples, run = (size_t)regime * n + (size_t)replicate;
    parcel->status[run] = RUN_DONE;
    for (int outcome = 0; outcome < N_OUTCOME_COLUMNS; outcome++) {
        parcel->outcomes[(size_t)outcome * n_regimes * n + run] =
            fixture_outcome(outcome, parcel->span.point, regime, parcel->span.first + replicate);
    }
    for (int sample = 0; sample < parcel->n_samples; sample++) {
        for (int series = 0; series < parcel->n_series; series++) {
            float value = fixture_value(series, parcel->span.point, regime, parcel->span.first + replicate, sample);
            if (parcel->runs != NULL) {
                parcel->runs[((size_t)series * n_regimes * n + run) * n_samples + (size_t)sample] = value;
            }
            if (tally != NULL) {
                tally_count(tally, series, sample, 1, &value);
            }
        }
        if (tally != NULL) {
            tally->n[sample]++;
        }
    }
}

void fixture_parcel(struct parcel *parcel, const struct study *study, int point, int first, int n_replicates,
                    int has_failures)
{
    assert_int_equal(parcel_init(parcel, study, (struct span){point, first, n_replicates}), DREDGE_OK);
    for (int regime = 0; regime < study->n_regimes; regime++) {
        struct tally tally = {.n = NULL};
        if (parcel->tallies != NULL) {
            assert_int_equal(tally_init(&tally, parcel->n_series, parcel->n_samples), DREDGE_OK);
        }
        for (int replicate = 0; replicate < n_replicates; replicate++) {
            if (has_failures && point == 3) {
                parcel->status[regime * n_replicates + replicate] = RUN_FAILED;
                (void)snprintf(parcel->message, sizeof parcel->message, "point 3 is impossible");
            } else {
                fill_run(parcel, regime, replicate, parcel->tallies != NULL ? &tally : NULL);
            }
        }
        if (parcel->tallies != NULL) {
            parcel->tallies[regime].n_bytes = 0;
            assert_int_equal(tally_code_write(&parcel->tallies[regime], &tally), DREDGE_OK);
            tally_free(&tally);
        }
    }
}

dredge_status fixture_append(struct store *store, const struct study *study, int point, int first, int n)
{
    struct parcel parcel;
    fixture_parcel(&parcel, study, point, first, n, 0);
    dredge_status status = store_append(store, 1, &parcel);
    parcel_free(&parcel);
    return status;
}

void fixture_write(const char *path, const struct study *study, int n_replicates, int n_parcels, int is_backwards)
{
    struct store_options options = {.n_shards = 1, .force = 1, .provenance = "{}"};
    struct store *store = NULL;
    struct parcel parcels[64];
    int n = 0;
    assert_true(n_parcels <= 64);
    assert_int_equal(store_begin(&store, path, study, &options, NULL, NULL), DREDGE_OK);
    for (int i = 0; i < study->design.n_points; i++) {
        int point = is_backwards ? study->design.n_points - 1 - i : i;
        for (int first = 0; first < study->replication.max; first += n_replicates) {
            int n_left = study->replication.max - first;
            fixture_parcel(&parcels[n++], study, point, first, n_left < n_replicates ? n_left : n_replicates, 0);
            if (n == n_parcels) {
                assert_int_equal(store_append(store, n, parcels), DREDGE_OK);
                while (n > 0) {
                    parcel_free(&parcels[--n]);
                }
            }
        }
    }
    assert_int_equal(store_append(store, n, parcels), DREDGE_OK);
    while (n > 0) {
        parcel_free(&parcels[--n]);
    }
    assert_int_equal(store_finish(store), DREDGE_OK);
    store_end(store);
}

void fixture_digest(const char *path, char digest[33])
{
    struct results *results = NULL;
    dredge_status status = results_open(&results, path);
    if (status != DREDGE_OK) {
        print_error("%s\n", status_message());
    }
    assert_int_equal(status, DREDGE_OK);
    assert_int_equal(results_digest(results, digest), DREDGE_OK);
    assert_string_equal(results_info(results)->digest, digest);
    results_close(results);
}

void fixture_warn(void *context, const char *sentence)
{
    (void)snprintf(context, 2 * FIXTURE_PATH_BYTES, "%s", sentence);
}

int fixture_count(const char *folder)
{
    int n = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return -1;
    }
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        n += entry->d_name[0] != '.';
    }
    (void)closedir(directory);
    return n;
}

char *fixture_read(const char *path, size_t *n_bytes)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *n_bytes = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*n_bytes + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *n_bytes, file), *n_bytes);
    (void)fclose(file);
    return bytes;
}

void fixture_write_bytes(const char *path, size_t n_bytes, const void *bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n_bytes, file), n_bytes);
    assert_int_equal(fclose(file), 0);
}

void fixture_expect_sentence(const char *part)
{
    if (strstr(status_message(), part) == NULL) {
        print_error("`%s` does not contain `%s`\n", status_message(), part);
    }
    assert_non_null(strstr(status_message(), part));
    status_clear();
}

char fixture_folder[FIXTURE_PATH_BYTES], fixture_output[FIXTURE_PATH_BYTES * 2],
    fixture_parts[FIXTURE_PATH_BYTES * 2 + 8];
const struct store_options fixture_plain = {.n_shards = 1, .provenance = "{}"};
const struct store_options fixture_resume = {.n_shards = 1, .provenance = "{}", .resume = 1};
const struct store_options fixture_force = {.n_shards = 1, .provenance = "{}", .force = 1};

int fixture_set_up(void **state)
{
    (void)state;
    fixture_make_folder(fixture_folder);
    (void)snprintf(fixture_output, sizeof fixture_output, "%s/out.h5", fixture_folder);
    (void)snprintf(fixture_parts, sizeof fixture_parts, "%s.parts", fixture_output);
    return 0;
}

int fixture_tear_down(void **state)
{
    (void)state;
    fixture_remove_folder(fixture_folder);
    return 0;
}
