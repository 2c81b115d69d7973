#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sobol indices beside SALib (Iwanaga, Usher & Herman 2022) on the same samples: SALib draws Saltelli designs of test functions,
with and without groups, and tells the indices. Ours use each row both ways (A with a column of B, and B with one of A), so
they are the mean of SALib's answers to the design and to the same with A and B exchanged; tests/data/sobol holds the values of
each design and these answers, and the unit test of sobol_indices.c is held to them to rounding.

    tests/peers/test_sobol.py            compares; skipped (77) where SALib is not installed
    tests/peers/test_sobol.py --write    makes the data again

Install with `pip install SALib` in an environment of your own and run this file with its Python, or name it in
DREDGE_PEERS_PYTHON.
"""
import os
import sys
from pathlib import Path

TOP = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parent.parent.parent))
FOLDER = TOP / "tests/data/sobol"
if os.environ.get("DREDGE_PEERS_PYTHON") and sys.executable != os.environ["DREDGE_PEERS_PYTHON"]:
    os.execv(os.environ["DREDGE_PEERS_PYTHON"], [os.environ["DREDGE_PEERS_PYTHON"], *sys.argv])
try:
    import numpy as np
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample
    from SALib.test_functions import Ishigami, Sobol_G
except ImportError:
    sys.exit(77)

PI = [[-np.pi, np.pi]] * 3
PROBLEMS = {
    "ishigami": ({"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": PI}, Ishigami.evaluate),
    "ishigami_grouped": ({"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": PI, "groups": ["a", "b", "a"]},
                         Ishigami.evaluate),
    "g_function": ({"num_vars": 8, "names": [f"x{i}" for i in range(8)], "bounds": [[0, 1]] * 8}, Sobol_G.evaluate),
}


def answers(problem, y):
    """SALib's indices: first, total, and of pairs in the order (0, 1), (0, 2), ..., (1, 2), ..."""
    told = analyze.analyze(problem, y, calc_second_order=True, num_resamples=2, seed=1)
    n = len(told["S1"])
    return np.concatenate([told["S1"], told["ST"], [told["S2"][i, j] for i in range(n) for j in range(i + 1, n)]])


def compute(problem, rows):
    """From rows A, B, AB_1 .. AB_k, BA_1 .. BA_k: the mean of SALib's answers both ways."""
    k = (rows.shape[1] - 2) // 2
    there = np.column_stack([rows[:, :1], rows[:, 2:], rows[:, 1:2]])
    back = np.column_stack([rows[:, 1:2], rows[:, 2 + k:], rows[:, 2:2 + k], rows[:, :1]])
    return (answers(problem, there.ravel()) + answers(problem, back.ravel())) / 2


def draw(problem, function):
    """Values of a design in our order; SALib's is A, AB_1 .. AB_k, BA_1 .. BA_k, B."""
    y = function(sample.sample(problem, 64, calc_second_order=True, seed=7))
    k = len(set(problem.get("groups") or problem["names"]))
    rows = y.reshape(-1, 2 * k + 2)
    return np.column_stack([rows[:, :1], rows[:, -1:], rows[:, 1:-1]])


def main():
    if "--write" in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, (problem, function) in PROBLEMS.items():
            rows = draw(problem, function)
            with open(FOLDER / f"{name}.csv", "w", encoding="utf-8") as file:
                file.write("# SALib: " + ",".join(f"{value:.17g}" for value in compute(problem, rows)) + "\n")
                np.savetxt(file, rows, fmt="%.17g", delimiter=",")
        return
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(PROBLEMS)
    for name, (problem, _) in PROBLEMS.items():
        with open(FOLDER / f"{name}.csv", encoding="utf-8") as file:
            stored = np.array(file.readline().split(":")[1].split(","), float)
            rows = np.loadtxt(file, delimiter=",")
        found = compute(problem, rows)
        print(f"{name}: {abs(found - stored).max():.1e} from what is stored")
        assert abs(found - stored).max() < 1e-9, name


main()
