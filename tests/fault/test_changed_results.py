#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was changed in a results file after it was written is found, by every command that concludes something from it: a
bit anywhere, numbers by another program, and what that program leaves when it has cut off the seal."""
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import DREDGE  # noqa: E402

STUDY = """\
title: Changed
months: 12
aftercare_months: 6
replicates: 6
regimes: [linear_kpi, iterative]
design: {method: grid, factors: {funder.target: [0.5, 2]}}
"""
N_FLIPS = int(os.environ.get("FLIPS", "200"))


def run(*words):
    process = subprocess.run([DREDGE, *map(str, words)], capture_output=True, text=True, check=False)
    return process.returncode, process.stdout, process.stderr


def commands(file, folder):
    """Every command that reads results."""
    study = folder / "study.yaml"
    return [["digest", file], ["compare", file], ["report", file, "-o", folder / "page.html", "--force"],
            ["merge", folder / "merged.h5", file, "--force"], ["run", study, "-o", file, "--resume", "--quiet"],
            ["sensitivity", file], ["discover", file, "--outcome", "trust_end", "--above", "0.5"],
            ["replay", file, "--point", "0", "--regime", "iterative", "--replicate", "0"]]


def check_numbers(sound, folder):
    """Numbers changed by h5py: each command refuses and names the variable."""
    spoilt = folder / "spoilt.h5"
    changes = {
        "structural_share": lambda f: f["structural_share"].__setitem__((slice(None), 1), 0.999),
        "trust_end_by_pair": lambda f: f["trust_end_by_pair"].__setitem__((0, 0, 0, 3), 0.25),
        "month_trust": lambda f: f["month_trust"].__setitem__((0, 0, 0, 0), 0.25),
        "month_difference_trust": lambda f: f["month_difference_trust"].__setitem__((0, 1, 0, 0), 0.25),
        "status": lambda f: f["status"].__setitem__((0, 0, 0), 2),
        "funder_target": lambda f: f["funder_target"].__setitem__(0, 0.75),
        "seed": lambda f: f["seed"].__setitem__((), 7),
        "parameters/recognition": lambda f: f["parameters/recognition"].__setitem__((), 0.9),
        "parameters/steering_base": lambda f: f["parameters/steering_base"].__setitem__((1, 0), 0.9),
        "phase": lambda f: f["phase"].__setitem__(0, 1),
        "replicates_done": lambda f: f["replicates_done"].__setitem__(0, 5),
        "dredge/names": lambda f: f["dredge/names"].__setitem__(8, ord("x")),
    }
    for name, change in changes.items():
        shutil.copy(sound, spoilt)
        with h5py.File(spoilt, "r+") as file:
            change(file)
        tried = commands(spoilt, folder) if name == "structural_share" else [["compare", spoilt]]  # all open it in one way
        for words in tried:
            status, _, complaint = run(*words)
            assert status == 4 and name in complaint, f"{name} changed: {words[0]}: {status} {complaint}"
    assert not (folder / "merged.h5").exists()


def check_texts(sound, folder):
    """A text of the root that another program wrote again is refused by name."""
    spoilt = folder / "spoilt.h5"
    for name in ("title", "model_stamp", "digest", "provenance"):
        shutil.copy(sound, spoilt)
        with h5py.File(spoilt, "r+") as file:
            file.attrs[name] = "another"
        status, _, complaint = run("digest", spoilt)
        assert status == 4 and f"`{name}` is missing or not as dredge wrote it" in complaint, complaint


def swap(name):
    """Two texts of a dataset change places."""
    def change(file):
        texts = file[name][()]
        texts[[0, 1]] = texts[[1, 0]]
        file[name][...] = texts
    return change


def put(name, attribute, value):
    """An attribute as dredge writes it, of fixed length, with another value."""
    def change(file):
        file[name].attrs[attribute] = numpy.bytes_(value) if isinstance(value, str) else value
    return change


def remove(name, attribute):
    return lambda file: file[name].attrs.__delitem__(attribute)


def check_labels(sound, folder):
    """What other readers go by: labels of axes, units, and what the root says. Each change is refused by name."""
    spoilt = folder / "spoilt.h5"
    changes = [("regime", swap("regime")), ("statistic", swap("statistic")), ("moment", swap("moment")),
               ("sector", swap("sector")), ("sector_pair", swap("sector_pair")),
               ("message", lambda file: file["message"].__setitem__(1, "all went wrong")),
               ("structural_share", put("structural_share", "units", "months")),
               ("structural_share", remove("structural_share", "long_name")),
               ("month_trust", put("month_trust", "scale_factor", 2.0)),
               ("status", put("status", "flag_meanings", "done not_run failed")),
               ("status", put("status", "flag_values", numpy.array([1, 0, 2], numpy.uint8))),
               ("seed", put("seed", "exact", "7")), ("design", put("design", "method", "sobol")),
               ("parameters/recognition", put("parameters/recognition", "units", "months")),
               ("dredge", put("dredge", "parts", "{}")),
               ("dredge/labels", lambda file: file["dredge/labels"].__setitem__(40, ord("x"))),
               ("dredge/labels", lambda file: file.__delitem__("dredge/labels")),
               ("regime", lambda file: file.__delitem__("regime")),
               ("statistic", lambda file: file.__delitem__("statistic"))]
    for attribute, value in (("baseline", "iterative"), ("theory", "dredging"), ("question", "another"),
                             ("scale", "local"), ("months", 24.0), ("aftercare_months", 1.0), ("title", "another"),
                             ("model_stamp", "0" * 32), ("design_digest", "0" * 32), ("provenance", "{}")):
        changes.append(("/", put("/", attribute, value)))
    for name, change in changes:
        shutil.copy(sound, spoilt)
        with h5py.File(spoilt, "r+") as file:
            change(file)
        tried = commands(spoilt, folder) if name == "regime" else [["compare", spoilt]]  # all open it in one way
        for words in tried:
            status, _, complaint = run(*words)
            assert status == 4 and f"`{name}`" in complaint, f"{name} changed: {words[0]}: {status} {complaint}"


def check_rewrite(sound, folder):
    """A program that changes no number only cuts the seal off: the file is read as before."""
    rewritten = folder / "rewritten.h5"
    shutil.copy(sound, rewritten)
    with h5py.File(rewritten, "r+") as file:
        file.attrs["note"] = "seen"
    assert rewritten.read_bytes()[-32:-24] != b"DREDGEH5"
    assert run("digest", rewritten) == run("digest", sound)
    return rewritten


def flipped(content, luck):
    at, bit = luck.randrange(len(content)), luck.randrange(8)
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1:]


def check_flips(sound, folder):
    """One wrong bit anywhere in a sealed file: refused."""
    luck, content, spoilt = random.Random(20220101), sound.read_bytes(), folder / "spoilt.h5"
    for _ in range(N_FLIPS):
        spoilt.write_bytes(flipped(content, luck))
        status, _, complaint = run("digest", spoilt)
        assert status == 4 and "spoilt.h5" in complaint, f"{status} {complaint}"


def check_flips_without_seal(rewritten, folder):
    """The same without the seal: refused, or harmless to the content; HDF5's own crashes are counted."""
    luck, content, spoilt = random.Random(20220102), rewritten.read_bytes(), folder / "spoilt.h5"
    expected = run("digest", rewritten)[1]
    counts = {"refused": 0, "harmless": 0, "crashed in HDF5": 0}
    for _ in range(N_FLIPS):
        spoilt.write_bytes(flipped(content, luck))
        status, told, complaint = run("digest", spoilt)
        if status == 0:
            assert told == expected, "another digest passed for sound"
            counts["harmless"] += 1
        elif status < 0:
            counts["crashed in HDF5"] += 1
        else:
            assert status in (1, 4) and complaint, f"{status} {complaint}"
            counts["refused"] += 1
    print(f"without a seal: {counts}")
    assert counts["crashed in HDF5"] <= N_FLIPS // 20


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
        sound = folder / "sound.h5"
        assert run("run", folder / "study.yaml", "-o", sound, "--quiet")[0] == 0
        assert numpy.isfinite(h5py.File(sound)["trust_end"][()]).all()
        check_numbers(sound, folder)
        check_texts(sound, folder)
        check_labels(sound, folder)
        rewritten = check_rewrite(sound, folder)
        check_flips(sound, folder)
        check_flips_without_seal(rewritten, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
