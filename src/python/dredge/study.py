# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies: what one YAML file, or one dictionary, asks for."""
from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dredge._library import FileError, Options, UsageError, check, ffi, lib, path_of, reporter, taken, texts

if TYPE_CHECKING:
    from dredge.environment import Environment
    from dredge.function import Function
    from dredge.game import Game, Games
    from dredge.posterior import Posterior
    from dredge.results import Results

# More than a study can have, so that a device without end is refused, too.
_MOST_BYTES = 1 << 21


def _settings(values):
    """KEY=VALUE for each value, as `dredge run --set` takes them."""
    if not isinstance(values, Mapping):
        raise UsageError(f"set = {values!r}: must be a dict like {{'convener.skill': 0.8}}")
    for key in values:
        if not isinstance(key, str):
            raise UsageError(f"set: {key!r}: keys are texts like 'convener.skill'")
    return [f"{key}={value if isinstance(value, str) else _json(value, key)}" for key, value in values.items()]


def _json(value, where):
    """JSON, which is YAML; numpy's numbers and arrays become plain ones."""
    def plain(thing):
        if hasattr(thing, "tolist"):
            return thing.tolist()
        if isinstance(thing, Mapping):
            return dict(thing)
        if isinstance(thing, os.PathLike):
            return os.fspath(thing)
        raise TypeError(f"{type(thing).__name__} has no place in a study")

    try:
        return json.dumps(value, default=plain, allow_nan=False)
    except ValueError:
        raise UsageError(f"{where}: a study has no place for a number that is missing or infinite") from None
    except TypeError as error:
        raise UsageError(f"{where}: {error}") from None
    except RecursionError:
        raise UsageError(f"{where}: it is nested deeper than a study can be") from None


def _runs_line(done, runs):
    return (done / runs if runs else 1.0), f"{done:,} of {runs:,} runs"


class Study:
    """A study, read and checked.

    Parameters
    ----------
    source : path of a YAML file, or a dict (or other mapping) with the same keys
    set : dict, optional
        Values that replace those of the study, by key: ``{"convener.skill": 0.8}``.

    Raises StudyError with every mistake, one to a line, or FileError. Studies can be pickled.
    """

    def __init__(self, source: str | os.PathLike | Mapping, set: Mapping | None = None):
        settings = _settings({} if set is None else set)
        if isinstance(source, Mapping):
            self._open("study", _json(source, "study"), settings)
        elif isinstance(source, (str, os.PathLike)):
            path = os.fsdecode(path_of(source))
            try:
                with open(path, "rb") as file:
                    self._open(path, file.read(_MOST_BYTES), settings)
            except OSError as error:
                raise FileError(f"cannot open the study {path}: {error.strerror}") from None
        else:
            raise UsageError(f"a study is a path or a dict, not {type(source).__name__}")

    def _open(self, name, content, settings):
        content = content.encode("utf-8") if isinstance(content, str) else content
        self._state = (name, content, settings)
        handle = ffi.new("dredge_study **")
        sets, self._kept = texts(settings)
        check(lib.dredge_study_parse(name.encode("utf-8", "replace"), content, len(content), len(settings), sets, handle))
        self._handle = ffi.gc(handle[0], lib.dredge_study_free)

        described = ffi.new("char **")
        check(lib.dredge_study_describe(self._handle, described))
        self.about = json.loads(taken(described))

    def __getstate__(self):
        return self._state

    def __setstate__(self, state):
        self._open(*state)

    def __repr__(self):
        return f"<dredge.Study {self._state[0]}: {self.n_runs:,} runs>"

    @property
    def title(self) -> str:
        """What the study is called; "" when it has no title."""
        return self.about["title"]

    @property
    def regimes(self) -> list[str]:
        """Names of the regimes; the first is the baseline of comparisons."""
        return self.about["regimes"]

    @property
    def factors(self) -> list[str]:
        """Keys of the factors of the design."""
        return self.about["factors"]

    @property
    def parameters(self) -> dict[str, float]:
        """Every number of the study by its key, before a design point changes it."""
        return self.about["parameters"]

    @property
    def n_runs(self) -> int:
        """Runs that the study asks for: design points × regimes × replicates (the most, under a stopping rule)."""
        return lib.dredge_study_runs(self._handle)

    def run(self, to: str | os.PathLike | None = None, threads: int = 0, progress: bool | Callable = False,
            resume: bool = False, force: bool = False, checkpoint_every: int = 0,
            extend: str | os.PathLike | None = None) -> Results:
        """Runs the study: `dredge.Results` in memory, or with `to` a results file that is opened when it is done.

        threads : 0 for all cores; results do not depend on it
        progress : True for a line on the terminal or in the notebook, or a function of runs done and runs in all
        resume, force : with `to`: go on with an interrupted run; replace existing results, but
            no file of another kind
        checkpoint_every : with `to`, programmes only: every world is saved so often (months), and resume goes on from there
        extend : with `to`: a results file whose study asked for less (fewer replicates, points or regimes), from which the runs
            that both have in common are taken over; the results are the same as without

        Ctrl-C raises KeyboardInterrupt. A run into a file keeps what is finished, and the same call with resume=True goes
        on; of a run in memory the exception's `results` hold it.
        """
        from dredge.results import Results, open_results
        tell, end = reporter(progress, _runs_line)
        if to is None and (resume or checkpoint_every or extend is not None):
            raise UsageError("resume, checkpoint_every and extend are for runs into a results file: name it with to=")
        options = Options(threads, tell, resume, force, checkpoint_every, extend)
        try:
            if to is not None:
                options.check(lib.dredge_study_run(self._handle, path_of(to), options.handle))
                return open_results(to)
            handle = ffi.new("dredge_results **")
            status = lib.dredge_study_run_in_memory(self._handle, options.handle, handle)
            results = Results(handle[0], self) if handle[0] != ffi.NULL else None
            try:
                options.check(status)
            except KeyboardInterrupt as interrupt:
                interrupt.results = results
                raise
            return results
        finally:
            end()

    def function(self, factors: Sequence[str], outcomes: Sequence[str] = ("structural_share",),
                 regime: str | None = None, replicates: int = 64, first: int = 0, threads: int = 0) -> Function:
        """The study as a function of some of its numbers: see `dredge.Function`."""
        from dredge.function import Function
        return Function(self, factors, outcomes, regime, replicates, first, threads)

    def calibrate(self, particles: int = 1024, draws: int = 20000, replicates: int = 24, threads: int = 0,
                  progress: bool | Callable = False, state: str | os.PathLike | None = None) -> Posterior:
        """Which values of the keys of the study's section `calibration`, and which theories, agree with its targets:
        `dredge.Posterior`.

        particles : per generation
        draws : most settings that are tried; two more for each particle tell its figures
        replicates : collaborations of each regime for each setting
        threads : 0 for all cores; the posterior does not depend on it
        progress : True for a line, or a function of the tolerance, which falls to 1, and the share of the draws
        state : a file that keeps each generation: after Ctrl-C or a crash the same call goes on from the last; it stays until
            you remove it
        """
        from dredge.posterior import calibrate
        return calibrate(self, particles, draws, replicates, threads, progress, state)

    def games(self, n: int, regime: str | None = None, first: int = 0, seed: int | None = None) -> Games:
        """`n` collaborations side by side, replicates `first` and on: see `dredge.Games`."""
        from dredge.game import Games
        return Games(self, n, regime, first, seed)

    def environment(self, regime: str | None = None, reward: str | Callable = "structural_share") -> Environment:
        """A Gymnasium environment, where gymnasium is installed: see `dredge.environment.Environment`."""
        from dredge.environment import Environment
        return Environment(self, regime, reward)

    def game(self, regime: str | None = None, replicate: int = 0, seed: int | None = None) -> Game:
        """One collaboration to steer by hand, month by month: see `dredge.Game`."""
        from dredge.game import Game
        return Game(self, regime, replicate, seed)

    def with_set(self, set: Mapping) -> Study:
        """The same study with further values replaced."""
        name, content, settings = self._state
        other = Study.__new__(Study)
        other._open(name, content, settings + _settings(set))
        return other
