#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures from a results file with xarray and matplotlib: fans over time, paired differences, and a map of two factors.

    scripts/examples/figures.py FILE.h5 FOLDER
"""
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

OUTCOMES = ["structural_share", "solved_share", "symptom_year3", "symptom_burden", "symptom_after", "trust_end"]


def fans(data, picture):
    """Mean and middle 90% over the replicates of the first design point, from summaries or from runs."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharex=True)
    for axis, name in zip(axes, ["month_structural_share", "month_symptom"]):
        series = data[name].isel(point=0)
        for regime in data.regime.values:
            own = series.sel(regime=regime)
            if "statistic" in own.dims:
                mean, low, high = (own.sel(statistic=s) for s in ("mean", "q05", "q95"))
            else:
                mean = own.mean("replicate")
                low, high = (own.quantile(q, "replicate") for q in (0.05, 0.95))
            line, = axis.plot(data.month + 1, mean, label=regime)
            axis.fill_between(data.month + 1, low, high, color=line.get_color(), alpha=0.2)
        axis.set_title(series.attrs["long_name"])
        axis.set_xlabel("month")
    axes[0].legend()
    figure.tight_layout()
    figure.savefig(picture, dpi=120)


def differences(data, picture):
    """Paired differences to the first regime, in standard deviations of the difference: the mean over the design points
    in each replicate, and its 95% interval over replicates."""
    figure, axis = plt.subplots(figsize=(8, 4))
    for shift, regime in enumerate(data.regime.values[1:]):
        for row, name in enumerate(OUTCOMES):
            difference = (data[name].sel(regime=regime) - data[name].isel(regime=0)).mean("point")
            spread = float(difference.std("replicate", ddof=1)) or 1.0
            half = 1.96 / np.sqrt(difference.count("replicate").item())
            axis.errorbar(float(difference.mean("replicate")) / spread, row + 0.15 * shift, xerr=half, fmt="o",
                          color=f"C{shift + 1}", label=regime if row == 0 else None)
    axis.axvline(0, color="0.5")
    axis.set_yticks(range(len(OUTCOMES)), [data[name].attrs["long_name"] for name in OUTCOMES])
    axis.set_xlabel(f"difference to {data.regime.values[0]}, in its standard deviations")
    axis.legend()
    figure.tight_layout()
    figure.savefig(picture, dpi=120)


def phase_map(data, picture):
    """Where the last regime beats the first on structural share, over the first two factors of the design."""
    factors = [name for name in data.data_vars if data[name].dims == ("point",)]
    if len(factors) < 2:
        return False
    gain = (data.structural_share.isel(regime=-1) - data.structural_share.isel(regime=0)).mean("replicate")
    most = float(abs(gain).max()) or 1.0
    figure, axis = plt.subplots(figsize=(6, 4.5))
    dots = axis.scatter(data[factors[0]], data[factors[1]], c=gain, cmap="RdBu", vmin=-most, vmax=most, s=90,
                        edgecolor="0.4")
    axis.set_xlabel(data[factors[0]].attrs["long_name"])
    axis.set_ylabel(data[factors[1]].attrs["long_name"])
    figure.colorbar(dots, label=f"structural share: {data.regime.values[-1]} minus {data.regime.values[0]}")
    figure.tight_layout()
    figure.savefig(picture, dpi=120)
    return True


def main(results, folder):
    os.makedirs(folder, exist_ok=True)
    with xr.open_dataset(results) as data:
        fans(data, os.path.join(folder, "fans.png"))
        differences(data, os.path.join(folder, "differences.png"))
        phase_map(data, os.path.join(folder, "map.png"))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
