# SPDX-License-Identifier: GPL-3.0-or-later
"""What a study can hold of one's own, through the package: members, surveys, events, derived outcomes, posteriors, earlier
runs; and who did what in a run."""
import json
import pickle
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import dredge

SMALL = {"months": 24, "aftercare_months": 6, "seed": 5, "replicates": 8, "regimes": ["linear_kpi", "iterative"]}
MEMBERS = """name,organisation,sector,inside
Ann,City,public,1
Bo,Builders,private,1
Cy,Tenants,nonprofit,1
Dee,University,knowledge,0
"""
TIES = "from,to,trust\nAnn,Bo,0.9\nBo,Ann,0.7\nAnn,Cy,0.2\n"
OWN = SMALL | {"events": [{"month": 12, "name": "scandal", "shock": {"trust": -0.3}}],
               "outcomes": [{"name": "half_way", "first_month": {"series": "structural_share", "at_least": 0.1}},
                            {"name": "trust_12", "value_of": {"series": "trust", "month": 12}},
                            {"name": "mixed", "weights": {"structural_share": 0.7, "trust_end": 0.3}}],
               "costs": {"hours_per_seat_month": 12, "euro_per_hour": 65}}
PLANTED = {"months": 12, "aftercare_months": 0, "seed": 8, "regimes": ["iterative"],
           "calibration": {"priors": {"convener.skill": {"low": 0, "high": 1}},
                           "targets": [{"name": "trust", "outcome": "trust_end", "value": 0.55, "error": 0.02}]}}


def command(folder, *words):
    return subprocess.run([sys.executable, "-m", "dredge", *map(str, words)], check=True, capture_output=True, text=True,
                          cwd=folder).stdout


@pytest.fixture
def own_case(tmp_path):
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (tmp_path / "ties.csv").write_text(TIES, encoding="utf-8")
    return dredge.Study(SMALL | {"members": tmp_path / "members.csv", "ties": tmp_path / "ties.csv"})


def test_members_and_their_survey(own_case):
    results = own_case.run()
    persons, ties = results.persons("iterative", replicate=3), results.ties("iterative", replicate=3)
    assert list(persons["name"].unique()) == ["Ann", "Bo", "Cy", "Dee"]
    assert len(persons) == 31 * 4 and len(ties) == 31 * 6
    start = ties[ties["month"] == 0].set_index(["from", "to"])["trust"]
    assert start["Ann", "Bo"] == pytest.approx(0.8) and start["Ann", "Cy"] == pytest.approx(0.2)
    assert not persons[(persons["month"] == 0) & (persons["name"] == "Dee")]["inside"].any()


@pytest.mark.parametrize("change", [{}, {"programme": {"collaborations": 3}}])
def test_who_did_what_is_what_replay_writes(change, tmp_path):
    design = {"method": "list", "factors": {"convener.skill": [0.2, 0.8]}}
    file = tmp_path / "out.h5"
    memory = dredge.Study(SMALL | {"design": design} | change).run()
    memory.to_file(file)
    command(tmp_path, "replay", file, "--point", 1, "--regime", "iterative", "--replicate", 2, "--persons", "p.csv", "--ties", "t.csv")
    for results in (memory, dredge.open(file)):
        for name, frame in (("p.csv", results.persons("iterative", 2, 1)), ("t.csv", results.ties("iterative", 2, 1))):
            written = pd.read_csv(tmp_path / name)
            assert set(frame) == set(written) - {"betweenness"}
            for column in frame:
                if frame[column].dtype.kind == "O":
                    assert list(frame[column]) == list(written[column])
                else:
                    np.testing.assert_array_equal(frame[column].to_numpy(np.float32), written[column].to_numpy(np.float32))


def test_the_last_month_is_the_outcome():
    results = dredge.Study(SMALL).run()
    ties = results.ties("iterative", replicate=5)
    last = ties[(ties["month"] == 30) & ties["inside"]]["trust"].mean()
    assert last == pytest.approx(results.outcome("trust_end")[0, 1, 5], abs=1e-6)


def test_events_and_derived_outcomes():
    study = dredge.Study(OWN)
    results = study.run()
    names = ["half_way", "trust_12", "mixed", "cost_euro"]
    assert set(names) <= set(results.outcomes) and set(names) <= set(results.dataset)
    np.testing.assert_allclose(results.outcome("mixed"), 0.7 * results.outcome("structural_share") + 0.3 * results.outcome("trust_end"))
    f = study.function(["convener.skill", "events.scandal.shock.trust"], names, "iterative", replicates=8)
    rows = [[study.parameters["convener.skill"], -0.3], [study.parameters["convener.skill"], 0]]
    for k, name in enumerate(names):
        np.testing.assert_array_equal(f.runs(rows)[0, k], results.outcome(name)[0, 1])
    assert list(results.compare("cost_euro").index) == SMALL["regimes"]
    assert f(rows)[1, 2] > f(rows)[0, 2] # without the scandal there is more trust at the end
    with pytest.raises(dredge.UsageError, match="no outcome"):
        dredge.Study(SMALL).function(["convener.skill"], ["trust_12"])


def test_a_posterior_is_a_file_and_a_design(tmp_path):
    study = dredge.Study(PLANTED)
    with pytest.raises(dredge.UsageError, match="at least twice"):
        study.calibrate(particles=32, draws=40)
    posterior = study.calibrate(particles=32, draws=320, replicates=4)
    file = tmp_path / "posterior.h5"
    posterior.to_file(file)
    with pytest.raises(dredge.FileError, match="exists already"):
        posterior.to_file(file)
    posterior.to_file(file, force=True)
    with pytest.raises(dredge.UsageError, match="pickled"):
        pickle.loads(pickle.dumps(posterior)).to_file(file, force=True)
    designed = dredge.Study(SMALL | {"design": {"method": "posterior", "file": file, "points": 8}})
    assert designed.factors == ["convener.skill"]
    results = designed.run()
    values = results.about["factors"][0]["values"]
    assert len(values) == 8 and set(values) <= set(posterior.values[:, 0])
    results.to_file(tmp_path / "out.h5")
    file.unlink() # the results hold the points
    again = dredge.open(tmp_path / "out.h5")
    assert again.digest == results.digest == again.verify()
    pd.testing.assert_frame_equal(again.compare("trust_end"), results.compare("trust_end"))
    assert len(again.persons("iterative", 0, point=7)) > 0
    with pytest.raises(dredge.StudyError, match="posterior"):
        dredge.Study(SMALL | {"design": {"method": "posterior", "file": file, "points": 8}})


def test_the_command_takes_the_posterior_s_file(tmp_path):
    dredge.Study(PLANTED).calibrate(particles=32, draws=320, replicates=4).to_file(tmp_path / "p.h5")
    design = {"method": "posterior", "file": "p.h5", "points": 8}
    (tmp_path / "study.yaml").write_text(json.dumps(SMALL | {"design": design}), encoding="utf-8")
    command(tmp_path, "run", "study.yaml", "-o", "out.h5", "--quiet")
    assert dredge.open(tmp_path / "out.h5").digest == dredge.Study(tmp_path / "study.yaml").run().digest


@pytest.mark.parametrize("more", [{"replicates": 20}, {"regimes": ["linear_kpi", "iterative", "constant"]}])
def test_a_file_is_extended(more, tmp_path):
    dredge.Study(SMALL).run(to=tmp_path / "small.h5")
    told = []
    study = dredge.Study(SMALL | more)
    extended = study.run(to=tmp_path / "large.h5", extend=tmp_path / "small.h5", progress=lambda done, runs: told.append(done))
    assert extended.digest == study.run().digest == extended.verify()
    for changed, extend, sentence in (({"seed": 6}, "small.h5", "seed"), ({}, "none.h5", "none.h5")):
        with pytest.raises(dredge.FileError, match=sentence):
            dredge.Study(SMALL | more | changed).run(to=tmp_path / "other.h5", extend=tmp_path / extend)
    with pytest.raises(dredge.UsageError, match="name it with to="):
        study.run(extend=tmp_path / "small.h5")
    with pytest.raises(dredge.DredgeError):
        study.run(to=tmp_path / "small.h5", extend=tmp_path / "small.h5", force=True)
    assert dredge.open(tmp_path / "small.h5").verify()


@pytest.mark.parametrize("ask, sentence", [
    (lambda r: r.persons("iterativ"), "linear_kpi, iterative"),
    (lambda r: r.persons(replicate=8), "no run"),
    (lambda r: r.ties(point=1), "no run"),
    (lambda r: r.ties(replicate=-1), "replicate = -1"),
    (lambda r: r.persons(replicate="x"), "replicate = 'x'"),
    (lambda r: r.persons(3), "no regime 3"),
])
def test_mistakes(ask, sentence):
    with pytest.raises(dredge.UsageError, match=sentence):
        ask(dredge.Study(SMALL).run())


def test_runs_that_were_not_run_have_nobody():
    def stop(done, _runs):
        if done > 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        dredge.Study(SMALL | {"replicates": 100000, "output": {"trajectories": "none"}}).run(progress=stop, threads=1)
    results = caught.value.results
    left_out = int(np.argmax(results.status()[0, 0] == 0))
    if results.status()[0, 0, left_out] == 0:
        with pytest.raises(dredge.UsageError, match="was not run"):
            results.persons(replicate=left_out)
    with pytest.raises(dredge.UsageError, match="no run"):
        results.persons(replicate=results.about["replicates"])
