# SPDX-License-Identifier: GPL-3.0-or-later
"""What targets tell of the keys of a study: its calibration."""
from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import numpy as np

from dredge._library import UsageError, Watch, check, ffi, flag, lib, path_of, reporter, taken, text, whole

if TYPE_CHECKING:
    import pandas


class Posterior:
    """What `study.calibrate()` finds. Plain numbers: it can be pickled.

    Attributes
    ----------
    keys, targets : names, in the order of the study
    values : (particles, keys), in the units of the study
    weights : (particles,), all together 1
    distances : (particles,), sums of squared distances to the fitted targets, in errors
    figures : (particles, targets), with luck that chose nothing; NaN where there is none
    theory : (particles,), names
    about : the document of `dredge calibrate --json`: quantiles and bits of keys, targets, theories, generations, tolerance
    """

    def __init__(self, handle, study):
        self._handle, self._study = handle, study
        described = ffi.new("char **")
        check(lib.dredge_posterior_describe(handle, described))
        self.about = json.loads(taken(described))
        self.keys, self.targets = list(self.about["keys"]), [target["name"] for target in self.about["targets"]]
        n = lib.dredge_posterior_n_particles(handle)
        self.values, self.figures = np.empty((n, len(self.keys))), np.empty((n, len(self.targets)))
        self.weights, self.distances = np.empty(n), np.empty(n)
        check(lib.dredge_posterior_particles(handle, *(ffi.cast("double *", array.ctypes.data) for array in (
            self.values, self.weights, self.distances, self.figures))))
        self.theory = np.array([text(lib.dredge_posterior_theory(handle, particle)) for particle in range(n)])

    def __getstate__(self):
        return {**self.__dict__, "_handle": None, "_study": None}

    def __repr__(self):
        return (f"<dredge.Posterior of {', '.join(self.keys)}: {len(self.weights)} particles, "
                f"tolerance {self.about['tolerance']:.3g}>")

    def to_pandas(self) -> pandas.DataFrame:
        """A row per particle: the keys, theory, weight, distance, and the figure of each target."""
        import pandas as pd
        frame = pd.DataFrame(self.values, columns=self.keys)
        frame["theory"], frame["weight"], frame["distance"] = self.theory, self.weights, self.distances
        return frame.join(pd.DataFrame(self.figures, columns=["predicted_" + name for name in self.targets]))

    def summary(self) -> pandas.DataFrame:
        """A row per key: quantiles of the posterior, and the bits that the targets tell of it (0 nothing)."""
        import pandas as pd
        return pd.DataFrame.from_dict(self.about["keys"], orient="index").rename_axis("key")

    def checks(self) -> pandas.DataFrame:
        """A row per target: what was found and what the posterior predicts; `p` is small where it misses."""
        import pandas as pd
        return pd.DataFrame(self.about["targets"]).set_index("name")

    @property
    def theories(self) -> dict[str, float]:
        """The weight of each theory; empty where there was nothing to choose."""
        return self.about["theories"]

    def sample(self, n: int, seed: int = 0) -> np.ndarray:
        """`n` particles drawn by weight: rows (n, keys) for `study.function(posterior.keys)`."""
        chosen = np.random.default_rng(seed).choice(len(self.weights), whole("n", n, 1), p=self.weights / self.weights.sum())
        return self.values[chosen]

    def to_file(self, path: str | os.PathLike, force: bool = False) -> None:
        """Writes the file of `dredge calibrate`, which a study names in ``design: {method: posterior, file: ...}``; with `force`
        in place of an existing one."""
        if self._handle is None:
            raise UsageError("a posterior that was pickled is no file any more: write it before, or calibrate again")
        check(lib.dredge_posterior_write(self._handle, path_of(path), flag("force", force)))


def _line(tolerance, share):
    return share, f"of the draws, tolerance {tolerance:.2f}"


def calibrate(study, particles, draws, replicates, threads, progress, state):
    """See `Study.calibrate`."""
    tell, end = reporter(progress, _line)
    options = ffi.new("struct dredge_calibrate_options *")
    watch = Watch(options, threads, tell, "int(void *, double, double)")
    for name, value in (("particles", particles), ("draws", draws), ("replicates", replicates)):
        if whole(name, value, 0) == 0:
            raise UsageError(f"{name} = 0: must be more")
        setattr(options, "n_" + name, value)
    kept = ffi.new("char[]", path_of(state)) if state is not None else ffi.NULL
    options.state = kept
    handle = ffi.new("dredge_posterior **")
    try:
        watch.check(lib.dredge_study_calibrate(study._handle, options, handle))
    finally:
        end()
    return Posterior(ffi.gc(handle[0], lib.dredge_posterior_free), study)
