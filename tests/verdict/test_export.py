#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dredge export, read back to the last digit: every number of the table equals that of the results file, in pandas (with a decimal
point and with a decimal comma) and, where R is there, in R."""
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import pandas

DREDGE = os.environ["DREDGE"]
STUDY = """\
title: Export
months: 40
aftercare_months: 4
replicates: 6
output: {every: 4, by_sector: true, trajectories: TRAJECTORIES}
regimes: [linear_kpi, iterative]
design: {method: list, factors: {funder.target: [0.3, 2], theory: [mixed, dredging], government.sits: [true, false]}}
"""
R_SCRIPT = r"""
words <- commandArgs(TRUE)
library(ncdf4)
n <- nc_open(words[1])
same <- function(table, read) {
  for (v in c("structural_share", "trust_end", "symptom_burden", "symptom_year3")) {
    stored <- ncvar_get(n, v) # replicate, regime, point: as the lines of the table
    stored[is.nan(stored)] <- NA
    stopifnot(identical(as.vector(stored), table[[v]]))
  }
  stopifnot(identical(table$funder_target, rep(c(0.3, 2), each = 12)), is.logical(table$government_sits))
}
same(read.csv(words[2]))
same(read.csv2(words[3]))
people <- lapply(words[4:5], function(path) if (grepl("comma", path)) read.csv2(path) else read.csv(path))
stopifnot(identical(people[[1]], people[[2]]), nrow(people[[1]]) > 0)
cat(sprintf("%a\n", people[[1]]$trust), file = words[6], sep = "")
cat("R read the same\n")
"""
MEMBERS = '''\
name;organisation;sector;inside;momentum
"Anna; ""A""";Gemeente;public;true;0,7
Béla, jr.;;private;true;0,6
Carl's;;private;true;0,8
Dee;;nonprofit;true;
Eve;;knowledge;false;0,9
'''
PEOPLE = """\
months: 20
aftercare_months: 2
replicates: 3
members: members.csv
regimes: [linear_kpi, iterative]
events: [{month: 9, name: join, join: {sector: knowledge, seats: 1}}]
design: {factors: {funder.target: [0.3, 2]}}
"""


def check(truth, what):
    if not truth:
        sys.exit(f"FAILED: {what}")


def dredge(*words, status=0):
    run = subprocess.run([DREDGE, *words], capture_output=True, text=True, check=False)
    check(run.returncode == status, f"dredge {' '.join(map(str, words))}: exit {run.returncode}: {run.stderr}")
    return run.stderr if status else run.stdout


def read(path, has_comma):
    return pandas.read_csv(path, float_precision="round_trip", **({"sep": ";", "decimal": ","} if has_comma else {}))


def column_of(name, place):
    return f"{name}_{place}".replace("-", "_")


def outcomes_of(file):
    """Every outcome as the column it has in the table, flattened by point, regime and replicate."""
    for name, data in file.items():
        if isinstance(data, h5py.Dataset) and data.dtype == np.float64 and not data.attrs.get("CLASS") and data.ndim >= 3:
            if data.ndim == 3:
                yield name, data[()].reshape(-1)
            else:
                by = "sector" if data.shape[3] == 4 else "sector_pair"
                for place, label in enumerate(file[by].asstr()[()]):
                    yield column_of(name, label), data[..., place].reshape(-1)


def check_runs(file, table):
    check(len(table) == file["status"].size, "a line per run")
    n = 0
    for name, values in outcomes_of(file):
        check(np.array_equal(table[name].to_numpy(float), values, equal_nan=True), name)
        n += 1
    check(n > 80, f"{n} columns of outcomes")
    check(list(table["point"].unique()) == [0, 1] and list(table["regime"].unique()) == ["linear_kpi", "iterative"], "keys")
    check(list(table["theory"].unique()) == ["mixed", "dredging"], "categories by name")
    check(table["government_sits"].dtype == bool, "flags as true and false")
    check(np.array_equal(table["funder_target"].unique(), file["funder_target"][()]), "factors")


def check_summaries(file, table):
    months = file["month"][()] + 1
    for series in ("trust", "symptom", "momentum_by_sector"):
        own = table[table["series"] == series]
        stored, moments = file[f"month_{series}"][()], file[f"month_difference_{series}"][()]
        if stored.ndim == 4:
            stored, moments = stored[:, :, :, None], moments[:, :, :, None]
        stored = np.moveaxis(stored, 2, -1) if stored.shape[2] == 7 else stored
        moments = np.moveaxis(moments, 2, -1) if moments.shape[2] == 2 else moments
        check(np.array_equal(own["month"].unique(), months), "months count from 1")
        statistics = own[["mean", "sd", "q05", "q25", "q50", "q75", "q95"]].to_numpy(np.float32)
        check(np.array_equal(statistics, stored.reshape(-1, 7), equal_nan=True), f"statistics of {series}")
        differences = own[["difference_mean", "difference_variance"]].to_numpy(np.float32)
        check(np.array_equal(differences, moments.reshape(-1, 2), equal_nan=True), f"differences of {series}")


def check_trajectories(file, table):
    check(len(table) == file["month_trust"].size, "a line per run and month")
    check(np.array_equal(table["trust"].to_numpy(np.float32), file["month_trust"][()].reshape(-1)), "trust of every run")
    replayed = pandas.read_csv(io.StringIO(dredge("replay", file.filename, "--csv")))
    check(np.array_equal(replayed["month"], file["month"][()] + 1), "months of a replay count from 1")


def check_r(folder):
    ready = 'if (!requireNamespace("ncdf4", quietly = TRUE)) quit(status = 77)'
    if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", ready], check=False).returncode == 77:
        return "R was not there"
    script = folder / "read.R"
    script.write_text(R_SCRIPT)
    hexes = folder / "trust.txt"
    words = [folder / "summary.h5", folder / "summary-runs-point.csv", folder / "summary-runs-comma.csv",
             folder / "ties-point.csv", folder / "ties-comma.csv", hexes]
    run = subprocess.run(["Rscript", script, *words], capture_output=True, text=True, check=False)
    check(run.returncode == 0, f"R: {run.stderr}")
    trust = np.array([float.fromhex(line) for line in hexes.read_text().split()], np.float32)
    check(np.array_equal(trust, read(folder / "ties-point.csv", False)["trust"].to_numpy(np.float32)), "ties in R, as in pandas")
    return run.stdout.strip()


def check_people(folder):
    """Who sat and what lay between them, in every run: the lines of replay, and in sum the outcomes of the file."""
    study, results = folder / "people.yaml", folder / "people.h5"
    (folder / "members.csv").write_text(MEMBERS)
    study.write_text(PEOPLE)
    dredge("run", study, "-o", results, "--quiet")
    keys = ["point", "funder_target", "regime", "replicate"]
    tables = {}
    for what in ("persons", "ties"):
        for decimal in ("point", "comma"):
            path = folder / f"{what}-{decimal}.csv"
            dredge("export", results, "--what", what, "--decimal", decimal, "-o", path)
            tables[what, decimal] = read(path, decimal == "comma")
            check(path.read_bytes().startswith(b"\xef\xbb\xbf") == (decimal == "comma"), f"{path.name}: a byte order mark for spreadsheets")
        check(tables[what, "point"].equals(tables[what, "comma"]), f"{what}: decimal comma and point say the same")
    persons, ties = tables["persons", "point"], tables["ties", "point"]
    check(list(persons.columns[:4]) == keys and list(ties.columns[:4]) == keys, "what run a line is of")
    check(len(persons) == 2 * 2 * 3 * 23 * 5 and len(ties) == 2 * 2 * 3 * 23 * 10, "a line per run, month and person or tie")
    check(set(persons["name"]) == {'Anna; "A"', "Béla, jr.", "Carl's", "Dee", "Eve"}, f"names: {set(persons['name'])}")
    first = persons[persons["month"] == 0].groupby("name")["inside"].max()
    check(first["Eve"] == 0 and persons[persons["month"] == 9].groupby("name")["inside"].max()["Eve"] == 1, "who joins")
    with h5py.File(results) as file:
        for regime, name in enumerate(("linear_kpi", "iterative")):
            end = ties[(ties["month"] == 20) & (ties["inside"] == 1) & (ties["regime"] == name)]
            means = end.groupby(["point", "replicate"])["trust"].mean()
            for (point, replicate), mean in means.items():
                check(abs(mean - file["trust_end"][point, regime, replicate]) < 1e-6, "the mean of ties is the outcome")
    one = ["--point", "1", "--regime", "iterative", "--replicate", "2"]
    dredge("replay", results, *one, "--persons", folder / "p.csv", "--ties", folder / "t.csv")
    for what, path in (("persons", "p.csv"), ("ties", "t.csv")):
        lines = dredge("export", results, "--what", what, *one).splitlines()
        check([line.split(",", 4)[4] for line in lines] == (folder / path).read_text().splitlines(), f"{what}, as replay has them")
        check(all(line.startswith("1,2,iterative,2,") for line in lines[1:]), "of the run asked for")
        table = tables[what, "point"]
        chosen = table[(table["point"] == 1) & (table["regime"] == "iterative") & (table["replicate"] == 2)]
        got = pandas.read_csv(io.StringIO("\n".join(lines)), float_precision="round_trip")
        pandas.testing.assert_frame_equal(got, chosen.reset_index(drop=True), check_dtype=False, check_exact=True)
    month = pandas.read_csv(io.StringIO(dredge("export", results, "--what", "ties", "--month", "20", *one)))
    check(list(month["month"].unique()) == [20] and len(month) == 10, "one month")
    for words, says in ((["--point", "0"], "--point needs --what persons or --what ties"), (["--what", "ties", "--month", "23"], "have 22 months"),
                        (["--what", "ties", "--point", "2"], "--point 2"), (["--what", "persons", "--regime", "iter"], "no regime"),
                        (["--what", "persons", "--threshold", "2"], "must be between 0 and 1"),
                        (["--what", "ties", "--replicate", "-1"], "--replicate -1")):
        check(says in dredge("export", results, *words, status=2), f"export {words} says {says!r}")
    ruled = folder / "ruled.h5"
    dredge("run", study, "-o", ruled, "--quiet", "--set", "replicates={min: 2, max: 9, until: {outcome: trust_end, half_width: 0.5}}")
    with h5py.File(ruled) as file:
        done = int((file["status"][()] == 1).sum())
    ran = pandas.read_csv(io.StringIO(dredge("export", ruled, "--what", "persons", "--month", "0")))
    check(len(ran) == done * 5, "only runs that were done")


def check_mistakes(folder):
    results = folder / "summary.h5"
    for words, status, says in (
            (["--what", "run"], 2, "must be runs, series, points, persons or ties"),
            (["--decimal", "nl"], 2, "must be point or comma"),
            (["-o", results], 4, "is what this command reads"),
            (["-o", folder / "summary.yaml", "--force"], 4, "is not a table of dredge export"),
            (["-o", folder / "summary-runs-point.csv"], 4, "exists already")):
        check(says in dredge("export", results, *words, status=status), f"export {words} says {says!r}")
    dredge("export", results, "-o", folder / "summary-runs-point.csv", "--force")
    full = subprocess.run([DREDGE, "export", results], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE, check=False)
    check(full.returncode == 4 and b"could not be written" in full.stderr, f"a full disk: {full.stderr}")
    none = folder / "none.h5"
    check("holds no trajectories" in dredge("export", none, "--what", "series", status=4), "no trajectories")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("summary", "runs", "none"):
            study = folder / f"{kind}.yaml"
            study.write_text(STUDY.replace("TRAJECTORIES", kind))
            dredge("run", study, "-o", folder / f"{kind}.h5", "--quiet")
            for what in ("runs", "series", "points") if kind != "none" else ("runs", "points"):
                for decimal in ("point", "comma"):
                    path = folder / f"{kind}-{what}-{decimal}.csv"
                    dredge("export", folder / f"{kind}.h5", "--what", what, "--decimal", decimal, "-o", path)
                    table = read(path, decimal == "comma")
                    with h5py.File(folder / f"{kind}.h5") as file:
                        if what == "runs":
                            check_runs(file, table)
                        elif what == "points":
                            check(list(table["replicates"]) == [6, 6] and table["message"].isna().all(), "points")
                        else:
                            (check_summaries if kind == "summary" else check_trajectories)(file, table)
        check_people(folder)
        check_mistakes(folder)
        print(f"all numbers read back in pandas; {check_r(folder)}")


if __name__ == "__main__":
    main()
