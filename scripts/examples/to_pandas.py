#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outcomes as a pandas data frame, one row per run, with the factors of the design; written as CSV, or as Parquet where
pyarrow is installed (`pip install pyarrow`).

    scripts/examples/to_pandas.py FILE.h5 runs.csv
    scripts/examples/to_pandas.py FILE.h5 runs.parquet
"""
import sys

import xarray as xr


def frame(results):
    with xr.open_dataset(results) as data:
        outcomes = [name for name in data.data_vars if data[name].dims == ("point", "regime", "replicate")]
        factors = [name for name in data.data_vars if data[name].dims == ("point",)]
        runs = data[outcomes].to_dataframe().reset_index()
        if factors:
            runs = runs.merge(data[factors].to_dataframe().reset_index(), on="point")
        return runs[runs.status == 1].drop(columns="status")


def main(results, table):
    runs = frame(results)
    if table.endswith(".parquet"):
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            sys.exit("Parquet needs pyarrow (pip install pyarrow); a name that ends in .csv works without")
        runs.to_parquet(table, index=False)
    else:
        runs.to_csv(table, index=False)
    print(runs.groupby("regime")[["structural_share", "symptom_burden"]].mean().round(3))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
