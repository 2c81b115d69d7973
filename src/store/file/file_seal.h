/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_FILE_SEAL_H
#define STORE_FILE_FILE_SEAL_H

#include "base/status.h"

/* The seal of a results file: 32 bytes behind the end of what HDF5 knows, which other programs do not see, and which goes
 * when another program writes to the file. "DREDGEH5", how many bytes are before it (little-endian), and their 128-bit
 * digest (XXH3), high byte first. It is checked before HDF5 opens the file, so that HDF5 meets no damaged byte. */

enum { FILE_SEAL_BYTES = 32 };

/* Seals a whole file that was closed; `output` names it in messages. */
STATUS_CHECKED dredge_status file_seal_add(const char *path, const char *output);

/* Checks the seal of a file. `*is_sealed`: it has one, and it is right. DREDGE_FILE when it has one that is wrong, or ends
 * neither with a seal nor where HDF5 says. A file that is no HDF5 file has none. */
STATUS_CHECKED dredge_status file_seal_check(const char *path, int *is_sealed);

#endif
