"""stable-baselines3 trains on the macro-action environment, as a stranger's learner would."""

import gymnasium as gym
import numpy as np
import pytest

import envs  # noqa: F401  (registers the ids)

pytestmark = pytest.mark.slow
DECISIONS = 2_000


@pytest.mark.parametrize("game", ["stub", "nethack"])
def test_ppo_trains_for_two_thousand_decisions(game):
    sb3 = pytest.importorskip("stable_baselines3")
    from stable_baselines3.common.env_checker import check_env

    env = gym.make("yendor/NetHackMacro-v0", game=game, max_turns=1_000)
    check_env(env.unwrapped, warn=False, skip_render_check=True)
    model = sb3.PPO("MlpPolicy", env, n_steps=500, batch_size=100, n_epochs=2, seed=0, device="cpu")
    before = [parameter.detach().clone() for parameter in model.policy.parameters()]
    model.learn(DECISIONS)
    assert model.num_timesteps == DECISIONS
    pairs = zip(before, model.policy.parameters(), strict=True)
    assert any(not bool((old == new).all()) for old, new in pairs)
    assert all(bool(new.isfinite().all()) for new in model.policy.parameters())
    observation, _ = env.reset(seed=0)
    action, _ = model.predict(observation)
    assert env.action_space.contains(np.int64(action))
    env.close()
