#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A study that grows has the file that a run from scratch would have made; regimes that were run apart are joined; what does not
fit is refused with a sentence, and nothing is written. (Fifty random studies: tests/long/test_extensions.py.)"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

sys.path.insert(0, str(Path(os.environ["DREDGE_SOURCE"]) / "tests" / "support"))
from extensions import check, dredge, one, write  # noqa: E402

STUDY = {"title": "Grows", "months": 24, "replicates": 12, "regimes": ["linear_kpi", "iterative"],
         "design": {"method": "latin_hypercube", "points": 3, "factors": {"funder.target": {"low": 0.5, "high": 2}}}}
WISER = {"name": "wiser", "like": "iterative", "base": 0.3}


def runs_by_command(file):
    with h5py.File(file) as data:
        return sorted(part["runs"] for part in json.loads(data.attrs["provenance"])["parts"])


def only_what_is_missing_is_run(folder):
    old, new = folder / "old.h5", folder / "new.h5"
    dredge("run", write(folder, "old", STUDY), "-o", old, "--quiet")
    grown = {**STUDY, "replicates": 20, "regimes": ["linear_kpi", "iterative", WISER],
             "design": {**STUDY["design"], "points": 6}}
    dredge("run", write(folder, "new", grown), "-o", new, "--extend", old, "--quiet")
    # 6 points of 20 replicates under 3 regimes; taken over: 3 points of 12 under iterative alone, as the baseline runs beside wiser
    check(runs_by_command(new) == [3 * 12 * 2, 6 * 20 * 3 - 3 * 12], f"runs: {runs_by_command(new)}")
    dredge("replay", new, "--point", "1", "--regime", "iterative", "--replicate", "3")
    again = folder / "again.h5"
    dredge("run", write(folder, "new", {**grown, "replicates": 21}), "-o", again, "--extend", new, "--quiet")
    check(sum(runs_by_command(again)) == 6 * 21 * 3 + 3 * 12, "every run is somebody's, and the baseline was run again")


def regimes_are_joined(folder):
    parts = []
    for number, regimes in enumerate((["linear_kpi", "iterative"], ["linear_kpi", WISER, "constant"])):
        parts.append(folder / f"part{number}.h5")
        dredge("run", write(folder, "part", {**STUDY, "regimes": regimes}), "-o", parts[-1], "--quiet")
    joined, whole = folder / "joined.h5", folder / "whole.h5"
    dredge("merge", joined, *parts)
    dredge("run", write(folder, "whole", {**STUDY, "regimes": ["linear_kpi", "iterative", WISER, "constant"]}), "-o", whole,
           "--quiet")
    check(dredge("digest", joined) == dredge("digest", whole), "joined regimes are those of one run")
    check(sum(runs_by_command(joined)) == 3 * 12 * 5, "both makers are kept")
    more = folder / "more.h5"
    dredge("run", write(folder, "part", {**STUDY, "replicates": 13, "regimes": ["linear_kpi", WISER]}), "-o", more, "--quiet")
    says = dredge("merge", folder / "none.h5", parts[0], more, status=4)
    check("a tighter precision" in says or "hold other replicates" in says, says)
    other = {**STUDY, "regimes": ["iterative", WISER]}
    dredge("run", write(folder, "part", other), "-o", more, "--force", "--quiet")
    check("its baseline is iterative" in dredge("merge", folder / "none.h5", parts[0], more, status=4), "another baseline")
    check(not (folder / "none.h5").exists() and not (folder / "none.h5.parts").exists(), "nothing is left behind")


def what_does_not_fit_is_refused(folder):
    old, new = folder / "base.h5", folder / "refused.h5"
    dredge("run", write(folder, "base", STUDY), "-o", old, "--quiet")
    design = STUDY["design"]
    until = {"min": 10, "max": 100, "until": {"outcome": "trust_end", "half_width": 0.05}}
    for change, says in (
            ({"seed": 2}, "seed was 1, is 2"),
            ({"months": 30}, "months was 24, is 30"),
            ({"replicates": 11}, "has up to 12 replicates of a design point, this study asks for 11"),
            ({"regimes": ["linear_kpi", "constant"]}, "has a regime iterative, which this study has not"),
            ({"regimes": ["iterative", "linear_kpi"]}, "its baseline is linear_kpi, here it is iterative"),
            ({"regimes": ["linear_kpi", {**WISER, "name": "iterate"}]}, "has a regime iterative"),
            ({"design": {**design, "points": 5}}, "a Latin hypercube of 3 points, this one has 5; it grows by doubling, to 6, 12, 24"),
            ({"design": {**design, "seed": 2}}, "is none of this study"),
            ({"design": {**design, "factors": {"funder.target": {"low": 0.5, "high": 3}}}}, "a Latin hypercube of 3 points"),
            ({"output": {"every": 2}}, "output.every was 1, is 2"),
            ({"output": {"trajectories": "runs"}}, "output.trajectories was summary, is runs"),
            ({"replicates": until, "regimes": ["linear_kpi", "iterative", WISER]}, "no regime can be added under a stopping rule")):
        sentence = dredge("run", write(folder, "new", {**STUDY, **change}), "-o", new, "--extend", old, "--quiet", status=4)
        check(says in sentence, f"{change}: {sentence!r} does not say {says!r}")
        check(not new.exists() and not list(folder.glob("refused.h5.parts/segment*")), f"{change}: nothing is written")
    dredge("run", write(folder, "wide", {**STUDY, "replicates": 40}), "-o", folder / "wide.h5", "--quiet")
    ruled = write(folder, "new", {**STUDY, "replicates": until})
    check("this study could stop before the 40 replicates" in
          dredge("run", ruled, "-o", new, "--extend", folder / "wide.h5", status=4), "a rule that could stop earlier")
    path = write(folder, "new", {**STUDY, "replicates": 13})
    check("is what this command reads" in dredge("run", path, "-o", old, "--extend", old, "--force", status=4), "onto itself")
    check("exclude each other" in dredge("run", path, "-o", new, "--extend", old, "--shard", "1/2", status=2), "shards")
    dredge("run", write(folder, "bare", {**STUDY, "output": {"counts": False}}), "-o", folder / "bare.h5", "--quiet")
    check("keeps no counts behind its summaries" in
          dredge("run", path, "-o", new, "--extend", folder / "bare.h5", "--quiet", status=4), "without counts")
    check(dredge("digest", folder / "bare.h5") == dredge("digest", old), "counts are no content")
    check((folder / "bare.h5").stat().st_size < old.stat().st_size, "and cost room")


with tempfile.TemporaryDirectory() as name:
    for test in (only_what_is_missing_is_run, regimes_are_joined, what_does_not_fit_is_refused):
        test(Path(name))
    grown = [one(Path(name), number) for number in (3, 10, 12, 17, 19)]
print(f"studies grew by {grown}; regimes joined; refusals told")
