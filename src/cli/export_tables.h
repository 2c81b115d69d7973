/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_EXPORT_TABLES_H
#define CLI_EXPORT_TABLES_H

#include "cli/csv.h"
#include "result/results.h"

/* The tables of dredge export. Names of columns are those of the variables of a results file; a place of a row by sector or by pair
 * of sectors follows after an underscore: momentum_end_by_sector_public. */

/* Writes a table, a part of the results at a time. */
typedef dredge_status export_table(struct results *results, struct csv *csv);

/* The table called so, NULL when there is none: runs, series, points. */
export_table *export_find(const char *what);

#endif
