# SPDX-License-Identifier: GPL-3.0-or-later
"""Calibration against the command, and what can go wrong with it."""
import json
import pickle
import subprocess
import sys

import numpy as np
import pytest

import dredge

PLANTED = {"months": 12, "aftercare_months": 0, "seed": 8, "regimes": ["iterative"],
           "calibration": {"priors": {"convener.skill": {"low": 0, "high": 1}, "problem.urgency": {"low": 0.4, "high": 1}},
                           "theories": ["mixed", "inertia"],
                           "targets": [{"name": "trust", "outcome": "trust_end", "value": 0.55, "error": 0.02},
                                       {"name": "latent", "outcome": "latent_end", "value": 0.3, "error": 0.05,
                                        "use": "hold_out"}]}}
HOW = {"particles": 32, "draws": 320, "replicates": 4}


def test_it_is_the_command_s(tmp_path):
    (tmp_path / "planted.yaml").write_text(json.dumps(PLANTED), encoding="utf-8")
    words = [word for name, value in HOW.items() for word in (f"--{name}", str(value))]
    document = subprocess.run([sys.executable, "-m", "dredge", "calibrate", "planted.yaml", "-o", "p.h5", "--json", *words],
                              check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    posterior = dredge.Study(PLANTED).calibrate(**HOW)
    expected = json.loads(document)
    assert posterior.about["keys"] == expected["keys"] and posterior.about["targets"] == expected["targets"]
    assert posterior.keys == ["convener.skill", "problem.urgency"] and posterior.targets == ["trust", "latent"]
    frame = posterior.to_pandas()
    assert len(frame) == 32 and frame["weight"].sum() == pytest.approx(1)
    assert set(frame["theory"]) <= {"mixed", "inertia"}
    assert sum(posterior.theories.values()) == pytest.approx(1)
    assert list(posterior.summary().index) == posterior.keys
    assert posterior.checks().loc["latent", "use"] == "hold_out"
    again = pickle.loads(pickle.dumps(posterior))
    np.testing.assert_array_equal(again.values, posterior.values)


def test_rows_of_a_posterior_feed_a_function():
    study = dredge.Study(PLANTED)
    posterior = study.calibrate(**HOW, threads=1)
    rows = posterior.sample(5, seed=3)
    f = study.function(posterior.keys, ["trust_end"], replicates=4)
    assert f(rows).shape == (5, 1)
    assert {tuple(row) for row in rows} <= {tuple(row) for row in posterior.values}


def test_interrupted_it_goes_on(tmp_path):
    study, state = dredge.Study(PLANTED), tmp_path / "particles"
    whole = study.calibrate(**HOW, threads=1)

    def stop(_tolerance, share):
        if share > 0.25:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study.calibrate(**HOW, threads=1, state=state, progress=stop)
    assert state.exists()
    np.testing.assert_array_equal(study.calibrate(**HOW, threads=2, state=state).values, whole.values)


@pytest.mark.parametrize("how, error, sentence", [
    ({"particles": 3}, dredge.UsageError, "n_particles = 3: must be between 16"),
    ({"draws": "many"}, dredge.UsageError, "draws = 'many'"),
    ({"replicates": 0}, dredge.UsageError, "replicates = 0"),
    ({"threads": -1}, dredge.UsageError, "threads"),
    ({"progress": 3}, dredge.UsageError, "True, False or a function"),
    ({"state": 3}, dredge.UsageError, "by its path"),
])
def test_mistakes(how, error, sentence):
    with pytest.raises(error, match=sentence):
        dredge.Study(PLANTED).calibrate(**{**HOW, **how})


def test_a_study_without_targets():
    with pytest.raises(dredge.StudyError, match="no section `calibration`"):
        dredge.Study({"regimes": ["iterative"]}).calibrate()
