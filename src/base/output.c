/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"

#define HDF5_BEGINS "\x89HDF\r\n\x1a\n"

/* The texts are those of the first variables of such files, see store/file/layout.c and store/file/particles.c. */
const struct output_kind output_results = {"a results file", HDF5_BEGINS, "how the collaboration is steered"};
const struct output_kind output_posterior = {"a posterior of dredge calibrate", HDF5_BEGINS, "particle"};
const struct output_kind output_page = {"a page of dredge", "<!doctype html>", "name=\"generator\" content=\"dredge "};
const struct output_kind output_svg = {"a chart of dredge", "<svg xmlns=\"http://www.w3.org/2000/svg\"", NULL};
const struct output_kind output_csv = {"a table of dredge", "\xef\xbb\xbf", NULL};

/* Does the file hold the bytes of `text` among the `n_bytes` that were read? */
static int holds(const char *head, size_t n_bytes, const char *text)
{
    size_t length = strlen(text);
    for (size_t k = 0; k + length <= n_bytes; k++) {
        if (memcmp(head + k, text, length) == 0) {
            return 1;
        }
    }
    return 0;
}

static dredge_status check_kind(const char *path, const struct output_kind *kind)
{
    char head[OUTPUT_HEAD_BYTES];
    size_t n_read = 0;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot see what --force would replace: %s", path, strerror(errno));
    }
    for (ssize_t n = 1; n != 0 && n_read < sizeof head;) {
        n = read(descriptor, head + n_read, sizeof head - n_read);
        if (n < 0 && errno != EINTR) {
            (void)close(descriptor);
            return status_fail(DREDGE_FILE, "%s: cannot see what --force would replace: %s", path, strerror(errno));
        }
        n_read += n > 0 ? (size_t)n : 0;
    }
    (void)close(descriptor);
    int begins = kind->begins == NULL ||
                 (n_read >= strlen(kind->begins) && memcmp(head, kind->begins, strlen(kind->begins)) == 0);
    if (n_read == 0 || (begins && (kind->holds == NULL || holds(head, n_read, kind->holds)))) {
        return DREDGE_OK;
    }
    return status_fail(DREDGE_FILE,
                       "%s: is not %s, so --force does not replace it; give another name, or remove it yourself", path,
                       kind->name);
}

static dredge_status check_inputs(const char *path, const struct stat *about, const struct output_options *options)
{
    for (size_t k = 0; k < options->n_inputs; k++) {
        struct stat input;
        if (stat(options->inputs[k], &input) == 0 && input.st_dev == about->st_dev && input.st_ino == about->st_ino) {
            return status_fail(DREDGE_FILE, "%s: is what this command reads (%s); give the output another name", path,
                               options->inputs[k]);
        }
    }
    return DREDGE_OK;
}

int output_is_same(const char *first, const char *second)
{
    const char *const paths[2] = {first, second};
    const char *names[2];
    struct stat folders[2];
    for (int k = 0; k < 2; k++) {
        const char *slash = strrchr(paths[k], '/');
        names[k] = slash != NULL ? slash + 1 : paths[k];
        char *folder = files_folder(paths[k]);
        int is_there = folder != NULL && stat(folder, &folders[k]) == 0;
        free(folder);
        if (!is_there) {
            return strcmp(first, second) == 0;
        }
    }
    return strcmp(names[0], names[1]) == 0 && folders[0].st_dev == folders[1].st_dev &&
           folders[0].st_ino == folders[1].st_ino;
}

dredge_status output_check(const char *path, const struct output_options *options)
{
    struct stat about;
    if (path[0] == '\0' || path[strlen(path) - 1] == '/') {
        return status_fail(DREDGE_USAGE, "the output needs the name of a file, not \"%s\"", path);
    }
    if (strcmp(path, "-") == 0) {
        return status_fail(DREDGE_USAGE, "the output is a file and does not go to standard output: for a file that is "
                                         "called so, write ./-");
    }
    if (lstat(path, &about) != 0) {
        return errno == ENOENT || errno == ENOTDIR /* making its folder says what is wrong */
                   ? DREDGE_OK
                   : status_fail(DREDGE_FILE, "%s: cannot see whether this file exists: %s", path, strerror(errno));
    }
    if (!S_ISREG(about.st_mode)) {
        return status_fail(DREDGE_FILE, "%s: is not a regular file but %s; give another name", path,
                           S_ISDIR(about.st_mode)   ? "a folder"
                           : S_ISLNK(about.st_mode) ? "a symbolic link"
                                                    : "a device, a pipe or a socket");
    }
    dredge_status status = check_inputs(path, &about, options);
    if (status != DREDGE_OK || options->goes_on) {
        return status;
    }
    if (!options->force) {
        return status_fail(DREDGE_FILE, "%s: exists already; replace it with --force, or give another name", path);
    }
    return check_kind(path, options->kind);
}

dredge_status output_write(const char *path, const struct output_options *options, size_t n_bytes, const void *bytes)
{
    struct files_writer writer = {0};
    dredge_status status = output_check(path, options);
    if (status == DREDGE_OK) {
        status = files_begin(&writer, path);
    }
    if (status == DREDGE_OK) {
        status = files_add(&writer, n_bytes, bytes);
    }
    if (status == DREDGE_OK) {
        status = files_commit(&writer);
    }
    files_abandon(&writer);
    return status;
}
