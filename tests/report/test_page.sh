#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports of real runs, opened in Chromium. Skipped where there is none.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/browser.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run() {
    "$DREDGE" run "tests/report/$1.yaml" -o "$folder/$1.h5" --quiet
    "$DREDGE" compare "$folder/$1.h5" --json > "$folder/$1.json"
    "$DREDGE" report "$folder/$1.h5" -o "$folder/$1.html" > /dev/null
}
run pair
run grid
"$DREDGE" report "$folder/grid.h5" -o "$folder/dutch.html" --language nl > /dev/null
"$DREDGE" report "$folder/grid.h5" -o "$folder/other.html" --baseline iterative > /dev/null
"$DREDGE" compare "$folder/grid.h5" --baseline iterative --json > "$folder/other.json"

for study in pair grid; do
    "$DREDGE" report "$folder/$study.h5" --summary > /dev/null
done

export REPORT_FOLDER="$folder"
node --test --test-concurrency=1 tests/report/page.test.mjs
