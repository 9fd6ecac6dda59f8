"""Training by PPO on the stub: our policy gradient in numpy against stable-baselines3's PPO."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import gymnasium as gym
import numpy as np

import agents
from agents import Agent, Transition
from envs.macro_env import MacroEnv
from experiments.bench.measure import INSTALL, Effort, Result, peer, take_turns
from experiments.training.rollout import play_game

# Two small levels of the stub, so that a decision takes a few keys and the learners are seen.
MAPS = (
    """
---------
|@..%..:|
|....>..|
---------
""",
    """
---------
|<..$...|
|..x....|
---------
""",
)
MAX_DECISIONS = 256
DISCOUNT = 0.99
TARGET = 3.0
HIDDEN = (64, 64)
BATCH, EPOCHS = 64, 10
LEARNING_RATE, GAE_LAMBDA, CLIP = 3e-4, 0.95, 0.2


class Clocked(gym.Wrapper[np.ndarray, int, np.ndarray, int]):
    """Keeps the time that an environment takes, and the number of decisions."""

    def __init__(self, env: MacroEnv) -> None:
        super().__init__(env)
        self.macros, self.observation = env.macros, env.observation
        self.seconds, self.decisions = 0.0, 0

    def reset(self, **arguments: Any) -> tuple[np.ndarray, dict[str, Any]]:
        """As the environment's, clocked."""
        began = time.perf_counter()
        result = self.env.reset(**arguments)
        self.seconds += time.perf_counter() - began
        return result

    def step(self, action: int) -> tuple[np.ndarray, Any, bool, bool, dict[str, Any]]:
        """As the environment's, clocked."""
        began = time.perf_counter()
        result = self.env.step(action)
        self.seconds += time.perf_counter() - began
        self.decisions += 1
        return result


class Clock:
    """A trial of training: decisions per second, and the same without the environment's time."""

    def __init__(self, env: Clocked, train: Callable[[], object]) -> None:
        self.env, self.train = env, train
        self.learner: list[float] = []

    def __call__(self) -> float:
        """Decisions per second of a round; appends to `learner` those without the game."""
        seconds, decisions = self.env.seconds, self.env.decisions
        began = time.perf_counter()
        self.train()
        took = time.perf_counter() - began
        decisions = self.env.decisions - decisions
        self.learner.append(decisions / (took - (self.env.seconds - seconds)))
        return decisions / took


def measure(effort: Effort) -> list[Result]:
    """Decisions per second of training, of the learner alone, and of the game alone."""
    env = Clocked(
        MacroEnv(
            "stub", maps=MAPS, hp=60, max_turns=None, max_decisions=MAX_DECISIONS, discount=DISCOUNT
        )
    )
    clocks = {"ours": Clock(env, _ours(env, effort.decisions))}
    library = peer("stable_baselines3")
    if library:
        clocks["theirs"] = Clock(env, _theirs(library, env, effort.decisions))
    speeds = take_turns(clocks, effort.repeats)
    alone = {name: tuple(clock.learner[-effort.repeats :]) for name, clock in clocks.items()}
    by_chance = {"ours": Clock(env, _by_chance(env, effort.decisions // 4))}
    chance = take_turns(by_chance, effort.repeats)

    def result(what: str, speed: dict[str, tuple[float, ...]], target: float | None) -> Result:
        return Result(
            what,
            "decisions/s",
            speed["ours"],
            "stable-baselines3 PPO",
            speed.get("theirs", ()),
            target,
            "" if library else INSTALL,
        )

    return [
        result("training on the stub", speeds, TARGET),
        result("the same, the game's time taken out", alone, None),
        Result("the stub alone, random choice", "decisions/s", chance["ours"]),
    ]


def _ours(env: Clocked, decisions: int) -> Callable[[], object]:
    """Return a round of games and learning from it, as `experiments.training.train` goes about
    it.
    """
    agent = _agent("policy_gradient", env, clip=CLIP, gae_lambda=GAE_LAMBDA, epochs=EPOCHS,
                   batch_size=BATCH, hidden=HIDDEN, learning_rate=LEARNING_RATE)  # fmt: skip
    seeds = iter(range(10**9))
    return lambda: agent.learn(_games(env, agent, seeds, decisions))


def _by_chance(env: Clocked, decisions: int) -> Callable[[], object]:
    agent, seeds = _agent("random", env), iter(range(10**9))
    return lambda: _games(env, agent, seeds, decisions)


def _agent(name: str, env: Clocked, **settings: Any) -> Agent:
    n_features = env.get_wrapper_attr("observation_space").shape[0]
    n_situations = env.get_wrapper_attr("n_situations")
    rng = np.random.default_rng(0)
    return agents.make(name, len(env.macros), n_situations, n_features, rng=rng, **settings)


def _games(env: Clocked, agent: Agent, seeds: Any, decisions: int) -> list[Transition]:
    transitions: list[Transition] = []
    while len(transitions) < decisions:
        seed = next(seeds)
        rng = np.random.default_rng([0, seed])
        transitions += play_game(env, agent, seed, rng, learn=True).transitions
    return transitions


def _theirs(library: Any, env: Clocked, decisions: int) -> Callable[[], object]:
    model = library.PPO(
        "MlpPolicy", env, n_steps=decisions, batch_size=BATCH, n_epochs=EPOCHS, clip_range=CLIP,
        gae_lambda=GAE_LAMBDA, gamma=DISCOUNT, learning_rate=LEARNING_RATE, seed=0,
        policy_kwargs={"net_arch": list(HIDDEN)}, device="cpu",
    )  # fmt: skip
    return lambda: model.learn(decisions)  # from a game of its own
