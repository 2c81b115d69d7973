#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every variable of a results file reads in h5py, xarray with both engines, netCDF4, ncdump and, where R is there, in ncdf4,
rhdf5 and hdf5r: of a file with summaries, one with single runs, one without either, and a shard."""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import netCDF4
import numpy
import xarray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import dredge  # noqa: E402

STUDY = """\
title: Readers
months: 12
aftercare_months: 6
replicates: 4
seed: 20220101
regimes: [linear_kpi, iterative]
design: {method: grid, factors: {funder.target: [0.5, 2]}}
"""
FILES = {"summary.h5": [], "runs.h5": ["--set", "output.trajectories=runs"],
         "none.h5": ["--set", "output.trajectories=none"], "shard.h5": ["--shard", "1/2"]}
R_SCRIPT = r"""
file <- commandArgs(TRUE)[1]
library(ncdf4)
n <- nc_open(file)
for (v in names(n$var)) ncvar_get(n, v)
for (d in names(n$dim)) n$dim[[d]]$vals
stopifnot(identical(as.vector(ncvar_get(n, "regime")), c("linear_kpi", "iterative")), ncvar_get(n, "seed") == 20220101)
nc_close(n)
library(rhdf5)
h <- h5dump(file)
stopifnot(identical(as.vector(h$regime), c("linear_kpi", "iterative")), identical(as.vector(h$message), c("", "")))
library(hdf5r)
f <- H5File$new(file, "r")
for (v in list.datasets(f)) f[[v]]$read()
stopifnot(identical(f[["regime"]]$read(), c("linear_kpi", "iterative")))
f$close_all()
cat("read\n")
"""


def variables(group, path=""):
    for name, item in group.items():
        if isinstance(item, h5py.Dataset):
            yield path + name, item
        else:
            yield from variables(item, f"{path}{name}/")


def read_all_netcdf(group):
    for variable in group.variables.values():
        variable[...]
    for inner in group.groups.values():
        read_all_netcdf(inner)


def check_python(path):
    with h5py.File(path) as file:
        for name, item in variables(file):
            values = item[()]
            if h5py.check_string_dtype(item.dtype):
                assert all(isinstance(text, bytes) for text in values), name
        assert float(file["seed"][()]) == 20220101 and file["seed"].attrs["exact"] == b"20220101"
        names = [name for name, _ in variables(file)]
        assert "parameters/funder_target" in names and file["parameters/funder_target"].shape == (2,)
        assert file["parameters/months"][()] == 12 and file.attrs["theory"] == b"mixed"
        expected = file["trust_end"][()]
        has_summary = "month_difference_trust" in file
    for engine in ("netcdf4", "h5netcdf"):
        with xarray.open_dataset(path, engine=engine) as data:
            data.load()
            assert list(data.regime.values) == ["linear_kpi", "iterative"] and float(data.seed) == 20220101
            assert "seed" in data.trust_end.coords
            numpy.testing.assert_array_equal(data.trust_end.values, expected)
            assert data.turnover_count_by_sector.dims == ("point", "regime", "replicate", "sector")
            assert list(data.sector.values) == ["public", "private", "nonprofit", "knowledge"]
            assert data.trust_end_by_pair.dims[-1] == "sector_pair"
            if has_summary:
                difference = data.month_difference_trust.sel(regime="iterative", moment="mean")
                means = data.month_trust.sel(statistic="mean")
                numpy.testing.assert_allclose(difference.values, (means.sel(regime="iterative") -
                                              means.sel(regime="linear_kpi")).values, atol=2e-7)
    with netCDF4.Dataset(path) as data:
        read_all_netcdf(data)
    process = subprocess.run(["ncdump", path], capture_output=True, text=True, check=False)
    assert process.returncode == 0 and process.stderr == "", process.stderr[-500:]


def check_settings(folder):
    """What the study came to where theory, horizon and steering differ between points."""
    path = folder / "settings.h5"
    phases = "{name: later, phases: [{from: 0, like: linear_kpi}, {from: 6, like: iterative}]}"
    factors = "{theory: [dredging, mixed], months: [12, 18], regimes.later.phases.1.from: [6, 9]}"
    study = folder / "settings.yaml"
    study.write_text(f"title: Settings\nmonths: 12\nreplicates: 2\nregimes: [linear_kpi, {phases}]\n"
                     f"design: {{method: grid, factors: {factors}}}\n", encoding="utf-8")
    dredge("run", study, "-o", path, "--quiet")
    with xarray.open_dataset(path) as data:
        assert data.attrs["theory"] == "mixed, dredging" and data.attrs["months"] == 18
        assert list(data.phase.values) == [0, 1] and list(data.months.values) == [12, 12, 18, 18] * 2
    with xarray.open_dataset(path, group="parameters") as data:
        assert data.steering_base.dims == ("regime", "phase") and data.steering_from.dims == ("point", "regime", "phase")
        numpy.testing.assert_array_equal(data.steering_base.values, [[0.08, numpy.nan], [0.08, 0.3]])
        numpy.testing.assert_array_equal(data.steering_from.values[:2], [[[0, numpy.nan], [0, 6]], [[0, numpy.nan], [0, 9]]])
        assert data.steering_from.attrs["units"] == "months" and data.steering_base.attrs["long_name"] == "regimes.NAME.base"
    dredge("digest", path)


def check_r(folder):
    """Returns what was tried."""
    if shutil.which("Rscript") is None:
        return "no R here"
    script = folder / "read.R"
    script.write_text(R_SCRIPT, encoding="utf-8")
    needed = 'for (p in c("ncdf4", "rhdf5", "hdf5r")) if (!requireNamespace(p, quietly = TRUE)) quit(status = 77)'
    if subprocess.run(["Rscript", "-e", needed], capture_output=True, check=False).returncode == 77:
        return "not all of R's packages are here"
    for name in FILES:
        process = subprocess.run(["Rscript", script, folder / name], capture_output=True, text=True, check=False)
        assert process.returncode == 0 and "read" in process.stdout, f"{name}: {process.returncode} {process.stderr[-2000:]}"
    return "R reads them, too"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
        for file, words in FILES.items():
            dredge("run", folder / "study.yaml", "-o", folder / file, "--quiet", *words)
            check_python(folder / file)
        check_settings(folder)
        print(check_r(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
