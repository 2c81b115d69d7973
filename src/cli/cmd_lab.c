/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"
#include "base/output.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "cli/query.h"

/* Where the page may be: of an installed command, of one in build/PRESET (both from its own folder), and from the
 * source folder. */
static const char installed[] = "../share/dredge/lab.html", built[] = "../lab/lab.html",
                  at_source[] = "build/lab/lab.html";

enum { MOST_PAGE_BYTES = 1 << 24 };

static const char help[] =
    "dredge lab [-o FILE.html] [--force]\n"
    "\n"
    "Writes the classroom page: one file that opens in a browser without a server or a network (default: lab.html).\n"
    "\n"
    "  -o FILE.html   where to write it\n"
    "  --force        replace an existing file\n";

/* The path `way` from the folder of this command. The caller frees it; NULL when it cannot be told. */
static char *from_command(const char *way)
{
    char command[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", command, sizeof command - 1);
    if (length <= 0) {
        return NULL;
    }
    command[length] = '\0';
    char *folder = files_folder(command);
    char *page = folder == NULL ? NULL : files_text("%s/%s", folder, way);
    free(folder);
    return page;
}

static dredge_status read_page(char **page, size_t *n_bytes)
{
    char *beside = from_command(installed), *near = from_command(built);
    const char *places[] = {beside, near, at_source};
    dredge_status status = status_fail(DREDGE_FILE,
                                       "the page is not here: build it with scripts/setup-lab and scripts/build-lab in "
                                       "the source folder of dredge (it comes to %s)",
                                       at_source);
    for (size_t place = 0; place < sizeof places / sizeof places[0]; place++) {
        if (places[place] != NULL && files_exist(places[place])) {
            status_clear();
            status = files_read(places[place], MOST_PAGE_BYTES, page, n_bytes);
            break;
        }
    }
    free(beside);
    free(near);
    return status;
}

static dredge_status write_page(const char *output, int force)
{
    const struct output_options how = {.kind = &output_page, .force = force};
    char *page = NULL;
    size_t n_bytes = 0;
    dredge_status status = output_check(output, &how);
    if (status == DREDGE_OK) {
        status = read_page(&page, &n_bytes);
    }
    if (status == DREDGE_OK) {
        status = output_write(output, &how, n_bytes, page);
    }
    free(page);
    return status;
}

int cmd_lab(int argc, char **argv)
{
    const char *output = "lab.html";
    int force = 0, done = 0;
    const struct query_option options[] = {{"-o", &output, NULL}, {"--force", NULL, &force}};
    dredge_status status = query_parse(argc, argv, 2, options, 0, NULL, help, &done);
    if (status == DREDGE_OK && !done) {
        status = write_page(output, force);
        if (status == DREDGE_OK) {
            out_print("%s\n", output);
        }
    }
    return query_exit("lab", status);
}
