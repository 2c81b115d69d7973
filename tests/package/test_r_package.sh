#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The package for R, built and checked as R does it: documents, examples, tests and vignette, without errors or warnings.
# Skipped where R, a package of R that the tests use, or make, which R compiles with, is missing.
set -eu
cd "$(dirname "$0")/../.."
if ! command -v Rscript >/dev/null || ! command -v make >/dev/null || ! Rscript -e 'for (name in c("jsonlite", "testthat", "knitr", "markdown", "ggplot2"))
    if (!requireNamespace(name, quietly = TRUE)) quit(status = 1)' >/dev/null 2>&1; then
    echo "R, a package of R, or make is missing (scripts/setup test); skipped"
    exit 77
fi
folder=${DREDGE_BUILD:-$PWD/build/dev}/r-package
rm -rf "$folder"
mkdir -p "$folder"
export DREDGE_SOURCE="${DREDGE_SOURCE:-$PWD}" LC_ALL=C.UTF-8
source=$PWD/src/r
cd "$folder"
R CMD build "$source"
if ! R CMD check --no-manual dredge_*.tar.gz || grep -q WARNING dredge.Rcheck/00check.log; then
    cat dredge.Rcheck/tests/*.Rout.fail 2>/dev/null || cat dredge.Rcheck/00install.out
    exit 1
fi
