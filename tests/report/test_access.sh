#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports under axe-core (Deque), in light, dark and high contrast, and on small and large screens. Skipped where there is no browser, or
# where axe-core is not there and cannot be fetched.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/browser.sh
AXE_NODE=$lab/axe
export AXE_NODE
if [ ! -d "$AXE_NODE/node_modules/axe-core" ]; then
    timeout 60 npm install --prefix "$AXE_NODE" --no-audit --no-fund --no-package-lock --silent axe-core@4.14.1 >/dev/null 2>&1 ||
        { rm -rf "$AXE_NODE"; echo "axe-core cannot be fetched; skipped"; exit 77; }
fi
. tests/report/reports.sh
node --test --test-concurrency=1 tests/report/access.test.mjs
