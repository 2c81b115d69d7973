#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests under valgrind; not those with sanitizers, for which no library that injects faults is built.
[ -e "${DREDGE_BUILD:-build/dev}/tests/libdredge_inject.so" ] || exit 77
exec "${DREDGE_SOURCE:-$(dirname "$0")/../..}/scripts/test-valgrind"
