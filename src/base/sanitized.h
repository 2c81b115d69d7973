/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SANITIZED_H
#define BASE_SANITIZED_H

/* SANITIZED is defined where a sanitizer is compiled in, which needs memory of its own and reports crashes by itself. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

#endif
