# SPDX-License-Identifier: GPL-3.0-or-later
"""Results of a study, from memory or from a file, as labelled arrays and tables."""
from __future__ import annotations

import json
import os
import re
import warnings
from typing import TYPE_CHECKING

import numpy as np

from dredge._library import FileError, UsageError, check, ffi, flag, lib, name_of, path_of, taken, text, whole

if TYPE_CHECKING:
    import pandas
    import xarray

_PLACES = {"scalar": None, "sector": "sectors", "sector_pair": "sector_pairs"}


class Results:
    """What runs have left. `study.run()` and `dredge.open(path)` make them.

    Attributes
    ----------
    title, digest, regimes : of the study; the digest is a hash of the scientific content
    outcomes, series : names
    dataset : xarray.Dataset with the dimensions and names of a results file: outcomes (point, regime, replicate), by sector
        or pair of sectors where they are; trajectories `month_NAME`; factors (point); `status`: 0 not run, 1 done, 2 failed
    """

    def __init__(self, handle, study=None):
        self._handle, self._study = ffi.gc(handle, lib.dredge_results_close), study
        described = ffi.new("char **")
        check(lib.dredge_results_describe(self._handle, described))
        self.about = json.loads(taken(described))
        self.title, self.digest, self.regimes = (self.about[key] for key in ("title", "digest", "regimes"))
        self._outcome = {row["name"]: row for row in self.about["outcomes"]}
        self._series = {row["name"]: row for row in self.about["series"]}
        self.outcomes, self.series = list(self._outcome), list(self._series)
        self._dataset = None

    def __repr__(self):
        points, replicates = self.about["points"], self.about["replicates"]
        return f"<dredge.Results {self.title!r}: {points:,} points, {len(self.regimes)} regimes, {replicates:,} replicates>"

    def __reduce__(self):
        raise TypeError("results cannot be pickled; pickle results.dataset, or the study and run it again")

    def close(self) -> None:
        """Frees what stands behind the results, as soon as no other thread reads them; what was read from them stays."""
        self._handle = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _open(self):
        if self._handle is None:
            raise UsageError("the results are closed")
        return self._handle

    def outcome(self, name: str) -> np.ndarray:
        """One outcome: (point, regime, replicate), or with a last axis for sectors or pairs of sectors. NaN where a run
        failed, was not run, or the outcome is not defined."""
        row = self._row(self._outcome, name, "outcome")
        names = self._columns(row)
        out = np.empty((len(names), self.about["points"], len(self.regimes), self.about["replicates"]))
        for column, own in zip(names, out):
            check(lib.dredge_results_outcome(self._open(), column.encode(), 0, self.about["points"],
                                             ffi.cast("double *", own.ctypes.data)))
        return out[0] if row["dimension"] == "scalar" else np.moveaxis(out, 0, -1)

    def status(self) -> np.ndarray:
        """(point, regime, replicate): 0 not run, 1 done, 2 failed."""
        out = np.empty((self.about["points"], len(self.regimes), self.about["replicates"]), dtype=np.uint8)
        check(lib.dredge_results_status(self._open(), 0, self.about["points"],
                                        ffi.cast("unsigned char *", out.ctypes.data)))
        return out

    def trajectory(self, name: str) -> np.ndarray:
        """One series: (point, regime, statistic, month) of results that hold summaries, (point, regime, replicate, month) of
        those that hold runs; with an axis before the months for sectors or pairs of sectors. Months are those of
        `dataset.month`, which counts from 0."""
        row = self._row(self._series, name, "series")
        if self.about["trajectories"] == "none":
            raise UsageError("these results hold no trajectories (output.trajectories)")
        rows = len(self.about["statistics"]) if self.about["trajectories"] == "summary" else self.about["replicates"]
        names = self._columns(row)
        shape = (len(names), self.about["points"], len(self.regimes), rows, len(self.about["months"]))
        out = np.empty(shape, dtype=np.float32)
        for column, own in zip(names, out):
            for point in range(shape[1]):
                for regime in range(shape[2]):
                    check(lib.dredge_results_series(self._open(), column.encode(), point, regime,
                                                    ffi.cast("float *", own[point, regime].ctypes.data)))
        return out[0] if row["dimension"] == "scalar" else np.moveaxis(out, 0, -2)

    def _row(self, rows, name, what):
        if not isinstance(name, str) or name not in rows:
            import difflib
            near = difflib.get_close_matches(str(name), rows, 1)
            raise UsageError(f"there is no {what} {name!r}" + (f", did you mean {near[0]}?" if near else ""))
        return rows[name]

    def _regime(self, name):
        """The number of a regime; of the first for None."""
        if name is not None and name not in self.regimes:
            raise UsageError(f"there is no regime {name!r}: {', '.join(self.regimes)}")
        return 0 if name is None else self.regimes.index(name)

    def _columns(self, row):
        places = _PLACES[row["dimension"]]
        return [row["name"]] if places is None else [f"{row['name']}[{place}]" for place in self.about[places]]

    @property
    def dataset(self) -> xarray.Dataset:
        """All of it as an xarray.Dataset, made at the first look."""
        if self._dataset is None:
            self._dataset = self._make_dataset()
        return self._dataset

    def _make_dataset(self):
        import xarray as xr
        about = self.about
        last = {"scalar": (), "sector": ("sector",), "sector_pair": ("sector_pair",)}

        def attributes(row):
            return {"units": row["unit"], "long_name": row["long_name"], "description": row["description"]}

        runs = ("point", "regime", "replicate")
        variables = {name: (runs + last[row["dimension"]], self.outcome(name), attributes(row))
                     for name, row in self._outcome.items()}
        variables["status"] = (runs, self.status())
        coordinates = {"regime": self.regimes, "point": np.arange(about["points"]),
                       "replicate": np.arange(about["replicates"])}
        if about["trajectories"] != "none":
            rows = "statistic" if about["trajectories"] == "summary" else "replicate"
            for name, row in self._series.items():
                variables["month_" + name] = (("point", "regime", rows) + last[row["dimension"]] + ("month",),
                                              self.trajectory(name), attributes(row))
            coordinates["month"] = about["months"]
            if rows == "statistic":
                coordinates["statistic"] = about["statistics"]
        dimensions = {row["dimension"] for row in [*self._outcome.values(), *self._series.values()]}
        for dimension in sorted(dimensions - {"scalar"}):
            coordinates[dimension] = about[_PLACES[dimension]]
        for factor in about["factors"]:
            variables[re.sub("[^A-Za-z0-9]", "_", factor["key"])] = (("point",), np.array(factor["values"], dtype=float),
                                                                     {"key": factor["key"]})
        return xr.Dataset(variables, coordinates, {"title": self.title, "digest": self.digest,
                                                   "study": about["study"], "model_stamp": about["model_stamp"]})

    def to_pandas(self) -> pandas.DataFrame:
        """A tidy table: one row per run, with the factors of its point, and a column per outcome that is one number."""
        import pandas as pd
        points, replicates = self.about["points"], self.about["replicates"]
        index = np.indices((points, len(self.regimes), replicates)).reshape(3, -1)
        columns = {"point": index[0], "regime": pd.Categorical.from_codes(index[1], self.regimes),
                   "replicate": index[2]}
        for factor in self.about["factors"]:
            values = np.array(factor["values"], dtype=float)[index[0]]
            columns[factor["key"]] = (pd.Categorical.from_codes(values.astype(int), factor["names"]) if "names" in factor
                                      else values)
        for name, row in self._outcome.items():
            if row["dimension"] == "scalar":
                columns[name] = self.outcome(name).reshape(-1)
        frame = pd.DataFrame(columns)
        return frame[self.status().reshape(-1) == 1].reset_index(drop=True)

    def theory_name(self, number) -> str:
        """The name of a theory that a factor `theory` has by its number."""
        names = next((factor["names"] for factor in self.about["factors"] if factor["key"] == "theory"), [])
        number = whole("number", number, 0) if not isinstance(number, (float, np.floating)) else number
        if not (0 <= number < len(names) and number == int(number)):
            raise UsageError(f"number = {number!r}: must be a value of a factor `theory`; of {len(names)}, counted from 0")
        return names[int(number)]

    def persons(self, regime: str | None = None, replicate: int = 0, point: int = 0) -> pandas.DataFrame:
        """Who sat in one run, which is made again: a pandas table with a row per month (0 is the start), collaboration and seat:
        name, sector, inside (at the table), momentum, and the frame's axes collective, action, evidence. `regime` is the
        first by default."""
        import pandas as pd
        about, seats, _ = self._people(regime, replicate, point)
        month, collaboration, seat = np.indices(seats.shape[:3]).reshape(3, -1)
        frame = pd.DataFrame({"month": month, "collaboration": collaboration, "seat": seat})
        for key in ("name", "sector"):
            frame[key] = np.array([own[key] for own in about["seats"]], dtype=object)[seat]
        return _with_numbers(frame, about["of_seats"], seats)

    def ties(self, regime: str | None = None, replicate: int = 0, point: int = 0) -> pandas.DataFrame:
        """What lay between every two persons of one run, as `persons`: from, to (names), from_sector, to_sector, inside (both at
        the table), trust, latent, open."""
        import pandas as pd
        about, _, ties = self._people(regime, replicate, point)
        month, collaboration, tie = np.indices(ties.shape[:3]).reshape(3, -1)
        frame = pd.DataFrame({"month": month, "collaboration": collaboration})
        pairs = np.array(about["ties"], dtype=int).reshape(-1, 2)
        for key, ends in (("name", ("from", "to")), ("sector", ("from_sector", "to_sector"))):
            values = np.array([own[key] for own in about["seats"]], dtype=object)
            for end, column in enumerate(ends):
                frame[column] = values[pairs[tie, end]]
        return _with_numbers(frame, about["of_ties"], ties)

    def _people(self, regime, replicate, point):
        """What is told of the people of a run, and their numbers: (months, collaborations, seats or ties, numbers of each)."""
        made = ffi.new("dredge_people **")
        check(lib.dredge_results_people(self._open(), whole("point", point, 0), self._regime(regime),
                                        whole("replicate", replicate, 0), made))
        people, described = ffi.gc(made[0], lib.dredge_people_free), ffi.new("char **")
        check(lib.dredge_people_describe(people, described))
        about = json.loads(taken(described))

        def numbers(pointer, n, of_each):
            shape = (about["months"] + 1, about["collaborations"], n, len(of_each))
            size = 4 * int(np.prod(shape))
            return np.frombuffer(ffi.buffer(pointer, size), dtype=np.float32).reshape(shape).copy()

        return (about, numbers(lib.dredge_people_seats(people), len(about["seats"]), about["of_seats"]),
                numbers(lib.dredge_people_ties(people), len(about["ties"]), about["of_ties"]))

    def compare(self, outcome: str | None = None, baseline: str | None = None) -> pandas.DataFrame:
        """A pandas table of one outcome, a row per regime: mean, se, the paired difference to the baseline with its 95%
        interval (low, high), better_share, verdict; or of all outcomes, with the outcome as the first level of the index.
        """
        import pandas as pd
        document = ffi.new("char **")
        check(lib.dredge_results_compare(self._open(), name_of(baseline, "baseline"), document))
        outcomes = json.loads(taken(document))["outcomes"]
        if outcome is not None:
            self._row(outcomes, outcome, "outcome")
            frame = pd.DataFrame.from_dict(outcomes[outcome], orient="index")
            return frame.rename_axis("regime")
        frames = {name: pd.DataFrame.from_dict(rows, orient="index") for name, rows in outcomes.items()}
        return pd.concat(frames, names=["outcome", "regime"])

    def report(self, path: str | os.PathLike, language: str = "en", baseline: str | None = None) -> None:
        """Writes the page of `dredge report`, one file for the browser; `language` is "en" or "nl"."""
        page, path = ffi.new("char **"), path_of(path)
        check(lib.dredge_results_report(self._open(), name_of(baseline, "baseline"), name_of(language, "language"), page))
        content = taken(page)
        try:
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
        except OSError as error:
            raise FileError(f"cannot write the page {os.fsdecode(path)}: {error.strerror}") from None

    def to_file(self, path: str | os.PathLike, force: bool = False) -> None:
        """Writes results that are in memory into a results file, with the content and digest that `study.run(to=path)` would
        have given; with `force` in place of an existing one. Of an interrupted run what was finished is kept beside it, with a
        warning, and `study.run(to=path, resume=True)` goes on."""
        status = lib.dredge_results_write(self._open(), path_of(path), flag("force", force))
        if status == lib.DREDGE_INTERRUPTED:
            warnings.warn(text(lib.dredge_message()), stacklevel=2)
        else:
            check(status)

    def verify(self) -> str:
        """Computes the digest again from the data; FileError when it is not the one that the results tell."""
        digest = ffi.new("char[33]")
        check(lib.dredge_results_digest(self._open(), digest))
        return ffi.string(digest).decode()


def _with_numbers(frame, names, numbers):
    """`frame`, with a column for each of the last axis of `numbers`; those of `inside` are true or false."""
    for k, name in enumerate(names):
        column = numbers[..., k].reshape(-1)
        frame[name] = column > 0 if name == "inside" else column
    return frame


def open_results(path: str | os.PathLike) -> Results:
    """Opens a results file; FileError when it cannot be read or believed."""
    handle = ffi.new("dredge_results **")
    check(lib.dredge_results_open(path_of(path), handle))
    return Results(handle[0])
