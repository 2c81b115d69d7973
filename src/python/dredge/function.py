# SPDX-License-Identifier: GPL-3.0-or-later
"""A study as a vectorised function of some of its numbers."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dredge._library import Options, UsageError, check, ffi, lib, name_of, texts, whole

# Rows are computed in parts, so that the outcomes of all replicates take at most about so many numbers at once.
_MOST_NUMBERS, _MOST_ROWS = 1 << 24, 1 << 16


def _names(names, what):
    if isinstance(names, (list, tuple, np.ndarray)) and len(names) > 0 and all(isinstance(name, str) for name in names):
        return [str(name) for name in names]
    raise UsageError(f"{what} = {names!r}: must be a list of at least one name")


class Function:
    """``f = study.function(factors=[...], outcomes=[...], regime="iterative", replicates=64)``; then ``Y = f(X)``.

    X has the shape (rows, factors), in the units of the study, or is a table of pandas with columns of these names; Y the shape (rows, outcomes): means over the replicates in
    which the outcome has a value. A single row, of shape (factors,), gives (outcomes,). All rows meet the same luck
    (common random numbers), so that differences between rows are the factors' doing. All cores compute, and Python's lock
    is released meanwhile.

    Parameters
    ----------
    study : Study
    factors : keys as a design has them ("convener.skill", "regimes.iterative.base")
    outcomes : names as `dredge show outcomes` lists them, or of the study's own outcomes
    regime : the regime that runs; the study's first by default
    replicates : runs per row
    first : number of the first replicate; other numbers are other luck
    threads : 0 for all cores
    """

    def __init__(self, study, factors: Sequence[str], outcomes: Sequence[str], regime: str | None = None,
                 replicates: int = 64, first: int = 0, threads: int = 0):
        self.study, self.regime, self.threads = study, regime, threads
        self.factors, self.outcomes = _names(factors, "factors"), _names(outcomes, "outcomes")
        self.replicates, self.first = whole("replicates", replicates, 1), whole("first", first, 0)
        self._open()

    def _open(self):
        handle = ffi.new("dredge_function **")
        regime = name_of(self.regime if self.regime is not None else self.study.regimes[0], "regime")
        factors, kept = texts(self.factors)
        outcomes, also_kept = texts(self.outcomes)
        check(lib.dredge_function_new(self.study._handle, regime, len(self.factors), factors,
                                      len(self.outcomes), outcomes, handle))
        self._handle = ffi.gc(handle[0], lib.dredge_function_free)
        del kept, also_kept

    def __getstate__(self):
        return {key: value for key, value in self.__dict__.items() if key != "_handle"}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._open()

    def _rows(self, x):
        if hasattr(x, "iloc"): # a table or a row of pandas: by name, whatever the order
            missing = [name for name in self.factors if name not in (x.columns if hasattr(x, "columns") else x.index)]
            if missing:
                raise UsageError(f"the rows have no column {', '.join(missing)}")
            x = x[self.factors]
        if np.ma.is_masked(x):
            raise UsageError("the rows are masked in places: every factor needs a value")
        try:
            rows = np.asarray(x)
            if rows.dtype.kind not in "biufO":
                raise TypeError(f"they are {rows.dtype}")
            rows = np.ascontiguousarray(rows, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise UsageError(f"the rows are no table of numbers: {error}") from None
        if rows.ndim not in (1, 2) or rows.shape[-1] != len(self.factors):
            raise UsageError(f"the rows have the shape {rows.shape}: must be (rows, {len(self.factors)}), a column for each "
                             f"of {', '.join(self.factors)}")
        return np.atleast_2d(rows)

    def runs(self, x) -> np.ndarray:
        """Every run: (rows, outcomes, replicates), NaN where an outcome is missing."""
        rows = self._rows(x)
        out = np.empty((len(rows), len(self.outcomes), self.replicates))
        options = Options(self.threads)
        options.check(lib.dredge_function_call(
            self._handle, len(rows), ffi.cast("double *", rows.ctypes.data), self.first, self.replicates,
            options.handle, ffi.cast("double *", out.ctypes.data)))
        return out

    def __call__(self, x) -> np.ndarray:
        """Means over the replicates: (rows, outcomes), or (outcomes,) of a single row; NaN where no replicate has a value."""
        rows = self._rows(x)
        step = min(_MOST_ROWS, max(1, _MOST_NUMBERS // (len(self.outcomes) * self.replicates)))
        means = np.empty((len(rows), len(self.outcomes)))
        for start in range(0, len(rows), step):
            runs = self.runs(rows[start:start + step])
            n = np.count_nonzero(~np.isnan(runs), axis=2)
            with np.errstate(invalid="ignore"):
                means[start:start + step] = np.nansum(runs, axis=2) / np.where(n > 0, n, np.nan)
        return means[0] if np.ndim(x) == 1 else means
