#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What calling dredge from Python costs, by processor time: a function against the command, one call on one row, the import,
and the memory of 100,000 calls. Runs with the Python named by DREDGE_PYTHON, or that of the test package/python_package;
skipped (77) where the package is not installed there. Prints the figures."""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BUILD = Path(os.environ.get("DREDGE_BUILD", Path(__file__).resolve().parents[2] / "build/dev"))
PYTHON = os.environ.get("DREDGE_PYTHON", str(BUILD / "python/bin/python"))
if Path(sys.executable) != Path(PYTHON):
    if not Path(PYTHON).exists():
        sys.exit(77)
    os.execv(PYTHON, [PYTHON, *sys.argv])
try:
    import dredge
    import numpy as np
except ImportError:
    sys.exit(77)

STUDY = {"months": 60, "aftercare_months": 12, "seed": 3, "regimes": ["iterative"], "output": {"trajectories": "none"}}
FACTORS = ["convener.skill", "funder.target"]
N_ROWS, N_REPLICATES = 10_000, 64


def used(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def rows(n):
    return np.random.default_rng(1).uniform([0.2, 0.25], [0.8, 2], (n, 2)).round(6)


def of_the_function(f, x):
    start = used(resource.RUSAGE_SELF)
    f(x)
    return used(resource.RUSAGE_SELF) - start


def of_the_command(x, folder):
    """Processor time of the same runs by the command that the package carries, less that of as good as none."""
    def run(part):
        design = {"method": "list", "factors": {name: part[:, k].tolist() for k, name in enumerate(FACTORS)}}
        path = Path(folder) / "study.yaml"
        path.write_text(json.dumps(STUDY | {"replicates": N_REPLICATES, "design": design}), encoding="utf-8")
        start = used(resource.RUSAGE_CHILDREN)
        subprocess.run([PYTHON, "-m", "dredge", "run", "study.yaml", "--no-file", "--quiet"], check=True, cwd=folder)
        return used(resource.RUSAGE_CHILDREN) - start
    return run(x) - run(x[:1])


def of_the_import():
    def run(code):
        start = used(resource.RUSAGE_CHILDREN)
        subprocess.run([PYTHON, "-c", code], check=True)
        return used(resource.RUSAGE_CHILDREN) - start
    return min(run("import dredge") for _ in range(5)) - min(run("pass") for _ in range(5))


def resident():
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    study = dredge.Study(STUDY)
    f = study.function(FACTORS, ["structural_share"], replicates=N_REPLICATES)
    x = rows(N_ROWS)
    f(x[:100])
    with tempfile.TemporaryDirectory() as folder:
        ratio = of_the_command(x, folder) / of_the_function(f, x)
    print(f"function: {ratio:.0%} of the runs per processor second of the command")

    single = study.function(FACTORS, ["structural_share"], replicates=16, threads=1)
    computing = of_the_function(single, x[:2000]) / 2000
    start = time.process_time()
    for _ in range(2000):
        single(x[:1])
    beyond = (time.process_time() - start) / 2000 - computing
    print(f"one call on one row: {beyond * 1e3:.3f} ms beyond the computing")

    seconds = of_the_import()
    print(f"import: {seconds:.2f} s")

    short = dredge.Study({"months": 2, "aftercare_months": 0, "regimes": ["iterative"]}).function(
        FACTORS, ["structural_share"], replicates=1, threads=1)
    for _ in range(1000):
        short(x[0])
    before = resident()
    for _ in range(100_000):
        short(x[0])
    grown = resident() - before
    print(f"100,000 calls: {grown / 1024:.0f} KiB more")

    assert ratio >= 0.9 and beyond < 1e-3 and seconds < 0.3 and grown < 4 << 20
    return 0


if __name__ == "__main__":
    sys.exit(main())
