# SPDX-License-Identifier: GPL-3.0-or-later
"""What users pass by mistake, and odd lives of objects: an exception that says what to do, or the right numbers."""
import copy
import gc
import os
import threading

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import dredge

SMALL = {"months": 12, "aftercare_months": 6, "seed": 5, "replicates": 8, "regimes": ["linear_kpi", "iterative"]}
FACTORS = ["convener.skill", "funder.target"]
ROWS = np.array([[0.3, 0.5], [0.6, 1.0]])


@pytest.fixture(scope="module")
def study():
    return dredge.Study(SMALL)


@pytest.fixture(scope="module")
def results(study):
    return study.run()


@pytest.fixture(scope="module")
def f(study):
    return study.function(FACTORS, replicates=4)


def nested(depth):
    study = {}
    for _ in range(depth):
        study = {"a": study}
    return study


@pytest.mark.parametrize("make, error, sentence", [
    (lambda: nested(100_000), dredge.UsageError, "nested deeper"),
    (lambda: nested(50), dredge.StudyError, "more than 32 deep"),
    (lambda: "/dev/zero", dredge.StudyError, "larger than 1 MiB"),
    (lambda: SMALL | {"title": "a\0b"}, dredge.StudyError, "NUL"),
    (lambda: SMALL | {"regimes": {"iterative"}}, dredge.UsageError, "set has no place"),
    (lambda: {None: 3}, dredge.StudyError, "unknown key"),
    (pd.DataFrame, dredge.UsageError, "a path or a dict"),
    (lambda: 0, dredge.UsageError, "a path or a dict"),
    (lambda: "", dredge.FileError, "No such file"),
])
def test_no_study(make, error, sentence):
    with pytest.raises(error, match=sentence):
        dredge.Study(make())


@pytest.mark.parametrize("ask, error, sentence", [
    (lambda s, r, f: s.run(to="x.h5", resume="yes"), dredge.UsageError, "resume = 'yes': must be True or False"),
    (lambda s, r, f: s.run(to="x.h5", force=None), dredge.UsageError, "force = None"),
    (lambda s, r, f: s.run(to="x.h5", force=True, resume=True), dredge.UsageError, "not both"),
    (lambda s, r, f: s.run(resume=True), dredge.UsageError, "name it with to="),
    (lambda s, r, f: s.run(threads=1.5), dredge.UsageError, "threads = 1.5"),
    (lambda s, r, f: s.run(to="/dev/null"), dredge.FileError, "regular file"),
    (lambda s, r, f: s.run(to="x" * 5000), dredge.FileError, "x"),
    (lambda s, r, f: r.to_file("x.h5", force=1), dredge.UsageError, "force = 1"),
    (lambda s, r, f: r.outcome(["trust_end"]), dredge.UsageError, "no outcome"),
    (lambda s, r, f: r.compare({}), dredge.UsageError, "no outcome"),
    (lambda s, r, f: r.trajectory(3), dredge.UsageError, "no series"),
    (lambda s, r, f: r.theory_name(0), dredge.UsageError, "factor `theory`"),
    (lambda s, r, f: f(x for x in ROWS), dredge.UsageError, "no table of numbers"),
    (lambda s, r, f: f({"convener.skill": 0.3}), dredge.UsageError, "no table of numbers"),
    (lambda s, r, f: f([[1, 2], [3]]), dredge.UsageError, "no table of numbers"),
    (lambda s, r, f: f(np.zeros((1, 2, 2))), dredge.UsageError, "shape"),
    (lambda s, r, f: f(np.array([["2020-01-01"] * 2], dtype="M8[D]")), dredge.UsageError, "datetime64"),
    (lambda s, r, f: f(np.zeros(2, dtype=[("a", float)])), dredge.UsageError, "no table of numbers"),
    (lambda s, r, f: f([[np.inf, 1]]), dredge.UsageError, "row 0: convener.skill = inf"),
    (lambda s, r, f: f(np.ma.masked_array(ROWS, [[0, 1], [0, 0]])), dredge.UsageError, "masked"),
    (lambda s, r, f: f(pd.DataFrame(ROWS, columns=["a", "funder.target"])), dredge.UsageError, "no column convener.skill"),
    (lambda s, r, f: f(pd.Series([0.3, 0.5])), dredge.UsageError, "no column"),
    (lambda s, r, f: f(xr.Dataset({"a": 1})), dredge.UsageError, "no table of numbers"),
    (lambda s, r, f: f.runs(np.broadcast_to(ROWS[:1], (1 << 44, 2))), MemoryError, "allocate"),
    (lambda s, r, f: s.function(["theory"])([[99]]), dredge.UsageError, "theory = 99"),
    (lambda s, r, f: s.function(FACTORS * 2), dredge.UsageError, "given twice"),
    (lambda s, r, f: s.function(["regimes.linear_kpi.base"], regime="iterative"), dredge.UsageError, "another regime"),
    (lambda s, r, f: s.function(["convener.skil"]), dredge.UsageError, "did you mean convener.skill"),
    (lambda s, r, f: s.function(["seed"]), dredge.UsageError, "no factor is called"),
    (lambda s, r, f: s.function(FACTORS, first=2**31 - 1)(ROWS), dredge.UsageError, "replicates"),
    (lambda s, r, f: s.game(seed=-1), dredge.StudyError, "seed"),
    (lambda s, r, f: s.game().step(np.nan, 0), dredge.UsageError, "between 0 and 1"),
    (lambda s, r, f: s.games(10**9), dredge.UsageError, "at most"),
    (lambda s, r, f: s.games(2)[0], dredge.UsageError, "no 0 in a state"),
    (lambda s, r, f: copy.copy(r), TypeError, "cannot be pickled"),
])
def test_mistakes(study, results, f, ask, error, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=sentence):
        ask(study, results, f)


@pytest.mark.parametrize("rows", [
    np.asfortranarray(ROWS), np.repeat(ROWS, 2, axis=0)[::2], ROWS.astype(">f8"), ROWS.tolist(), ROWS.astype(object), xr.DataArray(ROWS),
    pd.DataFrame(ROWS[:, ::-1], columns=FACTORS[::-1]).assign(more="text"), np.ma.masked_array(ROWS),
], ids=["by column", "strided", "big-endian", "lists", "objects", "xarray", "columns in another order", "nothing masked"])
def test_rows_of_every_kind(f, rows):
    np.testing.assert_array_equal(f(rows), f(ROWS))


def test_a_row_of_pandas_goes_by_name(f):
    np.testing.assert_array_equal(f(pd.Series(ROWS[0, ::-1], index=FACTORS[::-1])), f(ROWS[0]))


def test_no_rows(f):
    assert f(np.zeros((0, 2))).shape == (0, 1) and f.runs(np.zeros((0, 2))).shape == (0, 1, 4)


def test_files_that_go_away_or_change(study, tmp_path):
    results = study.run(to=tmp_path / "gone.h5")
    (tmp_path / "gone.h5").unlink()
    assert results.verify() == results.digest
    results = study.run(to=tmp_path / "cut.h5")
    os.truncate(tmp_path / "cut.h5", 5000)
    with pytest.raises(dredge.FileError, match="damaged"):
        results.outcome("trust_end")


def test_everything_outlives_its_study():
    study = dredge.Study(SMALL)
    results, f, game = study.run(), study.function(FACTORS, replicates=4), study.game()
    expected = f(ROWS)
    del study
    gc.collect()
    np.testing.assert_array_equal(f(ROWS), expected)
    assert results.verify() == results.digest and len(results.persons()) > 0 and game.step().month == 1


def test_circles_are_collected():
    for _ in range(5):
        study = dredge.Study(SMALL | {"replicates": 1})
        study.results, study.f, study.games_of_it = study.run(), study.function(FACTORS), study.games(2)
        study.results.itself = study.results
        del study
        assert gc.collect() > 0


def test_runs_within_the_progress_of_a_run(study, results):
    inner = []

    def tell(_done, _runs):
        if not inner:
            inner.append(study.run().digest)

    assert study.run(progress=tell).digest == results.digest
    assert set(inner) <= {results.digest}


def test_threads_share_results_and_games(study, results):
    expected, found, game = results.trajectory("trust"), [], study.game()

    def use():
        for _ in range(3):
            found.append(np.array_equal(results.trajectory("trust"), expected, equal_nan=True))
            found.append(results.verify() == results.digest and len(results.compare()) > 0 and len(results.ties()) > 0)
            game.step(0.3, 0.3)

    workers = [threading.Thread(target=use) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 36 and all(found) and game.month == 18
