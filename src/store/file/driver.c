/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file/driver.h"

#include <H5FDpublic.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

/* What could not be written. */
struct lost {
    haddr_t address;
    size_t size;
    struct lost *next; /* newer */
    unsigned char bytes[];
};

struct driver_file {
    H5FD_t public; /* HDF5's part, first */
    int descriptor;
    haddr_t allocated, end; /* what HDF5 has given out; the size of the file */
    struct driver *driver;
    struct lost *oldest, *newest;
};

struct driver_pointer {
    struct driver *driver;
};

static H5FD_t *open_file(const char *name, unsigned flags, hid_t access, haddr_t most)
{
    (void)flags;
    (void)most;
    const struct driver_pointer *pointer = H5Pget_driver_info(access);
    struct driver_file *file = calloc(1, sizeof *file);
    if (pointer == NULL || file == NULL) {
        free(file);
        return NULL;
    }
    file->driver = pointer->driver;
    file->descriptor = open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file->descriptor < 0) {
        file->driver->error = errno;
        free(file);
        return NULL;
    }
    return &file->public;
}

static void note(struct driver_file *file, int error)
{
    if (file->driver->error == 0) {
        file->driver->error = error == 0 ? EIO : error;
    }
}

static herr_t close_file(H5FD_t *handle)
{
    struct driver_file *file = (struct driver_file *)handle;
    if (close(file->descriptor) != 0) {
        note(file, errno);
    }
    while (file->oldest != NULL) {
        struct lost *next = file->oldest->next;
        free(file->oldest);
        file->oldest = next;
    }
    free(file);
    return 0;
}

static herr_t query_features(const H5FD_t *handle, unsigned long *flags)
{
    (void)handle;
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_IGNORE_DRVRINFO;
    return 0;
}

static haddr_t get_allocated(const H5FD_t *handle, H5FD_mem_t type)
{
    (void)type;
    return ((const struct driver_file *)handle)->allocated;
}

static herr_t set_allocated(H5FD_t *handle, H5FD_mem_t type, haddr_t address)
{
    (void)type;
    ((struct driver_file *)handle)->allocated = address;
    return 0;
}

static haddr_t get_end(const H5FD_t *handle, H5FD_mem_t type)
{
    (void)type;
    return ((const struct driver_file *)handle)->end;
}

static herr_t read_bytes(H5FD_t *handle, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size, void *buffer)
{
    (void)type;
    (void)transfer;
    struct driver_file *file = (struct driver_file *)handle;
    unsigned char *out = buffer;
    size_t n_read = 0;
    while (n_read < size) {
        ssize_t n = pread(file->descriptor, out + n_read, size - n_read, (off_t)(address + n_read));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            note(file, errno);
        }
        if (n <= 0) {
            break;
        }
        n_read += (size_t)n;
    }
    memset(out + n_read, 0, size - n_read); /* beyond the end of the file */
    for (const struct lost *lost = file->oldest; lost != NULL; lost = lost->next) {
        haddr_t from = lost->address > address ? lost->address : address;
        haddr_t to = lost->address + lost->size < address + size ? lost->address + lost->size : address + size;
        if (from < to) {
            memcpy(out + (from - address), lost->bytes + (from - lost->address), (size_t)(to - from));
        }
    }
    return 0;
}

/* Keeps metadata; the values of datasets are not read again. */
static void keep(struct driver_file *file, H5FD_mem_t type, haddr_t address, size_t size, const void *bytes)
{
    struct lost *lost = type == H5FD_MEM_DRAW ? NULL : malloc(sizeof *lost + size);
    if (lost == NULL) {
        return;
    }
    lost->address = address;
    lost->size = size;
    lost->next = NULL;
    memcpy(lost->bytes, bytes, size);
    if (file->newest == NULL) {
        file->oldest = lost;
    } else {
        file->newest->next = lost;
    }
    file->newest = lost;
}

static herr_t write_bytes(H5FD_t *handle, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t size,
                          const void *buffer)
{
    (void)transfer;
    struct driver_file *file = (struct driver_file *)handle;
    const unsigned char *bytes = buffer;
    size_t n_written = 0;
    while (n_written < size && file->driver->error == 0) {
        ssize_t n = pwrite(file->descriptor, bytes + n_written, size - n_written, (off_t)(address + n_written));
        if (n < 0 && errno != EINTR) {
            note(file, errno);
        }
        n_written += n > 0 ? (size_t)n : 0;
    }
    if (n_written < size) {
        keep(file, type, address, size, buffer);
    }
    if (address + size > file->end) {
        file->end = address + size;
    }
    return 0;
}

static herr_t truncate_file(H5FD_t *handle, hid_t transfer, hbool_t closing)
{
    (void)transfer;
    (void)closing;
    struct driver_file *file = (struct driver_file *)handle;
    if (file->end != file->allocated) {
        if (file->driver->error == 0 && ftruncate(file->descriptor, (off_t)file->allocated) != 0) {
            note(file, errno);
        }
        file->end = file->allocated;
    }
    return 0;
}

static const H5FD_class_t driver_class = {
#if H5_VERSION_GE(1, 13, 0)
    .version = H5FD_CLASS_VERSION,
    .value = (H5FD_class_value_t)731,
#endif
    .name = "dredge",
    .maxaddr = ((haddr_t)1 << 62) - 1,
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(struct driver_pointer),
    .open = open_file,
    .close = close_file,
    .query = query_features,
    .get_eoa = get_allocated,
    .set_eoa = set_allocated,
    .get_eof = get_end,
    .read = read_bytes,
    .write = write_bytes,
    .truncate = truncate_file,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

hid_t driver_access(struct driver *driver)
{
    struct driver_pointer pointer = {driver};
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (access < 0) {
        return -1;
    }
    driver->registered = H5FDregister(&driver_class);
    if (driver->registered < 0 || H5Pset_driver(access, driver->registered, &pointer) < 0) {
        (void)H5Pclose(access);
        return -1;
    }
    return access;
}

void driver_release(struct driver *driver)
{
    if (driver->registered > 0) {
        (void)H5FDunregister(driver->registered);
        driver->registered = 0;
    }
}
