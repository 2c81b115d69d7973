/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_SCENARIOS_H
#define REPORT_PAGE_SCENARIOS_H

#include "report/scenarios.h"

/* The page about several results side by side: one HTML text that needs nothing else, without a script. `*page` is
 * terminated; the caller frees it. */
STATUS_CHECKED dredge_status page_write_scenarios(const struct scenarios *scenarios, enum language language,
                                                  char **page);

#endif
