#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A study's results do not depend on threads, schedules, vector levels, shards or the presence of another regime."""
import json
import sys
import tempfile
from pathlib import Path

from same_bits import SMALL, digest_of, dredge, has_level, scenario


def spread(name, folder):
    """Digests of one scenario over all ways to spread it."""
    output = folder / "a.h5"
    yield "1 thread", digest_of(name, output, "--threads", 1)
    for threads in (2, 3, 8):
        yield f"{threads} threads", digest_of(name, output, "--threads", threads)
    for schedule in ("static", "dynamic,3", "guided"):
        yield schedule, digest_of(name, output, "--threads", 3, OMP_SCHEDULE=schedule)
    for level in filter(has_level, ("v1", "v2", "v3", "v4")):
        yield level, digest_of(name, output, DREDGE_LEVEL=level)
    parts = [folder / f"part{k}.h5" for k in (1, 2, 3)]
    for k, part in enumerate(parts, 1):
        dredge("run", scenario(name), "-o", part, "--force", "--quiet", "--shard", f"{k}/3", *SMALL[name])
    dredge("merge", output, *parts, "--force")
    yield "3 shards", dredge("digest", output).strip()


def outcomes_with(regimes, folder):
    """Means of every outcome of linear_kpi and iterative, in a study with these regimes."""
    study = folder / "study.yaml"
    study.write_text(f"title: regimes\nreplicates: 24\nregimes: [{', '.join(regimes)}]\n")
    answer = json.loads(dredge("run", study, "-o", folder / "b.h5", "--force", "--json"))
    return {outcome: {regime: values[regime]["mean"] for regime in ("linear_kpi", "iterative")}
            for outcome, values in answer["outcomes"].items()}


def main():
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for study in SMALL:
            digests = dict(spread(study, folder))
            first = digests["1 thread"]
            failures += [f"{study}: {way} gives {digest}, 1 thread gives {first}"
                         for way, digest in digests.items() if digest != first]
            print(f"{study}: {first}, {len(digests)} ways")
        alone = outcomes_with(["linear_kpi", "iterative"], folder)
        among = outcomes_with(["linear_kpi", "constant", "iterative", "results_only"], folder)
        failures += [f"{outcome}: {alone[outcome]} alone, {among[outcome]} among other regimes"
                     for outcome in alone if alone[outcome] != among[outcome]]
        different = digest_of("care", folder / "c.h5", "--seed", 2)
        if different == digest_of("care", folder / "c.h5"):
            failures.append("another seed gives the same digest")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
