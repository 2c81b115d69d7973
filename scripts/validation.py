# SPDX-License-Identifier: GPL-3.0-or-later
"""How scripts/validate runs a study, and what it computes of the results."""
import os
import subprocess
from pathlib import Path

import numpy as np
import xarray as xr
from scipy.stats import spearmanr

TOP = Path(__file__).resolve().parent.parent
DREDGE = os.environ.get("DREDGE", str(TOP / "build/release/dredge"))


def run(study, work, *options):
    """Runs a study and opens its results file."""
    output = Path(work) / "run.h5"
    scenario = TOP / "scenarios" / f"{study}.yaml"
    subprocess.run([DREDGE, "run", str(scenario), "-o", str(output), "--quiet", "--force", *options], check=True)
    with xr.open_dataset(output) as data:
        return data.load()


def interval(values, axis=-1):
    """Mean and half width of its 95% interval; missing values left out."""
    count = np.sum(~np.isnan(values), axis=axis)
    return np.nanmean(values, axis=axis), 1.96 * np.nanstd(values, axis=axis, ddof=1) / np.sqrt(count)


def gain(data, outcome, regime="iterative", baseline="linear_kpi"):
    """Paired differences, (point, replicate)."""
    values = data[outcome]
    return (values.sel(regime=regime) - values.sel(regime=baseline)).values


def factors(data):
    """The factors of the design, each (point)."""
    return {name: variable.values for name, variable in data.variables.items()
            if variable.dims == ("point",) and variable.dtype.kind == "f"}


def means_table(data, outcomes, out, point=0, label=""):
    baseline = str(data.regime.values[0])
    for outcome in outcomes:
        for regime in data.regime.values:
            mean, _ = interval(data[outcome].isel(point=point).sel(regime=regime).values)
            line = f"{label}{outcome:20s} {regime:18s} {mean:9.4f}"
            if str(regime) != baseline:
                difference, half = interval(gain(data, outcome, str(regime), baseline)[point])
                line += f"   difference {difference:+.4f} +- {half:.4f}"
            print(line, file=out)


def each_point(data, outcomes, out):
    for point in range(data.sizes["point"]):
        label = " ".join(f"{name}={values[point]:g}" for name, values in list(factors(data).items())[:2])
        means_table(data, outcomes, out, point, f"[{label}] ")


def crossing(strengths, curve):
    """Where a curve first changes its sign, by straight lines between the strengths."""
    for (x0, y0), (x1, y1) in zip(zip(strengths, curve), zip(strengths[1:], curve[1:])):
        if y0 * y1 < 0:
            return f"{x0 + (x1 - x0) * y0 / (y0 - y1):.2f}"
    return f"no strength up to {strengths[-1]:g}"


def verdict(what, mean, half, conditions_of, chosen, out):
    holds, reversed_, n = mean > half, mean < -half, len(mean)
    low, middle, high = np.quantile(mean, (0.05, 0.5, 0.95))
    print(f"{what} is above zero in {holds.sum()} of {n} points ({holds.mean():.3f}), below in {reversed_.sum()}",
          f"({reversed_.mean():.3f}), undecided in {n - holds.sum() - reversed_.sum()}; median {middle:+.4f},",
          f"5% to 95% {low:+.4f} to {high:+.4f}", file=out)
    ranks = {name: spearmanr(values[chosen], mean).statistic for name, values in conditions_of.items()}
    for name in sorted(ranks, key=lambda key: -abs(ranks[key]))[:6]:
        print(f"    {name:24s} rank correlation with the difference {ranks[name]:+.2f}", file=out)
