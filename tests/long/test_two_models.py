#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of two models do not mix their runs, and read each other's results by name: builds the command from copies of
the sources in which a constant of a rule is another, two rows of the table of outcomes are swapped, or one is gone."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import DREDGE, SOURCE  # noqa: E402

STUDY = """\
title: Two models
months: 12
aftercare_months: 6
replicates: 8
regimes: [linear_kpi, iterative]
"""
ROWS = r"(OUTCOME\(trust_end,[^\n]*\n)(OUTCOME\(momentum_end,[^\n]*\n)"
CHANGES = {  # of each copy: file, pattern, replacement
    "constant": [("model/survival.h", r"0\.5F \* rate", "0.4F * rate")],
    "swapped": [("model/outcomes.def", ROWS, r"\2\1")],
    "fewer": [("model/outcomes.def", r"OUTCOME\(holism,[^\n]*\n", ""),
              ("model/outcomes.c", r"[^\n]*OUTCOME_holism[^\n]*\n", ""),
              ("engine/outcomes.c", r"    outcomes\[OUTCOME_holism\] = [^\n]*\n", ""),
              ("engine/outcomes.c", r"/\* Shannon entropy.*?\n}\n", "")],
}


def run(program, *words, expected=0):
    process = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    assert process.returncode == expected, f"{words}: {process.returncode}\n{process.stderr}"
    return process.stdout if expected == 0 else process.stderr


def model_of(program):
    return re.search(r"^model ([0-9a-f]{32})$", run(program, "--version"), re.MULTILINE).group(1)


def change(folder, changes):
    """Makes the changes in a copy of the sources."""
    for file, pattern, replacement in changes:
        path = folder / "src" / file
        text, n = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert n == 1, f"{file} has no {pattern}"
        path.write_text(text, encoding="utf-8")


def build(folder, changes):
    """The command from a copy of the sources with changes."""
    for name in ("src", "include", "scripts", "bench", "CMakeLists.txt", "README.md", "LICENSE", "docs", "tests"):
        there = SOURCE / name
        if there.is_dir():
            shutil.copytree(there, folder / name, ignore=shutil.ignore_patterns("fuzz*", "build"))
        elif there.exists():
            shutil.copy(there, folder / name)
    change(folder, changes)
    made = folder / "made"
    for command in (["cmake", "-S", folder, "-B", made, "-G", "Ninja", "-DBUILD_TESTING=OFF", "-DDREDGE_MPI=OFF"],
                    ["cmake", "--build", made, "--target", "dredge"]):
        process = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        assert process.returncode == 0, process.stdout[-3000:] + process.stderr[-3000:]
    return str(made / "dredge")


def refused(own, other, words, models):
    """`own` refuses what `other` made, and names both models."""
    complaint = run(own, *words, expected=4)
    assert models[own] in complaint and models[other] in complaint, complaint


def check_constant(folder, other):
    """A: half the runs by one model, the rest by another."""
    models = {program: model_of(program) for program in (DREDGE, other)}
    assert models[DREDGE] != models[other]
    study, first, second = folder / "study.yaml", folder / "first.h5", folder / "second.h5"
    run(DREDGE, "run", study, "--shard", "1/2", "-o", first, "--quiet")
    run(other, "run", study, "--shard", "2/2", "-o", second, "--quiet")
    refused(DREDGE, other, ["merge", folder / "merged.h5", first, second], models)
    assert not (folder / "merged.h5").exists()
    refused(other, DREDGE, ["run", study, "--shard", "2/2", "-o", first, "--resume", "--quiet"], models)
    whole = folder / "whole.h5"
    run(DREDGE, "run", study, "-o", whole, "--quiet")
    assert run(other, "digest", whole) == run(DREDGE, "digest", whole)
    assert run(other, "compare", whole, "--json") == run(DREDGE, "compare", whole, "--json")
    run(other, "report", whole, "-o", folder / "page.html")


def means(program, file):
    answer = json.loads(run(program, "compare", file, "--json"))
    return {name: cells["iterative"].get("mean") for name, cells in answer["outcomes"].items()}


def check_names(folder, swapped, fewer):
    """B: names travel with the numbers, whatever the order and number of the rows."""
    study, own, theirs = folder / "study.yaml", folder / "own.h5", folder / "theirs.h5"
    run(DREDGE, "run", study, "-o", own, "--quiet")
    run(swapped, "run", study, "-o", theirs, "--quiet")
    expected = means(DREDGE, own)
    assert expected["trust_end"] != expected["momentum_end"]
    for program, file in ((DREDGE, theirs), (swapped, own), (swapped, theirs)):
        assert means(program, file) == expected
    run(fewer, "run", study, "-o", folder / "fewer.h5", "--quiet")
    found = means(DREDGE, folder / "fewer.h5")
    assert found.pop("holism") is None
    assert means(fewer, own) == expected  # an outcome that only the file knows is shown, by the file's words
    assert "holism" in run(fewer, "compare", own) and "holism" in run(fewer, "compare", own, "--csv")
    asked = ["sensitivity", "--outcome", "holism"]
    assert 'the file holds no outcome "holism"' in run(DREDGE, *asked, folder / "fewer.h5", expected=2)
    expected.pop("holism")
    assert found == expected
    run(DREDGE, "report", folder / "fewer.h5", "-o", folder / "page.html", "--force")
    assert run(fewer, "digest", own) == run(DREDGE, "digest", own)


def main():
    if shutil.which("ninja") is None:
        return 77
    with tempfile.TemporaryDirectory(dir=os.environ.get("DREDGE_BINARY")) as name:
        folder = Path(name)
        (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
        for part in CHANGES:
            (folder / part).mkdir()
        check_constant(folder, build(folder / "constant", CHANGES["constant"]))
        swapped = build(folder / "swapped", CHANGES["swapped"])
        check_names(folder, swapped, build(folder / "fewer", CHANGES["fewer"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
