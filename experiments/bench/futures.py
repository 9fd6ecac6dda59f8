"""What futures of a game cost, and how many of them a stated precision takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from envs.futures import Future, Horizon, futures
from experiments.bench.measure import Effort, Result
from experiments.runs.run import open_run
from experiments.training.rollout import policy_of
from experiments.whatif.game import Game, open_game
from experiments.whatif.turning_points import dangers, evenly
from experiments.whatif.values import MEASURES

RUN = Path("ppo")  # comes with the project
GAMES, DECISIONS_PER_GAME = 4, 2  # games, and decisions of each that are looked into
FUTURES_PER_DECISION = 8  # of each decision and repetition
HORIZON = Horizon(turns=150)
PRECISION = {"survival": 0.05, "progression": 0.005, "points": 50.0}
Z = 1.96  # standard errors to either side: 95 %


def measure(effort: Effort) -> list[Result]:
    """Futures per second on one core; keystrokes beside a game that is not forked; precision."""
    agent_games = [open_game(open_run(RUN), number, training=False) for number in range(GAMES)]
    speeds: list[float] = []
    keys: list[float] = []
    alone: list[float] = []
    spread: dict[str, list[float]] = {name: [] for name in PRECISION}
    for repeat in range(effort.repeats):
        found, seconds = [], 0.0
        for game in agent_games:
            for played, took in _dangers(game, repeat):
                found += played
                seconds += took
                for name, variances in spread.items():
                    variances.append(float(np.var([MEASURES[name](f) for f in played], ddof=1)))
        speeds.append(len(found) / seconds)
        keys.append(sum(len(future.keys) for future in found) / seconds)
        alone.append(_alone(agent_games[repeat % GAMES]))
    return [
        Result("futures of 150 turns", "futures/s", tuple(speeds)),
        Result("playing futures", "keystrokes/s", tuple(keys),
               "walking the game itself", tuple(alone)),
        *(_precision(name, spread[name]) for name in PRECISION),
    ]  # fmt: skip


def needed(variance: float, half_width: float) -> float:
    """How many futures give a mean a 95 % interval of that half width."""
    return variance * (Z / half_width) ** 2


def _precision(name: str, variances: list[float]) -> Result:
    """Return a mean over decisions in danger: of each, the variance among futures of one choice."""
    what = f"{name} of a choice to ± {PRECISION[name]:g}"
    return Result(what, "futures", (needed(float(np.mean(variances)), PRECISION[name]),))


def _dangers(game: Game, repeat: int) -> Iterator[tuple[list[Future], float]]:
    """Futures of the choice made at decisions in danger, one after the other, and the seconds."""
    chosen = evenly(dangers(game), DECISIONS_PER_GAME)
    for env, decision in game.walk():
        if decision.number not in chosen:
            continue
        began = time.perf_counter()
        action, seed = decision.choice.chosen, game.seed_at(decision.number)
        sample = futures(
            env, [action], policy_of(game.agent), FUTURES_PER_DECISION, HORIZON, seed,
            first=repeat * FUTURES_PER_DECISION, workers=1,
        )  # fmt: skip
        found = [future for future in sample if isinstance(future, Future)]
        yield found, time.perf_counter() - began


def _alone(game: Game) -> float:
    """Keystrokes per second of the game, played again."""
    began = time.perf_counter()
    for _ in game.walk():
        pass
    return game.replay.keystrokes / (time.perf_counter() - began)
