/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search/processes.h"

#include <stdlib.h>
#include <string.h>

dredge_status processes_agree(const struct processes *crew, dredge_status own)
{
    int64_t counts[2] = {own != DREDGE_OK, own == DREDGE_INTERRUPTED};
    if (crew == NULL) {
        return own;
    }
    crew->all_sum(crew->context, 2, counts);
    dredge_status others = counts[0] == 0 ? DREDGE_OK : counts[1] == counts[0] ? DREDGE_INTERRUPTED : DREDGE_FAILURE;
    return own != DREDGE_OK ? own : others;
}

dredge_status processes_match(const struct processes *crew, const char hex[33], dredge_status code,
                              const char *sentence)
{
    int64_t of_first[4] = {0};
    _Static_assert(sizeof of_first == 32, "the digits of a digest");
    if (crew == NULL) {
        return DREDGE_OK;
    }
    if (crew->rank == 0) {
        memcpy(of_first, hex, sizeof of_first);
    }
    crew->all_sum(crew->context, 4, of_first);
    int is_same = memcmp(of_first, hex, sizeof of_first) == 0;
    return processes_agree(crew, is_same ? DREDGE_OK : status_fail(code, "%s", sentence));
}

dredge_status processes_share(const struct processes *crew, dredge_status status, size_t n, double *values)
{
    status = processes_agree(crew, status);
    if (status != DREDGE_OK) {
        return status;
    }
    int64_t *bits = malloc((n + 1) * sizeof *bits);
    if (bits == NULL) {
        return status_no_memory((n + 1) * sizeof *bits);
    }
    memcpy(bits, values, n * sizeof *bits);
    crew->all_sum(crew->context, n, bits);
    memcpy(values, bits, n * sizeof *bits);
    free(bits);
    return DREDGE_OK;
}
