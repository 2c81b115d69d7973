/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h> /* tells whether the C library is glibc */
#include <stdio.h>
#include <string.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <gsl/gsl_errno.h>

#include "build_info.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/guard.h"
#include "cli/out.h"
#include "store/store.h"
#include "study/suggest.h"

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
};

static const struct command commands[] = {
#define COMMAND(name, summary) {#name, cmd_##name, summary},
#include "cli/commands.def"
#undef COMMAND
};

enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(void (*print)(const char *format, ...) STATUS_PRINTF(1, 2))
{
    print("dredge %s: a simulation laboratory for cross-sector collaboration\n\nUsage:\n", DREDGE_VERSION);
    for (int k = 0; k < N_COMMANDS; k++) {
        print("  dredge %-12s %s\n", commands[k].name, commands[k].summary);
    }
    print("\n`dredge COMMAND --help` explains a command. A first try:\n"
          "  dredge run scenarios/energy_transition.yaml\n\n"
          "Exit status: 0 done; 1 a failure inside; 2 wrong use; 3 the study is invalid;\n"
          "4 file trouble; 130 interrupted (the same command with --resume goes on).\n");
}

static int unknown(const char *word)
{
    struct suggestion suggestion;
    suggest_begin(&suggestion, word);
    for (int k = 0; k < N_COMMANDS; k++) {
        suggest_try(&suggestion, commands[k].name);
    }
    const char *best = suggest_best(&suggestion);
    if (best != NULL) {
        out_tell("dredge: unknown command \"%s\" (did you mean %s?)\n", word, best);
    } else {
        out_tell("dredge: unknown command \"%s\"; dredge --help lists them\n", word);
    }
    return 2;
}

/* Batches free large arrays and ask for them again: keep the pages, which are dear to get from the system. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 30);
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

static int run_command(int argc, char **argv)
{
    if (argc < 2) {
        print_help(out_tell);
        return 2;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) {
        arguments_print_version("dredge");
        return 0;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        print_help(out_print);
        return 0;
    }
    for (int k = 0; k < N_COMMANDS; k++) {
        if (strcmp(commands[k].name, word) == 0) {
            return commands[k].run(argc - 1, argv + 1);
        }
    }
    return unknown(word);
}

int main(int argc, char **argv)
{
    out_begin();
    guard_begin("dredge");
    keep_memory();
    store_leave_to_exit();
    (void)gsl_set_error_handler_off();
    int status = out_end(argc > 1 && argv[1][0] != '-' ? argv[1] : "", run_command(argc, argv));
    guard_end();
    return status;
}
