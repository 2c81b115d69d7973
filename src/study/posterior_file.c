/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "study/posterior_file.h"

#include <stdatomic.h>
#include <stddef.h>

static _Atomic(posterior_reader *) reader_of_all;

void posterior_read_by(posterior_reader *reader)
{
    atomic_store(&reader_of_all, reader);
}

dredge_status posterior_table(const char *path, int n_most, uint64_t seed, char **table)
{
    posterior_reader *reader = atomic_load(&reader_of_all);
    *table = NULL;
    return reader != NULL ? reader(path, n_most, seed, table)
                          : status_fail(DREDGE_FILE, "%s: this program reads no posteriors", path);
}
