#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulation-based calibration at size (Talts et al. 2018): 10 keys and two theories, 100 data sets, each calibrated with 100,000
simulated collaborations. Ranks of the true values must be uniform for all keys together, and the leading theory the true
one as often as its weight says (`dredge calibrate --self-test` ends with status 1 otherwise; false alarms: 2 in 100 seeds).

    DREDGE_SETS=20 tests/long/test_self_test.py      fewer data sets
"""
import json
import os
import subprocess
import tempfile
from pathlib import Path

DREDGE = os.environ["DREDGE"]
SETS = int(os.environ.get("DREDGE_SETS", "100"))
STUDY = """title: Ten keys
months: 24
aftercare_months: 12
seed: 20180419
regimes: [iterative]
calibration:
  priors:
    convener.skill: {low: 0, high: 1}
    divergence: {low: 0.5, high: 1.5}
    problem.urgency: {low: 0.4, high: 1}
    recognition: {low: 0, high: 1}
    model.turnover: {low: 0.002, high: 0.05, scale: log}
    model.rest: {low: 0.5, high: 0.9}
    model.attempts: {low: 1, high: 6, scale: log}
    model.diagnose: {low: 4, high: 24, scale: log}
    funder.target: {low: 0.25, high: 2, scale: log}
    problem.known: {low: 0, high: 0.8}
  theories: [mixed, inertia]
  targets:
    - {name: trust, outcome: trust_end, value: 0.5, error: 0.02}
    - {name: latent, outcome: latent_end, value: 0.3, error: 0.03}
    - {name: momentum, outcome: momentum_end, value: 0.6, error: 0.02}
    - {name: turnover, outcome: turnover_count, value: 2, error: 0.3}
    - {name: layers, outcome: structural_share, value: 0.2, error: 0.03}
    - {name: symptom, outcome: symptom_burden, value: 0.5, error: 0.03}
    - {name: rise, series: trust, month: 24, minus_month: 0, value: 0, error: 0.03}
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "ten.yaml"
        study.write_text(STUDY, encoding="utf-8")
        words = [DREDGE, "calibrate", study, "--self-test", str(SETS), "--draws", "5000", "--particles", "256",
                 "--replicates", "20", "--json"]
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        told = json.loads(done.stdout)
        for key, own in told["keys"].items():
            print(f"{key:18} p {own['p']:.3f} ranks {own['ranks']}")
        print(f"theories: right in {told['choice']['right']} of {SETS}, claimed {told['choice']['claimed']:.1f}")
        assert told["uniform"] and done.returncode == 0


main()
