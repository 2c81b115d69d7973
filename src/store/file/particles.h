/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_PARTICLES_H
#define STORE_FILE_PARTICLES_H

#include "base/status.h"

/* The file that a calibration leaves: HDF5 that is valid netCDF-4, with the dimension `particle`; a variable for each prior
 * (its key with dots as underscores), the weights, the distances, the theories, and the figure of each target. */

struct particles_column {
    const char *name, *units, *long_name;
    const double *values; /* value of particle i: values[i * stride] */
    int stride;
};

struct particles_file {
    int n_particles, n_columns, n_texts;
    const struct particles_column *columns; /* [n_columns] */
    const char *const (*texts)[2];          /* [n_texts], root attributes: name and text */
};

/* Writes under a temporary name, forces to disk and renames. */
STATUS_CHECKED dredge_status particles_write(const char *path, const struct particles_file *file);

#endif
