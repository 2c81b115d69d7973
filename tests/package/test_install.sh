#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` copies works from where it was copied to: the command, pkg-config, and find_package.
set -eu
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

cmake --install "$DREDGE_BUILD" --prefix "$prefix" >/dev/null
"$DREDGE_SOURCE/scripts/smoke" "$prefix"

mkdir "$prefix/consumer"
cp "$DREDGE_SOURCE"/scripts/examples/*.c "$prefix/consumer"
cat >"$prefix/consumer/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.22)
project(consumer C)
set(CMAKE_C_STANDARD 99)
find_package(dredge 0.1 REQUIRED)
foreach(example run_study compare_regimes)
    add_executable(\${example} \${example}.c)
    target_link_libraries(\${example} PRIVATE dredge::dredge m)
endforeach()
END
# With what this was built with: there may be no other.
CMAKE_GENERATOR=$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$DREDGE_BUILD/CMakeCache.txt")
export CMAKE_GENERATOR
quietly() { "$@" >"$prefix/log" 2>&1 || { cat "$prefix/log" >&2; exit 1; }; }
quietly cmake -S "$prefix/consumer" -B "$prefix/consumer/build" -DCMAKE_PREFIX_PATH="$prefix"
quietly cmake --build "$prefix/consumer/build"

# The examples find the library where it was installed, and give what the command gives.
cd "$prefix/consumer"
printf 'title: Consumer\nmonths: 24\nreplicates: 20\nregimes: [linear_kpi, iterative]\n' >study.yaml
build/run_study study.yaml results.h5 survival seed=7 >table 2>/dev/null
[ "$(wc -l <table)" -eq 3 ] || { cat table >&2; exit 1; }
build/compare_regimes results.h5 >duels
expected="content $("$DREDGE" digest results.h5 | cut -d' ' -f1), read with lib$("$DREDGE" --version | head -n 1)"
[ "$(tail -n 1 duels)" = "$expected" ] || { cat duels >&2; echo "not: $expected" >&2; exit 1; }
