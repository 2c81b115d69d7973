# SPDX-License-Identifier: GPL-3.0-or-later
# Read by tests that look at reports: writes one of every kind into REPORT_FOLDER, which goes when the test ends.
# shellcheck shell=sh
REPORT_FOLDER=$(mktemp -d)
export REPORT_FOLDER
trap 'rm -rf "$REPORT_FOLDER"' EXIT
for study in pair grid; do
    "$DREDGE" run "tests/report/$study.yaml" -o "$REPORT_FOLDER/$study.h5" --quiet
done
report() {
    name=$1
    shift
    (cd "$REPORT_FOLDER" && "$DREDGE" report "$@" -o "$name.html" > /dev/null)
}
report page grid.h5
report page_nl grid.h5 --language nl
report print pair.h5 --format print
report summary grid.h5 --summary --language nl
report side pair.h5 grid.h5
