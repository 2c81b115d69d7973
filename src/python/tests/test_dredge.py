# SPDX-License-Identifier: GPL-3.0-or-later
"""The package against the command that it carries, and against what its users do by mistake."""
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import dredge

SCENARIOS = sorted((Path(__file__).resolve().parents[3] / "scenarios").glob("*.yaml"))
SMALL = {"months": 24, "aftercare_months": 6, "seed": 5, "replicates": 20, "regimes": ["linear_kpi", "iterative"]}


@pytest.fixture
def study():
    return dredge.Study(SMALL)


def command(*words):
    return subprocess.run([sys.executable, "-m", "dredge", *map(str, words)], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_same_digest_as_the_command(scenario, tmp_path):
    file = tmp_path / "out.h5"
    command("run", scenario, "--replicates", 3, "-o", file, "--quiet")
    results = dredge.Study(scenario, set={"replicates": 3}).run()
    assert results.digest == command("digest", file).split()[0]


@pytest.mark.parametrize("output", [{}, {"by_sector": True}, {"trajectories": "runs", "every": 3, "by_sector": True}])
def test_memory_equals_the_file(output, tmp_path):
    study = dredge.Study(SMALL | {"output": output})
    memory = study.run(threads=2)
    assert ("month_trust_by_pair" in memory.dataset) == bool(output)
    file = study.run(to=tmp_path / "out.h5", threads=1)
    assert memory.digest == file.digest == file.verify()
    with xr.open_dataset(tmp_path / "out.h5") as stored:
        for name, variable in memory.dataset.data_vars.items():
            assert variable.dims == stored[name].dims
            np.testing.assert_array_equal(variable.values, stored[name].values, name)


@pytest.mark.parametrize("trajectories", ["summary", "runs", "none"])
def test_memory_goes_into_a_file(trajectories, tmp_path):
    study = dredge.Study(SMALL | {"output": {"trajectories": trajectories}})
    memory, path = study.run(), tmp_path / "out.h5"
    memory.to_file(path)
    file = dredge.open(path)
    assert file.digest == memory.digest == file.verify()
    with pytest.raises(dredge.FileError, match="exists already"):
        memory.to_file(path)
    with pytest.raises(dredge.UsageError, match="in a file already"):
        file.to_file(tmp_path / "other.h5")


def test_what_an_interrupted_run_leaves_goes_on(tmp_path):
    def stop(done, _runs):
        if done > 2000:
            raise KeyboardInterrupt

    study, path = dredge.Study(SMALL | {"replicates": 5000, "output": {"trajectories": "none"}}), tmp_path / "out.h5"
    with pytest.raises(KeyboardInterrupt) as caught:
        study.run(progress=stop, threads=1)
    with pytest.warns(UserWarning, match="goes on"):
        caught.value.results.to_file(path)
    assert not path.exists()
    assert study.run(to=path, resume=True).digest == study.run().digest


def test_comparison_is_the_command_s(study, tmp_path):
    file = tmp_path / "out.h5"
    results = study.run(to=file)
    expected = json.loads(command("compare", file, "--json"))["outcomes"]
    frame = results.compare("structural_share")
    assert list(frame.index) == ["linear_kpi", "iterative"]
    for column in ("mean", "se"):
        assert frame.loc["iterative", column] == expected["structural_share"]["iterative"][column]
    assert frame.loc["iterative", "low"] == expected["structural_share"]["iterative"]["low"]
    assert set(results.compare().index.get_level_values("outcome")) == set(expected)


def test_report(study, tmp_path):
    study.run().report(tmp_path / "page.html", language="nl")
    assert '<html lang="nl"' in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_function_equals_a_listed_design(study):
    skills, targets = [0.2, 0.7, 0.4], [0.5, 1.0, 2.0]
    listed = dredge.Study(SMALL | {"design": {"method": "list", "factors": {"convener.skill": skills,
                                                                            "funder.target": targets}}}).run()
    f = study.function(["convener.skill", "funder.target"], ["structural_share", "quick_results"], "iterative", 20)
    rows = np.column_stack([skills, targets])
    assert f(rows).shape == (3, 2)
    assert f(rows[0]).shape == (2,)
    np.testing.assert_array_equal(f.runs(rows)[:, 1, :], listed.outcome("quick_results")[:, 1, :])
    np.testing.assert_allclose(f(rows)[:, 0], listed.outcome("structural_share")[:, 1, :].mean(axis=1), rtol=1e-12)


def test_rows_share_their_luck(study):
    f = study.function(["convener.skill"], replicates=4)
    np.testing.assert_array_equal(f([[0.3], [0.3]])[0], f([[0.3], [0.3]])[1])
    other = study.function(["convener.skill"], replicates=4, first=4)
    assert not np.array_equal(f.runs([[0.3]]), other.runs([[0.3]]))


def test_a_game_goes_as_the_run(study):
    game = study.game("iterative", replicate=3)
    state = game.step(months=24)
    assert state.month == 24 and not game.is_over
    expected = study.run().outcome("structural_share")[0, 1, 3]
    assert state.structural_share == pytest.approx(expected, abs=1e-6)
    assert game.step(months=100).month == 30 and game.is_over


def test_steering_by_hand(study):
    quick, slow = study.game(), study.game()
    assert quick.step(process=0, depth=0).process == 0
    assert slow.step(process=0.5, depth=0).process == pytest.approx(0.5, abs=0.05)
    with pytest.raises(dredge.UsageError, match="between 0 and 1"):
        quick.step(process=2, depth=0)
    with pytest.raises(dredge.UsageError, match="together"):
        quick.step(process=0.1)


@pytest.mark.parametrize("make, error, sentence", [
    (lambda s: dredge.Study({"montsh": 3}), dredge.StudyError, "did you mean months"),
    (lambda s: dredge.Study({"months": float("nan")}), dredge.UsageError, "study"),
    (lambda s: dredge.Study(3), dredge.UsageError, "a path or a dict"),
    (lambda s: dredge.Study("/no/such/study.yaml"), dredge.FileError, "No such file"),
    (lambda s: dredge.Study(SMALL, set={"convener.skill": 7}), dredge.StudyError, "between 0 and 1"),
    (lambda s: s.function(["convener.skil"])([[0.5]]), dredge.UsageError, "did you mean convener.skill"),
    (lambda s: s.function("convener.skill"), dredge.UsageError, "a list"),
    (lambda s: s.function(None), dredge.UsageError, "a list"),
    (lambda s: s.function(["convener.skill"], outcomes=3), dredge.UsageError, "a list"),
    (lambda s: s.function(["convener.skill"], regime=3), dredge.UsageError, "a name"),
    (lambda s: s.function(["convener.skill\0"])([[0.5]]), dredge.UsageError, "zero byte"),
    (lambda s: s.function(["convener.skill"])(None), dredge.UsageError, "row 0"),
    (lambda s: s.function(["convener.skill"])([[1j]]), dredge.UsageError, "no table of numbers"),
    (lambda s: s.function(["convener.skill"])([]), dredge.UsageError, "shape"),
    (lambda s: s.function(["convener.skill"], replicates=10**9)([[0.5]]), dredge.UsageError, "replicates"),
    (lambda s: dredge.Study("/etc"), dredge.FileError, "directory"),
    (lambda s: dredge.Study("a\0b"), dredge.UsageError, "zero byte"),
    (lambda s: dredge.Study({"months": object()}), dredge.UsageError, "no place in a study"),
    (lambda s: dredge.Study(SMALL, set=3), dredge.UsageError, "must be a dict"),
    (lambda s: s.with_set(None), dredge.UsageError, "must be a dict"),
    (lambda s: s.run(to=3), dredge.UsageError, "by its path"),
    (lambda s: s.run(to="/etc/hostname"), dredge.FileError, "exists already"),
    (lambda s: s.run(progress="yes"), dredge.UsageError, "True, False or a function"),
    (lambda s: s.run(threads=10**10), dredge.UsageError, "threads"),
    (lambda s: s.run().report(None), dredge.UsageError, "by its path"),
    (lambda s: s.run().report("/etc/hostname/page.html"), dredge.FileError, "cannot write"),
    (lambda s: s.run().report("page.html", language="fr"), dredge.UsageError, "en, nl"),
    (lambda s: s.function(["convener.skill"], ["structure"]), dredge.UsageError, "no outcome"),
    (lambda s: s.function(["convener.skill"], regime="none"), dredge.UsageError, "no regime"),
    (lambda s: s.function(["convener.skill"], replicates=0), dredge.UsageError, "from 1"),
    (lambda s: s.function(["convener.skill"])([[0.5, 1]]), dredge.UsageError, "shape"),
    (lambda s: s.function(["convener.skill"])([["x"]]), dredge.UsageError, "no table of numbers"),
    (lambda s: s.function(["convener.skill"])([[np.nan]]), dredge.UsageError, "row 0"),
    (lambda s: s.function(["convener.skill"])([[0.5], [1.5]]), dredge.UsageError, "row 1: convener.skill = 1.5"),
    (lambda s: s.run(threads=-1), dredge.UsageError, "threads"),
    (lambda s: s.run().outcome("structral_share"), dredge.UsageError, "did you mean structural_share"),
    (lambda s: s.run().compare("trust_end", baseline="x"), dredge.UsageError, "no regime"),
    (lambda s: dredge.open("/etc/hostname"), dredge.FileError, "hostname"),
    (lambda s: dredge.open(3), dredge.UsageError, "path"),
    (lambda s: s.game(replicate=-1), dredge.UsageError, "from 0"),
])
def test_mistakes_are_exceptions(study, make, error, sentence):
    with pytest.raises(error, match=sentence):
        make(study)


def test_closed_results(study):
    with study.run() as results:
        pass
    results.close()
    with pytest.raises(dredge.UsageError, match="closed"):
        results.outcome("trust_end")


def test_pickling(study):
    f = pickle.loads(pickle.dumps(study.function(["convener.skill"], replicates=4)))
    np.testing.assert_array_equal(f([[0.5]]), study.function(["convener.skill"], replicates=4)([[0.5]]))
    for thing in (study.run(), study.game()):
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(thing)


def test_interrupt_keeps_what_is_done():
    def stop(done, _runs):
        if done > 2000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        dredge.Study(SMALL | {"replicates": 1000000, "output": {"trajectories": "none"}}).run(progress=stop)
    assert 2000 < np.count_nonzero(caught.value.results.status() == 1) < 2000000


def test_an_exception_of_the_progress_comes_through(study):
    with pytest.raises(ZeroDivisionError):
        study.run(progress=lambda done, runs: 1 / 0)


def test_threads_of_the_caller(study):
    f = study.function(["convener.skill"], replicates=8)
    expected, got = f([[0.5]]), [None] * 8
    workers = [threading.Thread(target=lambda k=k: got.__setitem__(k, f([[0.5]]))) for k in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for values in got:
        np.testing.assert_array_equal(values, expected)


def test_closing_while_others_read(study):
    results, sentences = study.run(), []

    def read():
        try:
            while True:
                results.outcome("trust_end")
        except dredge.UsageError as error:
            sentences.append(str(error))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    results.close()
    for reader in readers:
        reader.join()
    assert sentences == ["the results are closed"] * 4


def test_a_second_interpreter_is_refused():
    code = """
import dredge
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
study = "dredge.Study({'months': 6, 'regimes': ['iterative'], 'replicates': 2}).run().digest"
before = eval(study)
try:
    failure = interpreters.run_string(interpreters.create(), "import dredge")
except Exception as error:
    failure = error
assert "main interpreter" in str(failure), failure
assert eval(study) == before
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_number_that_is_missing_has_no_place_in_a_study():
    with pytest.raises(dredge.UsageError, match="convener.skill: a study has no place for a number that is missing"):
        dredge.Study({"months": 6}, set={"convener.skill": float("nan")})


def test_workers_of_both_kinds_compute(study):
    f = study.function(["convener.skill"], replicates=4)
    f([[0.5]])
    for kind in ("fork", "spawn"):
        with multiprocessing.get_context(kind).Pool(2) as pool:
            np.testing.assert_array_equal(pool.map(f, [[[0.5]], [[0.6]]]), [f([[0.5]]), f([[0.6]])])


def test_fork_after_a_run(study):
    study.run(threads=2)
    child = os.fork()
    if child == 0:
        os._exit(0 if study.run().digest else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_no_leak_over_many_calls(study):
    f = study.function(["convener.skill"], replicates=1, threads=1)
    for _ in range(50):
        f([[0.5]])
    tracemalloc.start()
    before = resident()
    for _ in range(1000):
        f([[0.5]])
    python = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert python < 200_000
    assert resident() - before < 4 << 20


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_the_package_does_not_import_what_it_may_not_need():
    code = "import sys, dredge; print(any(name in sys.modules for name in ('pandas', 'xarray', 'matplotlib')))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "False"
