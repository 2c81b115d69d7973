/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/particles.h"

#include <errno.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/file/driver.h"
#include "store/file/file_seal.h"
#include "store/file/hdf.h"

void particles_name(const char *key, char name[PARTICLES_NAME_BYTES])
{
    (void)snprintf(name, PARTICLES_NAME_BYTES, "%s", key);
    for (char *dot = strchr(name, '.'); dot != NULL; dot = strchr(dot, '.')) {
        *dot = '_';
    }
}

static hid_t put_dataset(hid_t file, const char *name, hid_t file_type, hid_t memory_type, hsize_t n,
                         const void *values)
{
    hid_t space = H5Screate_simple(1, &n, NULL);
    hid_t dataset = space >= 0 ? H5Dcreate2(file, name, file_type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT) : -1;
    if (dataset >= 0 && H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0) {
        (void)H5Dclose(dataset);
        dataset = -1;
    }
    (void)H5Sclose(space);
    return dataset;
}

static int put_column(hid_t file, hid_t scale, const struct particles_column *column, int n, double *packed)
{
    char name[PARTICLES_NAME_BYTES];
    particles_name(column->name, name);
    for (int i = 0; i < n; i++) {
        packed[i] = column->values[(size_t)i * (size_t)column->stride];
    }
    hid_t dataset = put_dataset(file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, (hsize_t)n, packed);
    int is_put = dataset >= 0 && H5DSattach_scale(dataset, scale, 0) >= 0 &&
                 hdf_put_text(dataset, "units", column->units) && hdf_put_text(dataset, "long_name", column->long_name);
    if (dataset >= 0) {
        is_put &= H5Dclose(dataset) >= 0;
    }
    return is_put;
}

static int put_all(hid_t file, const struct particles_file *particles, int *numbers, double *packed)
{
    for (int i = 0; i < particles->n_particles; i++) {
        numbers[i] = i;
    }
    hid_t scale =
        put_dataset(file, "particle", H5T_STD_I32LE, H5T_NATIVE_INT, (hsize_t)particles->n_particles, numbers);
    int is_put = scale >= 0 && H5DSset_scale(scale, "particle") >= 0;
    for (int t = 0; is_put && t < particles->n_texts; t++) {
        is_put = hdf_put_text(file, particles->texts[t][0], particles->texts[t][1]);
    }
    for (int c = 0; is_put && c < particles->n_columns; c++) {
        is_put = put_column(file, scale, &particles->columns[c], particles->n_particles, packed);
    }
    if (scale >= 0) {
        is_put &= H5Dclose(scale) >= 0;
    }
    return is_put;
}

dredge_status particles_write(const char *output, const struct particles_file *particles)
{
    struct driver driver = {0};
    char *temporary = files_text("%s%s", output, files_temporary);
    int *numbers = malloc(((size_t)particles->n_particles + 1) * sizeof *numbers);
    double *packed = malloc(((size_t)particles->n_particles + 1) * sizeof *packed);
    dredge_status status = DREDGE_OK;
    if (temporary == NULL || numbers == NULL || packed == NULL) {
        status = status_no_memory(((size_t)particles->n_particles + 1) * sizeof *packed);
        goto out;
    }
    hdf_quiet();
    hid_t access = driver_access(&driver);
    hid_t file = access >= 0 ? H5Fcreate(temporary, H5F_ACC_TRUNC, H5P_DEFAULT, access) : -1;
    int is_written = file >= 0 && put_all(file, particles, numbers, packed);
    if (file >= 0) {
        is_written &= H5Fclose(file) >= 0;
    }
    (void)H5Pclose(access);
    if (!is_written || driver.error != 0) {
        status = status_fail(DREDGE_FILE, "cannot write %s: %s", output,
                             driver.error != 0 ? strerror(driver.error) : "HDF5 failed");
        (void)remove(temporary);
    } else {
        status = file_seal_add(temporary, output);
        if (status == DREDGE_OK) {
            status = files_replace(temporary, output);
        }
    }
    driver_release(&driver);
out:
    free(packed);
    free(numbers);
    free(temporary);
    return status;
}
