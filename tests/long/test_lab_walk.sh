#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A hand without a plan goes 2,000 steps through the page, in Chromium and in Firefox where there is one.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/browser.sh
command -v emcc >/dev/null || exit 77
flock "$lab/.lock" scripts/build-lab # one at a time
export LAB_FOLDER="$lab" LAB_PAGE="$lab/lab.html" LAB_WALK=2000
exec node --test --test-concurrency=1 --test-name-pattern="random walk" tests/lab/walk.test.mjs tests/lab/firefox.test.mjs
