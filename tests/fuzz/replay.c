/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzzing.h"

/* Stands in for libFuzzer: gives every file named, or in a folder named, to the function under test once. */

enum { MAX_BYTES = 1 << 26 };

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(MAX_BYTES);
    if (file == NULL || bytes == NULL) {
        (void)fprintf(stderr, "cannot read %s\n", path);
        if (file != NULL) {
            (void)fclose(file);
        }
        free(bytes);
        return 1;
    }
    size_t n_bytes = fread(bytes, 1, MAX_BYTES, file);
    (void)fclose(file);
    uint8_t *exact = realloc(bytes, n_bytes + (n_bytes == 0)); /* so that a sanitizer sees reading beyond the end */
    (void)LLVMFuzzerTestOneInput(exact != NULL ? exact : bytes, n_bytes);
    free(exact != NULL ? exact : bytes);
    return 0;
}

static int replay_folder(const char *path, int *n_files)
{
    DIR *folder = opendir(path);
    int failed = folder == NULL;
    for (struct dirent *entry = folder != NULL ? readdir(folder) : NULL; entry != NULL; entry = readdir(folder)) {
        char file[4096];
        if (entry->d_name[0] != '.' && snprintf(file, sizeof file, "%s/%s", path, entry->d_name) < (int)sizeof file) {
            failed |= replay_file(file);
            (*n_files)++;
        }
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return failed;
}

int main(int n_arguments, char **arguments)
{
    int failed = 0, n_files = 0;
    for (int argument = 1; argument < n_arguments; argument++) {
        struct stat about;
        if (stat(arguments[argument], &about) == 0 && S_ISDIR(about.st_mode)) {
            failed |= replay_folder(arguments[argument], &n_files);
        } else {
            failed |= replay_file(arguments[argument]);
            n_files++;
        }
    }
    (void)printf("%d inputs replayed\n", n_files);
    return failed || n_files == 0;
}
