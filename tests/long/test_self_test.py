#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulation-based calibration at size (Talts et al. 2018): the 10 keys and two theories of scenarios/validation/self_test.yaml, 100
data sets, each calibrated with 100,000 simulated collaborations. Ranks of the true values must be uniform for all keys together,
and the leading theory the true one as often as its weight says (`dredge calibrate --self-test` ends with status 1
otherwise; false alarms: 2 in 100 seeds).

    DREDGE_SETS=20 tests/long/test_self_test.py      fewer data sets
"""
import json
import os
import subprocess
from pathlib import Path

DREDGE = os.environ["DREDGE"]
TOP = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
SETS = int(os.environ.get("DREDGE_SETS", "100"))


def main():
    words = [DREDGE, "calibrate", TOP / "scenarios/validation/self_test.yaml", "--self-test", SETS, "--draws", "6250",
             "--particles", "1024", "--replicates", "16", "--json"]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    told = json.loads(done.stdout)
    for key, own in told["keys"].items():
        print(f"{key:18} p {own['p']:.3f} ranks {own['ranks']}")
    print(f"theories: right in {told['choice']['right']} of {SETS}, claimed {told['choice']['claimed']:.1f}")
    assert told["uniform"] and done.returncode == 0


main()
