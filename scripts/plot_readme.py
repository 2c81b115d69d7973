#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the picture of the README from a results file: what three regimes do over time, with the spread over replicates.

    dredge run scenarios/energy_transition.yaml -o results/energy_transition.h5
    scripts/plot_readme.py results/energy_transition.h5 docs/pictures/first_result.png
"""
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import xarray as xr

REGIMES = {
    "linear_kpi": ("#d55e00", "linear, steered on KPIs"),
    "linear_sustained": ("#009e73", "the same, but process work goes on"),
    "iterative": ("#0072b2", "iterative"),
}
PANELS = {
    "month_structural_share": "causes addressed (structural share)",
    "month_symptom": "symptom",
}


def fan(axis, data, colour, label):
    """Mean and middle half of the replicates over the months."""
    month = data.month + 1
    band = {name: data.sel(statistic=name) for name in ("mean", "q25", "q75")}
    axis.fill_between(month, band["q25"], band["q75"], color=colour, alpha=0.15, linewidth=0)
    axis.plot(month, band["mean"], color=colour, linewidth=2, label=label)


def main(results, picture):
    with xr.open_dataset(results) as data:
        replicates = data.sizes["replicate"]
        figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharex=True, sharey=True)
        for axis, (name, title) in zip(axes, PANELS.items()):
            for regime, (colour, label) in REGIMES.items():
                fan(axis, data[name].isel(point=0).sel(regime=regime), colour, label)
            axis.axvline(120, color="0.4", linewidth=1, linestyle="--")
            axis.text(122, 0.97, "support\nends", va="top", fontsize=8, color="0.3")
            axis.set(title=title, xlabel="month", ylim=(0, 1), xlim=(1, float(data.month.max()) + 1))
            axis.spines[["top", "right"]].set_visible(False)
        axes[0].set_ylabel("share")
        axes[0].legend(loc="upper left", frameon=False)
        title = f"{data.attrs['title']}: mean and middle half of {replicates} replicates"
        figure.suptitle(title, fontsize=10)
        figure.tight_layout()
        figure.savefig(picture, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
