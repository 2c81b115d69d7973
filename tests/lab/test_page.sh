#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The page in Chromium, and in Firefox where there is one. Skipped where the page cannot be built or opened.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/browser.sh
if ! command -v emcc >/dev/null; then
    echo "there is no emscripten (scripts/setup-lab test); skipped"
    exit 77
fi
flock "$lab/.lock" scripts/build-lab # one at a time
version=$(sed -n 's/^project(dredge VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
node src/lab/bundle.mjs "$lab" "$lab/thirty.html" "$version" scenarios/energy_transition.yaml \
    tests/lab/thirty_actors.yaml
export LAB_FOLDER="$lab" LAB_PAGE="$lab/lab.html" LAB_THIRTY="$lab/thirty.html"
exec node --test --test-concurrency=2 tests/lab/bench.test.mjs tests/lab/firefox.test.mjs tests/lab/hints.test.mjs tests/lab/page.test.mjs \
    tests/lab/proof.test.mjs tests/lab/scan.test.mjs tests/lab/site.test.mjs tests/lab/teaching.test.mjs tests/lab/walk.test.mjs
