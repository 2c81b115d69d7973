#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers in the sentences of reports of unlike studies: one regime, equal regimes, one and two replicates, runs and
summaries, a design with theories, collaborations that end, months that are left out."""
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sentences import check_study  # noqa: E402

STUDIES = {
    "one_regime": "months: 24\nreplicates: 5\nregimes: [iterative]\n",
    "equal": "months: 40\nreplicates: 24\nregimes: [iterative, {name: same, like: iterative}]\n",
    "one_replicate": "months: 40\nreplicates: 1\nregimes: [linear_kpi, iterative]\n",
    "two_replicates": "months: 40\nreplicates: 2\nregimes: [linear_kpi, iterative, constant]\ndesign: {factors: {convener.skill: [0.2, 0.8]}}\n",
    "runs": "months: 48\nreplicates: 30\nregimes: [linear_kpi, iterative, results_only]\noutput: {trajectories: runs}\n"
            "design: {factors: {funder.target: [0.25, 1, 2]}}\n",
    "theories": "months: 60\nreplicates: 20\nregimes: [linear_kpi, linear_sustained, iterative]\n"
                "design: {factors: {theory: [mixed, dredging, analysis_first], funder.target: [0.5, 1.5]}}\n",
    "bins": "months: 40\nreplicates: 8\nregimes: [linear_kpi, iterative]\ndesign: {method: latin_hypercube, points: 40, factors: "
            "{funder.target: {low: 0.1, high: 4, scale: log}, convener.skill: {low: 0.1, high: 0.9}, government.convenes: [true, false]}}\n",
    "one_each": "months: 40\nreplicates: 1\nregimes: [linear_kpi, iterative]\ndesign: {method: sobol, points: 32, factors: "
                "{convener.skill: {low: 0.1, high: 0.9}, theory: [mixed, dredging]}}\n",
    "prices": "months: 50\nreplicates: 40\nmodel: {collapse_below: 0.6}\nregimes: [linear_kpi, iterative]\n"
              "costs: {hours_per_seat_month: 10, euro_per_hour: 80, convener_euro_per_month: 5000, discount_per_year: 0.05}\n",
    "ending": "months: 60\nreplicates: 25\nmodel: {collapse_below: 0.75}\nregimes: [linear_kpi, iterative]\noutput: {every: 5}\n",
    "no_months": "months: 30\nreplicates: 12\nregimes: [linear_kpi, iterative]\noutput: {trajectories: none}\n",
}


def main():
    total = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, study in STUDIES.items():
            n = check_study(os.environ["DREDGE"], Path(folder), name, f"title: {name}\n{study}")
            print(f"{name}: {n} numbers")
            total += n
    assert total > 250, total


if __name__ == "__main__":
    main()
