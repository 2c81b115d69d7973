#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds that go on from checkpoints give the results of an uninterrupted run: after kills at random moments (KILLS, default
12), with other numbers of threads, after Ctrl-C, and after the loss of a checkpoint. Checkpoints of another study or another
version are refused; damaged ones are named and their worlds start again."""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from same_bits import DREDGE, dredge

STUDY = """title: world
months: 54
aftercare_months: 6
replicates: 1
programme: {collaborations: 250, organisations: {public: 60, private: 80, nonprofit: 40, knowledge: 40}}
output: {trajectories: summary, every: 5}
events:
  - {month: 7, name: cuts, set: {funder.target: 2, convener.skill: 0.8}}
  - {month: 13, name: scandal, shock: {trust: -0.2, symptom: 0.1}, join: {sector: private, seats: 1}}
  - {month: 14, name: election, replace: {sector: public, share: 0.5}, convener: {skill: 0.2}}
"""
VARIANTS = {"runs": ["--set", "output.trajectories=runs"], "none": ["--set", "output.trajectories=none"],
            "several": ["--replicates", "3", "--set", "programme.collaborations=60", "--set", "months=24"]}


class Place:
    """A folder with the study."""

    def __init__(self, folder):
        self.study, self.output = str(folder / "s.yaml"), str(folder / "o.h5")
        self.parts = Path(self.output + ".parts")
        Path(self.study).write_text(STUDY)

    def start(self, *words):
        return subprocess.Popen([DREDGE, "run", self.study, "-o", self.output, "--quiet", *words],
                                stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                                env={**os.environ, "OMP_WAIT_POLICY": "passive"})

    def run(self, *words):
        """The exit status, and what it complained about."""
        process = self.start(*words)
        _, complaint = process.communicate(timeout=300)
        return process.returncode, complaint

    def checkpoints(self):
        return sorted(self.parts.glob("checkpoint-000*-000*[0-9]"))

    def clear(self):
        shutil.rmtree(self.parts, ignore_errors=True)
        Path(self.output).unlink(missing_ok=True)

    def finish(self, expected, *words):
        """Goes on to the end: nothing but the right results is left. What it complained about."""
        status, complaint = self.run("--resume", *words)
        assert status == 0, complaint
        assert dredge("digest", self.output).strip() == expected, "other results than the uninterrupted run"
        assert not self.parts.exists(), "something is left beside the output"
        self.clear()
        return complaint

    def leave_checkpoint(self, *words, number=signal.SIGKILL):
        """A run that ended when it had saved a world. Its exit status."""
        for _ in range(20):
            self.clear()
            process = self.start("--checkpoint-every", "1", "--threads", "1", *words)
            while process.poll() is None and not self.checkpoints():
                time.sleep(0.002)
            process.send_signal(number)
            process.communicate(timeout=300)
            if self.checkpoints():
                return process.returncode
        raise AssertionError("no checkpoint in 20 runs")


def uninterrupted(place, *words):
    status, complaint = place.run(*words)
    assert status == 0, complaint
    expected = dredge("digest", place.output).strip()
    place.clear()
    return expected


def check_saving_changes_nothing(place, expected):
    for every in ("7", "60", "24000"):
        status, complaint = place.run("--checkpoint-every", every)
        assert status == 0, complaint
        place.finish(expected)


def check_kills(place, expected, taken):
    luck = random.Random(20220108)
    n_kills, n_went_on, resume = int(os.environ.get("KILLS", "12")), 0, []
    for kill in range(n_kills):
        n_went_on += bool(resume and place.checkpoints())
        process = place.start("--checkpoint-every", str((1, 5, 12)[kill % 3]), "--threads", str(1 + kill % 3), *resume)
        time.sleep(luck.uniform(0, taken))
        process.send_signal((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)[kill % 3])
        _, complaint = process.communicate(timeout=300)
        assert process.returncode in (0, 130, -signal.SIGKILL, -signal.SIGTERM), complaint
        if process.returncode == 0:
            place.finish(expected)
        resume = ["--resume"] if place.parts.exists() or Path(place.output).exists() else [] # killed after its end, too
    place.finish(expected)
    print(f"{n_kills} kills, {n_went_on} times with a checkpoint to go on from")


def check_threads(place, expected):
    for threads in ("2", "3"):
        place.leave_checkpoint()
        place.finish(expected, "--threads", threads)
    assert place.leave_checkpoint(number=signal.SIGINT) == 130
    place.finish(expected, "--threads", "2", "--checkpoint-every", "7")


def check_variants(place):
    for words in VARIANTS.values():
        expected = uninterrupted(place, *words)
        place.leave_checkpoint(*words)
        place.finish(expected, *words)


def refused(place, part, *words):
    status, complaint = place.run("--resume", *words)
    assert status == 4 and part in complaint, f"{status}: {complaint}"
    assert place.checkpoints(), "a checkpoint that was refused is gone"


def check_refusals(place, expected):
    place.leave_checkpoint("--seed", "5")
    [foreign] = place.checkpoints()
    refused(place, "has changed")
    content = foreign.read_bytes()
    place.leave_checkpoint()
    [own] = place.checkpoints()
    status, complaint = place.run()
    assert status == 4 and "--resume" in complaint, complaint
    sound = own.read_bytes()
    own.write_bytes(content)
    refused(place, f"{own}: this checkpoint belongs to another study; remove it")
    for at in (8, 192):  # the versions of the format and of dredge
        own.write_bytes(sound[:at] + bytes([sound[at] + 1]) + sound[at + 1:])
        refused(place, f"{own}: this checkpoint was made by another version of dredge")
    own.write_bytes(sound)
    assert place.finish(expected) == ""


def check_damage(place, expected):
    place.leave_checkpoint()
    [own] = place.checkpoints()
    sound = own.read_bytes()
    left = place.parts.rename(place.parts.with_suffix(".kept"))
    half = len(sound) // 2
    for damaged in (sound[:half], sound[:half] + bytes([sound[half] ^ 1]) + sound[half + 1:]):
        shutil.copytree(left, place.parts)
        own.write_bytes(damaged)
        status, complaint = place.run("--resume")
        assert status == 0 and str(own) in complaint and "done again from their start" in complaint, complaint
        assert dredge("digest", place.output).strip() == expected
        place.clear()
    shutil.copytree(left, place.parts)
    own.unlink()  # lost: the world starts again
    assert place.finish(expected) == ""


def check_ensembles(place):
    """Studies of single collaborations take the option, and nothing changes."""
    words = ["--set", "programme.collaborations=1", "--replicates", "40"]
    expected = uninterrupted(place, *words)
    status, complaint = place.run(*words, "--checkpoint-every", "1")
    assert status == 0 and complaint == "", complaint
    place.finish(expected, *words)
    status, complaint = place.run("--checkpoint-every", "0")
    assert status == 2 and "--checkpoint-every 0: must be a whole number from 1" in complaint, complaint


def main():
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        start = time.monotonic()
        expected = uninterrupted(place, "--checkpoint-every", "5")
        taken = time.monotonic() - start
        assert uninterrupted(place) == expected
        check_saving_changes_nothing(place, expected)
        check_kills(place, expected, taken)
        check_threads(place, expected)
        check_variants(place)
        check_refusals(place, expected)
        check_damage(place, expected)
        check_ensembles(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
