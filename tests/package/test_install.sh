#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` copies works from where it was copied to: the command, pkg-config, and find_package.
set -eu
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

cmake --install "$DREDGE_BUILD" --prefix "$prefix" >/dev/null
"$DREDGE_SOURCE/scripts/smoke" "$prefix"

mkdir "$prefix/consumer"
cat >"$prefix/consumer/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.22)
project(consumer C)
find_package(dredge 0.1 REQUIRED)
add_executable(consumer consumer.c)
target_link_libraries(consumer PRIVATE dredge::dredge)
END
cat >"$prefix/consumer/consumer.c" <<END
#include <dredge/dredge.h>
#include <stdio.h>

int main(void)
{
    return puts(dredge_version()) < 0;
}
END
quietly() { "$@" >"$prefix/log" 2>&1 || { cat "$prefix/log" >&2; exit 1; }; }
quietly cmake -S "$prefix/consumer" -B "$prefix/consumer/build" -DCMAKE_PREFIX_PATH="$prefix"
quietly cmake --build "$prefix/consumer/build"
version=$("$prefix/consumer/build/consumer")
[ "dredge $version" = "$("$DREDGE" --version | head -n 1)" ] || { echo "find_package gave version $version" >&2; exit 1; }
