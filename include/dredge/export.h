/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DREDGE_EXPORT_H
#define DREDGE_EXPORT_H

/* Marks what libdredge offers; everything else stays inside. */
#if defined(__GNUC__)
#define DREDGE_API __attribute__((visibility("default")))
#else
#define DREDGE_API
#endif

#endif
