#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python package with the tools of others: SALib, scipy, statsmodels, the EMA Workbench, pyABC, Snakemake. Runs with the
Python named by DREDGE_PEERS_PYTHON, in which dredge and they are installed; tests of those that are not there are skipped, and
all (77) without the package. `pip install SALib scipy statsmodels ema_workbench pyabc snakemake`."""
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parents[2]))
PYTHON = os.environ.get("DREDGE_PEERS_PYTHON")
if PYTHON and sys.executable != PYTHON:
    os.execv(PYTHON, [PYTHON, *sys.argv])
try:
    import dredge
    import numpy as np
except ImportError:
    sys.exit(77)

STUDY = {"months": 36, "aftercare_months": 0, "seed": 11, "regimes": ["iterative"], "replicates": 32,
         "output": {"trajectories": "none"}}
RANGES = {"convener.skill": [0.1, 0.9], "funder.target": [0.25, 2.0], "problem.urgency": [0.4, 1.0]}
PROBLEM = {"num_vars": 3, "names": list(RANGES), "bounds": list(RANGES.values())}


def needs(module):
    return unittest.skipUnless(importlib.util.find_spec(module), f"{module} is not installed")


def command(folder, *words):
    return subprocess.run([sys.executable, "-m", "dredge", *map(str, words)], check=True, capture_output=True, text=True,
                          cwd=folder).stdout


def sensitivity(method, points, folder):
    """What `dredge sensitivity` says of the same study with a design of its own."""
    factors = {key: {"low": low, "high": high} for key, (low, high) in RANGES.items()}
    study = STUDY | {"design": {"method": method, "points": points, "factors": factors}}
    (Path(folder) / "study.yaml").write_text(json.dumps(study), encoding="utf-8")
    command(folder, "run", "study.yaml", "-o", "out.h5", "--quiet")
    told = command(folder, "sensitivity", "out.h5", "--outcome", "trust_end", "--regime", "iterative", "--json")
    return json.loads(told)["factors"]


class Tools(unittest.TestCase):
    def setUp(self):
        self.study = dredge.Study(STUDY)
        self.f = self.study.function(list(RANGES), ["trust_end"], replicates=32)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    @needs("SALib")
    def test_sobol_of_salib_agrees(self):
        from SALib.analyze import sobol
        from SALib.sample import sobol as sample
        x = sample.sample(PROBLEM, 256, calc_second_order=False, seed=1)
        theirs = sobol.analyze(PROBLEM, self.f(x)[:, 0], calc_second_order=False, seed=1)
        ours = sensitivity("saltelli", 256 * 5, self.folder)
        for k, key in enumerate(RANGES):
            self.assertAlmostEqual(theirs["S1"][k], ours[key]["first"]["value"], delta=0.12, msg=key)
            self.assertAlmostEqual(theirs["ST"][k], ours[key]["total"]["value"], delta=0.12, msg=key)

    @needs("SALib")
    def test_morris_of_salib_agrees(self):
        from SALib.analyze import morris
        from SALib.sample import morris as sample
        x = sample.sample(PROBLEM, 64, num_levels=4, seed=1)
        theirs = morris.analyze(PROBLEM, x, self.f(x)[:, 0], num_levels=4, seed=1)["mu_star"]
        ours = sensitivity("morris", 64 * 4, self.folder)
        for k, key in enumerate(RANGES):
            self.assertAlmostEqual(theirs[k], ours[key]["mu_star"]["value"], delta=0.1 * max(theirs), msg=key)

    @needs("scipy")
    def test_scipy_finds_what_gave_a_figure(self):
        from scipy.optimize import brentq
        f = self.study.function(["convener.skill"], ["trust_end"], replicates=256)
        figure = f([0.62])[0]
        root = brentq(lambda skill: f([skill])[0] - figure, 0.2, 0.95, xtol=1e-4)
        self.assertAlmostEqual(root, 0.62, delta=0.02)

    @needs("statsmodels")
    def test_a_regression_on_runs(self):
        import statsmodels.formula.api as smf
        design = {"method": "latin_hypercube", "points": 64,
                  "factors": {key: {"low": low, "high": high} for key, (low, high) in RANGES.items()}}
        runs = dredge.Study(STUDY | {"design": design}).run().to_pandas()
        runs.columns = [name.replace(".", "_") for name in runs.columns]
        fit = smf.ols("trust_end ~ convener_skill + funder_target + problem_urgency", runs).fit()
        self.assertGreater(fit.params["convener_skill"], 0)
        self.assertLess(fit.pvalues["convener_skill"], 1e-6)

    @needs("ema_workbench")
    def test_a_model_of_the_ema_workbench(self):
        from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments
        from ema_workbench.analysis import prim

        f = self.study.function(list(RANGES), ["trust_end"], replicates=32, threads=1)  # it asks for one row at a time

        def model(skill=0.5, target=1.0, urgency=0.7):
            return {"trust_end": f([skill, target, urgency])[0]}

        own = Model("dredge", function=model)
        own.uncertainties = [RealParameter(name, *bounds)
                             for name, bounds in zip(("skill", "target", "urgency"), RANGES.values())]
        own.outcomes = [ScalarOutcome("trust_end")]
        experiments, outcomes = perform_experiments(own, 200)
        cases = outcomes["trust_end"] > np.quantile(outcomes["trust_end"], 0.7)
        box = prim.Prim(experiments[["skill", "target", "urgency"]], cases, threshold=0.6).find_box()
        self.assertGreater(box.density, 0.55)

    @needs("pyabc")
    def test_a_fit_with_pyabc_recovers_the_truth(self):
        import pyabc
        truth = {"skill": 0.7, "target": 0.5, "urgency": 0.8}
        outcomes = ["trust_end", "latent_end", "pressure_mean", "quick_results", "person_months", "momentum_end"]
        f = self.study.function(list(RANGES), outcomes, replicates=64, threads=1)
        found = f(list(truth.values()))
        scale = np.std(f(np.random.default_rng(1).uniform(*np.array(list(RANGES.values())).T, (200, 3))), axis=0)
        prior = pyabc.Distribution(**{name: pyabc.RV("uniform", low, high - low)
                                      for name, (low, high) in zip(truth, RANGES.values())})
        abc = pyabc.ABCSMC(lambda p: {"y": f([p["skill"], p["target"], p["urgency"]])}, prior,
                           lambda a, b: float(np.linalg.norm((a["y"] - b["y"]) / scale)), population_size=100,
                           sampler=pyabc.sampler.SingleCoreSampler())
        abc.new("sqlite:///" + os.path.join(self.folder, "abc.db"), {"y": found})
        frame, weights = abc.run(max_nr_populations=6).get_distribution()
        for name, value in truth.items():
            low, high = RANGES[{"skill": "convener.skill", "target": "funder.target", "urgency": "problem.urgency"}[name]]
            mean = np.average(frame[name], weights=weights)
            spread = np.sqrt(np.average((frame[name] - mean) ** 2, weights=weights))
            self.assertLess(abs(mean - value), max(3 * spread, 0.05 * (high - low)), name)
            self.assertLess(spread, 0.8 * (high - low) / np.sqrt(12), f"{name} was not learnt")

    @needs("snakemake")
    def test_a_sweep_with_snakemake_goes_on(self):
        study = STUDY | {"design": {"method": "list", "factors": {"convener.skill": [0.2, 0.5, 0.8]}}}
        folder = Path(self.folder)
        (folder / "my sweep.yaml").write_text(json.dumps(study), encoding="utf-8")
        snakemake = [sys.executable, "-m", "snakemake", "--snakefile", SOURCE / "scripts/examples/Snakefile", "--cores", "1", "--quiet",
                     "all", "--config", "study=my sweep.yaml", "parts=3", f"dredge={sys.executable} -m dredge", "--"]

        def make(*targets):
            done = subprocess.run([*snakemake, *targets], check=False, cwd=folder, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        make("shards/my sweep_2.h5")
        made = (folder / "shards/my sweep_2.h5").stat().st_mtime_ns
        make("all")
        self.assertEqual((folder / "shards/my sweep_2.h5").stat().st_mtime_ns, made)
        self.assertEqual(command(folder, "digest", "my sweep.h5").split()[0], dredge.Study(study).run().digest)
        self.assertIn("<html", (folder / "my sweep.html").read_text(encoding="utf-8")[:400])


if __name__ == "__main__":
    unittest.main()
