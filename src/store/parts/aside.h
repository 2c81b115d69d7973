/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_PARTS_ASIDE_H
#define STORE_PARTS_ASIDE_H

#include "base/status.h"

/* Takes a sentence that the user should read though nothing has failed; may be NULL. */
typedef void store_warn(void *context, const char *sentence);

/* Sets a damaged file aside and hands the sentence of the last failure to `warn`: the file's runs `what_follows`. */
STATUS_CHECKED dredge_status aside_set(const char *path, const char *what_follows, store_warn *warn, void *context);

#endif
