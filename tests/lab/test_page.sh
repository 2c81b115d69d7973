#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The page in Chromium, and in Firefox where there is one. Skipped where the page cannot be built or there is no
# Chromium; in CI all are installed first.
set -eu
cd "$(dirname "$0")/../.."
lab=${LAB_BUILD:-build/lab}
mkdir -p "$lab"
lab=$(cd "$lab" && pwd)

if [ "${CI:-}" = true ]; then
    scripts/setup-lab test
fi
LAB_CHROMIUM=$(command -v chromium || true)
if ! command -v emcc >/dev/null || [ -z "$LAB_CHROMIUM" ] || [ ! -d "$lab/node/node_modules/playwright-core" ]; then
    echo "the lab is not set up (scripts/setup-lab test); skipped"
    exit 77
fi
scripts/build-lab
version=$(sed -n 's/^project(dredge VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
node src/lab/bundle.mjs "$lab/core.js" "$lab/uplot" "$lab/thirty.html" "$version" scenarios/energy_transition.yaml \
    tests/lab/thirty_actors.yaml
export LAB_CHROMIUM LAB_NODE="$lab/node" LAB_PAGE="$lab/lab.html" LAB_THIRTY="$lab/thirty.html"
exec node --test --test-concurrency=1 tests/lab/page.test.mjs tests/lab/proof.test.mjs \
    tests/lab/firefox.test.mjs
