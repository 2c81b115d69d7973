#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The parts of the page that need no browser.
cd "$(dirname "$0")" || exit 1
command -v node >/dev/null || exit 77
exec node --test rules.test.mjs
