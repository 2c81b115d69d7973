#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a sweep at random moments and resumes it: the results are those of an uninterrupted run, and no finished batch is
lost. KILLS (default 50) kills by SIGKILL, and a few by SIGINT and SIGTERM."""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from same_bits import DREDGE, dredge

STUDY = """title: sweep
replicates: 64
design: {method: grid, factors: {funder.target: [0.25, 0.5, 1, 2], convener.skill: [0.2, 0.4, 0.6, 0.8]}}
output: {trajectories: summary, every: 12}
"""


def run(study, output, *words, seconds=None, number=signal.SIGKILL):
    """Runs, or kills after `seconds`; the exit status."""
    process = subprocess.Popen([DREDGE, "run", study, "-o", output, "--quiet", "--threads", "1", *words],
                               stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    if seconds is not None:
        time.sleep(seconds)
        process.send_signal(number)
    _, complaint = process.communicate()
    if process.returncode not in (0, 130, -signal.SIGKILL):
        print(complaint.decode())
    return process.returncode


def main():
    kills = int(os.environ.get("KILLS", "50"))
    luck = random.Random(20220101)
    with tempfile.TemporaryDirectory() as name:
        study, whole, cut = (str(Path(name) / part) for part in ("s.yaml", "whole.h5", "cut.h5"))
        Path(study).write_text(STUDY)
        start = time.monotonic()
        assert run(study, whole) == 0
        taken = time.monotonic() - start
        expected = dredge("digest", whole)
        finished = 0
        resume = []
        for k in range(kills):
            number = (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM)[k % 5]
            status = run(study, cut, *resume, seconds=luck.uniform(0, 1.2 * taken), number=number)
            assert status in (0, 130, -signal.SIGKILL, -signal.SIGINT, -signal.SIGTERM), status
            if status == 0:
                assert dredge("digest", cut) == expected, "a resumed run differs"
                os.remove(cut)
                finished += 1
                resume = []
            else:
                resume = ["--resume"] if os.path.exists(cut) or os.path.exists(cut + ".parts") else []
        assert run(study, cut, "--resume") == 0
        assert dredge("digest", cut) == expected, "the resumed run differs from the uninterrupted one"
        print(f"{kills} kills, {finished} times finished in between; digest {expected.strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
