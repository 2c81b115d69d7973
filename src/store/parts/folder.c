/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/folder.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/files.h"

static const char set_aside[] = ".aside";

dredge_status folder_init_at(struct folder *folder, const char *path)
{
    memset(folder, 0, sizeof *folder);
    folder->path = files_text("%s", path);
    folder->lock = files_text("%s/lock", path);
    folder->manifest = files_text("%s/study", path);
    folder->building = files_text("%s/results%s", path, files_temporary);
    if (folder->path == NULL || folder->lock == NULL || folder->manifest == NULL || folder->building == NULL) {
        return status_no_memory(strlen(path));
    }
    return DREDGE_OK;
}

dredge_status folder_init(struct folder *folder, const char *output)
{
    memset(folder, 0, sizeof *folder);
    char *path = files_text("%s.parts", output);
    dredge_status status = path == NULL ? status_no_memory(strlen(output)) : folder_init_at(folder, path);
    free(path);
    return status;
}

static void forget_paths(int *n, char ***paths)
{
    for (int i = 0; i < *n; i++) {
        free((*paths)[i]);
    }
    free(*paths);
    *paths = NULL;
    *n = 0;
}

static void forget_list(struct folder *folder)
{
    forget_paths(&folder->n_segments, &folder->segments);
    forget_paths(&folder->n_checkpoints, &folder->checkpoints);
}

void folder_free(struct folder *folder)
{
    forget_list(folder);
    free(folder->path);
    free(folder->lock);
    free(folder->manifest);
    free(folder->building);
    memset(folder, 0, sizeof *folder);
}

/* Reads digits up to 999999999; moves `*text` behind them. Returns -1 when there are none. */
static int read_digits(const char **text)
{
    char *end;
    if (**text < '0' || **text > '9') {
        return -1;
    }
    long number = strtol(*text, &end, 10);
    *text = end;
    return number <= 999999999 ? (int)number : -1;
}

/* Reads `start`, a number, "-" and a number; `*rest` is what follows. Returns 0 for other names. */
static int read_name(const char *start, const char *name, int *first, int *second, const char **rest)
{
    if (strncmp(name, start, strlen(start)) != 0) {
        return 0;
    }
    *rest = name + strlen(start);
    *first = read_digits(rest);
    if (*first < 0 || **rest != '-') {
        return 0;
    }
    (*rest)++;
    *second = read_digits(rest);
    return *second >= 0;
}

/* Is it "checkpoint-POINT-REPLICATE"? */
static int is_checkpoint(const char *name)
{
    int point, replicate;
    const char *rest;
    return read_name("checkpoint-", name, &point, &replicate, &rest) && *rest == '\0';
}

int folder_is_piece(const char *path)
{
    int rank, number;
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path, *rest;
    return strcmp(name, "lock") == 0 || strcmp(name, "study") == 0 || is_checkpoint(name) ||
           read_name("segment-", name, &rank, &number, &rest);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The list grows by the size that it has, which is 64 times a power of two. */
static dredge_status add_path(const struct folder *folder, const char *name, int *n, char ***paths)
{
    if (*n % 64 == 0 && (*n & (*n - 1)) == 0) {
        size_t capacity = *n == 0 ? 64 : 2 * (size_t)*n;
        char **grown = realloc(*paths, capacity * sizeof *grown);
        if (grown == NULL) {
            return status_no_memory((unsigned long long)capacity * sizeof *grown);
        }
        *paths = grown;
    }
    char *path = files_text("%s/%s", folder->path, name);
    if (path == NULL) {
        return status_no_memory(strlen(name));
    }
    (*paths)[(*n)++] = path;
    return DREDGE_OK;
}

static dredge_status cannot_read(const struct folder *folder)
{
    return status_fail(DREDGE_FILE, "%s: cannot read this folder: %s", folder->path, strerror(errno));
}

/* The next entry, NULL behind the last one. A list that breaks off must not pass for a whole one. */
static dredge_status next_entry(const struct folder *folder, DIR *directory, struct dirent **entry)
{
    errno = 0;
    *entry = readdir(directory);
    return *entry == NULL && errno != 0 ? cannot_read(folder) : DREDGE_OK;
}

dredge_status folder_list(struct folder *folder)
{
    int rank, number;
    const char *rest;
    struct dirent *entry = NULL;
    forget_list(folder);
    DIR *directory = opendir(folder->path);
    if (directory == NULL) {
        return errno == ENOENT ? DREDGE_OK : cannot_read(folder);
    }
    dredge_status status = next_entry(folder, directory, &entry);
    while (status == DREDGE_OK && entry != NULL) {
        if (read_name("segment-", entry->d_name, &rank, &number, &rest) && *rest == '\0') {
            status = add_path(folder, entry->d_name, &folder->n_segments, &folder->segments);
        } else if (is_checkpoint(entry->d_name)) {
            status = add_path(folder, entry->d_name, &folder->n_checkpoints, &folder->checkpoints);
        }
        if (status == DREDGE_OK) {
            status = next_entry(folder, directory, &entry);
        }
    }
    (void)closedir(directory);
    if (folder->n_segments > 0) {
        qsort(folder->segments, (size_t)folder->n_segments, sizeof *folder->segments, compare_texts);
    }
    return status;
}

int folder_has_runs(const struct folder *folder)
{
    return folder->n_segments > 0 || folder->n_checkpoints > 0;
}

char *folder_checkpoint(const struct folder *folder, int point, int replicate)
{
    return files_text("%s/checkpoint-%06d-%06d", folder->path, point, replicate);
}

char *folder_segment(const struct folder *folder, int rank, int number)
{
    return files_text("%s/segment-%04d-%06d", folder->path, rank, number);
}

dredge_status folder_next_number(const struct folder *folder, int rank, int *number)
{
    *number = 0;
    DIR *directory = opendir(folder->path);
    if (directory == NULL) {
        return cannot_read(folder);
    }
    struct dirent *entry = NULL;
    dredge_status status = next_entry(folder, directory, &entry);
    while (status == DREDGE_OK && entry != NULL) {
        int of_rank, found;
        const char *rest;
        if (read_name("segment-", entry->d_name, &of_rank, &found, &rest) && of_rank == rank && found >= *number) {
            *number = found + 1;
        }
        status = next_entry(folder, directory, &entry);
    }
    (void)closedir(directory);
    return status;
}

dredge_status folder_set_aside(const char *path)
{
    dredge_status status = DREDGE_OK;
    char *name = files_text("%s%s", path, set_aside);
    if (name == NULL) {
        return status_no_memory(strlen(path));
    }
    if (rename(path, name) != 0) {
        status = status_fail(DREDGE_FILE, "%s: cannot rename this damaged file: %s", path, strerror(errno));
    }
    free(name);
    return status;
}

void folder_tidy(const struct folder *folder)
{
    DIR *directory = opendir(folder->path);
    if (directory == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        size_t length = strlen(entry->d_name), ending = strlen(files_temporary);
        if (length > ending && strcmp(entry->d_name + length - ending, files_temporary) == 0) {
            (void)unlinkat(dirfd(directory), entry->d_name, 0);
        }
    }
    (void)closedir(directory);
}

dredge_status folder_empty(struct folder *folder)
{
    dredge_status status = files_remove(folder->manifest);
    if (status == DREDGE_OK) {
        status = folder_list(folder);
    }
    for (int i = 0; status == DREDGE_OK && i < folder->n_segments; i++) {
        status = files_remove(folder->segments[i]);
    }
    for (int i = 0; status == DREDGE_OK && i < folder->n_checkpoints; i++) {
        status = files_remove(folder->checkpoints[i]);
    }
    return status;
}

void folder_remove(const struct folder *folder)
{
    (void)unlink(folder->manifest);
    (void)unlink(folder->lock);
    (void)rmdir(folder->path);
}
