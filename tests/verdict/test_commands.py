#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compare, sensitivity, discover, tune and report from the outside: numbers computed again with NumPy and SciPy from the
results file, exit statuses, and sentences for what goes wrong."""
import csv
import html
import io
import json
import os
import re
import subprocess
import sys
import tempfile

import h5py
import numpy as np
from scipy import stats

DREDGE = os.environ["DREDGE"]
SOURCE = os.environ.get("DREDGE_SOURCE", os.getcwd())
BETTER = {}
UNITS = {}
CHECKS = 0


def check(truth, what):
    global CHECKS
    CHECKS += 1
    if not truth:
        sys.exit(f"FAILED: {what}")


def close(got, expected, what, tolerance=1e-9):
    missing = got is None or expected is None or not np.isfinite(expected)
    check((got is None) == (not np.isfinite(expected)) if missing else
          abs(got - expected) <= tolerance * max(1, abs(expected)), f"{what}: {got} is not {expected}")


def dredge(*words, status=0):
    run = subprocess.run([DREDGE, *words], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    check(run.returncode == status, f"dredge {' '.join(words)}: exit {run.returncode}, not {status}: {run.stderr}")
    return run.stdout if status == 0 else run.stderr


def fails(status, *words, says):
    sentence = dredge(*words, status=status)
    check(says in sentence, f"dredge {' '.join(words)} says {sentence!r}, not {says!r}")


def study(folder, name, text):
    path = os.path.join(folder, name + ".yaml")
    with open(path, "w") as file:
        file.write(text)
    results = os.path.join(folder, name + ".h5")
    dredge("run", path, "-o", results, "--quiet")
    return results


def bent(w, a):
    """The t value of Hall's transformation."""
    return w if abs(a) < 1e-8 else 3 / a * (np.cbrt(1 + a * (w - a / 6)) - 1)


def paired_interval(own, baseline, top, none=None):
    """95% interval over replicates of the mean difference over points (no missing values): [points][replicates]. Outcomes
    lie in 0 .. top. The union of t and of Hall's transformation, which at most doubles a side; where fewer than eight
    replicates, and no more than half, differ from the usual value: Student's t with two values added; likewise where fewer
    than eight are as far from the middle one as `none`, the value that stands for "there was none", is from others."""
    d = (own - baseline).mean(axis=0)
    n, mean, se = d.size, d.mean(), d.std(ddof=1) / np.sqrt(d.size)
    seen, counts = np.unique(np.round(d, 12), return_counts=True)
    others = n - counts.max()
    rare = 0 if none is None else max(abs(none - end) for both in (own, baseline) for end in (both.min(), both.max()))
    rare = (rare or top) / own.shape[0]
    middle = np.sort(d)[n // 2]
    if none is not None and (abs(d - middle) > rare / 2).sum() < 8:
        more = np.append(d, np.clip([middle - rare, middle + rare], -top, top))
        half = stats.t.ppf(0.975, n + 1) * more.std(ddof=1) / np.sqrt(n + 2)
        low, high = min(more.mean() - half, mean), max(more.mean() + half, mean)
    elif others < 8 and 2 * others <= n:
        mode = seen[counts.argmax()]
        span = max(own.max(), baseline.max()) - min(own.min(), baseline.min())
        step = span if span > 0 else top if np.isfinite(top) else max(1, abs(own.max()))
        more = np.append(d, np.clip([mode - step, mode + step], -top, top))
        half = stats.t.ppf(0.975, n + 1) * more.std(ddof=1) / np.sqrt(n + 2)
        low, high = min(more.mean() - half, mean), max(more.mean() + half, mean)
    else:
        q, skewness = stats.t.ppf(0.975, n - 1), stats.skew(d, bias=False)
        doubt = np.sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))) / 2
        low = mean - min(max(q, bent(q, (skewness - doubt) / np.sqrt(n))), 2 * q) * se
        high = mean + min(max(q, -bent(-q, (skewness + doubt) / np.sqrt(n))), 2 * q) * se
    return max(low, -top), min(high, top)


def check_compare(results):
    document = json.loads(dredge("compare", results, "--json"))
    check(document["baseline"] == "linear_kpi", "the first regime is the baseline")
    with h5py.File(results) as file:
        names = [name.decode() for name in file["regime"][:]]
        for outcome, cells in document["outcomes"].items():
            values = file[outcome][:]
            for r, name in enumerate(names):
                own = values[:, r, :]
                if np.isnan(values).any():
                    check(cells[name]["n"] == np.isfinite(own).sum(), f"{outcome}: n")
                    continue
                close(cells[name]["mean"], own.mean(), f"{outcome} {name} mean")
                close(cells[name]["se"], own.mean(axis=0).std(ddof=1) / np.sqrt(own.shape[1]), f"{outcome} se")
                if r == 0:
                    check("difference" not in cells[name], "the baseline has no difference")
                    continue
                difference = own - values[:, 0, :]
                months = file.attrs["months"] if UNITS[outcome] == "months" else None
                top = 1 if UNITS[outcome] == "share" else months or np.inf
                none = 0 if outcome == "holism" else months + 1 if months else None
                low, high = paired_interval(own, values[:, 0, :], top, none)
                close(cells[name]["difference"], difference.mean(), f"{outcome} difference")
                # the ends of a nearly symmetric sample: a small difference of large numbers here
                close(cells[name]["low"], low, f"{outcome} low", 1e-7)
                close(cells[name]["high"], high, f"{outcome} high", 1e-7)
                close(cells[name]["tied_share"], (difference == 0).mean(), f"{outcome} tied")
                better = BETTER[outcome]
                if better:
                    close(cells[name]["better_share"], (better * difference > 0).mean(), f"{outcome} better")
                if better and values.shape[0] > 1:
                    means = values.mean(axis=2)
                    regret = (better * means).max(axis=1) - better * means[:, r]
                    close(cells[name]["regret"]["max"], regret.max(), f"{outcome} largest regret")
                    close(cells[name]["regret"]["mean"], regret.mean(), f"{outcome} mean regret")
                    close(cells[name]["regret"]["p90"], np.quantile(regret, 0.9), f"{outcome} regret, 90%")
                    close(cells[name]["worst_point"], better * (better * means[:, r]).min(), f"{outcome} worst point")
    rows = list(csv.DictReader(io.StringIO(dredge("compare", results, "--csv"))))
    check(len(rows) == len(document["outcomes"]) * len(names), "a row per outcome and regime")
    for row in rows:
        cell = document["outcomes"][row["outcome"]][row["regime"]]
        if row["difference"]:
            close(float(row["difference"]), float(f"{cell['difference']:.10g}"), "csv")
    table = dredge("compare", results)
    check("structural_share" in table and "intervals rest on" in " ".join(table.split()), "the table ends with a verdict")
    check(max(map(len, table.splitlines())) <= 80, "80 columns")
    other = json.loads(dredge("compare", results, "--baseline", "iterative", "--json"))["outcomes"]["structural_share"]
    close(other["linear_kpi"]["difference"], -document["outcomes"]["structural_share"]["iterative"]["difference"],
          "the other way round")


def check_sensitivity(results):
    document = json.loads(dredge("sensitivity", results, "--json"))
    with h5py.File(results) as file:
        gain = (file["structural_share"][:, -1, :] - file["structural_share"][:, 0, :]).mean(axis=1)
        for key, own in document["factors"].items():
            factor = file[key.replace(".", "_")][:]
            levels = np.unique(factor)
            means = [gain[factor == level].mean() for level in levels]
            close(own["at_lowest"], means[0], f"{key} lowest")
            close(own["most"], max(means), f"{key} most")
    close(document["mean"], gain.mean(), "mean of the target")
    rows = list(csv.DictReader(io.StringIO(dredge("sensitivity", results, "--csv"))))
    check({row["factors"] for row in rows} >= set(document["factors"]), "every factor has rows")
    check("What drives" in dredge("sensitivity", results, "--outcome", "trust_end", "--regime", "iterative"), "table")


def check_saltelli(results):
    document = json.loads(dredge("sensitivity", results, "--json", "--regime", "iterative"))
    check(document["method"] == "sobol", "a saltelli design gives Sobol indices")
    with h5py.File(results) as file:
        y = file["structural_share"][:, 1, :].mean(axis=1).reshape(-1, 6)
    y = y - y.mean()
    a, b, ab, ba = y[:, 0], y[:, 1], y[:, 2:4], y[:, 4:6]
    variance = ((a ** 2).mean() + (b ** 2).mean()) / 2 - ((a.mean() + b.mean()) / 2) ** 2
    for i, key in enumerate(document["factors"]):
        own = document["factors"][key]
        close(own["first"]["value"], ((b * (ab[:, i] - a)).mean() + (a * (ba[:, i] - b)).mean()) / 2 / variance, "first")
        close(own["total"]["value"], (((a - ab[:, i]) ** 2).mean() + ((b - ba[:, i]) ** 2).mean()) / 4 / variance,
              "total")
        check(own["total"]["low"] <= own["total"]["value"] <= own["total"]["high"], "the interval holds the value")


def check_discover(results):
    document = json.loads(dredge("discover", results, "--below", "0.1", "--regime", "iterative", "--json"))
    with h5py.File(results) as file:
        y = file["structural_share"][:, 1, :].mean(axis=1)
        check(document["cases"] == (y < 0.1).sum(), "cases")
        for box in document["boxes"][:1]:
            inside = np.ones(y.size, bool)
            for key, limit in box["limits"].items():
                factor = file[key.replace(".", "_")][:]
                inside &= factor >= (-np.inf if limit["low"] is None else limit["low"])
                inside &= factor <= (np.inf if limit["high"] is None else limit["high"])
            check(box["points"] == inside.sum(), "points in the box")
            close(box["density"], (y[inside] < 0.1).mean(), "density")
            close(box["coverage"], (y[inside] < 0.1).sum() / (y < 0.1).sum(), "coverage")
    check(document["boxes"], "a skill of nothing fails: there is a box")
    check("convener.skill" in document["boxes"][0]["limits"], "and it is about skill")
    check("Box 1" in dredge("discover", results, "--below", "0.1", "--regime", "iterative"), "table")
    check(dredge("discover", results, "--above", "5").count("Nowhere") == 1, "nowhere")


def check_tune(folder):
    path = os.path.join(folder, "plain.yaml")
    words = ["tune", path, "--candidates", "32", "--generations", "2", "--validate", "60", "--quiet"]
    document = json.loads(dredge(*words, "--subject-to", "symptom_burden<=0.9", "--json"))
    close(document["optimism"], document["searched"] - document["validated"], "optimism")
    check(document["feasible"] and document["winner"] in {row["name"] for row in document["finalists"]},
          "a winner that meets the bound")
    finalists = {own["name"]: own for own in document["finalists"]}
    leads = {name: own["outcomes"]["structural_share"].get("difference", -1) for name, own in finalists.items()}
    check(max(lead for name, lead in leads.items() if name != "iterative") == leads[document["winner"]], "the best finalist")
    check(abs(leads[document["winner"]] - document["validated"]) < 0.15, "another seed says about the same")
    again = json.loads(dredge(*words, "--subject-to", "symptom_burden<=0.9", "--json", "--threads", "1"))
    check(again == document, "the same at any number of threads")
    fixed = json.loads(dredge(*words, "--vary", "base", "--minimise", "symptom_year3", "--json"))
    check({own["steering"]["depth"] for own in fixed["finalists"]} == {0.5}, "only base moves")
    check("ready for a study" in dredge(*words), "table")
    for outcome in ("structural_share", "symptom_year3", "trust_end"):
        head, *rows = [line.split(",") for line in dredge(*words, "--maximise", outcome, "--csv").splitlines()]
        check(len(set(head)) == len(head) and outcome in head, f"every column of {outcome} once")
        check({len(row) for row in rows} == {len(head)}, f"as many cells of {outcome} as columns")
    worlds = os.path.join(folder, "worlds.yaml")
    with open(worlds, "w") as file:
        file.write("months: 24\nregimes: [linear_kpi, iterative]\ndesign: {factors: {theory: [mixed, inertia]}}\n")
    words[1] = worlds
    robust = json.loads(dredge(*words, "--robust", "--by", "worst", "--json"))
    check(robust["worlds"] == 2, "two theories are two worlds")
    for own in robust["finalists"]:
        check(own["robust"]["worst"] <= own["robust"]["mean"] and own["robust"]["regret"] >= 0, "worst and regret")
    check("over 2 worlds" in dredge(*words, "--robust"), "a table of worlds")
    fails(2, *words, "--by", "worst", says="--by needs --robust")
    fails(2, *words, "--robust", "--by", "best", says="must be mean, worst or regret")


def check_missing(folder):
    """Where runs lack an outcome, the numbers of a row add up on every way out, and each way says what is missing."""
    common = ("months: 30\naftercare_months: 6\nreplicates: 24\noutcomes: [{name: both, weights: {durability: 1, trust_end: 1}}]\n"
              "design: {factors: {convener.skill: [0.05, 0.9], funder.target: [0.5, 3]}}\n")
    for name, regimes in (("three", "linear_kpi, iterative, constant"), ("two", "linear_kpi, iterative"), ("one", "iterative")):
        results = study(folder, f"lacks_{name}", common + f"regimes: [{regimes}]\n")
        document = json.loads(dredge("compare", results, "--json"))["outcomes"]
        for row in csv.DictReader(io.StringIO(dredge("compare", results, "--csv"))):
            if row["difference"]:
                close(float(row["pair_mean"]) - float(row["pair_baseline_mean"]), float(row["difference"]), "csv adds up", 1e-6)
        page = os.path.join(folder, f"lacks_{name}.html")
        dredge("report", results, "-o", page)
        with open(page, encoding="utf-8") as file:
            text = file.read()
        notes = {key: html.unescape(words) for key, words in
                 re.findall(r'<tr data-missing="(\w+)"><td[^>]*>(.*?)</td></tr>', text)}
        lacking = {key for key, rows in document.items() if 0 < min(row["n"] for row in rows.values()) < 96}
        check(set(notes) == lacking and {"durability", "person_months_per_layer", "both"} <= lacking, f"notes of {name}")
        check("missing if nothing was addressed" in notes["durability"], "why")
        dutch = " ".join(dredge("compare", results, "--language", "nl").split())
        check("ontbreekt als er niets was aangepakt" in dutch and "Geen waarde voor bestendigheid in" in dutch, "in Dutch")
        for outcome in lacking:
            for regime, row in document[outcome].items():
                check(f"{96 - row['n']} of 96 runs of {regime}" in notes[outcome], f"{outcome}: runs of {regime}")
                if "pairs" in row:
                    check(f"(n = {row['pairs']})" in notes[outcome] and f"(n = {row['pairs']})" in dutch, f"{outcome}: pairs")
        rows = re.findall(r'<tr data-outcome="(\w+)" data-regime="(\d)".*?</tr>', text)
        check(("durability", "0" if name == "one" else "1") in rows, "rows of the table")
        if name == "three":
            shown = re.search(r'<tr data-outcome="durability" data-regime="1".*?data-cell="pair_mean"[^>]*>([^<]+)<.*?'
                              r'data-cell="difference"[^>]*>([^<]+)<', text, re.S)
            base = re.search(r"iterative ([\d.]+) against ([\d.]+) of linear_kpi", notes["durability"])
            check(shown.group(1) == base.group(1), "the mean of the row is that of the note")
            close(float(base.group(1)) - float(base.group(2)), float(shown.group(2).replace("\u2212", "-")), "page adds up", 0.02)


def check_trouble(folder, plain, grid, alone, short):
    fails(2, "sensitivity", plain, says="no design: add one")
    fails(2, "discover", plain, "--below", "0", says="no design: add one")
    fails(2, "discover", grid, says="--above X and --below X")
    fails(2, "discover", grid, "--below", "much", says="is not a number")
    fails(2, "sensitivity", grid, "--outcome", "structual_share", says="did you mean structural_share?")
    fails(2, "compare", grid, "--baseline", "iteratif", says="it has linear_kpi, iterative")
    fails(2, "sensitivity", grid, "--difference", "iterative-nothing", says="such as iterative-linear_kpi")
    for command in (["sensitivity"], ["discover", "--above", "0"]):
        fails(2, *command, alone, "--outcome", "symptom_year3", says="no run has a value of symptom_year3 under iterative;")
        fails(2, *command, short, "--outcome", "symptom_year3", says="under iterative and a partner under linear_kpi;")
        fails(2, *command, grid, "--difference", "iterative-iterative", says="iterative against itself is 0 everywhere")
        fails(2, *command, grid, "--difference", "", says="such as iterative-linear_kpi")
        fails(2, *command, alone, "--difference", "iterative-iterative", says="against itself")
        fails(2, *command, alone, "--difference", "iterative-linear_kpi", says="this file has one regime, iterative")
    fails(2, "compare", says="a file is missing")
    fails(2, "report", grid, "--language", "fr", says="must be one of en, nl")
    fails(2, "tune", os.path.join(folder, "plain.yaml"), "--vary", "bass", says="is not one of base")
    fails(2, "tune", os.path.join(folder, "plain.yaml"), "--subject-to", "survival", says="must look like")
    for command in ("compare", "sensitivity", "report"):
        fails(4, command, os.path.join(folder, "nothing.h5"), says="nothing.h5")
        fails(4, command, os.path.join(folder, "plain.yaml"), says="plain.yaml")
    dredge("report", grid, "-o", os.path.join(folder, "page.html"))
    fails(4, "report", grid, "-o", os.path.join(folder, "page.html"), says="replace it with --force")
    fails(4, "report", grid, "-o", os.path.join(folder, "no", "page.html"), says="cannot create this file")


def main():
    for row in json.loads(dredge("show", "outcomes", "--json"))["outcomes"]:
        UNITS[row["name"]] = row["unit"]
        BETTER[row["name"]] = {"more": 1, "less": -1}.get(row["better"], 0)
    common = "months: 48\naftercare_months: 12\nseed: 4\nregimes: [linear_kpi, iterative]\n"
    with tempfile.TemporaryDirectory() as folder:
        plain = study(folder, "plain", "title: Plain\nreplicates: 30\n" + common)
        grid = study(folder, "grid", "title: Grid\nreplicates: 8\n" + common + "design:\n  method: grid\n  factors:\n"
                     "    convener.skill: [0.1, 0.5, 0.9]\n    funder.room: [0.2, 0.8]\n")
        alone = study(folder, "alone", "title: Alone\nreplicates: 4\nmonths: 12\nregimes: [iterative]\ndesign:\n"
                      "  method: grid\n  factors:\n    convener.skill: [0.1, 0.9]\n")
        short = study(folder, "short", "title: Short\nreplicates: 2\nmonths: 12\nregimes: [linear_kpi, iterative]\n"
                      "design: {method: latin_hypercube, points: 8, factors: {convener.skill: {low: 0.1, high: 0.9}}}\n")
        check("in a straight line" not in dredge("sensitivity", short, "--outcome", "solved_share"), "nothing varies")
        check("nan" not in dredge("sensitivity", short, "--outcome", "solved_share"), "nothing varies")
        saltelli = study(folder, "saltelli", "title: Sobol\nreplicates: 2\n" + common + "design:\n  method: saltelli\n"
                         "  bases: 32\n  factors:\n    convener.skill: {low: 0.1, high: 0.9}\n"
                         "    funder.room: {low: 0.2, high: 0.8}\n")
        sampled = study(folder, "sampled", "title: Sampled\nreplicates: 4\n" + common + "design:\n"
                        "  method: latin_hypercube\n  points: 120\n  factors:\n    convener.skill: {low: 0, high: 0.9}\n"
                        "    funder.room: {low: 0.2, high: 0.8}\n")
        for results in (plain, grid):
            check_compare(results)
        check_sensitivity(grid)
        check_saltelli(saltelli)
        check_discover(sampled)
        check_tune(folder)
        check_missing(folder)
        check_trouble(folder, plain, grid, alone, short)
    print(f"{CHECKS} passed, 0 failed")


main()
