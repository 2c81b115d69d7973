/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_PARTICLES_H
#define STORE_FILE_PARTICLES_H

#include <stdint.h>

#include "base/status.h"

/* The file that a calibration leaves: HDF5 that is valid netCDF-4, with the dimension `particle`; a variable for each prior
 * (its key with dots as underscores), the weights, the distances, the theories, and the figure of each target. */

enum { PARTICLES_NAME_BYTES = 256 };

/* The variable of a key: dots, which netCDF does not want in names, are underscores. */
void particles_name(const char *key, char name[PARTICLES_NAME_BYTES]);

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
STATUS_CHECKED dredge_status particles_write(const char *output, const struct particles_file *file);

/* Attributes that say how the file becomes points of a design (study/posterior_file.h): the keys of its priors, one a line;
 * and, where theories were chosen among, the names of all theories in the order of their numbers, one a line. */
#define PARTICLES_KEYS "keys"
#define PARTICLES_THEORIES "theories"

/* And an attribute that says which calibration made it: a digest of its study and options. */
#define PARTICLES_CALIBRATION "calibration"

/* A text attribute of the posterior at `path`, which the caller frees: *text, NULL where it has none. DREDGE_FILE when the file
 * is no posterior. */
STATUS_CHECKED dredge_status particles_text(const char *path, const char *name, char **text);

/* A posterior_reader: particles drawn by their weights, systematically, none twice. */
STATUS_CHECKED dredge_status particles_table(const char *path, int n_most, uint64_t seed, char **table);

#endif
