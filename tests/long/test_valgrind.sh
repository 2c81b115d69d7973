#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests under valgrind.
exec "${DREDGE_SOURCE:-$(dirname "$0")/../..}/scripts/test-valgrind"
