#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""calibrate from the outside: what its JSON and its file say agree, killing and resuming changes nothing, and what goes wrong is
said."""
import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np

DREDGE = os.environ["DREDGE"]
STUDY = """title: Planted
months: 18
aftercare_months: 0
seed: 2
regimes: [iterative]
calibration:
  priors:
    convener.skill: {low: 0, high: 1}
    divergence: {low: 0.5, high: 1.5}
  targets:
    - {name: trust, outcome: trust_end, value: 0.5, error: 0.02}
    - {name: latent, outcome: latent_end, value: 0.3, error: 0.1, use: hold_out}
"""
SMALL = ["--draws", "800", "--particles", "64", "--replicates", "8", "--threads", "1"]


def dredge(*words, status=0):
    done = subprocess.run([DREDGE, *map(str, words)], capture_output=True, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done.stdout if status == 0 else done.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        study, file = Path(folder) / "planted.yaml", Path(folder) / "posterior.h5"
        study.write_text(STUDY, encoding="utf-8")
        told = json.loads(dredge("calibrate", study, "-o", file, *SMALL, "--json"))
        with h5py.File(file) as data:
            weight, skill = data["weight"][:], data["convener_skill"][:]
            assert abs(weight.sum() - 1) < 1e-9 and len(weight) == 64
            assert data["convener_skill"].dims[0][0].name == "/particle"
            order = np.argsort(skill)
            middle = skill[order][np.searchsorted(np.cumsum(weight[order]), 0.5)]
            assert abs(middle - told["keys"]["convener.skill"]["median"]) < 1e-6
            figures = data["figure_trust"][:]
            assert np.allclose(((figures - 0.5) / 0.02) ** 2, data["distance"][:])
        assert told["generations"][-1]["tolerance"] == told["tolerance"] == 1
        assert [row["use"] for row in told["targets"]] == ["fit", "hold_out"]
        again = Path(folder) / "again.h5"
        words = [DREDGE, "calibrate", study, "-o", again, *SMALL, "--json"]
        with subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL) as killed:
            for _ in range(2000):
                if (Path(folder) / "again.h5.particles").exists() or killed.poll() is not None:
                    break
                time.sleep(0.005)
            killed.send_signal(signal.SIGKILL)
        again.unlink(missing_ok=True)
        assert json.loads(dredge("calibrate", study, "-o", again, *SMALL, "--json", "--resume")) == told
        assert not (Path(folder) / "again.h5.particles").exists()
        assert "Posterior:" in dredge("calibrate", study, "-o", again, *SMALL, "--force")
        assert "exists" in dredge("calibrate", study, "-o", again, *SMALL, status=4)
        plain = Path(folder) / "plain.yaml"
        plain.write_text("regimes: [iterative]\n", encoding="utf-8")
        assert "no section `calibration`" in dredge("calibrate", plain, status=3)
        assert "--particles" in dredge("calibrate", study, "--particles", "2", status=2)
        ranks = json.loads(dredge("calibrate", study, "--self-test", "8", "--draws", "200", "--particles", "32",
                                  "--replicates", "4", "--threads", "1", "--json"))
        assert sum(ranks["keys"]["divergence"]["ranks"]) == 8


main()
