#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outcomes that a study derives equal those computed from the trajectories of its runs, of single collaborations and of programmes,
also interrupted; they stand wherever an outcome stands; mistakes are named."""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

DREDGE = os.environ["DREDGE"]
STUDY = """\
title: Derived
months: 24
aftercare_months: 6
replicates: 6
output: {trajectories: runs}
regimes: [linear_kpi, iterative]
costs: {hours_per_seat_month: 10, euro_per_hour: 50, convener_euro_per_month: 1000, discount_per_year: 0.03}
outcomes:
  - {name: trust_20, value_of: {series: trust, month: 20}}
  - {name: trust_start, value_of: {series: trust, month: 0}}
  - {name: first_tenth, first_month: {series: structural_share, at_least: 0.1}}
  - {name: calm, first_month: {series: symptom, at_most: 0.2}}
  - {name: rise, change: {series: trust, from: 3, to: 20}}
  - {name: since_start, change: {series: trust, from: 0, to: 1}}
  - {name: burden, area: {series: symptom, from: 6, to: 12}}
  - {name: mix_1, weights: {structural_share: 0.7, trust_20: -0.3, cost_euro: 0.001}, better: less}
"""
PROGRAMME = "programme: {collaborations: 3, organisations: {public: 4, private: 5, nonprofit: 4, knowledge: 3}}\n"


def check(truth, what):
    if not truth:
        sys.exit(f"FAILED: {what}")


def dredge(*words, status=0, text=None):
    run = subprocess.run([DREDGE, *words], capture_output=True, text=True, check=False, input=text)
    check(run.returncode == status, f"dredge {' '.join(map(str, words))}: exit {run.returncode}, not {status}: {run.stderr}")
    return run.stdout if status == 0 else run.stderr


def first(series, bound):
    holds = bound(series)
    return np.where(holds.any(axis=-1), holds.argmax(axis=-1) + 1, series.shape[-1] + 1)


def check_values(path):
    """Series hold months 1, 2, ... in places 0, 1, ...; float32 as the model computes."""
    with h5py.File(path) as file:
        series = {name: file[f"month_{name}"][()].astype(float) for name in ("trust", "structural_share", "symptom", "survival",
                                                                             "inclusion")}
        got = {name: file[name][()] for name in ("trust_20", "trust_start", "first_tenth", "calm", "rise", "since_start", "burden",
                                                 "mix_1", "cost_euro", "structural_share", "person_months")}
        check(file["trust_20"].attrs["units"] in (b"share", "share"), "units")
    trust, symptom = series["trust"], series["symptom"]
    check(np.array_equal(got["trust_20"], trust[..., 19]), "value_of")
    check(np.array_equal(got["rise"], trust[..., 19] - trust[..., 2]), "change")
    check(np.array_equal(got["since_start"], trust[..., 0] - got["trust_start"]), "the start is a month")
    check(np.array_equal(got["first_tenth"], first(series["structural_share"], lambda s: s >= 0.1)), "first_month at_least")
    check(np.array_equal(got["calm"], first(symptom, lambda s: s <= 0.2)), "first_month at_most")
    check(np.allclose(got["burden"], symptom[..., 6:12].sum(axis=-1), rtol=1e-12), "area")
    check(np.array_equal(got["mix_1"], got["structural_share"] * 0.7 + got["trust_20"] * -0.3 + got["cost_euro"] * 0.001), "weights")
    return got


def check_costs(path):
    """Without a discount, the cost of one that lives is seats times hours times euro and the convener's months."""
    with h5py.File(path) as file:
        alive, persons, cost = file["survival"][()], file["person_months"][()], file["cost_euro"][()]
    lives = alive == 1
    check(lives.sum() > 3 and np.allclose(cost[lives], persons[lives] * 10 * 50 + 24 * 1000, rtol=1e-9), "cost without discount")
    check(np.all(cost[~lives] <= persons[~lives] * 10 * 50 + 24 * 1000), "one that ends costs no convener after that")


def check_mistakes(folder):
    for item, says in (("{name: x, value_of: {series: trusst, month: 3}}", "did you mean trust"),
                       ("{name: x, value_of: {series: trust, month: 31}}", "month 31 is after the last one"),
                       ("{name: x, valu_of: {series: trust, month: 3}}", "outcomes.0.valu_of"),
                       ("{name: x, value_of: {series: trust, mont: 3}}", "did you mean month"),
                       ("{name: trust_end, value_of: {series: trust, month: 3}}", "the name is taken"),
                       ("{name: 3x, value_of: {series: trust, month: 3}}", "a letter first"),
                       ("{value_of: {series: trust, month: 3}}", "needs a name"),
                       ("{name: x}", "needs value_of, first_month, change, area or weights"),
                       ("{name: x, first_month: {series: trust}}", "needs either at_least or at_most"),
                       ("{name: x, change: {series: trust, from: 8, to: 4}}", "must be a later month than from, 8"),
                       ("{name: x, weights: {trust_ends: 1}}", "did you mean trust_end"),
                       ("{name: x, weights: {y: 1}}", "no outcome is called so")):
        text = f"months: 24\naftercare_months: 6\noutcomes:\n  - {item}\n"
        sentence = dredge("check", "-", status=3, text=text)
        check(says in sentence and ":4:" in sentence, f"{item}: {sentence!r} does not say {says!r} of line 4")
    sentence = dredge("check", "-", status=3, text="costs: {hour: 3}\n")
    check("costs.hour" in sentence, sentence)


def check_uses(folder):
    """In until, sensitivity, discover, compare and export."""
    study = folder / "uses.yaml"
    study.write_text("months: 24\nregimes: [linear_kpi, iterative]\noutcomes: [{name: trust_20, value_of: {series: trust, month: 20}}]\n"
                     "replicates: {min: 10, max: 400, until: {outcome: trust_20, half_width: 0.02}}\nmatters: {trust_20: 0.5}\n"
                     "design: {method: sobol, points: 16, factors: {funder.target: {low: 0.5, high: 2},"
                     " convener.skill: {low: 0.2, high: 0.8}}}\n")
    path = folder / "uses.h5"
    dredge("run", study, "-o", path, "--quiet")
    with h5py.File(path) as file:
        done = file["replicates_done"][()]
        values = file["trust_20"][()]
    check(done.min() >= 50 and done.max() < 400, f"the rule stops by the derived outcome: {done}")
    outcome = json.loads(dredge("compare", path, "--json"))["outcomes"]["trust_20"]
    check(abs(outcome["iterative"]["mean"] - np.nanmean(np.nanmean(values[:, 1], axis=1))) < 1e-9, "compare")
    check(outcome["iterative"]["matters"] == 0.5, "what matters is the study's")
    check("trust_20" in dredge("sensitivity", path, "--outcome", "trust_20", "--regime", "iterative"), "sensitivity")
    check("trust_20" in dredge("discover", path, "--outcome", "trust_20", "--regime", "iterative", "--above", "0.4"), "discover")
    check("trust_20" in dredge("export", path).splitlines()[0].split(","), "export")
    check("did you mean trust_20" in dredge("sensitivity", path, "--outcome", "trust_21", status=2), "nearest name")
    check("trust_end_by_pair[public-private]" in dredge("compare", path, "--by-sector"), "by pair of sectors")
    pair = json.loads(dredge("compare", path, "--by-sector", "--json"))["outcomes"]["trust_end_by_pair[public-private]"]["iterative"]
    with h5py.File(path) as file:
        trust = file["trust_end_by_pair"][..., 1]
    check(abs(pair["mean"] - np.nanmean(np.nanmean(trust[:, 1], axis=1))) < 1e-9, "by pair of sectors, the mean")
    grown = folder / "grown.h5"
    dredge("run", study, "-o", grown, "--extend", path, "--quiet", "--set", "replicates.until.half_width=0.015")
    dredge("run", study, "-o", folder / "scratch.h5", "--quiet", "--set", "replicates.until.half_width=0.015")
    check(dredge("digest", grown) == dredge("digest", folder / "scratch.h5"), "a derived outcome's rule can be tightened")
    says = dredge("run", study, "-o", folder / "n.h5", "--extend", path, "--set", "outcomes=[{name: trust_20, value_of: {series: trust, month: 21}}]",
                  status=4)
    check("outcomes that the study derives" in says, says)


def check_tune(folder):
    """A derived outcome is an objective and a bound of a search, and what it comes to is what a run of the regime found gives."""
    study = folder / "tuned.yaml"
    study.write_text("months: 24\nreplicates: 20\nregimes: [linear_kpi, iterative]\n"
                     "costs: {}\noutcomes: [{name: trust_20, value_of: {series: trust, month: 20}}]\n")
    words = ["tune", study, "--candidates", "16", "--generations", "0", "--validate", "40", "--quiet"]
    found = json.loads(dredge(*words, "--maximise", "trust_20", "--subject-to", "cost_euro<=1e9", "--json"))
    check(found["maximise"] == "trust_20" and found["feasible"] is True, "objective and bound")
    finalists = {finalist["name"]: finalist for finalist in found["finalists"]}
    means = {name: finalist["outcomes"]["trust_20"]["mean"] for name, finalist in finalists.items()}
    check(means[found["winner"]] == max(mean for name, mean in means.items() if name not in ("linear_kpi", "iterative")),
          f"the winner is the best of what was found: {means}")
    again = folder / "again_tuned.h5"
    seed = 1 ^ 0x9E3779B97F4A7C15 # of the fresh luck
    dredge("run", study, "-o", again, "--quiet", "--seed", str(seed), "--replicates", "40")
    with h5py.File(again) as file:
        ran = {name: file[name][0].mean(axis=1) for name in ("trust_20", "cost_euro")}
    for outcome, both in ran.items():
        for regime, mean in zip(("linear_kpi", "iterative"), both):
            check(abs(finalists[regime]["outcomes"][outcome]["mean"] - mean) < 1e-9 * abs(mean), f"{outcome} of {regime}")
    check("trust_20" in dredge(*words, "--maximise", "trust_20", "--csv").splitlines()[0].split(","), "tune --csv")
    for name in ("depth", "name", "on_front_share"): # other columns are called so
        study.write_text(study.read_text().replace("trust_20", name))
        columns = dredge(*words, "--maximise", name, "--csv").splitlines()[0].split(",")
        check(len(set(columns)) == len(columns) and f"outcomes.{name}" in columns, f"tune --csv with an outcome {name}: {columns}")
        study.write_text(study.read_text().replace(f"name: {name},", "name: trust_20,"))
    table = dredge(*words, "--minimise", "cost_euro", "--subject-to", "trust_20>=0.1")
    check("minimise cost_euro" in table and "trust_20 >= 0.1: met" in table, table)
    for option, value, says in (("--maximise", "trust_21", "did you mean trust_20"), ("--subject-to", "trust_21>=0", "did you mean trust_20"),
                                ("--minimise", "zzzzzz", "no outcome")):
        check(says in dredge(*words, option, value, status=2), f"{option} {value}")


def check_replay(path):
    """A run again has them, the same as in the file; and a wrong one is noticed."""
    again = json.loads(dredge("replay", path, "--regime", "iterative", "--replicate", "3", "--json"))
    with h5py.File(path) as file:
        names = ("trust_20", "first_tenth", "rise", "burden", "mix_1", "cost_euro")
        check(all(again["outcomes"][name] == file[name][0, 1, 3] for name in names), "the numbers of the file")
    check("first tenth" in dredge("replay", path, "--regime", "iterative"), "in the table")


def check_reports(folder):
    """The page and the Dutch table name them by their labels, with their units in the language."""
    study = folder / "labels.yaml"
    study.write_text("months: 24\nreplicates: 12\nregimes: [linear_kpi, iterative]\ncosts: {}\n"
                     "outcomes: [{name: rise, change: {series: trust, from: 0, to: 20}}, {name: calm, first_month: {series: symptom, at_most: 0.3}}]\n"
                     "labels: {rise: {en: Trust gained, nl: Gewonnen vertrouwen}}\n"
                     "design: {factors: {funder.target: [0.5, 1, 2]}}\n")
    path = folder / "labels.h5"
    dredge("run", study, "-o", path, "--quiet")
    dutch = dredge("compare", path, "--language", "nl")
    for words in ("Gewonnen vertrouwen (verandering, aandeel", "calm (maand;", "kosten (euro;"):
        check(words in dutch, f"{words!r} in {dutch}")
    outcomes = json.loads(dredge("compare", path, "--json"))["outcomes"]
    for language, words in (("en", "Trust gained"), ("nl", "Gewonnen vertrouwen")):
        page = folder / f"{language}.html"
        dredge("report", path, "-o", page, "--language", language)
        text = page.read_text()
        row = re.search(r'<tr data-outcome="rise" data-regime="1">.*?</tr>', text, re.S).group(0)
        check(words in row, f"the label in {language}")
        mean = float(re.search(r'data-cell="pair_mean" data-value="([^"]+)"', row).group(1))
        check(abs(mean - outcomes["rise"]["iterative"]["mean"]) < 1e-12, "the mean of the page is that of compare")
        for name in ("calm", "cost_euro"):
            check(f'<tr data-outcome="{name}" data-regime="1">' in text, f"{name} on the page")
    data = json.loads(re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', text, re.S).group(1))
    mapped = {outcome["name"]: outcome["label"] for outcome in data["map"]["outcomes"]}
    check(mapped["rise"] == "Gewonnen vertrouwen" and "cost_euro" in mapped, f"in the map: {mapped}")
    ruled = folder / "ruled.h5"
    dredge("run", study, "-o", ruled, "--quiet", "--set",
           "replicates={min: 10, max: 40, until: {outcome: rise, half_width: 0.05}}")
    dredge("report", ruled, "-o", folder / "ruled.html")
    check("rise" in (folder / "ruled.html").read_text(), "the rule's outcome by its name")
    says = dredge("check", "-", status=3, text="outcomes: [{name: rise, change: {series: trust, from: 0, to: 20}}]\nlabels: {rises: x}\n")
    check("did you mean rise" in says, says)


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    for kind, more in (("one", ""), ("programme", PROGRAMME)):
        study = folder / f"{kind}.yaml"
        study.write_text(STUDY + more)
        dredge("run", study, "-o", folder / f"{kind}.h5", "--quiet")
        check_values(folder / f"{kind}.h5")
        dredge("run", study, "-o", folder / "again.h5", "--force", "--quiet", "--threads", "1", "--checkpoint-every", "5")
        check(dredge("digest", folder / "again.h5") == dredge("digest", folder / f"{kind}.h5"), "threads and checkpoints")
        sparse = folder / f"sparse_{kind}.h5"
        dredge("run", study, "-o", sparse, "--quiet", "--set", "output.trajectories=none")
        with h5py.File(sparse) as a, h5py.File(folder / f"{kind}.h5") as b:
            check(np.array_equal(a["rise"][()], b["rise"][()], equal_nan=True), "without trajectories, too")
    flat = folder / "flat.h5"
    dredge("run", folder / "one.yaml", "-o", flat, "--quiet", "--set", "costs.discount_per_year=0")
    check_costs(flat)
    check_replay(folder / "one.h5")
    check_mistakes(folder)
    check_uses(folder)
    check_tune(folder)
    check_reports(folder)
print("derived outcomes are what their series say")
