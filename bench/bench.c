/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dredge-bench: figures of the engine as one JSON object. bench/run makes a table of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "engine/kernel.h"
#include "parts.h"

static const char usage[] = "usage: dredge-bench ties\n"
                            "       dredge-bench runs REPLICATES ROUNDS\n"
                            "       dredge-bench threads REPLICATES THREADS ROUNDS\n"
                            "       dredge-bench world PERSONS THREADS ROUNDS\n";

/* Runs the part that the words name; -1 for a wrong usage. */
static int run_part(struct json *json, int n_words, char **words)
{
    int number[3] = {0, 0, 0};
    for (int k = 1; k < n_words && k <= 3; k++) {
        number[k - 1] = atoi(words[k]);
        if (number[k - 1] < 1) {
            return -1;
        }
    }
    if (n_words == 1 && strcmp(words[0], "ties") == 0) {
        return (int)part_ties(json);
    }
    if (n_words == 3 && strcmp(words[0], "runs") == 0) {
        return (int)part_runs(json, number[0], number[1]);
    }
    if (n_words == 4 && strcmp(words[0], "threads") == 0) {
        return (int)part_threads(json, number[0], number[1], number[2]);
    }
    if (n_words == 4 && strcmp(words[0], "world") == 0) {
        return (int)part_world(json, number[0], number[1], number[2]);
    }
    return -1;
}

int main(int argc, char **argv)
{
    struct json json = {0};
    char *document;
    json_begin_object(&json);
    json_key(&json, "level");
    json_string(&json, kernel_best()->level);
    int status = run_part(&json, argc - 1, argv + 1);
    struct rusage resources;
    (void)getrusage(RUSAGE_SELF, &resources);
    put(&json, "peak_megabytes", (double)resources.ru_maxrss / 1024);
    json_end(&json);
    if (json_finish(&json, &document) != DREDGE_OK || status != DREDGE_OK) {
        (void)fprintf(stderr, "%s", status == -1 ? usage : status_message());
        return status == -1 ? 2 : 1;
    }
    (void)printf("%s\n", document);
    free(document);
    return 0;
}
