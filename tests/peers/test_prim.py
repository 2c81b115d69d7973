#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PRIM beside the EMA Workbench (Kwakkel 2017) on the data sets of tests/data/prim: the largest harmonic mean F of coverage
and density on the peeling trajectory of its first box is what the first line of each file says. The unit test of prim.c
holds ours to the same figures.

    tests/peers/test_prim.py            compares; skipped (77) where the workbench is not installed
    tests/peers/test_prim.py --write    makes the data sets and their first lines again

Install with `pip install ema_workbench` in an environment of your own and run this file with its Python, or name it in
DREDGE_PEERS_PYTHON.
"""
import os
import sys
from pathlib import Path

TOP = Path(os.environ.get("DREDGE_SOURCE", Path(__file__).resolve().parent.parent.parent))
FOLDER = TOP / "tests/data/prim"
if os.environ.get("DREDGE_PEERS_PYTHON") and sys.executable != os.environ["DREDGE_PEERS_PYTHON"]:
    os.execv(os.environ["DREDGE_PEERS_PYTHON"], [os.environ["DREDGE_PEERS_PYTHON"], *sys.argv])
try:
    import numpy as np
    import pandas as pd
    from ema_workbench.analysis import prim
except ImportError:
    sys.exit(77)


def draw(name):
    """A data set: columns of factors (a name that ends in ? is a category), and which points are cases."""
    rng = np.random.default_rng(sum(map(ord, name)))
    n = 400
    uniform = {f"x{k}": rng.uniform(size=n).round(4) for k in range(4)}
    whole = {"layers": rng.integers(1, 6, n), "causes": rng.integers(2, 9, n)}
    flags = {"funds?": rng.integers(0, 2, n), "theory?": rng.integers(0, 3, n)}
    data, chance = {
        "numbers": (uniform, lambda d: np.where((d["x0"] > 0.55) & (d["x2"] < 0.5), 0.9, 0.05)),
        "whole": ({**uniform, **whole}, lambda d: np.where((d["layers"] >= 4) & (d["x1"] < 0.6), 0.85, 0.1)),
        "flags": ({**uniform, **flags}, lambda d: np.where((d["funds?"] == 1) & (d["x3"] > 0.4), 0.9, 0.05)),
        "common": ({**whole, **uniform}, lambda d: np.where(d["layers"] == 5, 1.0, 0.65)),
        "mixed": ({**whole, **flags, **uniform},
                  lambda d: np.where((d["theory?"] != 2) & (d["causes"] >= 5) & (d["x0"] > 0.3), 0.95, 0.1)),
    }[name]
    frame = pd.DataFrame(data)
    return frame, (rng.uniform(size=n) < chance(frame)).astype(int)


def best_f(frame, cases):
    frame = frame.copy()
    for name in frame.columns:
        if name.endswith("?"):
            frame[name] = frame[name].astype("category")
        else:
            frame[name] = frame[name].astype(float)
    box = prim.Prim(frame, np.asarray(cases, bool), threshold=0.8, peel_alpha=0.05, mass_min=0.05).find_box()
    coverage, density = box.peeling_trajectory["coverage"], box.peeling_trajectory["density"]
    return float((2 * coverage * density / (coverage + density)).max())


def main():
    if "--write" in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in ("numbers", "whole", "flags", "common", "mixed"):
            frame, cases = draw(name)
            with open(FOLDER / f"{name}.csv", "w", encoding="utf-8") as file:
                file.write(f"# F of the EMA Workbench: {best_f(frame, cases):.6f}\n")
                frame.assign(case=cases).to_csv(file, index=False)
        return
    files = sorted(FOLDER.glob("*.csv"))
    assert len(files) == 5, files
    for path in files:
        with open(path, encoding="utf-8") as file:
            stored = float(file.readline().split(":")[1])
            frame = pd.read_csv(file)
        found = best_f(frame.drop(columns="case"), frame["case"])
        print(f"{path.stem}: F {found:.4f}, stored {stored:.4f}")
        assert abs(found - stored) < 0.01, path


main()
