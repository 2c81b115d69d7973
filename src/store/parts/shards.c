/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/shards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static dredge_status set_number(struct shards *shards, int n, const char *file)
{
    if (shards->n == n) {
        return DREDGE_OK;
    }
    if (shards->n != 0) {
        return status_fail(DREDGE_FILE, "%s: holds shards of %d, not of %d: shards of one division belong together",
                           file, n, shards->n);
    }
    shards->held = calloc((size_t)n, 1);
    if (shards->held == NULL) {
        return status_no_memory((unsigned long long)n);
    }
    shards->n = n;
    return DREDGE_OK;
}

dredge_status shards_add(struct shards *shards, int shard, int n, const char *file)
{
    dredge_status status = set_number(shards, n, file);
    if (status == DREDGE_OK) {
        shards->held[shard] = 1;
    }
    return status;
}

/* Reads a whole number between 1 and `most`; 0 when there is none. */
static int read_number(const char **text, int most)
{
    char *end = NULL;
    if (**text < '0' || **text > '9') {
        return 0;
    }
    long number = strtol(*text, &end, 10);
    *text = end;
    return number >= 1 && number <= most ? (int)number : 0;
}

dredge_status shards_add_text(struct shards *shards, const char *text, const char *file)
{
    const char *rest = strchr(text, '/');
    int n = 0;
    if (rest != NULL) {
        rest++;
        n = read_number(&rest, SHARDS_MOST);
    }
    if (n == 0 || *rest != '\0') {
        return status_fail(DREDGE_FILE, "%s: its list of shards cannot be read", file);
    }
    dredge_status status = set_number(shards, n, file);
    rest = text;
    for (int more = 1; status == DREDGE_OK && more; rest++) {
        int first = read_number(&rest, n), last = first;
        if (first > 0 && *rest == '-') {
            rest++;
            last = read_number(&rest, n);
        }
        if (first == 0 || last < first || (*rest != ',' && *rest != '/')) {
            return status_fail(DREDGE_FILE, "%s: its list of shards cannot be read", file);
        }
        memset(shards->held + first - 1, 1, (size_t)last - (size_t)first + 1);
        more = *rest == ',';
    }
    return status;
}

int shards_complete(const struct shards *shards)
{
    return shards->n > 0 && memchr(shards->held, 0, (size_t)shards->n) == NULL;
}

char *shards_text(const struct shards *shards, int are_held)
{
    size_t capacity = 24 * (size_t)shards->n + 24, length = 0;
    char *text = malloc(capacity);
    if (text == NULL) {
        return NULL;
    }
    text[0] = '\0';
    for (int i = 0; i < shards->n; i++) {
        int last = i;
        if ((shards->held[i] != 0) != are_held) {
            continue;
        }
        while (last + 1 < shards->n && (shards->held[last + 1] != 0) == are_held) {
            last++;
        }
        length += (size_t)snprintf(text + length, capacity - length, "%s%d", length > 0 ? "," : "", i + 1);
        if (last > i) {
            length += (size_t)snprintf(text + length, capacity - length, "-%d", last + 1);
        }
        i = last;
    }
    (void)snprintf(text + length, capacity - length, "/%d", shards->n);
    return text;
}

void shards_free(struct shards *shards)
{
    free(shards->held);
    memset(shards, 0, sizeof *shards);
}
