/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/file_seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/files.h"
#include "store/parts/seal.h"

static const unsigned char seal_magic[8] = {'D', 'R', 'E', 'D', 'G', 'E', 'H', '5'};
static const unsigned char hdf5_magic[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

enum { SUPERBLOCK_BYTES = 48 };

static int hex_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* The seal of the first `n_bytes` of an open file. */
static dredge_status make_seal(int descriptor, const char *path, uint64_t n_bytes, unsigned char seal[FILE_SEAL_BYTES])
{
    char hex[33];
    struct digest *digest = digest_new();
    dredge_status status =
        digest == NULL ? status_no_memory(sizeof *digest) : seal_digest(descriptor, path, n_bytes, digest);
    if (status == DREDGE_OK) {
        digest_hex(digest, hex);
        memcpy(seal, seal_magic, sizeof seal_magic);
        bytes_put64(seal + 8, n_bytes);
        for (size_t i = 0; i < 16; i++) {
            seal[16 + i] = (unsigned char)(16 * hex_digit(hex[2 * i]) + hex_digit(hex[2 * i + 1]));
        }
    }
    digest_free(digest);
    return status;
}

static dredge_status size_of(int descriptor, const char *path, uint64_t *n_bytes)
{
    struct stat about;
    if (fstat(descriptor, &about) != 0) {
        return status_fail(DREDGE_FILE, "%s: cannot read this file: %s", path, strerror(errno));
    }
    *n_bytes = about.st_size > 0 ? (uint64_t)about.st_size : 0;
    return DREDGE_OK;
}

static dredge_status write_seal(int descriptor, const char *output, uint64_t offset,
                                const unsigned char seal[FILE_SEAL_BYTES])
{
    size_t n_written = 0;
    while (n_written < FILE_SEAL_BYTES) {
        ssize_t n = pwrite(descriptor, seal + n_written, FILE_SEAL_BYTES - n_written, (off_t)(offset + n_written));
        if (n < 0 && errno != EINTR) {
            return status_fail(DREDGE_FILE,
                               "%s: cannot write this file: %s; all finished runs are kept: make room, then continue "
                               "with --resume",
                               output, strerror(errno));
        }
        n_written += n > 0 ? (size_t)n : 0;
    }
    return DREDGE_OK;
}

dredge_status file_seal_add(const char *path, const char *output)
{
    unsigned char seal[FILE_SEAL_BYTES];
    uint64_t n_bytes = 0;
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot write this file: %s", output, strerror(errno));
    }
    dredge_status status = size_of(descriptor, output, &n_bytes);
    if (status == DREDGE_OK) {
        status = make_seal(descriptor, output, n_bytes, seal);
    }
    if (status == DREDGE_OK) {
        status = write_seal(descriptor, output, n_bytes, seal);
    }
    if (close(descriptor) != 0 && status == DREDGE_OK) {
        status = status_fail(DREDGE_FILE, "%s: cannot write this file: %s", output, strerror(errno));
    }
    return status;
}

/* Where HDF5 says that the file ends, by its superblock; 0 when that is none that dredge or HDF5's tools write. */
static uint64_t end_of_hdf5(const unsigned char bytes[SUPERBLOCK_BYTES])
{
    int version = bytes[8];
    if (memcmp(bytes, hdf5_magic, sizeof hdf5_magic) != 0) {
        return 0;
    }
    if (version >= 2 && version <= 3 && bytes[9] == 8) {
        return bytes_get64(bytes + 28);
    }
    return version == 0 && bytes[13] == 8 ? bytes_get64(bytes + 40) : 0;
}

static dredge_status check(int descriptor, const char *path, int *is_sealed)
{
    unsigned char seal[FILE_SEAL_BYTES], expected[FILE_SEAL_BYTES], superblock[SUPERBLOCK_BYTES];
    uint64_t n_bytes = 0;
    dredge_status status = size_of(descriptor, path, &n_bytes);
    if (status != DREDGE_OK || n_bytes < FILE_SEAL_BYTES + SUPERBLOCK_BYTES) {
        return status;
    }
    n_bytes -= FILE_SEAL_BYTES;
    status = files_read_at(descriptor, path, n_bytes, sizeof seal, seal);
    if (status == DREDGE_OK && memcmp(seal, seal_magic, sizeof seal_magic) == 0) {
        status = make_seal(descriptor, path, n_bytes, expected);
        if (status == DREDGE_OK && memcmp(seal, expected, sizeof seal) != 0) {
            status =
                status_fail(DREDGE_FILE,
                            "%s: was changed or damaged after it was written: its content does not match its seal; "
                            "copy it again, or make it again with dredge run",
                            path);
        }
        *is_sealed = status == DREDGE_OK;
        return status;
    }
    if (status == DREDGE_OK) {
        status = files_read_at(descriptor, path, 0, sizeof superblock, superblock);
    }
    uint64_t end = status == DREDGE_OK ? end_of_hdf5(superblock) : 0;
    if (end > 0 && end != n_bytes + FILE_SEAL_BYTES) {
        status =
            status_fail(DREDGE_FILE,
                        "%s: is damaged or cut off: it ends neither with its seal nor where HDF5 says; copy it again, "
                        "or make it again with dredge run",
                        path);
    }
    return status;
}

dredge_status file_seal_check(const char *path, int *is_sealed)
{
    *is_sealed = 0;
    int descriptor = files_open(path);
    if (descriptor < 0) {
        return status_fail(DREDGE_FILE, "%s: cannot open this file: %s", path, strerror(errno));
    }
    dredge_status status = check(descriptor, path, is_sealed);
    (void)close(descriptor);
    return status;
}
