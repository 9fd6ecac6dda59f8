"""Makes the bench of states: plays games, picks a state of each, and tries every choice there.

    python -m experiments.regret.make [--states 160] [--futures 8] [--out states.npz]
    python -m experiments.regret.make --players expert --reference expert --turns 1000 --out own.npz

The second makes a bench of an agent's own games, which says what the best choice would bring it:
`yendor compare expert --decisions --states own.npz --by progression`. The same version of the game
and of Yendor makes the same file, with any number of workers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from rich.progress import track

from agents import Agent, Transition
from envs.features import FEATURE_NAMES, FEATURE_VERSIONS, critical
from envs.futures import Horizon, Policy, every_future
from envs.macro_env import MacroEnv
from envs.macros import REGISTRY
from envs.situation import PART_NAMES, PARTS
from experiments.config.models import Config, find, load
from experiments.printable import mistakes_told
from experiments.regret.adapted import Adapted, Wide
from experiments.regret.states import MEASURES, SHIPPED, STRATA, States, digests
from experiments.runs.run import open_run, shipped_runs
from experiments.seeds import evaluation_seed
from experiments.training.again import again
from experiments.training.asked import untrained
from experiments.training.rollout import environment, play_game, policy_of
from experiments.whatif.values import MEASURES as VALUES

# What the bench that ships is made by; the reference says what is played, too.
PLAYERS, REFERENCE = ("random", "expert", "ppo", "thompson"), "ppo"
SHARES = (0.5, 0.3, 0.2)  # of the strata
BLOCK = 1_000  # of the games: nobody evaluates on it
MOST_GAMES = 10_000  # of a player, if some stratum hardly ever comes up
TURNS = 150  # that a future lasts


@dataclass(frozen=True)
class Plan:
    """Whose games the states are of, who plays the futures on, and for how many turns."""

    players: Sequence[str] = PLAYERS
    reference: str = REFERENCE
    turns: int = TURNS


class Picked(NamedTuple):
    """A decision of a game; its number counts from 0."""

    player: int
    stratum: int
    seed: int
    number: int
    step: Transition


def make(
    n_states: int, n_futures: int, workers: int | None, config: Config, plan: Plan = Plan()
) -> States:
    """Plays games and futures until there are so many states.

    Args:
        n_states: in all, spread over the players and `STRATA`; rounded to whole shares.
        n_futures: of each legal macro-action.
        workers: processes that play futures; None: one on each processor.
        config: what is played; of macro-actions and features, all that there are.
        plan: by whom.
    """
    config = _wide(config)
    env, reference = environment(config.env), _player(plan.reference, config)
    wanted = _wanted(n_states, len(plan.players))
    players = [_player(name, config) for name in plan.players]
    picked = _pick(env, config, players, wanted)
    ask = partial(_value, env, policy_of(reference), n_futures, Horizon(turns=plan.turns), workers)
    total = sum(sum(row) for row in wanted)
    found: list[tuple[Picked, np.ndarray]] = []
    for decision in track(picked, "states", total):
        seed = (decision.seed, decision.number)
        outcomes = ask(decision.step, seed)
        if outcomes is not None:
            found.append((decision, outcomes))
    about = {
        "players": plan.players, "reference": plan.reference, "futures": n_futures,
        "turns": plan.turns, "block": BLOCK, "macros": config.env.macros,
        "features": FEATURE_VERSIONS,
        "situation": {name: part.version for name, part in PARTS.items()},
        "env": config.env.model_dump(mode="json"), "sources": digests(),
    }  # fmt: skip
    return States(
        about=about,
        features=np.stack([one.step.state.features for one, _ in found]),
        situations=np.array([one.step.state.context for one, _ in found]),
        legal=np.stack([one.step.state.action_mask for one, _ in found]),
        strata=np.array([one.stratum for one, _ in found]),
        players=np.array([one.player for one, _ in found]),
        seeds=np.array([one.seed for one, _ in found]),
        decisions=np.array([one.number + 1 for one, _ in found]),
        outcomes=np.stack([outcomes for _, outcomes in found], axis=1),
    )


def stratum_of(step: Transition, names: Sequence[str]) -> int:
    """Return the index in `STRATA` of the state before a decision, from features of these names."""
    if critical(step.state.features, names):
        return 0
    return 1 if step.state.features[names.index("nearest_hostile")] < 1 else 2


def _wanted(n_states: int, players: int) -> list[list[int]]:
    """How many states of each player and stratum."""
    return [[round(n_states * share / players) for share in SHARES] for _ in range(players)]


def _pick(
    env: MacroEnv, config: Config, players: Sequence[Agent], wanted: list[list[int]]
) -> Iterator[Picked]:
    """Yield one decision of a game, standing there.

    A game gives one state at most, so that the states are independent. Its stratum is the scarcest
    of those still wanted that the game has, critical first.
    """
    seen = config.env.features
    for player, agent in enumerate(players):
        left = list(wanted[player])
        first = evaluation_seed(player * MOST_GAMES, BLOCK)
        for seed in range(first, first + MOST_GAMES):
            if not any(left):
                break
            rng = np.random.default_rng([config.seed, seed])
            steps = play_game(env, agent, seed, rng, False).transitions
            numbers = [i for i, s in enumerate(steps) if np.count_nonzero(s.state.action_mask) > 1]
            by_stratum = [
                [i for i in numbers if stratum_of(steps[i], seen) == k] for k in (0, 1, 2)
            ]
            able = [k for k, here in enumerate(by_stratum) if here and left[k]]
            if not able:
                continue
            chosen = int(rng.choice(by_stratum[able[0]]))
            for number, step in again(env, seed, steps[: chosen + 1]):
                if number == chosen:
                    left[able[0]] -= 1
                    yield Picked(player, able[0], seed, number, step)
                    break


def _value(
    env: MacroEnv, policy: Policy, n: int, horizon: Horizon, workers: int | None, step: Transition,
    seed: tuple[int, ...],
) -> np.ndarray | None:  # fmt: skip
    """Return what came of every legal macro-action, (measures, A, n); None if a future is lost."""
    legal = [int(action) for action in np.flatnonzero(step.state.action_mask)]
    found = every_future(env, legal, policy, n, horizon, seed, workers)
    if found is None:
        return None
    outcomes = np.full((len(MEASURES), len(step.state.action_mask), n), np.nan, np.float32)
    for future in found:
        values = [VALUES[measure](future) for measure in MEASURES]
        outcomes[:, future.action, future.index] = values
    return outcomes


def _player(name: str, config: Config) -> Agent:
    """Return an agent that comes with the project, as a run or as a config that learns nothing."""
    if name not in shipped_runs():
        return untrained(name, config)
    run, env = open_run(Path(name)), config.env
    agent, _ = run.checkpoint()
    wide = Wide(env.macros, env.features, env.situation)
    return cast(Agent, Adapted(agent, run.config.env, wide))  # it plays, and no more is asked


def _wide(config: Config) -> Config:
    """Return a config with all the macro-actions, features and parts that there are."""
    names = {"macros": [*REGISTRY], "features": [*FEATURE_NAMES], "situation": [*PART_NAMES]}
    return config.model_copy(update={"env": config.env.model_copy(update=names)})


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--states", type=int, default=160)
    parser.add_argument("--futures", type=int, default=8, help="of each legal macro-action")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--players", nargs="+", default=PLAYERS, help="agents of the games")
    parser.add_argument("--reference", default=REFERENCE, help="plays the futures on")
    parser.add_argument("--turns", type=int, default=TURNS, help="of a future")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    given = parser.parse_args()
    workers = 1 if given.workers is None else given.workers
    if min(given.states, given.turns, workers) < 1 or given.futures < 2:
        parser.error("--workers, --states and --turns must be at least 1, --futures at least 2")
    name, plan = given.reference, Plan(tuple(given.players), given.reference, given.turns)
    config = open_run(Path(name)).config if name in shipped_runs() else load(find(name))
    states = make(given.states, given.futures, given.workers, config, plan)
    states.save(given.out)
    counts = ", ".join(f"{(states.strata == k).sum()} {name}" for k, name in enumerate(STRATA))
    print(f"{given.out}: {len(states.seeds)} states ({counts})")


if __name__ == "__main__":
    with mistakes_told("regret.make"):
        main()
