#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What configuring refuses, and a build folder that came along with a checkout that was moved.
set -eu
source=${DREDGE_SOURCE:-$(realpath "$(dirname "$0")/../..")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
command -v ninja >/dev/null || { echo "skipped: no ninja"; exit 77; }

# Flags that change results are named, whichever way they come in.
refuses() {
    rm -rf "$work/build"
    ! "$@" cmake -S "$source" -B "$work/build" -G Ninja >"$work/log" 2>&1 || fail "configured with $*"
    grep -q -e "$flag changes results" "$work/log" || fail "$*: $(cat "$work/log")"
}
for flag in -ffast-math -Ofast -funsafe-math-optimizations -fassociative-math; do
    refuses env CFLAGS="-g $flag"
done
flag=-ffast-math
refuses env CC="cc $flag"
refuses env LDFLAGS="$flag"
printf '#include "base/exact.h"\n' >"$work/exact.c"
cc -I"$source/src" -fsyntax-only "$work/exact.c" || fail "base/exact.h refuses a compiler without flags"
! cc -ffast-math -I"$source/src" -fsyntax-only "$work/exact.c" 2>/dev/null || fail "base/exact.h takes -ffast-math"

# A moved checkout: the same sources, and a build folder that was made elsewhere.
mkdir -p "$work/moved here/build/dev"
for entry in "$source"/* "$source"/.clang-format; do
    [ "$entry" = "$source/build" ] || ln -s "$entry" "$work/moved here/"
done
echo "CMAKE_HOME_DIRECTORY:INTERNAL=/nowhere/dredge" >"$work/moved here/build/dev/CMakeCache.txt"
"$work/moved here/scripts/build" dev dredge_build_info 2>"$work/log" || fail "a moved checkout: $(cat "$work/log")"
grep -q "was made in /nowhere/dredge: it starts over" "$work/log" || fail "a moved checkout: $(cat "$work/log")"
"$work/moved here/scripts/build" dev dredge_build_info 2>"$work/log" || fail "the second time: $(cat "$work/log")"
! grep -q "starts over" "$work/log" || fail "a checkout that was not moved starts over"
