/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/guard.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sanitized.h"

enum { STACK_BYTES = 1 << 16 };

static const char *name = "dredge";
static volatile sig_atomic_t is_on;

static void say(const char *words)
{
    ssize_t n = write(STDERR_FILENO, words, strlen(words));
    (void)n; /* nobody is left to tell */
}

/* Calls nothing but what a signal handler may. */
_Noreturn static void break_off(void)
{
    is_on = 0;
    say(name);
    say(": broke off by a failure inside, most likely because memory ran out or a file is damaged; free some memory "
        "and "
        "try again, with --resume if this was a run: what was finished is saved\n");
    _exit(1);
}

/* Some library called exit. */
static void at_exit(void)
{
    if (is_on) {
        break_off();
    }
}

#ifndef SANITIZED
static void on_crash(int number)
{
    (void)number;
    break_off();
}

/* Crashes are told of on a stack of their own, as the usual one may be what ran out. */
static void catch_crashes(void)
{
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    static char stack[STACK_BYTES];
    const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
    (void)sigaltstack(&own, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)sigaction(numbers[i], &action, NULL);
    }
}
#endif

void guard_begin(const char *program)
{
    name = program;
    is_on = atexit(at_exit) == 0;
#ifndef SANITIZED
    catch_crashes();
#endif
}

void guard_end(void)
{
    is_on = 0;
}
