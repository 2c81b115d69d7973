/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/parts/seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/files.h"

static const unsigned char seal_magic[8] = {'D', 'R', 'E', 'D', 'G', 'E', 'N', 'D'};

void seal_put(uint64_t n_bytes, const struct digest *digest, unsigned char bytes[SEAL_BYTES])
{
    char hex[33];
    digest_hex(digest, hex);
    memcpy(bytes, seal_magic, sizeof seal_magic);
    bytes_put64(bytes + 8, n_bytes);
    memcpy(bytes + 16, hex, 32);
}

void seal_see_piece(void *digest, size_t n_bytes, const unsigned char *bytes)
{
    digest_bytes(digest, n_bytes, bytes);
}

static dredge_status found(int *is_damaged, const char *path, const char *what, const char *how)
{
    *is_damaged = 1;
    return status_fail(DREDGE_FILE, "%s: this %s %s", path, what, how);
}

dredge_status seal_digest(int descriptor, const char *path, uint64_t n_bytes, struct digest *digest)
{
    unsigned char *piece = malloc(FILES_PIECE_BYTES);
    dredge_status status = piece == NULL ? status_no_memory(FILES_PIECE_BYTES) : DREDGE_OK;
    for (uint64_t offset = 0; status == DREDGE_OK && offset < n_bytes; offset += FILES_PIECE_BYTES) {
        size_t n = n_bytes - offset < FILES_PIECE_BYTES ? (size_t)(n_bytes - offset) : FILES_PIECE_BYTES;
        status = files_read_at(descriptor, path, offset, n, piece);
        if (status == DREDGE_OK) {
            digest_bytes(digest, n, piece);
        }
    }
    free(piece);
    return status;
}

dredge_status seal_check(int descriptor, const char *path, const char *what, uint64_t n_least, uint64_t *n_bytes,
                         int *is_damaged)
{
    struct stat about;
    unsigned char seal[SEAL_BYTES], expected[SEAL_BYTES];
    if (fstat(descriptor, &about) != 0) {
        return status_fail(DREDGE_FILE, "%s: cannot read this %s: %s", path, what, strerror(errno));
    }
    if (!S_ISREG(about.st_mode) || about.st_size < 0 || (uint64_t)about.st_size < n_least + SEAL_BYTES) {
        return found(is_damaged, path, what, "is cut off");
    }
    *n_bytes = (uint64_t)about.st_size - SEAL_BYTES;
    struct digest *digest = digest_new();
    dredge_status status = digest == NULL ? status_no_memory(sizeof *digest) : DREDGE_OK;
    if (status == DREDGE_OK) {
        status = seal_digest(descriptor, path, *n_bytes, digest);
    }
    if (status == DREDGE_OK) {
        status = files_read_at(descriptor, path, *n_bytes, sizeof seal, seal);
    }
    if (status == DREDGE_OK) {
        seal_put(*n_bytes, digest, expected);
        if (memcmp(seal, expected, 16) != 0) {
            status = found(is_damaged, path, what, "is cut off");
        } else if (memcmp(seal, expected, sizeof seal) != 0) {
            status = found(is_damaged, path, what, "is damaged: its content does not match its checksum");
        }
    }
    digest_free(digest);
    return status;
}
