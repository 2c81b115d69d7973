/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "store/pool.h"

/* Lines, one of each kind. */
struct lines {
    char *text; /* owned */
    dredge_status status;
};

static void add_line(struct lines *lines, size_t length, const char *line)
{
    char *copy = files_text("%.*s\n", (int)length, line);
    char *longer = copy != NULL ? files_text("%s%s", lines->text, copy) : NULL;
    if (longer == NULL) {
        lines->status = status_no_memory(length);
    } else if (strstr(lines->text, copy) == NULL) {
        free(lines->text);
        lines->text = longer;
        longer = NULL;
    }
    free(longer);
    free(copy);
}

/* The lines of a text that are ended; what no line ends has made none of the runs. */
static void add_lines(const char *text, struct lines *lines)
{
    for (const char *end = strchr(text, '\n'); lines->status == DREDGE_OK && end != NULL; end = strchr(text, '\n')) {
        add_line(lines, (size_t)(end - text), text);
        text = end + 1;
    }
}

/* What one program made: its segments stand one after the other. */
struct maker {
    char *by; /* JSON, owned */
    long long n_runs;
    double seconds;
};

/* Ends a maker's line with what it did. */
static void add_maker(struct lines *lines, struct maker *maker)
{
    size_t length = maker->by != NULL ? strlen(maker->by) : 0;
    if (length >= 2 && maker->by[length - 1] == '}' && lines->status == DREDGE_OK) {
        char *line = files_text("%.*s%s\"runs\":%lld,\"seconds\":%.1f}", (int)(length - 1), maker->by,
                                length > 2 ? "," : "", maker->n_runs, maker->seconds);
        if (line == NULL) {
            lines->status = status_no_memory(length);
        } else {
            add_line(lines, strlen(line), line);
        }
        free(line);
    }
    free(maker->by);
    *maker = (struct maker){NULL, 0, 0};
}

static void add_segment_maker(struct pool *pool, int source, struct lines *lines, struct maker *maker)
{
    char *by = NULL;
    struct segment_maker own;
    dredge_status status = pool_open_segment(pool, source);
    if (status == DREDGE_OK) {
        status = segment_provenance(&pool->segment, &by, &own);
    }
    if (status != DREDGE_OK) {
        lines->status = status;
        return;
    }
    if (strchr(by, '\n') != NULL || pool->source[source].n_runs == 0) {
        add_lines(by, lines);
        free(by);
        return;
    }
    if (maker->by == NULL || strcmp(maker->by, by) != 0) {
        add_maker(lines, maker);
        maker->by = by;
        by = NULL;
    }
    free(by);
    maker->n_runs += pool->source[source].n_runs - own.n_taken;
    maker->seconds = own.seconds > maker->seconds ? own.seconds : maker->seconds;
}

dredge_status pool_provenance(struct pool *pool, char **lines)
{
    struct lines made = {files_text("%s", ""), DREDGE_OK};
    struct maker maker = {NULL, 0, 0};
    if (made.text == NULL) {
        made.status = status_no_memory(1);
    }
    for (int source = 0; made.status == DREDGE_OK && source < pool->n_sources; source++) {
        if (pool->source[source].is_file) {
            add_maker(&made, &maker);
            add_lines(pool->source[source].parts, &made);
        } else {
            add_segment_maker(pool, source, &made, &maker);
        }
    }
    add_maker(&made, &maker);
    if (made.status != DREDGE_OK) {
        free(made.text);
        made.text = NULL;
    }
    *lines = made.text;
    return made.status;
}
