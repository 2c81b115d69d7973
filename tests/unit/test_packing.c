/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sanitized.h"
#include "store/file/hdf.h"
#include "store/file/packing.h"
#include "store/file/unpacking.h"
#include "store_fixture.h"

enum { POINTS = 7, REGIMES = 3, REPLICATES = 50, CHUNK_POINTS = 2, CHUNK_REPLICATES = 16 };

static const hsize_t extent[3] = {POINTS, REGIMES, REPLICATES};
static const hsize_t chunk[3] = {CHUNK_POINTS, REGIMES, CHUNK_REPLICATES};

static hid_t make_dataset(hid_t file, const char *name, hid_t type)
{
    hid_t list = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(3, extent, NULL);
    assert_true(H5Pset_chunk(list, 3, chunk) >= 0 && H5Pset_shuffle(list) >= 0 && H5Pset_deflate(list, 1) >= 0);
    hid_t dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT, list, H5P_DEFAULT);
    assert_true(dataset >= 0);
    (void)H5Sclose(space);
    (void)H5Pclose(list);
    return dataset;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Puts the values [POINTS][REGIMES][REPLICATES] chunk by chunk. */
static void put_all(struct packing *packing, hid_t dataset, size_t size, const unsigned char *values)
{
    unsigned char part[CHUNK_POINTS * REGIMES * CHUNK_REPLICATES * sizeof(double)];
    for (int point = 0; point < POINTS; point += CHUNK_POINTS) {
        for (int first = 0; first < REPLICATES; first += CHUNK_REPLICATES) {
            const hsize_t start[3] = {(hsize_t)point, 0, (hsize_t)first};
            const int count[3] = {smaller(CHUNK_POINTS, POINTS - point), REGIMES,
                                  smaller(CHUNK_REPLICATES, REPLICATES - first)};
            size_t n_row = (size_t)count[2] * size;
            for (int row = 0; row < count[0] * REGIMES; row++) {
                memcpy(part + (size_t)row * n_row,
                       values + ((size_t)(point * REGIMES + row) * REPLICATES + (size_t)first) * size, n_row);
            }
            assert_true(packing_put(packing, dataset, size, 3, start, count, part));
        }
    }
}

/* Values for a dataset: of the even ones they compress, of the odd ones they are noise. */
static void make_values(int which, size_t n_bytes, unsigned char *values)
{
    uint32_t noise = 1;
    for (size_t k = 0; k < n_bytes; k++) {
        noise = noise * 1664525U + 1013904223U;
        values[k] = (unsigned char)(which % 2 == 0 ? k / 64 : noise >> 24);
    }
}

/* Values that compress, and noise that does not, of one, four and eight bytes, with one thread and with several, read as
 * they were put. */
static void reads_as_it_was_put(void **state)
{
    (void)state;
    const hid_t types[] = {H5T_STD_U8LE, H5T_IEEE_F32LE, H5T_IEEE_F64LE};
    const size_t sizes[] = {1, 4, 8};
    enum { N_VALUES = POINTS * REGIMES * REPLICATES };
    unsigned char *values = malloc(N_VALUES * 8), *read = malloc(N_VALUES * 8);
    char folder[FIXTURE_PATH_BYTES], path[FIXTURE_PATH_BYTES + 8];
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/v.h5", folder);
    assert_non_null(values);
    assert_non_null(read);
    for (int n_threads = 1; n_threads <= 5; n_threads += 2) {
        struct packing *packing = NULL;
        hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), dataset[6];
        assert_int_equal(packing_new(&packing, n_threads), DREDGE_OK);
        for (int i = 0; i < 6; i++) {
            char name[8];
            (void)snprintf(name, sizeof name, "v%d", i);
            dataset[i] = make_dataset(file, name, types[i / 2]);
            make_values(i, N_VALUES * sizes[i / 2], values);
            put_all(packing, dataset[i], sizes[i / 2], values);
        }
        assert_true(packing_flush(packing));
        for (int i = 0; i < 6; i++) {
            make_values(i, N_VALUES * sizes[i / 2], values);
            assert_true(H5Dread(dataset[i], types[i / 2], H5S_ALL, H5S_ALL, H5P_DEFAULT, read) >= 0);
            assert_memory_equal(read, values, N_VALUES * sizes[i / 2]);
            (void)H5Dclose(dataset[i]);
        }
        packing_free(packing);
        (void)H5Fclose(file);
    }
    fixture_remove_folder(folder);
    free(values);
    free(read);
}

/* A chunk as it stands in the file, taken apart. */
static void expect_chunk(hid_t dataset, size_t size, const unsigned char *values, struct unpacking *unpacking)
{
    enum { N_CHUNK = CHUNK_POINTS * REGIMES * CHUNK_REPLICATES };
    const hsize_t start[3] = {2, 0, CHUNK_REPLICATES};
    const unsigned char *expected = values + ((2 * REGIMES + 1) * REPLICATES + CHUNK_REPLICATES + 5) * size;
    size_t first = CHUNK_REPLICATES + 5; /* regime 1, the sixth replicate of the chunk */
    double reals[4];
    uint8_t bytes[4];
    uint32_t mask = 0;
    hsize_t n_bytes = 0;
    assert_true(H5Dget_chunk_storage_size(dataset, start, &n_bytes) >= 0);
    assert_true(H5Dread_chunk(dataset, H5P_DEFAULT, start, &mask, unpacking_room(unpacking, (size_t)n_bytes)) >= 0);
    int stored = STORED_SHUFFLED | (mask == 0 ? STORED_DEFLATED : 0);
    assert_int_equal(unpacking_open(unpacking, stored, (size_t)n_bytes, N_CHUNK * size), UNPACKED);
    if (size == 1) {
        unpacking_bytes(unpacking, first, 3, 3, bytes);
    } else {
        unpacking_reals(unpacking, first, 3, 3, reals);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_memory_equal(size == 1 ? (const void *)&bytes[i] : (const void *)&reals[i], expected + 3 * i * size,
                            size);
    }
    assert_int_equal(unpacking_open(unpacking, stored, (size_t)n_bytes - 1, N_CHUNK * size), UNPACKED_DAMAGED);
    assert_int_equal(unpacking_open(unpacking, stored, (size_t)n_bytes, N_CHUNK * size + 1), UNPACKED_DAMAGED);
    unpacking_room(unpacking, (size_t)n_bytes)[n_bytes / 2] ^= 0x10;
    assert_int_equal(unpacking_open(unpacking, stored, (size_t)n_bytes, N_CHUNK * size),
                     mask != 0 ? UNPACKED : UNPACKED_DAMAGED);
}

/* Values neither shuffled nor compressed. */
static void expect_plain(struct unpacking *unpacking)
{
    const double values[4] = {1.5, -2.5, 3.5, 1e300};
    double reals[2];
    memcpy(unpacking_room(unpacking, sizeof values), values, sizeof values);
    assert_int_equal(unpacking_open(unpacking, 0, sizeof values, sizeof values), UNPACKED);
    unpacking_reals(unpacking, 1, 2, 2, reals);
    assert_memory_equal(&reals[0], &values[1], sizeof(double));
    assert_memory_equal(&reals[1], &values[3], sizeof(double));
}

#ifndef SANITIZED /* sanitizers end a program that asks for so much */
/* A chunk for which there is no memory is not damaged; the next one is read. */
static void expect_no_memory(struct unpacking *unpacking)
{
    const double values[4] = {1.5, -2.5, 3.5, 1e300};
    assert_null(unpacking_room(unpacking, SIZE_MAX / 2));
    memcpy(unpacking_room(unpacking, sizeof values), values, sizeof values);
    assert_int_equal(unpacking_open(unpacking, STORED_DEFLATED, sizeof values, SIZE_MAX / 2), UNPACKED_NO_MEMORY);
    assert_int_equal(unpacking_open(unpacking, 0, sizeof values, sizeof values), UNPACKED);
}
#endif

/* What packing wrote is taken out again without HDF5's filters; what is damaged or cut off is told. */
static void takes_out_what_was_put(void **state)
{
    (void)state;
    enum { N_VALUES = POINTS * REGIMES * REPLICATES };
    unsigned char *values = malloc(N_VALUES * 8);
    struct packing *packing = NULL;
    struct unpacking *unpacking = NULL;
    char folder[FIXTURE_PATH_BYTES], path[FIXTURE_PATH_BYTES + 8];
    fixture_make_folder(folder);
    (void)snprintf(path, sizeof path, "%s/v.h5", folder);
    assert_non_null(values);
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_int_equal(packing_new(&packing, 1), DREDGE_OK);
    assert_int_equal(unpacking_new(&unpacking), DREDGE_OK);
    for (int i = 0; i < 4; i++) {
        size_t size = i < 2 ? 1 : 8;
        char name[8];
        (void)snprintf(name, sizeof name, "v%d", i);
        hid_t dataset = make_dataset(file, name, i < 2 ? H5T_STD_U8LE : H5T_IEEE_F64LE);
        make_values(i, N_VALUES * size, values);
        put_all(packing, dataset, size, values);
        assert_true(packing_flush(packing));
        expect_chunk(dataset, size, values, unpacking);
        (void)H5Dclose(dataset);
    }
    expect_plain(unpacking);
#ifndef SANITIZED
    expect_no_memory(unpacking);
#endif
    unpacking_free(unpacking);
    unpacking_free(NULL);
    packing_free(packing);
    (void)H5Fclose(file);
    fixture_remove_folder(folder);
    free(values);
}

/* A dataset that is closed is a failure that stays. */
static void tells_what_failed(void **state)
{
    (void)state;
    struct packing *packing = NULL;
    const hsize_t start[1] = {0};
    const int count[1] = {1};
    hdf_quiet();
    assert_int_equal(packing_new(&packing, 2), DREDGE_OK);
    assert_true(packing_flush(packing));
    assert_false(packing_put(packing, -1, 8, 1, start, count, "12345678"));
    assert_false(packing_flush(packing));
    packing_free(packing);
    packing_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_it_was_put),
        cmocka_unit_test(takes_out_what_was_put),
        cmocka_unit_test(tells_what_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
