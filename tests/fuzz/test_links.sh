#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The lab's reader of links against random and changed links.
cd "$(dirname "$0")" || exit 1
command -v node >/dev/null || exit 77
exec node links.mjs
