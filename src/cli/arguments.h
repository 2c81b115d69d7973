/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "base/status.h"
#include "study/study.h"

/* What the commands that run studies share: --set and its short forms, numbers, shards. */

enum { ARGUMENTS_MAX_OVERRIDES = 256, ARGUMENTS_OVERRIDE_BYTES = 64 };

struct overrides {
    int n;
    const char *values[ARGUMENTS_MAX_OVERRIDES + 2];
    char replicates[ARGUMENTS_OVERRIDE_BYTES], seed[ARGUMENTS_OVERRIDE_BYTES];
};

/* Takes every "--set KEY=VALUE" out of argv (before a "--") and into `overrides`. */
STATUS_CHECKED dredge_status arguments_take_sets(int *argc, char **argv, struct overrides *overrides);

/* Adds --replicates and --seed (NULL: not given) as overrides. */
STATUS_CHECKED dredge_status arguments_add_short(struct overrides *overrides, const char *replicates, const char *seed);

/* A whole number from low to high in an option's value; NULL leaves `*number` as it is. */
STATUS_CHECKED dredge_status arguments_whole(const char *option, const char *text, long long low, long long high,
                                             long long *number);

/* "I/N" with 1 <= I <= N; NULL leaves both as they are. The shard is returned 0-based. */
STATUS_CHECKED dredge_status arguments_shard(const char *text, int *shard, int *n_shards);

/* Reads the study `file`, "-" being standard input, with the overrides. The caller frees it. */
STATUS_CHECKED dredge_status arguments_study(const char *file, const struct overrides *overrides, struct study *study);

/* results/NAME.h5 for a study file .../NAME.yaml, results/study.h5 for standard input; the caller frees it; NULL when out of memory. */
char *arguments_default_output(const char *study_path);

/* "3 s", "2.5 minutes" */
enum { ARGUMENTS_DURATION_BYTES = 32 };
const char *arguments_duration(double seconds, char text[ARGUMENTS_DURATION_BYTES]);

/* Prints the version of this program, its commit and its model. */
void arguments_print_version(const char *program);

/* Prints the recorded mistakes of a study, or the sentence with the command's name, and returns the exit status.
 */
int arguments_exit(const char *command, dredge_status status);

#endif
