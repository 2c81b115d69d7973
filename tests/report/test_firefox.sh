#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports of real runs, opened in Firefox. Skipped where there is none.
set -eu
cd "$(dirname "$0")/../.."
. tests/support/browser.sh
if ! command -v "${LAB_FIREFOX:=firefox-esr}" >/dev/null || [ ! -d "$LAB_NODE/node_modules/puppeteer-core" ]; then
    echo "there is no Firefox (scripts/setup-lab test); skipped"
    exit 77
fi
LAB_FIREFOX=$(command -v "$LAB_FIREFOX")
export LAB_FIREFOX
. tests/report/reports.sh
node --test --test-concurrency=1 tests/report/firefox.test.mjs
