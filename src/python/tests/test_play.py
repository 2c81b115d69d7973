# SPDX-License-Identifier: GPL-3.0-or-later
"""Many games at once, and the environment for Gymnasium."""
import numpy as np
import pytest

import dredge

SMALL = {"months": 24, "aftercare_months": 6, "seed": 5, "replicates": 20, "regimes": ["linear_kpi", "iterative"]}


def test_many_games_are_each_a_game():
    study = dredge.Study(SMALL)
    games = study.games(4, "iterative", first=2)
    shares = np.array([0.1, 0.2, 0.3, 0.4])
    numbers = games.step(process=shares, depth=0.5, months=6)
    assert numbers.shape == (4, len(games.scalars)) and not games.are_over.any()
    for k in range(4):
        single = study.game("iterative", replicate=2 + k)
        state = single.step(process=shares[k], depth=0.5, months=6)
        assert games["trust"][k] == np.float32(state.trust)
    games.step(months=100)
    assert games.are_over.all()


@pytest.mark.parametrize("make, sentence", [
    (lambda s: s.games(0), "n = 0"),
    (lambda s: s.games(3).step(process=[0.1, 0.2], depth=0.5), "each of 3 games"),
    (lambda s: s.games(3).step(process="x", depth=0.5), "one share"),
    (lambda s: s.games(3).step(process=0.5), "together"),
    (lambda s: s.games(3)["trusd"], "no 'trusd'"),
    (lambda s: s.game().step(process="x", depth=0), "between 0 and 1"),
    (lambda s: s.game().step(months=-1), "months = -1"),
])
def test_mistakes(make, sentence):
    with pytest.raises(dredge.UsageError, match=sentence):
        make(dredge.Study(SMALL))


def test_the_environment_passes_gymnasium_s_own_check():
    pytest.importorskip("gymnasium")
    from gymnasium.utils.env_checker import check_env
    check_env(dredge.Study(SMALL).environment("iterative"), skip_render_check=True)


def test_an_episode():
    pytest.importorskip("gymnasium")
    environment = dredge.Study(SMALL).environment()
    first, info = environment.reset(options={"replicate": 3})
    assert info["replicate"] == 3 and first in environment.observation_space
    total, months, ended = 0.0, 0, False
    while not ended:
        _, reward, terminated, truncated, _ = environment.step(np.array([0.3, 0.5], dtype=np.float32))
        total, months, ended = total + reward, months + 1, terminated or truncated
    assert months <= 30
    assert total == pytest.approx(environment.game.state.structural_share, abs=1e-6)
    with pytest.raises(dredge.UsageError, match="reward"):
        dredge.Study(SMALL).environment(reward="happiness")
