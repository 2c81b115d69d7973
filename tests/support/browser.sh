# SPDX-License-Identifier: GPL-3.0-or-later
# Read by tests that open pages in Chromium, from the top of the tree: sets `lab`, LAB_CHROMIUM and LAB_NODE. Ends the test
# as skipped where there is no browser or no playwright-core; in CI they are installed first.
# shellcheck shell=sh
lab=${LAB_BUILD:-build/lab}
mkdir -p "$lab"
lab=$(cd "$lab" && pwd)
if [ "${CI:-}" = true ]; then
    scripts/setup-lab test
fi
LAB_CHROMIUM=$(command -v chromium || true)
LAB_NODE=$lab/node
export LAB_CHROMIUM LAB_NODE
if [ -z "$LAB_CHROMIUM" ] || [ ! -d "$LAB_NODE/node_modules/playwright-core" ]; then
    echo "no browser is set up (scripts/setup-lab test); skipped"
    exit 77
fi
