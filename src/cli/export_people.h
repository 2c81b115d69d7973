/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_EXPORT_PEOPLE_H
#define CLI_EXPORT_PEOPLE_H

#include "cli/export_source.h"

/* Who did what in the runs of a results file: they are run again, as a file holds no persons. A line per run, month (0 is the
 * start) and person, or tie. DREDGE_FAILURE when another model made the runs. */
STATUS_CHECKED dredge_status export_persons(const struct export_source *source, struct csv *csv);
STATUS_CHECKED dredge_status export_ties(const struct export_source *source, struct csv *csv);

#endif
