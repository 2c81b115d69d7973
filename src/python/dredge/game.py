# SPDX-License-Identifier: GPL-3.0-or-later
"""A collaboration that is steered by hand, month by month."""
from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np

from dredge._library import UsageError, check, ffi, lib, taken


class Game:
    """``game = study.game(seed=1); state = game.step(process=0.3, depth=0.5)``.

    Without `process` and `depth` the regime's own rules steer. A state has a number for each of `scalars` (symptom, trust,
    momentum, ...) and arrays by seat, tie and cause; shares lie between 0 and 1.
    """

    def __init__(self, study, regime: str | None = None, replicate: int = 0, seed: int | None = None):
        self.study = study if seed is None else study.with_set({"seed": seed})
        if isinstance(replicate, bool) or not isinstance(replicate, (int, np.integer)) or replicate < 0:
            raise UsageError(f"replicate = {replicate!r}: must be a whole number from 0")
        handle = ffi.new("dredge_game **")
        name = ffi.NULL if regime is None else regime.encode("utf-8")
        check(lib.dredge_game_new(self.study._handle, name, int(replicate), handle))
        self._handle = ffi.gc(handle[0], lib.dredge_game_free)
        described = ffi.new("char **")
        check(lib.dredge_game_describe(self._handle, described))
        self.about = json.loads(taken(described))
        self.scalars = self.about["scalars"]
        self.steering = (None, None)

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
            check(lib.dredge_game_steer(self._handle, float(process), float(depth)))
        for _ in range(months):
            if lib.dredge_game_step(self._handle) == 0:
                break
        return self.state
