# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures show the numbers that they say they show."""
import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

import dredge
from dredge import plots

SMALL = {"months": 24, "aftercare_months": 6, "seed": 5, "replicates": 20,
         "regimes": ["linear_kpi", "linear_sustained", "iterative"]}


@pytest.fixture(scope="module")
def results():
    return dredge.Study(SMALL).run()


@pytest.fixture(autouse=True)
def close():
    yield
    matplotlib.pyplot.close("all")


@pytest.mark.parametrize("trajectories", ["summary", "runs"])
def test_a_fan(trajectories):
    results = dredge.Study(SMALL, set={"output.trajectories": trajectories}).run()
    ax = plots.fan(results, "trust")
    assert [line.get_label() for line in ax.lines] == SMALL["regimes"]
    assert list(ax.lines[0].get_xdata()) == list(range(1, 31))
    values = results.trajectory("trust")[0, 0]
    expected = values[results.about["statistics"].index("mean")] if trajectories == "summary" else values.mean(axis=0)
    np.testing.assert_allclose(ax.lines[0].get_ydata(), expected, rtol=1e-6)


def test_differences(results):
    ax = plots.differences(results, ["structural_share", "symptom_burden"])
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    own = results.compare().loc[("symptom_burden", "iterative")]
    assert len(dots) == 4
    assert dots[-1].get_xdata()[0] == pytest.approx(-own["difference"] / own["matters"])


def test_a_front(results):
    ax = plots.front(results, "quick_results", "trust_end")
    assert len(ax.containers) == 3
    best = max(range(3), key=lambda k: results.outcome("trust_end")[0, k].mean())
    assert ax.containers[best].lines[0].get_markerfacecolor() != "white"


def test_a_map_of_theories():
    design = {"method": "grid", "factors": {"theory": ["mixed", "inertia"], "convener.skill": [0.3, 0.7]}}
    results = dredge.Study(SMALL | {"design": design}).run()
    ax = plots.theories(results)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["mixed", "inertia"]
    assert [label.get_text() for label in ax.get_xticklabels()] == SMALL["regimes"][1:]
    runs, frame = results.outcome("structural_share"), results.to_pandas()
    at = frame[(frame["regime"] == "iterative") & (frame["replicate"] == 0)]["theory"].eq("inertia").to_numpy()
    expected = (runs[at, 2] - runs[at, 0]).mean()
    assert ax.images[0].get_array()[1, 1] == pytest.approx(expected)


@pytest.mark.parametrize("draw, sentence", [
    (lambda r: plots.fan(r, "trusd"), "did you mean trust"),
    (lambda r: plots.fan(r, "trust", point=1), "point = 1"),
    (lambda r: plots.front(r, "quick_results", "trust_end_by_pair"), "one number"),
    (lambda r: plots.theories(r), "the factor `theory`"),
    (lambda r: plots.differences(r, ["trusd"]), "no outcome"),
])
def test_mistakes(results, draw, sentence):
    with pytest.raises(dredge.UsageError, match=sentence):
        draw(results)
