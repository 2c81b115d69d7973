#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty random studies grow by replicates, precision, design points and regimes, a third of them interrupted: the file is that of
a run from scratch."""
import collections
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["DREDGE_SOURCE"]) / "tests" / "support"))
import extensions  # noqa: E402

with tempfile.TemporaryDirectory() as name:
    seen = collections.Counter(way for number in range(100, 150) for way in extensions.one(Path(name), number))
extensions.check(all(seen[way] >= 10 for way in ("replicates", "points", "regimes")), f"ways: {seen}")
print(f"50 studies grew: {dict(seen)}")
