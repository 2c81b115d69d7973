#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One digest per scenario over compilers x optimisation x vector levels x threads x schedules.

    tests/long/test_matrix.py [SCENARIO ...]      builds in build/matrix; twenty minutes on two cores
"""
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(SOURCE / "tests/determinism"))
import same_bits  # noqa: E402

THREADS = (1, 2, 3, 8)
SCHEDULES = ("static", "dynamic,1", "guided")


def built(compiler, optimisation):
    """The command built by this compiler at this level of optimisation."""
    folder = SOURCE / f"build/matrix/{compiler}{optimisation}"
    for words in (["cmake", "-S", SOURCE, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                   f"-DCMAKE_C_COMPILER={compiler}", f"-DCMAKE_C_FLAGS_RELEASE={optimisation}", "-DDREDGE_MPI=OFF",
                   "-DBUILD_TESTING=OFF"], ["cmake", "--build", folder, "--target", "dredge"]):
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr)
    return str(folder / "dredge")


def levels():
    """The vector levels that this processor has."""
    return [level for level in ("v1", "v2", "v3", "v4") if same_bits.has_level(level)]


def main():
    names = sys.argv[1:] or list(same_bits.SMALL)
    compilers = [compiler for compiler in ("gcc", "clang") if shutil.which(compiler)]
    commands = {f"{c} {o}": built(c, o) for c, o in itertools.product(compilers, ("-O1", "-O3"))}
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            digests = {}
            for (build, path), level, threads, schedule in itertools.product(commands.items(), levels(), THREADS,
                                                                             SCHEDULES):
                same_bits.DREDGE = path
                digests[build, level, threads, schedule] = same_bits.digest_of(
                    name, Path(folder) / "a.h5", "--threads", threads, DREDGE_LEVEL=level, OMP_SCHEDULE=schedule)
            first = next(iter(digests.values()))
            failures += [f"{name}: {way}: {digest}, not {first}" for way, digest in digests.items() if digest != first]
            print(f"{name}: {first}, {len(digests)} ways", flush=True)
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
