#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers in the sentences of the reports of forty random studies, with up to 20 regimes, 12 factors, 2,000 points and all
theories."""
import os
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "report"))
from sentences import check_study  # noqa: E402

N_STUDIES = 40
REGIMES = ["linear_kpi", "linear_sustained", "iterative", "iterative_deep", "linear", "iterative_kpi", "constant",
           "alternating", "results_only", "process_only"]
THEORIES = ["mixed", "dredging", "analysis_first", "experimentalism", "goal_setting", "storming_first", "inertia",
            "collective_action", "old_wounds", "time_heals", "hand_in_hand", "fatigue"]
SPANS = {"convener.skill": (0, 1), "funder.target": (0.25, 2), "funder.room": (0, 1), "recognition": (0, 1),
         "divergence": (0.3, 2), "problem.urgency": (0.1, 1), "model.turnover": (0, 0.02), "model.rest": (0.55, 0.9),
         "model.diagnose": (4, 24), "model.relief": (0.01, 0.1), "problem.known": (0, 1), "convener.sensing": (0, 1)}


def regimes(luck, n):
    names = luck.sample(REGIMES, min(n, len(REGIMES)))
    own = [f"{{name: own_{i}, like: iterative, base: {luck.uniform(0.05, 0.6):.3f}}}" for i in range(n - len(names))]
    return names + own


def study(luck, number):
    n_regimes = luck.choice([1, 2, 2, 3, 4, 6, 7, 12, 20])
    replicates = luck.choice([1, 2, 3, 8, 20, 40])
    lines = [f"title: study {number}", f"seed: {number}", f"months: {luck.choice([12, 24, 36, 60])}",
             f"aftercare_months: {luck.choice([0, 12, 36])}", f"replicates: {replicates}",
             f"regimes: [{', '.join(regimes(luck, n_regimes))}]"]
    design = luck.choice(["none", "grid", "latin_hypercube", "theories", "many"])
    if design == "grid":
        keys = luck.sample(sorted(SPANS), 2)
        values = [", ".join(f"{SPANS[key][0] + share * (SPANS[key][1] - SPANS[key][0]):.4g}" for share in (0.1, 0.5, 0.9))
                  for key in keys]
        lines.append("design: {factors: {" + ", ".join(f"{k}: [{v}]" for k, v in zip(keys, values)) + "}}")
    elif design == "theories":
        lines.append(f"design: {{factors: {{theory: [{', '.join(THEORIES)}]}}}}")
    elif design in ("latin_hypercube", "many"):
        points = 2000 if design == "many" and n_regimes <= 3 and replicates <= 3 else 32
        spans = ", ".join(f"{key}: {{low: {low}, high: {high}}}" for key, (low, high) in SPANS.items())
        lines.append(f"design: {{method: {'sobol' if points == 2000 else 'latin_hypercube'}, points: {points}, factors: {{{spans}}}}}")
    if luck.random() < 0.3:
        lines.append("model: {collapse_below: 0.8}")
    every, kind = luck.choice([(1, "summary"), (6, "summary"), (1, "runs"), (1, "none")])
    kind = "summary" if kind == "runs" and design == "many" else kind
    lines.append(f"output: {{trajectories: {kind}, every: {every}}}")
    return "\n".join(lines) + "\n"


def main():
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, int(os.environ.get("STUDIES", N_STUDIES)) + 1):
            text = study(random.Random(number), number)
            try:
                n = check_study(os.environ["DREDGE"], Path(folder), f"study_{number}", text)
            except Exception:
                print(text, flush=True)
                raise
            print(f"study {number}: {n} numbers", flush=True)
            total += n
    assert total > 1000, total


if __name__ == "__main__":
    main()
