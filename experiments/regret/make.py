"""Makes the bench of states: plays games, picks a state of each, and tries every choice there.

    python -m experiments.regret.make [--states 96] [--futures 8] [--out states.npz]

The same version of the game and of Yendor makes the same file, with any number of workers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.progress import track

from agents import Agent, Transition
from envs.features import FEATURE_NAMES, critical
from envs.features import VERSION as FEATURES_VERSION
from envs.futures import Horizon, every_future
from envs.macro_env import MacroEnv
from experiments.config.models import Config
from experiments.regret.states import MEASURES, SHIPPED, STRATA, States, digests
from experiments.runs.run import open_run
from experiments.training.again import again
from experiments.training.evaluate import untrained
from experiments.training.rollout import environment, play_game, policy_of
from experiments.whatif.values import MEASURES as VALUES

PLAYERS = ("random", "expert", "ppo", "thompson")  # in whose games the states come up
REFERENCE = "ppo"  # plays the futures on, and says what is played
SHARES = (0.5, 0.3, 0.2)  # of the strata
FIRST_SEED = 2_000_000  # of the games: neither trained on nor evaluated
MOST_GAMES = 10_000  # of a player, if some stratum hardly ever comes up
HORIZON = Horizon(turns=150)
NEAREST = FEATURE_NAMES.index("nearest_hostile")


class Found(NamedTuple):
    """A state, and what came of every choice: (measures, A, n)."""

    step: Transition
    stratum: int
    player: int
    seed: int
    decision: int
    outcomes: np.ndarray


def make(n_states: int, n_futures: int, workers: int | None, config: Config) -> States:
    """Plays games and futures until there are so many states.

    Args:
        n_states: in all, spread over `PLAYERS` and `STRATA`; rounded to whole shares.
        n_futures: of each legal macro-action.
        workers: processes that play futures; None: one on each processor.
        config: what is played.
    """
    env, reference = environment(config.env), _player(REFERENCE, config)
    wanted = _wanted(n_states)
    picked = _pick(env, config, wanted)
    total = sum(sum(row) for row in wanted)
    found = []
    for player, stratum, seed, number, step in track(picked, "states", total):
        outcomes = _value(env, reference, step, n_futures, (seed, number), workers)
        if outcomes is not None:
            found.append(Found(step, stratum, player, seed, number + 1, outcomes))
    about = {
        "players": PLAYERS, "reference": REFERENCE, "futures": n_futures,
        "turns": HORIZON.turns, "first_seed": FIRST_SEED, "macros": config.env.macros,
        "features": FEATURE_NAMES, "features_version": FEATURES_VERSION,
        "env": config.env.model_dump(mode="json"), "sources": digests(),
    }  # fmt: skip
    states = [one.step.state for one in found]
    return States(
        about=about,
        features=np.stack([state.features for state in states]),
        situations=np.array([state.context for state in states]),
        legal=np.stack([state.action_mask for state in states]),
        strata=np.array([one.stratum for one in found]),
        players=np.array([one.player for one in found]),
        seeds=np.array([one.seed for one in found]),
        decisions=np.array([one.decision for one in found]),
        outcomes=np.stack([one.outcomes for one in found], axis=1),
    )


def stratum_of(step: Transition) -> int:
    """The index in `STRATA` of the state before a decision."""
    if critical(step.state.features):
        return 0
    return 1 if step.state.features[NEAREST] < 1 else 2


def _wanted(n_states: int) -> list[list[int]]:
    """How many states of each player and stratum."""
    return [[round(n_states * share / len(PLAYERS)) for share in SHARES] for _ in PLAYERS]


def _pick(
    env: MacroEnv, config: Config, wanted: list[list[int]]
) -> Iterator[tuple[int, int, int, int, Transition]]:
    """Yields player, stratum, seed, number and step of one decision of a game, standing there.

    A game gives one state at most, so that the states are independent. Its stratum is the scarcest
    of those still wanted that the game has, critical first.
    """
    for player, name in enumerate(PLAYERS):
        agent, left = _player(name, config), list(wanted[player])
        first = FIRST_SEED + player * MOST_GAMES
        for seed in range(first, first + MOST_GAMES):
            if not any(left):
                break
            rng = np.random.default_rng([config.seed, seed])
            steps = play_game(env, agent, seed, rng, False).transitions
            numbers = [i for i, s in enumerate(steps) if np.count_nonzero(s.state.action_mask) > 1]
            by_stratum = [[i for i in numbers if stratum_of(steps[i]) == k] for k in (0, 1, 2)]
            able = [k for k, here in enumerate(by_stratum) if here and left[k]]
            if not able:
                continue
            chosen = int(rng.choice(by_stratum[able[0]]))
            for number, step in again(env, seed, steps[: chosen + 1]):
                if number == chosen:
                    left[able[0]] -= 1
                    yield player, able[0], seed, number, step
                    break


def _value(
    env: MacroEnv, reference: Agent, step: Transition, n: int, seed: tuple[int, ...],
    workers: int | None,
) -> np.ndarray | None:  # fmt: skip
    """What came of every legal macro-action, (measures, A, n); None if a future is lost."""
    legal = [int(action) for action in np.flatnonzero(step.state.action_mask)]
    found = every_future(env, legal, policy_of(reference), n, HORIZON, seed, workers)
    if found is None:
        return None
    outcomes = np.full((len(MEASURES), len(step.state.action_mask), n), np.nan, np.float32)
    for future in found:
        values = [VALUES[measure](future) for measure in MEASURES]
        outcomes[:, future.action, future.index] = values
    return outcomes


def _player(name: str, config: Config) -> Agent:
    if name in ("random", "expert"):
        return untrained(name, config)
    return open_run(Path(name)).checkpoint()[0]


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--states", type=int, default=96)
    parser.add_argument("--futures", type=int, default=8, help="of each legal macro-action")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    given = parser.parse_args()
    config = open_run(Path(REFERENCE)).config
    states = make(given.states, given.futures, given.workers, config)
    states.save(given.out)
    counts = ", ".join(f"{(states.strata == k).sum()} {name}" for k, name in enumerate(STRATA))
    print(f"{given.out}: {len(states.seeds)} states ({counts})")


if __name__ == "__main__":
    main()
