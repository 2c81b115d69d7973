#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A study of members, their ties, events and outcomes of its own, and a programme that meets events, give the same bits on any
number of threads, in shards that are merged, with checkpoints, and when a run or a shard is killed on the way and goes on."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from same_bits import DREDGE, SOURCE, dredge

MORE = """
costs: {discount_per_year: 0.03}
outcomes:
  - {name: trust_20, value_of: {series: trust, month: 20}}
  - {name: calm, first_month: {series: symptom, at_most: 0.4}}
  - {name: unrest, area: {series: open, from: 0, to: 30}}
  - {name: mix, weights: {trust_20: 0.7, cost_euro: -0.000001}}
design: {method: list, factors: {events.cuts.month: [13, 25], events.cuts.set.funder.target: [0.75, 1.25]}}
"""
PROGRAMME = """title: A programme that meets events
months: 40
aftercare_months: 4
replicates: 4
programme: {collaborations: 6, organisations: {public: 9, private: 12, nonprofit: 9, knowledge: 9}}
events:
  - {month: 7, name: cuts, set: {funder.target: 2, convener.skill: 0.8}}
  - {month: 13, name: scandal, shock: {trust: -0.2, symptom: 0.1}, join: {sector: private, seats: 1}}
  - {month: 26, name: election, replace: {sector: public, share: 0.5}, convener: {skill: 0.2}}
costs: {}
outcomes: [{name: trust_20, value_of: {series: trust, month: 20}}, {name: rise, change: {series: trust, from: 0, to: 36}}]
"""


os.environ.setdefault("OMP_WAIT_POLICY", "passive") # many short runs, also beside other tests


def partnership(folder):
    """The worked example, with a design and outcomes of its own, small."""
    for table in ("members.csv", "ties.csv"):
        shutil.copy(SOURCE / "scenarios/own_case" / table, folder)
    text = (SOURCE / "scenarios/own_case/partnership.yaml").read_text()
    assert "replicates: 400" in text
    study = folder / "partnership.yaml"
    study.write_text(text.replace("replicates: 400", "replicates: 6") + MORE)
    return study


def programme(folder):
    study = folder / "programme.yaml"
    study.write_text(PROGRAMME)
    return study


def run(study, output, *words):
    dredge("run", study, "-o", output, "--force", "--quiet", *words)
    return dredge("digest", output).strip() # of a shard too, which may have had nothing to run


def killed(study, output, *words):
    """A run that is killed as soon as it has saved something, or has ended before, and goes on."""
    parts = Path(f"{output}.parts")
    process = subprocess.Popen([DREDGE, "run", study, "-o", output, "--quiet", "--checkpoint-every", "3", "--threads", "1", *words],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not [*parts.glob("segment-*"), *parts.glob("checkpoint-*")]:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() in (0, -signal.SIGKILL)
    resume = ["--resume"] if parts.exists() or output.exists() else []
    dredge("run", study, "-o", output, "--quiet", "--threads", "2", "--checkpoint-every", "5", *words, *resume)


def ways(study, folder):
    """Digests of the study over all ways to run it."""
    output = folder / "a.h5"
    yield "2 threads", run(study, output, "--threads", 2)
    for every in (1, 5):
        yield f"a checkpoint every {every}", run(study, output, "--threads", 2, "--checkpoint-every", every)
    merged = folder / "merged.h5"
    parts = [folder / f"part{k}.h5" for k in (1, 2, 3)]
    for k, part in enumerate(parts, 1):
        run(study, part, "--shard", f"{k}/3", "--checkpoint-every", 4)
    dredge("merge", merged, *reversed(parts), "--force")
    yield "3 shards", dredge("digest", merged).strip()
    parts[1].unlink()
    killed(study, parts[1], "--shard", "2/3")
    dredge("merge", merged, *parts, "--force")
    yield "a shard that was killed", dredge("digest", merged).strip()
    again = folder / "again.h5"
    killed(study, again)
    yield "killed", dredge("digest", again).strip()


def main():
    failures = []
    for make in (partnership, programme):
        with tempfile.TemporaryDirectory() as name:
            study = make(Path(name))
            expected = run(study, Path(name) / "one.h5", "--threads", 1)
            digests = dict(ways(study, Path(name)))
            failures += [f"{make.__name__}: {way} gives {digest}, 1 thread {expected}" for way, digest in digests.items()
                         if digest != expected]
            print(f"{make.__name__}: {expected}, {len(digests)} ways")
    print("\n".join(failures))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
