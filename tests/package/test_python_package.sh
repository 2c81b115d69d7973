#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Python package in a virtual environment of its own: built from the tree, installed, and its tests. Skipped where pip
# cannot install what it stands on.
set -eu
cd "$(dirname "$0")/../.."
environment=${DREDGE_BUILD:-build/dev}/python
if ! /usr/bin/python3 -m venv "$environment" >/dev/null 2>&1; then
    echo "there is no python3-venv (scripts/setup test); skipped"
    exit 77
fi
if ! "$environment/bin/pip" install --quiet --disable-pip-version-check "cffi>=1.15" "numpy>=1.22" "pandas>=1.5" \
    "xarray>=2022.11" netCDF4 pytest scikit-build-core setuptools "matplotlib>=3.5" "gymnasium>=0.29"; then
    echo "pip cannot install what the package stands on; skipped"
    exit 77
fi
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-build-isolation --force-reinstall --no-deps \
    ./src/python
cd "$environment" # away from the tree, so that the installed package is the one that is tested
exec bin/python -m pytest -q -p no:cacheprovider "$DREDGE_SOURCE/src/python/tests"
