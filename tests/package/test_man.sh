#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page has a section for each command and every option of each, and roff has nothing to complain about.
set -eu
page=$(mktemp)
trap 'rm -f "$page"' EXIT
"$DREDGE_SOURCE/scripts/make-man" "$DREDGE" "$page"

commands=$("$DREDGE" --help | sed -n 's/^  dredge \([a-z][a-z]*\)  *[a-z].*/\1/p')
[ "$(echo "$commands" | wc -w)" -ge 8 ] || { echo "only these commands in --help: $commands" >&2; exit 1; }
for command in $commands; do
    grep -qx ".SS $command" "$page" || { echo "no section on $command" >&2; exit 1; }
    for option in $("$DREDGE" "$command" --help | grep -oE -- '--[a-z]+' | sort -u | sed 's/-/\\\\-/g'); do
        grep -q -- "$option" "$page" || { echo "nothing on $option of $command" >&2; exit 1; }
    done
done
if command -v man >/dev/null && command -v troff >/dev/null; then
    complaints=$(man --warnings -l "$page" 2>&1 >/dev/null | grep -v "can't break line" || true)
    [ -z "$complaints" ] || { echo "$complaints" >&2; exit 1; }
fi
