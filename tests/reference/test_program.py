#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program equals the reference on every study of studies.py, one replicate under each regime. Skipped (77) where
the program has not been built."""

import os
import sys

import compare

if not os.path.exists(compare.PROGRAM):
    print(f"there is no {compare.PROGRAM}")
    sys.exit(77)
sys.argv += ["--replicates", "1"]
compare.main()
