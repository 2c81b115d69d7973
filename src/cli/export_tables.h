/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_EXPORT_TABLES_H
#define CLI_EXPORT_TABLES_H

#include "cli/export_source.h"

/* The tables of dredge export. Names of columns are those of the variables of a results file; a place of a row by sector or by pair
 * of sectors follows after an underscore: momentum_end_by_sector_public. */

enum export_table { EXPORT_RUNS, EXPORT_SERIES, EXPORT_POINTS, EXPORT_PERSONS, EXPORT_TIES, N_EXPORT_TABLES };

/* The table of this name: 0 when there is none. */
int export_find(const char *what, enum export_table *table);

/* Writes a table, a part of the results at a time; of persons and ties only the runs of the choice. */
STATUS_CHECKED dredge_status export_write(struct results *results, enum export_table table,
                                          const struct export_choice *choice, struct csv *csv);

#endif
