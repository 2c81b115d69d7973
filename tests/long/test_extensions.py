#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty random studies grow by replicates, precision, design points and regimes, a third of them interrupted, half of them with
checkpoints; with members and their ties, events, outcomes of their own, programmes and every kind of design: the file is that of
a run from scratch."""
import collections
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["DREDGE_SOURCE"]) / "tests" / "support"))
import extensions  # noqa: E402

NEEDED = {"replicates": 10, "points": 10, "regimes": 10, "members": 5, "events": 10, "outcomes": 10, "programme": 3,
          **dict.fromkeys(("grid", "list", "latin_hypercube", "sobol", "morris", "saltelli", "posterior"), 2)}

with tempfile.TemporaryDirectory() as name:
    seen = collections.Counter(what for number in range(100, 150) for what in extensions.one(Path(name), number, is_rich=True))
extensions.check(all(seen[what] >= least for what, least in NEEDED.items()), f"what was seen: {seen}")
print(f"50 studies grew: {dict(seen)}")
