# SPDX-License-Identifier: GPL-3.0-or-later
"""A collaboration as an environment of Gymnasium, for those who let programs learn to steer. Needs gymnasium."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

try:
    import gymnasium
except ImportError:
    raise ImportError("an environment needs Gymnasium: pip install gymnasium") from None

from dredge._library import UsageError


class Environment(gymnasium.Env):
    """``environment = study.environment(); observation, info = environment.reset(seed=1)``.

    An observation is the state after a month: the numbers of `scalars`, float32. An action is (process, depth), shares. An
    episode ends when the collaboration does (terminated), or when no month of support or aftercare is left (truncated).

    Parameters
    ----------
    study : Study
    regime : whose weight of KPIs holds; the study's first by default
    reward : name of a scalar, whose rise in the month is the reward; or a function of the states before and after it
    """

    metadata = {"render_modes": []}

    def __init__(self, study, regime: str | None = None, reward: str | Callable = "structural_share"):
        self.study, self.regime = study, regime
        self.game = study.game(regime)
        self.scalars = self.game.scalars
        if not callable(reward) and reward not in self.scalars:
            raise UsageError(f"reward = {reward!r}: must be a function, or one of {', '.join(self.scalars)}")
        self.reward = reward
        self.action_space = gymnasium.spaces.Box(0, 1, (2,), np.float32)
        self.observation_space = gymnasium.spaces.Box(-np.inf, np.inf, (len(self.scalars),), np.float32)

    def _observe(self):
        return self.game._numbers().copy()

    def reset(self, *, seed: int | None = None, options: dict | None = None):
        """`options={"replicate": 3}` plays that replicate; otherwise one is drawn."""
        super().reset(seed=seed)
        replicate = (options or {}).get("replicate")
        replicate = int(self.np_random.integers(1 << 20)) if replicate is None else replicate
        self.game = self.study.game(self.regime, replicate)
        return self._observe(), {"replicate": replicate}

    def step(self, action):
        """One month under `action`: observation, reward, terminated, truncated, and the month that has passed."""
        before = self.game.state
        process, depth = np.clip(np.asarray(action, dtype=float), 0, 1)
        after = self.game.step(process, depth)
        reward = (self.reward(before, after) if callable(self.reward)
                  else getattr(after, self.reward) - getattr(before, self.reward))
        return self._observe(), float(reward), after.alive == 0, self.game.is_over, {"month": after.month}
