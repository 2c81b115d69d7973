#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""calibrate from the outside: what its JSON and its file say agree, killing and resuming changes nothing, and what goes wrong is
said."""
import json
import os
import re
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


POSTERIOR = """title: With evidence
months: 24
seed: 1
replicates: 8
regimes: [linear_kpi, iterative]
matters: {structural_share: 0.01, half_month: 2}
outcomes: [{name: half_month, first_month: {series: structural_share, at_least: 0.1}}]
output: {trajectories: none}
design: {method: posterior, file: posterior.h5, points: 40}
"""


def check_posterior(folder):
    """A posterior as the points of a design: the points are particles, results stand without the file, and compare tells luck
    from what is not known as NumPy does."""
    study, results, other = Path(folder) / "with.yaml", Path(folder) / "with.h5", Path(folder) / "calibrated.yaml"
    study.write_text(POSTERIOR, encoding="utf-8")
    other.write_text(STUDY.replace("  targets", "  theories: [mixed, inertia]\n  targets"), encoding="utf-8")
    posterior = Path(folder) / "posterior.h5"
    dredge("calibrate", other, "-o", posterior, *SMALL, "--force")
    dredge("run", study, "-o", results, "--quiet")
    with h5py.File(posterior) as data:
        particles = set(zip(data["convener_skill"][:], data["divergence"][:], data["theory"][:]))
        assert data.attrs["keys"] == b"convener.skill\ndivergence\n" or data.attrs["keys"] == "convener.skill\ndivergence\n"
    with h5py.File(results) as data:
        points = list(zip(data["convener_skill"][:], data["divergence"][:], data["theory"][:]))
        share = data["structural_share"][:]
    assert 20 <= len(points) <= 40 and set(points) <= particles
    posterior.rename(Path(folder) / "elsewhere.h5")
    own = json.loads(dredge("compare", results, "--json"))["outcomes"]["structural_share"]["iterative"]["posterior"]
    difference = share[:, 1] - share[:, 0]
    means = difference.mean(axis=1)
    rest = difference - means[:, None] - (difference - means[:, None]).mean(axis=0)
    n_points, n = difference.shape
    luck = difference.var(axis=1, ddof=1).mean()
    unknown = max(0, means.var(ddof=1) - (rest ** 2).sum() / n_points / (n - 1) / n)
    assert own["points"] == len(points) and abs(own["difference"] - means.mean()) < 1e-9
    assert abs(own["luck_sd"] - luck ** 0.5) < 1e-9 and abs(own["unknown_sd"] - unknown ** 0.5) < 1e-9
    assert abs(own["unknown_share"] - unknown / (luck + unknown)) < 1e-9
    assert abs(own["ahead_share"] + own["behind_share"] - 1) < 1e-9
    assert own["low"] < own["difference"] < own["high"] and own["ahead_by_what_matters"] <= own["ahead_share"]
    assert sum(theory["points"] for theory in own["theories"].values()) == len(points)
    told = " ".join(dredge("compare", results).split())
    assert "of the posterior: by 0.010 or more in" in told and "inertia" in told
    check_page(folder, results, json.loads(dredge("compare", results, "--json"))["outcomes"])
    assert "cannot open this file" in dredge("check", study, status=3)
    (Path(folder) / "elsewhere.h5").rename(posterior)
    with open(posterior, "r+b") as file:
        file.seek(3000)
        byte = file.read(1)
        file.seek(3000)
        file.write(bytes([byte[0] ^ 1]))
    assert "does not match its seal" in dredge("check", study, status=3)
    assert "the posterior has 64 different particles" in dredge_more(folder, study, other)


def check_page(folder, results, told):
    """The report's table of luck and what is not known has the numbers of compare, in both languages; the study's own outcome stands
    in the table of compare."""
    assert "half_month" in dredge("compare", results).split("Over the posterior")[1]
    assert 0 <= told["half_month"]["iterative"]["posterior"]["ahead_share"] <= 1
    for language, decimal, ahead in (("en", ".", r"is ahead of linear_kpi in (\d+)%"), ("nl", ",", r"ligt voor op .*? in (\d+)%")):
        page = Path(folder) / f"{language}.html"
        dredge("report", results, "-o", page, "--language", language, "--force")
        text = page.read_text(encoding="utf-8")
        rows = re.findall(r'<tr data-doubt="(\w+)" data-regime="1"(?: data-theory="(\w+)")?>(.*?)</tr>', text)
        assert [row[:2] for row in rows if row[0] == "structural_share"] == [
            ("structural_share", ""), ("structural_share", "mixed"), ("structural_share", "inertia")], rows
        for outcome, theory, cells in rows:
            own = told[outcome]["iterative"]["posterior"]
            own = own["theories"][theory] if theory else own
            values = dict(re.findall(r'data-cell="(\w+)" data-value="([^"]+)"', cells))
            for cell, value in values.items():
                assert abs(float(value) - own[cell]) < 1e-12, (outcome, theory, cell)
            assert len(values) == 4
            low, high = re.search(r'data-low="([^"]+)" data-high="([^"]+)"', cells).groups()
            assert abs(float(low) - own["low"]) + abs(float(high) - own["high"]) < 1e-12
            shown = re.search(r'data-cell="difference"[^>]*>([^<]+)<', cells).group(1)
            assert abs(float(shown.replace(decimal, ".").replace("−", "-")) - own["difference"]) <= 0.0005 + 1e-9
        sentence = re.search(r'<p data-doubts="structural_share" data-regime="1">(.*?)</p>', text).group(1)
        share = told["structural_share"]["iterative"]["posterior"]["ahead_share"]
        assert abs(int(re.search(ahead, sentence).group(1)) - 100 * share) <= 0.5 + 1e-9, sentence


def dredge_more(folder, study, other):
    """Asks for more points than there are particles."""
    dredge("calibrate", other, "-o", Path(folder) / "posterior.h5", *SMALL, "--force")
    return dredge("check", study, "--set", "design.points=65", status=3)


def check_draws(folder):
    """Where particles weigh differently, none is drawn twice for a design, and as many points as are told can be had."""
    uneven, study = Path(folder) / "uneven.yaml", Path(folder) / "points.yaml"
    uneven.write_text(STUDY.replace("error: 0.02", "error: 0.001"), encoding="utf-8")
    dredge("calibrate", uneven, "-o", Path(folder) / "uneven.h5", *SMALL)
    with h5py.File(Path(folder) / "uneven.h5") as data:
        assert data["weight"][:].max() > 1.5 / 64
    study.write_text(POSTERIOR.replace("posterior.h5, points: 40", "uneven.h5, points: 64"), encoding="utf-8")
    told = int(re.search(r"has (\d+) different particles that count alike", dredge("check", study, status=3)).group(1))
    assert 1 < told < 64
    assert re.search(rf"design points +{told}\n", dredge("check", study, "--set", f"design.points={told}"))


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
        table = " ".join(dredge("calibrate", study, "-o", again, *SMALL, "--force").split())
        assert "Posterior:" in table and "take --particles 200 or more" in table
        table = dredge("calibrate", study, "-o", again, *SMALL[:2], "--particles", 200, *SMALL[4:], "--force")
        assert "So few particles" not in table
        assert "exists" in dredge("calibrate", study, "-o", again, *SMALL, status=4)
        plain = Path(folder) / "plain.yaml"
        plain.write_text("regimes: [iterative]\n", encoding="utf-8")
        assert "no section `calibration`" in dredge("calibrate", plain, status=3)
        assert "--particles" in dredge("calibrate", study, "--particles", "2", status=2)
        assert "--draws 100: must be at least twice --particles 64" in dredge(
            "calibrate", study, "--particles", "64", "--draws", "100", status=2)
        ranks = json.loads(dredge("calibrate", study, "--self-test", "8", "--draws", "200", "--particles", "32",
                                  "--replicates", "4", "--threads", "1", "--json"))
        assert sum(ranks["keys"]["divergence"]["ranks"]) == 8
        check_posterior(folder)
        check_draws(folder)


main()
