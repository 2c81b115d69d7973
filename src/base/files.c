/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char files_temporary[] = ".tmp";

char *files_text(const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    va_end(arguments);
    return text;
}

char *files_shell_word(const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./,:@%+=-";
    size_t n = strlen(name);
    if (n > 0 && strspn(name, plain) == n) {
        return files_text("%s", name);
    }
    char *word = n < (SIZE_MAX - 3) / 4 ? malloc(4 * n + 3) : NULL, *end = word;
    if (word == NULL) {
        return NULL;
    }
    *end++ = '\'';
    for (; *name != '\0'; name++) {
        if (*name == '\'') {
            memcpy(end, "'\\'", 3); /* ends the quotes, a quote, and the loop begins them again */
            end += 3;
        }
        *end++ = *name;
    }
    *end++ = '\'';
    *end = '\0';
    return word;
}

/* What a person can do about an error of the system. */
static const char *advice(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "; make room and give the command again (dredge run with --resume, which goes on)";
    case EFBIG:
        return "; raise the limit on file sizes (ulimit -f) and give the command again (dredge run with --resume, "
               "which goes on)";
    case EACCES:
    case EPERM:
    case EROFS:
        return "; choose a place that you may write to";
    default:
        return "";
    }
}

static dredge_status failed(const char *doing, const char *path, int error)
{
    return status_fail(DREDGE_FILE, "%s: cannot %s: %s%s", path, doing, strerror(error), advice(error));
}

/* Under a name that nobody has: what is there may be somebody else's. */
static dredge_status create_temporary(struct files_writer *writer)
{
    enum { MOST_NAMES = 100 };
    for (int k = 0; k < MOST_NAMES; k++) {
        free(writer->temporary);
        writer->temporary = k == 0 ? files_text("%s%s", writer->path, files_temporary)
                                   : files_text("%s.%d%s", writer->path, k, files_temporary);
        if (writer->temporary == NULL) {
            return status_no_memory(strlen(writer->path));
        }
        writer->descriptor = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (writer->descriptor >= 0) {
            writer->is_open = 1;
            return DREDGE_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return failed("create this file", writer->path, errno);
}

dredge_status files_begin(struct files_writer *writer, const char *path)
{
    writer->path = files_text("%s", path);
    writer->piece = malloc(FILES_PIECE_BYTES);
    if (writer->path == NULL || writer->piece == NULL) {
        return status_no_memory(FILES_PIECE_BYTES);
    }
    return create_temporary(writer);
}

static void show_piece(struct files_writer *writer)
{
    if (writer->on_piece != NULL && writer->n_bytes > 0) {
        writer->on_piece(writer->context, writer->n_bytes, writer->piece);
    }
}

static dredge_status write_piece(struct files_writer *writer)
{
    size_t n_written = 0;
    while (n_written < writer->n_bytes) {
        ssize_t n = write(writer->descriptor, writer->piece + n_written, writer->n_bytes - n_written);
        if (n < 0 && errno != EINTR) {
            return failed("write", writer->path, errno);
        }
        n_written += n > 0 ? (size_t)n : 0;
    }
    show_piece(writer);
    writer->n_bytes = 0;
    return DREDGE_OK;
}

void files_end_pieces(struct files_writer *writer)
{
    show_piece(writer);
    writer->on_piece = NULL;
}

dredge_status files_add(struct files_writer *writer, size_t n_bytes, const void *bytes)
{
    const unsigned char *rest = bytes; /* may be NULL when n_bytes is 0 */
    writer->n_total += n_bytes;
    while (n_bytes > 0) {
        size_t room = FILES_PIECE_BYTES - writer->n_bytes;
        size_t n = n_bytes < room ? n_bytes : room;
        memcpy(writer->piece + writer->n_bytes, rest, n);
        writer->n_bytes += n;
        rest += n;
        n_bytes -= n;
        if (writer->n_bytes == FILES_PIECE_BYTES) {
            dredge_status status = write_piece(writer);
            if (status != DREDGE_OK) {
                return status;
            }
        }
    }
    return DREDGE_OK;
}

dredge_status files_scratch(const char *path, int *descriptor)
{
    *descriptor = -1;
    char *name = files_text("%s.scratch%s", path, files_temporary);
    if (name == NULL) {
        return status_no_memory(strlen(path));
    }
    dredge_status status = files_remove(name);
    if (status == DREDGE_OK) {
        *descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        status = *descriptor < 0 || unlink(name) != 0 ? failed("create this file", name, errno) : DREDGE_OK;
    }
    free(name);
    return status;
}

dredge_status files_write_at(int descriptor, const char *path, uint64_t offset, size_t n_bytes, const void *bytes)
{
    for (size_t n_written = 0; n_written < n_bytes;) {
        ssize_t n = pwrite(descriptor, (const unsigned char *)bytes + n_written, n_bytes - n_written,
                           (off_t)(offset + n_written));
        if (n < 0 && errno != EINTR) {
            return failed("write", path, errno);
        }
        n_written += n > 0 ? (size_t)n : 0;
    }
    return DREDGE_OK;
}

/* Some file systems cannot force a folder to disk and say EINVAL: then a rename is as safe as it gets. */
static dredge_status sync_descriptor(int descriptor, const char *path)
{
    while (fsync(descriptor) != 0) {
        if (errno == EINVAL || errno == ENOTSUP) {
            break;
        }
        if (errno != EINTR) {
            return failed("force this file to disk", path, errno);
        }
    }
    return DREDGE_OK;
}

char *files_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return files_text(".");
    }
    return files_text("%.*s", slash == path ? 1 : (int)(slash - path), path);
}

static dredge_status sync_folder_of(const char *path)
{
    char *folder = files_folder(path);
    if (folder == NULL) {
        return status_no_memory(strlen(path));
    }
    dredge_status status = DREDGE_OK;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        status = failed("open this folder", folder, errno);
        goto out;
    }
    status = sync_descriptor(descriptor, folder);
    (void)close(descriptor);

out:
    free(folder);
    return status;
}

static dredge_status rename_durably(const char *temporary, const char *path)
{
    if (rename(temporary, path) != 0) {
        return failed("put the finished file in its place", path, errno);
    }
    return sync_folder_of(path);
}

dredge_status files_commit(struct files_writer *writer)
{
    dredge_status status = write_piece(writer);
    if (status == DREDGE_OK) {
        status = sync_descriptor(writer->descriptor, writer->path);
    }
    if (status != DREDGE_OK) {
        return status;
    }
    writer->is_open = 0;
    if (close(writer->descriptor) != 0) {
        status = failed("write", writer->path, errno);
        (void)unlink(writer->temporary);
        return status;
    }
    status = rename_durably(writer->temporary, writer->path);
    if (status != DREDGE_OK) {
        (void)unlink(writer->temporary);
    }
    return status;
}

void files_abandon(struct files_writer *writer)
{
    if (writer->is_open) {
        (void)close(writer->descriptor);
        (void)unlink(writer->temporary);
    }
    free(writer->path);
    free(writer->temporary);
    free(writer->piece);
    memset(writer, 0, sizeof *writer);
}

dredge_status files_replace(const char *temporary, const char *path)
{
    int descriptor = files_open(temporary);
    if (descriptor < 0) {
        return failed("open", temporary, errno);
    }
    dredge_status status = sync_descriptor(descriptor, path);
    (void)close(descriptor);
    return status == DREDGE_OK ? rename_durably(temporary, path) : status;
}

dredge_status files_make_folder(const char *path)
{
    dredge_status status = DREDGE_OK;
    char *folder = files_text("%s", path);
    if (folder == NULL) {
        return status_no_memory(strlen(path));
    }
    for (char *end = folder + 1; status == DREDGE_OK && folder[0] != '\0'; end++) {
        if (*end != '/' && *end != '\0') {
            continue;
        }
        char rest = *end;
        *end = '\0';
        struct stat about;
        if (mkdir(folder, 0777) != 0) {
            int error = errno == EEXIST ? ENOTDIR : errno;
            if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode)) {
                status = failed("make this folder", folder, error);
            }
        }
        *end = rest;
        if (rest == '\0') {
            break;
        }
    }
    free(folder);
    return status;
}

int files_open(const char *path)
{
    int descriptor;
    do {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

dredge_status files_read(const char *path, size_t n_most, char **bytes, size_t *n_bytes)
{
    dredge_status status = DREDGE_OK;
    struct stat about;
    *bytes = NULL;
    int descriptor = files_open(path);
    if (descriptor < 0 || fstat(descriptor, &about) != 0) {
        status = failed("open", path, errno);
        goto out;
    }
    if (!S_ISREG(about.st_mode)) {
        status = status_fail(DREDGE_FILE, "%s: is not a regular file", path);
        goto out;
    }
    if (about.st_size < 0 || (uintmax_t)about.st_size > n_most) {
        status = status_fail(DREDGE_FILE, "%s: is larger than %zu bytes", path, n_most);
        goto out;
    }
    *n_bytes = (size_t)about.st_size;
    *bytes = malloc(*n_bytes + 1);
    if (*bytes == NULL) {
        status = status_no_memory(*n_bytes + 1);
        goto out;
    }
    (*bytes)[*n_bytes] = '\0';
    status = files_read_at(descriptor, path, 0, *n_bytes, *bytes);

out:
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    if (status != DREDGE_OK) {
        free(*bytes);
        *bytes = NULL;
    }
    return status;
}

dredge_status files_read_at(int descriptor, const char *path, uint64_t offset, size_t n_bytes, void *out)
{
    size_t n_read = 0;
    while (n_read < n_bytes) {
        ssize_t n = pread(descriptor, (char *)out + n_read, n_bytes - n_read, (off_t)(offset + n_read));
        if (n < 0 && errno != EINTR) {
            return failed("read", path, errno);
        }
        if (n == 0) {
            return status_fail(DREDGE_FILE, "%s: is cut off", path);
        }
        n_read += n > 0 ? (size_t)n : 0;
    }
    return DREDGE_OK;
}

dredge_status files_remove(const char *path)
{
    if (unlink(path) != 0 && errno != ENOENT) {
        return failed("remove this file", path, errno);
    }
    return DREDGE_OK;
}

int files_exist(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 || (errno != ENOENT && errno != ENOTDIR && errno != EACCES);
}

long long files_size(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 ? (long long)about.st_size : -1;
}
