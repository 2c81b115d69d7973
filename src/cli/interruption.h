/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_INTERRUPTION_H
#define CLI_INTERRUPTION_H

#include <signal.h>

/* From now on SIGINT, SIGTERM and SIGHUP are a wish to stop, which the flag that this gives tells (base/stop.h). One that
 * was ignored when the program began, as SIGHUP is under nohup, stays ignored. */
const volatile sig_atomic_t *interruption_watch(void);

#endif
