#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs all peers one after the other, prints their lines, and checks that their means agree.

Two means agree when they differ by less than 3 standard errors of their difference; of correct peers, one pair in 370
fails. The exit status is 1 when a pair disagrees.
"""

import argparse
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile

from common import REGIMES

HERE = os.path.dirname(os.path.abspath(__file__))
C_SOURCES = [os.path.join(HERE, "plain_c", name) for name in ("plain.c", "start.c", "month.c", "problem.c")]
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
SHARE_OF_REPLICATES = {"plain_c": 1, "numba": 1, "numpy": 1, "mesa": 0.1}


def build_plain_c(folder, compiler):
    program = os.path.join(folder, "plain")
    subprocess.run([compiler, "-O3", "-march=native", *C_SOURCES, "-o", program, "-lgsl", "-lgslcblas", "-lm"],
                   check=True)
    return [program]


def run_all(regime, replicates, compiler, folder):
    """Runs every peer; yields its line. Builds the C peer in `folder`."""
    commands = {"plain_c": build_plain_c(folder, compiler)}
    for peer in ("numba", "numpy", "mesa"):
        commands[peer] = [sys.executable, os.path.join(HERE, f"{peer}_peer.py")]
    for peer, command in commands.items():
        n = max(2, round(replicates * SHARE_OF_REPLICATES[peer]))
        done = subprocess.run([*command, "--regime", regime, "--replicates", str(n)], capture_output=True, text=True,
                              check=False, env=ONE_THREAD)
        if done.returncode == 0:
            yield json.loads(done.stdout)
        elif "ModuleNotFoundError" in done.stderr:
            yield {"peer": peer, "skipped": done.stderr.strip().splitlines()[-1]}
        else:
            sys.exit(f"{peer}: {done.stderr}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regime", default="iterative", choices=list(REGIMES))
    parser.add_argument("--replicates", type=int, default=2000, metavar="N", help="a tenth of it for Mesa")
    parser.add_argument("--compiler", default="gcc")
    options = parser.parse_args()

    results = []
    with tempfile.TemporaryDirectory() as folder:
        for line in run_all(options.regime, options.replicates, options.compiler, folder):
            print(json.dumps(line), flush=True)
            results.append(line)

    disagreements = 0
    for one, other in itertools.combinations([line for line in results if "skipped" not in line], 2):
        apart = (one["structural_share"] - other["structural_share"]) / math.hypot(one["se"], other["se"])
        disagreements += abs(apart) >= 3
        print(f"{one['peer']} - {other['peer']}: {apart:+.2f} standard errors")
    sys.exit(1 if disagreements else 0)


if __name__ == "__main__":
    main()
