# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of results with matplotlib: fans, differences, a front, a map of theories. Each takes `ax`, or makes one, and
returns it."""
from __future__ import annotations

import numpy as np

from dredge._library import UsageError, whole

# Okabe & Ito: told apart by everybody.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999")


def _axes(ax, size=(7, 4)):
    if ax is not None:
        return ax
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise ImportError("pictures need matplotlib: pip install matplotlib") from None
    return plt.subplots(figsize=size, layout="constrained")[1]


def _colour(k):
    return COLOURS[k % len(COLOURS)]


def _label(row):
    return f"{row['long_name']} ({row['unit']})"


def _point(results, point):
    if whole("point", point, 0) >= results.about["points"]:
        raise UsageError(f"point = {point}: must be between 0 and {results.about['points'] - 1}")
    return point


def fan(results, series: str = "structural_share", point: int = 0, ax=None):
    """A series of every regime over the months of one design point: the mean, and bands that hold the middle half and the
    middle 90% of the replicates. Months are counted from 1, as people do; the coordinate of the dataset counts from 0. The bands are about luck in single collaborations, not about the mean."""
    values = results.trajectory(series)
    if values.ndim != 4:
        raise UsageError(f"{series}: a fan shows a series that is one number a month")
    values = values[_point(results, point)]
    if results.about["trajectories"] == "runs":
        mean, bands = np.nanmean(values, axis=1), np.nanquantile(values, (0.05, 0.25, 0.75, 0.95), axis=1)
    else:
        statistics = results.about["statistics"]
        mean, bands = values[:, statistics.index("mean")], [values[:, statistics.index(name)]
                                                            for name in ("q05", "q25", "q75", "q95")]
    ax, months = _axes(ax), np.array(results.about["months"]) + 1
    for k, regime in enumerate(results.regimes):
        ax.fill_between(months, bands[0][k], bands[3][k], color=_colour(k), alpha=0.12, linewidth=0)
        ax.fill_between(months, bands[1][k], bands[2][k], color=_colour(k), alpha=0.2, linewidth=0)
        ax.plot(months, mean[k], color=_colour(k), label=regime)
    ax.set(xlabel="month", ylabel=_label(results._series[series]))
    ax.legend(frameon=False)
    return ax


def differences(results, outcomes: str | list[str] | None = None, baseline: str | None = None, ax=None):
    """Paired differences to the baseline with their 95% intervals, each divided by the smallest difference that matters, so
    that outcomes in different units stand side by side. To the right is better, where one way is."""
    table = results.compare(baseline=baseline)
    names = list(results._outcome) if outcomes is None else [outcomes] if isinstance(outcomes, str) else list(outcomes)
    rows = [name for name in names if results._row(results._outcome, name, "outcome")["dimension"] == "scalar"
            and name in table.index.get_level_values("outcome")]
    regimes = [name for k, name in enumerate(results.regimes) if k != results._regime(baseline)]
    ax = _axes(ax, (7, 0.8 + 0.35 * len(rows)))
    ax.axvspan(-1, 1, color="#eeeeee", zorder=0)
    ax.axvline(0, color="#888888", linewidth=0.8)
    for k, regime in enumerate(regimes):
        for row, name in enumerate(rows):
            own = table.loc[(name, regime)]
            sign = -1 if results._outcome[name]["better"] < 0 else 1
            scale = sign * own["matters"] if own["matters"] > 0 else np.nan
            y = row + (k - (len(regimes) - 1) / 2) * 0.7 / max(1, len(regimes))
            ax.plot([own["low"] / scale, own["high"] / scale], [y, y], color=_colour(k + 1), linewidth=1.5)
            ax.plot(own["difference"] / scale, y, "o", color=_colour(k + 1), markersize=4,
                    label=regime if row == 0 else None)
    ax.set_yticks(range(len(rows)), [results._outcome[name]["long_name"] for name in rows])
    ax.invert_yaxis()
    ax.set_xscale("symlog", linthresh=1)
    ax.xaxis.set_major_formatter("{x:+g}")
    ax.set_xlabel(f"difference to {baseline or results.regimes[0]}, in differences that matter; right is better")
    ax.legend(frameon=False)
    return ax


def front(results, x: str, y: str, point: int = 0, ax=None):
    """Two outcomes of every regime: means with 95% intervals of the mean. Filled are the regimes on the front: no other is at
    least as well on both, and better on one."""
    ax, marks = _axes(ax, (5, 4.5)), []
    for name in (x, y):
        runs = results.outcome(name)[_point(results, point)]
        if runs.ndim != 2:
            raise UsageError(f"{name}: a front shows outcomes that are one number a run")
        n = np.count_nonzero(~np.isnan(runs), axis=1)
        marks.append((np.nanmean(runs, axis=1), 1.96 * np.nanstd(runs, axis=1, ddof=1) / np.sqrt(n)))
    better = np.array([results._outcome[name]["better"] or 1 for name in (x, y)])
    means = np.column_stack([mean for mean, _ in marks]) * better
    for k, regime in enumerate(results.regimes):
        is_beaten = any(np.all(other >= means[k]) and np.any(other > means[k]) for other in means)
        ax.errorbar(marks[0][0][k], marks[1][0][k], xerr=marks[0][1][k], yerr=marks[1][1][k], fmt="o", color=_colour(k),
                    markerfacecolor="white" if is_beaten else _colour(k), label=regime)
    arrows = {1: "more is better", -1: "less is better", 0: "neither way is better"}
    ax.set(xlabel=f"{_label(results._outcome[x])}, {arrows[results._outcome[x]['better']]}",
           ylabel=f"{_label(results._outcome[y])}, {arrows[results._outcome[y]['better']]}")
    ax.legend(frameon=False)
    return ax


def theories(results, outcome: str = "structural_share", baseline: str | None = None, ax=None):
    """A map of a study whose design crosses theories: for each theory and regime the mean paired difference to the baseline,
    with its sign written out where the 95% interval leaves out 0. Other factors are averaged over."""
    factors = {factor["key"]: factor["values"] for factor in results.about["factors"]}
    if "theory" not in factors:
        raise UsageError("a map of theories needs a design with the factor `theory`")
    runs = results.outcome(outcome)
    base = results._regime(baseline)
    shown = [k for k in range(len(results.regimes)) if k != base]
    labels = list(dict.fromkeys(factors["theory"]))
    cells, words = np.empty((len(labels), len(shown))), {}
    for row, label in enumerate(labels):
        at = [point for point, value in enumerate(factors["theory"]) if value == label]
        for column, regime in enumerate(shown):
            paired = (runs[at, regime] - runs[at, base]).ravel()
            paired = paired[~np.isnan(paired)]
            cells[row, column] = paired.mean() if len(paired) else np.nan
            half = 1.96 * paired.std(ddof=1) / np.sqrt(len(paired)) if len(paired) > 1 else np.inf
            words[row, column] = f"{cells[row, column]:+.2g}" if abs(cells[row, column]) > half else "·"
    ax = _axes(ax, (2.5 + 1.4 * len(shown), 1 + 0.35 * len(labels)))
    most = np.nanmax(np.abs(cells)) or 1
    better = results._row(results._outcome, outcome, "outcome")["better"] or 1
    image = ax.imshow(cells, cmap="PuOr" if better > 0 else "PuOr_r", vmin=-most, vmax=most, aspect="auto")
    for (row, column), word in words.items():
        is_dark = abs(cells[row, column]) > 0.6 * most
        ax.text(column, row, word, ha="center", va="center", color="white" if is_dark else "black")
    ax.set_xticks(range(len(shown)), [results.regimes[k] for k in shown])
    ax.set_yticks(range(len(labels)), [results.theory_name(label) for label in labels])
    ax.figure.colorbar(image, ax=ax, label=f"{_label(results._outcome[outcome])}, difference to {results.regimes[base]}")
    return ax
