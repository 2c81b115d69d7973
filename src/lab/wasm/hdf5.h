/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LAB_WASM_HDF5_H
#define LAB_WASM_HDF5_H

#include <stdint.h>

/* HDF5's handle, which headers of the store name; the page has no files and links none of it. */
typedef int64_t hid_t;

#endif
