/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STORE_FILE_DRIVER_H
#define STORE_FILE_DRIVER_H

#include <hdf5.h>

/* An HDF5 file driver for writing one new file. After a failed write (a full disk) HDF5 1.10 can neither close the file
 * nor end the process without a crash. So HDF5 never hears of it here: the driver remembers the first error, keeps what
 * it can no longer write in memory so that HDF5 reads back what it wrote, and the caller, who looks at `error` after
 * closing, throws the file away. */

struct driver {
    int error;        /* errno of the first failure, 0 when there was none */
    hid_t registered; /* 0: not */
};

/* A file access property list that creates files through the driver; < 0 on failure. The driver must outlive the file;
 * the caller closes the list with H5Pclose. */
hid_t driver_access(struct driver *driver);

/* Gives up the driver, after the file is closed; safe on a zeroed driver. */
void driver_release(struct driver *driver);

#endif
