#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the program with the reference implementation, trajectory by trajectory and outcome by outcome.

Every study of studies.py is run by both. The program computes in 32 bits, the reference in 64, so trajectories differ
by rounding. Very rarely a random number lies so near its threshold that rounding decides; from then on the two runs
differ. Such a run is listed with the reference's closest call up to the month in which they part. A difference without
a close call is an error in one of the two. The exit status is 1 when there is such a difference."""

import argparse
import fnmatch
import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import h5py
import numpy as np
import yaml

from outcomes import run
from study import read_study
from studies import all_studies

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.environ.get("DREDGE", os.path.join(HERE, "..", "..", "build", "release", "dredge"))
TOLERANCE = 2e-5  # absolute for values up to 1, relative beyond; rounding gives about 1e-6
CLOSE_CALL = 2e-6


@dataclass
class Difference:
    where: str
    worst: float = 0.0
    what: str = ""
    month: int = None  # the first that is out of tolerance
    closest: float = 1.0

    @property
    def matches(self):
        return self.worst <= TOLERANCE

    def sentence(self):
        text = f"{self.where}: {self.what} differs by {self.worst:.3g}"
        if self.month is None:
            return text
        return f"{text}, first in month {self.month}; closest call until then {self.closest:.2g}"


def distance(theirs, ours):
    if math.isnan(theirs) or math.isnan(ours):
        return 0.0 if math.isnan(theirs) and math.isnan(ours) else math.inf
    return abs(theirs - ours) / max(1.0, abs(ours))


def run_program(dredge, study, folder, replicates):
    """Writes the study, runs it with the program, and returns the paths of the study and of the results."""
    study = {**study, "replicates": replicates, "output": {"trajectories": "runs", "every": 1}}
    path, results = os.path.join(folder, "study.yaml"), os.path.join(folder, "results.h5")
    with open(path, "w", encoding="utf-8") as file:
        yaml.safe_dump(study, file, sort_keys=False)
    done = subprocess.run([dredge, "run", path, "-o", results, "--threads", "1", "--quiet"], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{dredge} run ended with status {done.returncode}: {done.stderr.strip()}")
    return path, results


def is_error(difference):
    """It differs, and rounding does not explain it."""
    return not difference.matches and difference.closest >= CLOSE_CALL


def numbers_of(program, name, place):
    """The numbers of a run by the names of their dimensions: a variable of the open results file at `place`, which gives
    point, regime and replicate; months first where there are months."""
    variable = program[name]
    labels = [scales[0].name.strip("/") for scales in variable.dims]
    numbers = variable[tuple(place.get(label, slice(None)) for label in labels)]
    rest = [label for label in labels if label not in place]
    return numbers if "month" not in rest else np.moveaxis(numbers, rest.index("month"), 0)


def compare_run(where, program, place, reference):
    """`program` is the open results file, `place` the point, regime and replicate of the run in it. Trajectories
    by sector and by pair of sectors are compared where the file has them."""
    difference = Difference(where)
    for name, ours in reference.series.items():
        if isinstance(ours[0], list) and "month_" + name not in program:
            continue
        theirs = numbers_of(program, "month_" + name, place)
        if len(theirs) != len(ours):
            return Difference(where, math.inf, f"month_{name}: {len(theirs)} months, not {len(ours)}; it")
        for month, (their_values, our_values) in enumerate(zip(theirs, ours)):
            note_all(difference, their_values, our_values, f"month_{name}", month)
    for name, ours in reference.outcomes.items():
        note_all(difference, numbers_of(program, name, place), ours, name, None)
    if difference.month is not None:
        difference.closest = min(reference.closest[:difference.month + 1])
    return difference


def note_all(difference, theirs, ours, what, month):
    """One number each, or one per sector or pair of sectors each."""
    for their_value, our_value in zip(np.atleast_1d(theirs), np.atleast_1d(ours), strict=True):
        note(difference, distance(float(their_value), float(our_value)), what, month)


def note(difference, size, what, month):
    if size > difference.worst:
        difference.worst, difference.what = size, what
    if size > TOLERANCE and month is not None and (difference.month is None or month < difference.month):
        difference.month = month


def compare_study(dredge, name, study, replicates):
    with tempfile.TemporaryDirectory() as folder:
        path, results = run_program(dredge, study, folder, replicates)
        ours = read_study(path)
        with h5py.File(results) as program:
            names = [value.decode() if isinstance(value, bytes) else value for value in program["regime"][()]]
            assert names == list(ours.regimes), names
            for regime, phases in ours.regimes.items():
                for replicate in range(replicates):
                    assert program["status"][0, names.index(regime), replicate] == 1, "a run failed"
                    reference = run(ours.parameters, phases, ours.seed, replicate, acts=ours.acts,
                                    roster=ours.roster)
                    yield compare_run(f"{name}, {regime}, replicate {replicate}", program,
                                      {"point": 0, "regime": names.index(regime), "replicate": replicate}, reference)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dredge", default=PROGRAM, metavar="PATH", help="the program (%(default)s)")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="names of studies, such as 'government_*'")
    parser.add_argument("--replicates", type=int, default=2, metavar="N")
    parser.add_argument("--first", action="store_true", help="stop after the first run that differs")
    options = parser.parse_args()

    studies = {name: study for name, study in all_studies().items() if fnmatch.fnmatch(name, options.only)}
    if not studies:
        parser.error(f"no study is named {options.only}")
    started, differences, refused = time.monotonic(), [], []
    for name, study in studies.items():
        try:
            for difference in compare_study(options.dredge, name, study, options.replicates):
                differences.append(difference)
                if options.first and is_error(difference):
                    break
        except RuntimeError as error:
            refused.append(f"{name}: {error}")
        if options.first and (refused or any(is_error(difference) for difference in differences)):
            break
    mismatches = [difference for difference in differences if not difference.matches]
    errors = [difference for difference in mismatches if is_error(difference)]
    mismatches.sort(key=is_error, reverse=True)
    for line in [*refused, *(difference.sentence() for difference in mismatches)]:
        print(line)
    matching = [difference for difference in differences if difference.matches]
    if matching:
        worst = max(matching, key=lambda difference: difference.worst)
        print(f"worst difference of a matching run: {worst.worst:.3g} ({worst.what}; {worst.where})")
    seconds = time.monotonic() - started
    print(f"{len(studies)} studies ({len(refused)} refused), {len(differences)} runs, {seconds:.0f} s: "
          f"{len(matching)} match, {len(mismatches) - len(errors)} part at a close call, {len(errors)} differ")
    sys.exit(1 if errors or refused else 0)


if __name__ == "__main__":
    main()
