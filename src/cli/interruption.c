/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interruption.h"

#include <stddef.h>

#include "base/stop.h"

static volatile sig_atomic_t stop_asked;

static void ask_to_stop(int number)
{
    (void)number;
    stop_wish(&stop_asked);
}

const volatile sig_atomic_t *interruption_watch(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    const struct sigaction stop = {.sa_handler = ask_to_stop};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction earlier;
        if (sigaction(numbers[i], NULL, &earlier) == 0 && earlier.sa_handler != SIG_IGN) {
            (void)sigaction(numbers[i], &stop, NULL);
        }
    }
    return &stop_asked;
}
