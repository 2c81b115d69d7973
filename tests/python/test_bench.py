#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/compare names what got worse, and docs/performance.md shows the figures that are kept in results/bench."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
FIGURES = SOURCE / "results/bench/figures.json"
sys.path.insert(0, str(SOURCE / "bench"))
from table import BEGIN, END, markdown  # noqa: E402


def compare(*words):
    return subprocess.run([SOURCE / "bench/compare", *words], capture_output=True, text=True, check=False)


def main():
    result = json.loads(FIGURES.read_text(encoding="utf-8"))
    assert compare(FIGURES, FIGURES).returncode == 0
    with tempfile.TemporaryDirectory() as name:
        other = Path(name) / "other.json"
        for figure, factor, is_worse in (("engine", 1.2, True), ("engine", 0.8, False), ("engine", 1.05, False),
                                         ("speedup.ensemble.2", 0.8, True), ("speedup.ensemble.2", 1.2, False)):
            changed = json.loads(json.dumps(result))
            next(row for row in changed["figures"] if row["name"] == figure)["value"] *= factor
            other.write_text(json.dumps(changed), encoding="utf-8")
            done = compare(FIGURES, other)
            assert done.returncode == is_worse, f"{figure} x {factor}: {done.returncode}"
            assert (f"worse by more than 10%: {figure} (" in done.stdout) == is_worse, done.stdout
        other.write_text("{}", encoding="utf-8")
        assert compare(FIGURES, other).returncode == 2
        assert compare(FIGURES, other.with_name("none.json")).returncode == 2
    shown = (SOURCE / "docs/performance.md").read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip()
    assert shown == markdown(result).strip(), "docs/performance.md: make it again with bench/run --update-docs"
    return 0


if __name__ == "__main__":
    sys.exit(main())
