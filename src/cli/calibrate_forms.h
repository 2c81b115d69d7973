/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_CALIBRATE_FORMS_H
#define CLI_CALIBRATE_FORMS_H

#include "search/calibrate.h"

/* What a calibration found, for the terminal and for other programs. */

STATUS_CHECKED dredge_status calibrate_print_table(const struct study *study, const struct posterior *posterior);
STATUS_CHECKED dredge_status calibrate_print_json(const struct study *study, const struct posterior *posterior);

STATUS_CHECKED dredge_status calibrate_print_test(const struct study *study, const struct self_test *test, int is_json);

/* Does the test find ranks that are uniform for all keys together, at 1%? */
int calibrate_test_passes(const struct self_test *test);

#endif
