# SPDX-License-Identifier: GPL-3.0-or-later
"""A collaboration that is steered by hand, month by month."""
from __future__ import annotations

import json
import threading
from types import SimpleNamespace

import numpy as np

from dredge._library import UsageError, check, ffi, lib, name_of, taken, whole


_MOST_GAMES = 1 << 16


class Game:
    """``game = study.game(seed=1); state = game.step(process=0.3, depth=0.5)``.

    The collaboration is one of the study's first design point. Without `process` and `depth` the regime's own rules steer. A
    state has a number for each of `scalars` (symptom, trust, momentum, ...) and arrays by seat, tie and cause; shares lie
    between 0 and 1.
    """

    def __init__(self, study, regime: str | None = None, replicate: int = 0, seed: int | None = None):
        self.study = study if seed is None else study.with_set({"seed": seed})
        replicate = whole("replicate", replicate, 0)
        handle = ffi.new("dredge_game **")
        name = name_of(regime, "regime")
        check(lib.dredge_game_new(self.study._handle, name, replicate, handle))
        self._handle = ffi.gc(handle[0], lib.dredge_game_free)
        described = ffi.new("char **")
        check(lib.dredge_game_describe(self._handle, described))
        self.about = json.loads(taken(described))
        self.scalars = self.about["scalars"]
        self._lock = threading.Lock()

    def __reduce__(self):
        raise TypeError("a game under way cannot be pickled; pickle its study and play the same steps again")

    @property
    def month(self) -> int:
        """Months that have passed."""
        return lib.dredge_game_month(self._handle)

    @property
    def state(self) -> SimpleNamespace:
        """The state after the last month: scalars as numbers, `by_seat`, `by_tie`, `by_cause` as dicts of arrays."""
        numbers = np.frombuffer(ffi.buffer(lib.dredge_game_state(self._handle), 4 * lib.dredge_game_size(self._handle)),
                                dtype=np.float32).copy()
        state = SimpleNamespace(month=self.month,
                                **{name: float(number) for name, number in zip(self.scalars, numbers)})
        at = len(self.scalars)
        for group, count, names in (("by_seat", self.about["seats"], self.about["of_seats"]),
                                    ("by_tie", self.about["ties"], self.about["of_ties"]),
                                    ("by_cause", self.about["causes"], self.about["of_causes"])):
            parts = {}
            for name in names:
                parts[name] = numbers[at:at + count]
                at += count
            setattr(state, group, parts)
        return state

    @property
    def is_over(self) -> bool:
        """Is there no month left, of support or aftercare?"""
        return self.month >= self.about["months"] + self.about["aftercare"]

    def step(self, process: float | None = None, depth: float | None = None, months: int = 1) -> SimpleNamespace:
        """Goes `months` on and returns the state. `process` and `depth` (shares; both or none) hold until they are set
        again."""
        if (process is None) != (depth is None):
            raise UsageError("process and depth are set together, or neither")
        if process is not None:
            self._steer(process, depth)
        self._go(months)
        return self.state

    def _steer(self, process, depth):
        try:
            process, depth = float(process), float(depth)
        except (TypeError, ValueError):
            raise UsageError(f"process = {process!r} and depth = {depth!r}: must be numbers between 0 and 1") from None
        with self._lock:
            check(lib.dredge_game_steer(self._handle, process, depth))

    def _go(self, months):
        with self._lock:
            for _ in range(whole("months", months, 0)):
                if lib.dredge_game_step(self._handle) == 0:
                    break

    def _numbers(self):
        """The numbers of `scalars` after the last month."""
        return np.frombuffer(ffi.buffer(lib.dredge_game_state(self._handle), 4 * len(self.scalars)), dtype=np.float32)


class Games:
    """Several replicates side by side: ``games = study.games(32); numbers = games.step(process=shares, depth=0.5)``.

    Attributes
    ----------
    scalars : names of the columns of `numbers`
    numbers : (games, scalars), the state of each after the last month; `games["trust"]` is a column
    """

    def __init__(self, study, n: int, regime: str | None = None, first: int = 0, seed: int | None = None):
        study = study if seed is None else study.with_set({"seed": seed})
        first = whole("first", first, 0)
        if whole("n", n, 1) > _MOST_GAMES:
            raise UsageError(f"n = {n}: at most {_MOST_GAMES} games stand side by side")
        self.games = [Game(study, regime, first + k) for k in range(n)]
        self.scalars = self.games[0].scalars

    def __len__(self):
        return len(self.games)

    def __getitem__(self, name):
        if name not in self.scalars:
            raise UsageError(f"there is no {name!r} in a state: {', '.join(self.scalars)}")
        return self.numbers[:, self.scalars.index(name)]

    @property
    def numbers(self) -> np.ndarray:
        """(games, scalars): the state of each after the last month."""
        return np.array([game._numbers() for game in self.games])

    @property
    def are_over(self) -> np.ndarray:
        """For each game: is there no month left?"""
        return np.array([game.is_over for game in self.games])

    def step(self, process=None, depth=None, months: int = 1) -> np.ndarray:
        """Goes `months` on in all games and returns `numbers`. `process` and `depth` (one share for all, or one for each
        game; both or none) hold until they are set again."""
        if (process is None) != (depth is None):
            raise UsageError("process and depth are set together, or neither")
        if process is not None:
            try:
                pairs = np.broadcast_arrays(np.asarray(process, dtype=float), np.asarray(depth, dtype=float),
                                            np.empty(len(self)))
            except ValueError:
                raise UsageError(f"process and depth: must be one share, or one for each of {len(self)} games") from None
            for game, own_process, own_depth in zip(self.games, pairs[0], pairs[1]):
                game._steer(own_process, own_depth)
        for game in self.games:
            game._go(months)
        return self.numbers
