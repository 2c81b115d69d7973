#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/setup where there is no apt: what is there is found, what is missing is named with a failure. And scripts/test,
# which leaves out the long tests whatever else it is told to leave out.
set -eu
source=${DREDGE_SOURCE:-$(realpath "$(dirname "$0")/../..")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

# Every program of this machine but those of Debian.
mkdir "$work/bin" "$work/none" "$work/scripts"
(
    IFS=:
    for folder in $PATH /usr/sbin /sbin; do
        [ ! -d "$folder" ] || find "$folder/" -maxdepth 1 ! -name 'apt*' ! -name 'dpkg*' ! -type d -exec ln -sf -t "$work/bin" {} +
    done
)
for what in build test; do
    if ! complaint=$(PATH=$work/bin "$source/scripts/setup" $what 2>&1); then
        case $complaint in
            "setup: missing, by the names that Debian gives them (no apt here to install them): "*) ;;
            *) fail "setup $what: $complaint" ;;
        esac
    fi
    echo "$what: ${complaint:-all there}"
    # This was built here, so that what building takes is there.
    [ $what = test ] || [ -z "$complaint" ] || fail "setup $what: $complaint"
done
# Other than sh's own words it needs dirname; nothing else is there.
ln -s "$(command -v dirname)" "$work/none/dirname"
status=0
complaint=$(PATH=$work/none "$source/scripts/setup" 2>&1) || status=$?
[ $status -eq 1 ] || fail "without anything: status $status, $complaint"
for package in gcc cmake ninja-build libgsl-dev libhdf5-dev libyaml-dev libdeflate-dev librandom123-dev libxxhash-dev; do
    case " $complaint " in *" $package "*) ;; *) fail "$package is not named: $complaint" ;; esac
done

# scripts/test over three tests, with nothing to set up or to build.
unset PRESET # of the tests that this is one of
mkdir -p "$work/build/test"
cp "$source/scripts/test" "$work/scripts/"
cp "$source/CMakePresets.json" "$work/"
for name in setup build; do
    printf '#!/bin/sh\n' >"$work/scripts/$name"
    chmod +x "$work/scripts/$name"
done
for label in unit golden long; do
    printf 'add_test(%s/one true)\nset_tests_properties(%s/one PROPERTIES LABELS "%s;")\n' $label $label $label
done >"$work/build/test/CTestTestfile.cmake"
chosen() {
    expected=$1
    shift
    found=$("$work/scripts/test" -N "$@" | sed -n 's/^ *Test *#[0-9]*: //p' | tr '\n' ' ')
    [ "$found" = "$expected" ] || fail "scripts/test $*: $found instead of $expected"
}
chosen "unit/one golden/one "
chosen "unit/one " -L unit
chosen "golden/one " -LE unit
chosen "golden/one " --label-exclude "unit|fault"
status=0
PRESET=asan "$work/scripts/test" -LE unit 2>"$work/complaint" || status=$?
[ $status -eq 2 ] && grep -q "give -L, not -LE" "$work/complaint" || fail "asan: $status $(cat "$work/complaint")"
