/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TESTING_H
#define TESTS_TESTING_H

/* cmocka with the headers that it needs before it, and comparisons of doubles. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "close.h"

#endif
