#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dredge calibrate beside pyABC (Schälte, Klinger, Alamoudi & Hasenauer 2022) on one small problem: which skill of the convener
agrees with a trust that was found with a normal error? pyABC weighs by that error (its stochastic acceptor and normal
kernel) collaborations that dredge ran beforehand, 101 skills with 400 each; a simulation takes 16 of those of the nearest skill.
The middle of both posteriors and their 5 and 95% must agree within 0.1 of the range, which is what 200 particles leave open.

    tests/peers/test_pyabc.py     skipped (77) where pyABC is not installed

Install with `pip install pyabc` in an environment of your own and run this file with its Python, or name it in
DREDGE_PEERS_PYTHON.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parent.parent.parent))
DREDGE = os.environ.get("DREDGE", str(TOP / "build/release/dredge"))
if os.environ.get("DREDGE_PEERS_PYTHON") and sys.executable != os.environ["DREDGE_PEERS_PYTHON"]:
    os.execv(os.environ["DREDGE_PEERS_PYTHON"], [os.environ["DREDGE_PEERS_PYTHON"], *sys.argv])
try:
    import numpy as np
    import pyabc
except ImportError:
    sys.exit(77)

SHARED = "months: 12\naftercare_months: 0\nregimes: [iterative]\n"
CALIBRATED = SHARED + """seed: 3
calibration:
  priors: {convener.skill: {low: 0, high: 1}}
  targets: [{name: trust, outcome: trust_end, value: VALUE, error: 0.01}]
"""
SKILLS, RUNS, MEAN_OF, PARTICLES = 101, 400, 16, 200
LEVELS = (0.05, 0.5, 0.95)


def run(*words):
    return subprocess.run([DREDGE, *map(str, words)], capture_output=True, text=True, check=True).stdout


def simulate(folder):
    """Trust at the end: [skill][run]."""
    study, results = folder / "pool.yaml", folder / "pool.h5"
    study.write_text(SHARED + f"seed: 4\nreplicates: {RUNS}\noutput: {{trajectories: none}}\ndesign: {{factors: "
                     f"{{convener.skill: {[round(k / (SKILLS - 1), 4) for k in range(SKILLS)]}}}}}\n", encoding="utf-8")
    run("run", study, "-o", results, "--quiet")
    run("export", results, "-o", folder / "pool.csv")
    pool = np.full((SKILLS, RUNS), np.nan)
    with open(folder / "pool.csv", encoding="utf-8") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            pool[int(row["point"]), int(row["replicate"])] = float(row["trust_end"])
    return pool


def with_pyabc(pool, value, folder):
    rng = np.random.default_rng(5)
    np.random.seed(6)

    def model(parameters):
        row = pool[min(SKILLS - 1, max(0, round(parameters["skill"] * (SKILLS - 1))))]
        return {"trust": rng.choice(row, MEAN_OF).mean()}

    abc = pyabc.ABCSMC(model, pyabc.Distribution(skill=pyabc.RV("uniform", 0, 1)),
                       pyabc.IndependentNormalKernel(var=0.01 ** 2), population_size=PARTICLES,
                       eps=pyabc.Temperature(), acceptor=pyabc.StochasticAcceptor(),
                       sampler=pyabc.sampler.SingleCoreSampler())
    abc.new(f"sqlite:///{folder / 'abc.db'}", {"trust": value})
    history = abc.run(max_nr_populations=6)
    particles, weights = history.get_distribution(m=0, t=history.max_t)
    order = np.argsort(particles["skill"].values)
    return [particles["skill"].values[order][np.searchsorted(np.cumsum(weights[order]), level)] for level in LEVELS]


def with_dredge(value, folder):
    study = folder / "planted.yaml"
    study.write_text(CALIBRATED.replace("VALUE", repr(value)), encoding="utf-8")
    told = json.loads(run("calibrate", study, "-o", folder / "p.h5", "--particles", PARTICLES, "--draws", 3000,
                          "--replicates", MEAN_OF, "--quiet", "--json"))
    own = told["keys"]["convener.skill"]
    return [own["q05"], own["median"], own["q95"]]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pool = simulate(folder)
        value = float(pool[70].mean())
        theirs, ours = with_pyabc(pool, value, folder), with_dredge(value, folder)
        print("5, 50, 95%: pyABC", np.round(theirs, 3), "dredge", np.round(ours, 3))
        assert max(abs(a - b) for a, b in zip(theirs, ours)) < 0.1
        assert ours[0] < 0.7 < ours[2]


main()
