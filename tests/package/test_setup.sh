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
for package in gcc cmake ninja-build libgsl-dev libhdf5-dev libyaml-dev librandom123-dev libxxhash-dev; do
    case " $complaint " in *" $package "*) ;; *) fail "$package is not named: $complaint" ;; esac
done

# scripts/test, with what it calls in the place of the real ones.
cp "$source/scripts/test" "$work/scripts/"
for name in scripts/setup scripts/build none/ctest none/nproc; do
    echo '#!/bin/sh' >"$work/$name"
    chmod +x "$work/$name"
done
echo 'echo 2' >>"$work/none/nproc"
echo 'printf "[%s]" "$@"' >>"$work/none/ctest"
says() {
    found=$(shift && PATH=$work/none "$work/scripts/test" "$@")
    [ "$found" = "[--preset][test][-j][2]$1" ] || fail "$found instead of $1"
}
says ""
says "[-L][unit]" -L unit
says "[-LE][(unit)|^long\$]" -LE unit
says "[--label-exclude][(unit|golden)|^long\$][-R][a b]" --label-exclude "unit|golden" -R "a b"
