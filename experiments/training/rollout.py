"""One whole game: an agent chooses among macro-actions until the game ends."""

from __future__ import annotations

import copy
import functools
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from agents import Agent, State, Transition
from agents.lessons import Lesson
from envs.macro_env import MacroEnv
from envs.outcome import Outcome
from envs.protocol import DecisionEnv
from experiments.config.models import EnvConfig
from experiments.files import Row
from experiments.replays.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Episode:
    """A finished game.

    Attributes:
        row: in `episodes.jsonl`.
        transitions: its decisions.
        replay: if it was recorded.
        lessons: what futures of its decisions taught, None in the place of one that failed.
    """

    row: Row
    transitions: list[Transition]
    replay: bytes | None = None
    lessons: tuple[Lesson | None, ...] = ()


def environment(config: EnvConfig) -> MacroEnv:
    """Return this process's environment of a config, ready for `reset`; made once and reused.

    Two are kept: games of a run may alternate with the unseen games of another one.
    """
    return _environment(config.model_dump_json())


def new_environment(config: EnvConfig) -> MacroEnv:
    """Return an environment of a config that is nobody else's, ready for `reset`."""
    return _environment.__wrapped__(config.model_dump_json())


@functools.lru_cache(maxsize=2)
def _environment(config: str) -> MacroEnv:
    return MacroEnv(**EnvConfig.model_validate_json(config).arguments())


def play_game(
    env: DecisionEnv,
    agent: Agent,
    seed: int,
    rng: np.random.Generator,
    learn: bool,
    recorder: Recorder | None = None,
) -> Episode:
    """Plays one game on a copy of the agent.

    Args:
        env: any; it is reset.
        agent: stays as it is.
        seed: the game's.
        rng: the agent's randomness in this game.
        learn: whether an agent that learns online does so on its copy.
        recorder: takes the decisions, if the game is to be recorded.

    Returns:
        The row and the transitions of the game.
    """
    began = time.perf_counter()
    # One that does not learn as it plays changes nothing but its rng: no need to copy all of it.
    agent = copy.deepcopy(agent) if agent.learns_online else copy.copy(agent)
    agent.rng = rng
    observation, info = env.reset(seed=seed)
    character = info.get("character")
    state, transitions, over = to_state(observation, info), [], False
    while not over:
        if recorder:
            recorder.choose(agent, state)
        action = agent.act(state)
        observation, reward, terminated, truncated, info = env.step(action)
        if recorder:
            keys, ended = info["keys"], info["ended"]
            recorder.done(action, keys, ended, float(reward), env.observation)
        over = terminated or truncated
        next_state = to_state(observation, info)
        step = Transition(
            state, action, float(reward), info["discount"], next_state, over, info["keystrokes"]
        )
        if learn and agent.learns_online:
            agent.learn([step])
        transitions.append(step)
        state = next_state
    row = {"seed": seed, "character": character}
    row |= {"terminated": bool(terminated), "truncated": bool(truncated)}
    row |= _outcome(info) | _sums(env, transitions)
    replay = recorder.finish(row) if recorder else None
    return Episode(row | {"seconds": round(time.perf_counter() - began, 3)}, transitions, replay)


def policy_of(
    agent: Agent,
) -> Callable[[np.ndarray, dict[str, Any], np.random.Generator], int]:
    """Return an agent as what plays futures on: learning off, random numbers handed in.

    Args:
        agent: stays as it is.
    """
    # As in `play_game`: an agent that learns as it plays may keep its generator further inside.
    player = copy.deepcopy(agent) if agent.learns_online else copy.copy(agent)

    def policy(observation: np.ndarray, info: dict[str, Any], rng: np.random.Generator) -> int:
        player.rng = rng
        return player.act(to_state(observation, info))

    return policy


def to_state(observation: np.ndarray, info: dict[str, Any]) -> State:
    """Return what the agent sees at a decision, from what the environment returned."""
    mask = np.asarray(info["action_mask"], dtype=bool)
    return State(observation, context=int(info["situation"]), action_mask=mask)


def _outcome(info: dict[str, Any]) -> Row:
    return asdict(Outcome.of(info | {"keystrokes": info["total_keystrokes"]}))


def _sums(env: DecisionEnv, transitions: list[Transition]) -> Row:
    """Return decisions, reward (undiscounted), return (discounted), and how often each macro."""
    names = [macro.name for macro in env.macros]
    counts = dict.fromkeys(names, 0)
    total, discount = 0.0, 1.0
    for step in transitions:
        counts[names[step.action]] += 1
        total += discount * step.reward
        discount *= step.discount
    reward = sum(step.reward for step in transitions)
    return {"decisions": len(transitions), "reward": reward, "return": total, "macros": counts}
