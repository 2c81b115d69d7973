/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spoil.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

#include "fuzzing.h"
#include "store/file/own.h"
#include "store/file/results_file.h"

enum change {
    PUT_TEXT,
    PUT_NUMBER,
    PUT_NUMBERS,
    DELETE_ATTRIBUTE,
    DELETE_DATASET,
    REPLACE_DATASET,
    FILL_DATASET,
    MOVE_DATASET,
    LINK_DATASET,
    CHANGE_BYTES,
    CUT_OFF,
    N_CHANGES
};

struct step {
    enum change change;
    unsigned which, n;
    const uint8_t *bytes; /* [n] */
};

static const char *const numbers[] = {"runs_done", "runs_failed"};
static const char *const others[] = {"point",      "regime",        "replicate",       "month",
                                     "status",     "funder_target", "replicates_done", "message",
                                     OWN_MESSAGES, OWN_TALLIES,     OWN_TALLY_SIZE,    OWN_NAMES};

static const char *attribute_name(unsigned which)
{
    unsigned n_numbers = sizeof numbers / sizeof *numbers, n = N_RESULTS_TEXTS + n_numbers;
    which %= n;
    return which < N_RESULTS_TEXTS ? results_text_names[which] : numbers[which - N_RESULTS_TEXTS];
}

static void dataset_name(unsigned which, char name[64])
{
    unsigned n_others = sizeof others / sizeof *others, n = n_others + 2 * (N_OUTCOMES + N_SERIES);
    which %= n;
    if (which < n_others) {
        (void)strcpy(name, others[which]);
    } else if ((which - n_others) / 2 < N_OUTCOMES) {
        (void)strcpy(name, outcome_infos[(which - n_others) / 2].name);
    } else {
        (void)strcat(strcpy(name, "month_"), series_infos[(which - n_others) / 2 - N_OUTCOMES].name);
    }
}

static void put_attribute(hid_t file, const struct step *step)
{
    const char *name = attribute_name(step->which);
    double number = 0;
    hsize_t extent = 1 + step->n / 8;
    hid_t type = step->change == PUT_TEXT ? H5Tcopy(H5T_C_S1) : H5Tcopy(H5T_NATIVE_DOUBLE);
    hid_t space = step->change == PUT_NUMBERS ? H5Screate_simple(1, &extent, NULL) : H5Screate(H5S_SCALAR);
    unsigned char *value = calloc(1, 8 * (size_t)extent + 8);
    promise(value != NULL, "memory");
    memcpy(value, step->bytes, step->n);
    if (step->change == PUT_NUMBER && step->n < 8) {
        number = step->n > 0 ? (double)(int8_t)step->bytes[0] : 0;
        memcpy(value, &number, sizeof number);
    }
    if (step->change == PUT_TEXT) {
        (void)H5Tset_size(type, step->n > 0 ? step->n : 1);
        (void)H5Tset_strpad(type, H5T_STR_NULLPAD);
    }
    (void)H5Adelete(file, name);
    hid_t attribute = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) {
        (void)H5Awrite(attribute, type, value);
        (void)H5Aclose(attribute);
    }
    free(value);
    (void)H5Sclose(space);
    (void)H5Tclose(type);
}

/* Another dataset of that name: type, rank, extents (a byte each, of which some mean enormous ones) and storage. */
static void replace_dataset(hid_t file, const char *name, const struct step *step)
{
    const hid_t types[] = {H5T_NATIVE_DOUBLE, H5T_NATIVE_FLOAT, H5T_NATIVE_INT,   H5T_NATIVE_UINT8,
                           H5T_IEEE_F64BE,    H5T_C_S1,         H5T_NATIVE_INT64, H5T_STD_REF_OBJ};
    uint8_t bytes[8] = {0};
    hsize_t extent[4], chunk[4];
    memcpy(bytes, step->bytes, step->n < 8 ? step->n : 8);
    int rank = bytes[1] % 5;
    for (int i = 0; i < rank; i++) {
        extent[i] = bytes[3 + i] < 250 ? bytes[3 + i] : (hsize_t)1 << (bytes[3 + i] - 250) * 10;
        chunk[i] = extent[i] > 0 && extent[i] < 64 ? extent[i] : 64;
    }
    hid_t space = rank > 0 ? H5Screate_simple(rank, extent, NULL) : H5Screate(H5S_SCALAR);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    if (rank > 0 && (bytes[2] & 1) != 0) {
        (void)H5Pset_chunk(creation, rank, chunk);
        if ((bytes[2] & 2) != 0) {
            (void)H5Pset_deflate(creation, 1);
        }
    }
    (void)H5Ldelete(file, name, H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, name, types[bytes[0] % 8], space, H5P_DEFAULT, creation, H5P_DEFAULT);
    if (dataset >= 0) {
        (void)H5Dclose(dataset);
    }
    (void)H5Pclose(creation);
    if (space >= 0) {
        (void)H5Sclose(space);
    }
}

/* Overwrites values: the first byte says where, the rest is repeated until the end when it is odd. */
static void fill_dataset(hid_t file, const char *name, const struct step *step)
{
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    if (dataset < 0) {
        return;
    }
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hssize_t n_values = H5Sget_simple_extent_npoints(space);
    size_t size = H5Tget_size(type);
    if (n_values > 0 && (size_t)n_values < (1 << 20) / size && H5Tis_variable_str(type) == 0 && step->n > 1) {
        size_t n_bytes = (size_t)n_values * size;
        unsigned char *values = calloc(1, n_bytes);
        promise(values != NULL, "memory");
        (void)H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
        size_t from = (size_t)step->bytes[0] * size % n_bytes;
        size_t n = (step->bytes[0] & 1) != 0 ? n_bytes - from : step->n - 1;
        for (size_t i = 0; i < n && from + i < n_bytes; i++) {
            values[from + i] = step->bytes[1 + i % (step->n - 1)];
        }
        (void)H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
        free(values);
    }
    (void)H5Tclose(type);
    (void)H5Sclose(space);
    (void)H5Dclose(dataset);
}

static void change_file(hid_t file, const struct step *step)
{
    char name[64], other[64];
    dataset_name(step->which, name);
    dataset_name(step->n > 0 ? step->bytes[0] : 0, other);
    switch (step->change) {
    case PUT_TEXT:
    case PUT_NUMBER:
    case PUT_NUMBERS:
        put_attribute(file, step);
        break;
    case DELETE_ATTRIBUTE:
        (void)H5Adelete(file, attribute_name(step->which));
        break;
    case DELETE_DATASET:
        (void)H5Ldelete(file, name, H5P_DEFAULT);
        break;
    case REPLACE_DATASET:
        replace_dataset(file, name, step);
        break;
    case FILL_DATASET:
        fill_dataset(file, name, step);
        break;
    case MOVE_DATASET:
        (void)H5Ldelete(file, other, H5P_DEFAULT);
        (void)H5Lmove(file, name, file, other, H5P_DEFAULT, H5P_DEFAULT);
        break;
    case LINK_DATASET:
        (void)H5Ldelete(file, name, H5P_DEFAULT);
        (void)(step->n % 2 == 0 ? H5Lcreate_soft(other, file, name, H5P_DEFAULT, H5P_DEFAULT)
                                : H5Lcreate_hard(file, other, file, name, H5P_DEFAULT, H5P_DEFAULT));
        break;
    case CHANGE_BYTES:
    case CUT_OFF:
    case N_CHANGES:
        break;
    }
}

static size_t next_step(size_t n_bytes, const uint8_t *recipe, struct step *step)
{
    if (n_bytes < 3) {
        return 0;
    }
    step->change = (enum change)(recipe[0] % N_CHANGES);
    step->which = recipe[1];
    step->n = recipe[2] < n_bytes - 3 ? recipe[2] : (unsigned)(n_bytes - 3);
    step->bytes = recipe + 3;
    return 3 + step->n;
}

/* The changes that go through HDF5. */
static void change_inside(const struct image *sound, size_t n_bytes, const uint8_t *recipe, struct image *spoilt)
{
    struct step step;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    (void)H5Pset_fapl_core(access, 1 << 16, 0);
    (void)H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_LATEST);
    (void)H5Pset_file_image(access, sound->bytes, sound->n_bytes);
    hid_t file = H5Fopen("image", H5F_ACC_RDWR, access);
    promise(file >= 0, "the sound file opens");
    for (size_t at = 0, n = 0; (n = next_step(n_bytes - at, recipe + at, &step)) > 0; at += n) {
        change_file(file, &step);
    }
    (void)H5Fflush(file, H5F_SCOPE_GLOBAL);
    ssize_t size = H5Fget_file_image(file, NULL, 0);
    promise(size > 0, "an image");
    spoilt->n_bytes = (size_t)size;
    spoilt->bytes = malloc(spoilt->n_bytes);
    promise(spoilt->bytes != NULL && H5Fget_file_image(file, spoilt->bytes, spoilt->n_bytes) == size, "an image");
    (void)H5Fclose(file);
    (void)H5Pclose(access);
}

void spoil(const struct image *sound, size_t n_bytes, const uint8_t *recipe, struct image *spoilt)
{
    struct step step;
    change_inside(sound, n_bytes, recipe, spoilt);
    for (size_t at = 0, n = 0; (n = next_step(n_bytes - at, recipe + at, &step)) > 0; at += n) {
        if (step.change != CHANGE_BYTES && step.change != CUT_OFF) {
            continue;
        }
        size_t place = ((size_t)step.which << 8 | (step.n > 0 ? step.bytes[0] : 0)) % spoilt->n_bytes;
        if (step.change == CUT_OFF) {
            spoilt->n_bytes = place > 0 ? place : 1;
        }
        for (size_t i = 1; step.change == CHANGE_BYTES && i < step.n && place + i < spoilt->n_bytes; i++) {
            spoilt->bytes[place + i] ^= step.bytes[i];
        }
    }
}
