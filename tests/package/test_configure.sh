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
for flag in -Ofast -fsingle-precision-constant; do
    refuses env CFLAGS="-g	$flag"
done
flag=-mrecip=all
refuses env CFLAGS="\"$flag\" -g"
flag=-ffast-math
refuses env CC="cc $flag"
refuses env LDFLAGS="$flag"
flag=$(cc -print-file-name=crtfastmath.o)
refuses env LDFLAGS="$flag"
if command -v clang >/dev/null; then
    flag=-fdenormal-fp-math=preserve-sign
    refuses env CC=clang CFLAGS="$flag"
    flag=-enable-unsafe-fp-math
    refuses env CC=clang CFLAGS="-mllvm $flag"
fi
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

# The package for R builds the library in a folder of its own, for which the same holds; and beside itself where the sources cannot
# be written to. A stand-in for CMake tells where.
mkdir -p "$work/stand-in" "$work/moved here/build/r" "$work/r" "$work/fixed"
printf '#!/bin/sh\necho "cmake $*"\nexit 1\n' >"$work/stand-in/cmake"
chmod +x "$work/stand-in/cmake"
cp "$source/src/r/configure" "$work/r/"
configure_r() {
    ! (cd "$work/r" && PATH="$work/stand-in:$PATH" R_HOME=/nowhere DREDGE_SOURCE="$1" sh ./configure) >"$work/log" 2>&1 ||
        fail "configured without CMake"
}
echo "CMAKE_HOME_DIRECTORY:INTERNAL=/nowhere/dredge" >"$work/moved here/build/r/CMakeCache.txt"
configure_r "$work/moved here"
grep -q "build/r was made in /nowhere/dredge: it starts over" "$work/log" || fail "R in a moved checkout: $(cat "$work/log")"
[ ! -e "$work/moved here/build/r/CMakeCache.txt" ] || fail "R keeps the folder of another checkout"
grep -q "cmake -S $work/moved here -B $work/moved here/build/r " "$work/log" || fail "R in a moved checkout: $(cat "$work/log")"
for entry in "$source"/*; do
    [ "$entry" = "$source/build" ] || ln -s "$entry" "$work/fixed/"
done
touch "$work/fixed/build" # stands for sources that cannot be written to, which root always can
configure_r "$work/fixed"
grep -q "cmake -S $work/fixed -B $work/r/libdredge-build " "$work/log" || fail "R from fixed sources: $(cat "$work/log")"
