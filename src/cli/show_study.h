/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SHOW_STUDY_H
#define CLI_SHOW_STUDY_H

#include "base/json.h"

/* `dredge show study`: every key of a study, those of the table of keys, the parameters and the steering of regimes. */
void show_study_text(void);
void show_study_json(struct json *json);

#endif
