"""One decision looked into: futures of every legal macro-action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from envs.futures import Future, Horizon, Lost, futures
from envs.statistics import Statistics
from experiments.errors import UserError
from experiments.files import write_bytes
from experiments.films.decisions import Decision
from experiments.films.replay import SUFFIX
from experiments.whatif.game import Game
from experiments.whatif.players import FutureRecorder, policy_of
from experiments.whatif.values import Futures


@dataclass(frozen=True)
class Terms:
    """How futures are played and judged.

    Attributes:
        n: futures of each macro-action.
        horizon: where they end.
        measure: of `values.MEASURES`, by which macro-actions are ranked.
        workers: processes; None for one on each processor.
    """

    n: int = 64
    horizon: Horizon = Horizon(turns=150)
    measure: str = "survival"
    workers: int | None = None

    def lasting(self) -> str:
        """How long a future lasts, in words."""
        turns = self.horizon.turns
        return "to the end of the game" if turns is None else f"{turns:,} turns long"


@dataclass
class Crossroads:
    """A decision and its futures, as far as they have been played.

    Attributes:
        game: whose decision.
        decision: as it was made.
        stats: the hero's, before it.
        terms: of the futures.
        found: one entry for every legal macro-action.
    """

    game: Game
    decision: Decision
    stats: Statistics
    terms: Terms
    found: list[Futures]

    @property
    def played(self) -> int:
        """The action of the game itself."""
        return self.decision.choice.chosen

    @property
    def lost(self) -> list[Lost]:
        """The futures of which nothing is known."""
        return [lost for futures in self.found for lost in futures.lost]


def arrive(game: Game, at: int, terms: Terms) -> Crossroads:
    """Walks a game to a decision, at which `look` then plays futures.

    Raises:
        UserError: when the game does not have that decision, or can't be followed so far.
    """
    env = game.walk_to(at)
    assert env.game is not None
    legal = [int(action) for action in np.flatnonzero(env.action_masks())]
    found = [Futures(action) for action in legal]
    return Crossroads(game, game.decision(at), env.game.stats, terms, found)


def look(crossroads: Crossroads, keep: Path | None = None) -> Iterator[Future | Lost]:
    """Plays the futures, and adds each to what was found.

    Args:
        crossroads: as it comes from `arrive`.
        keep: a folder for their replays; None for none.

    Raises:
        FuturesUnavailable: where the game can't be forked.
    """
    game, terms, at = crossroads.game, crossroads.terms, crossroads.decision.number
    by_action = {futures.action: futures for futures in crossroads.found}

    def record(action: int, index: int, seeds: tuple[int, int]) -> FutureRecorder:
        return FutureRecorder(game, action, index, seeds)

    for future in futures(
        game.env, list(by_action), policy_of(game.agent), terms.n, terms.horizon,
        game.seed_at(at), workers=terms.workers, watch=record if keep else None,
    ):  # fmt: skip
        if keep and isinstance(future, Future):
            name = f"{game.names[future.action]}-{future.index}{SUFFIX}"
            write_bytes(keep / name, future.report)
            future = replace(future, report=None)
        by_action[future.action].add(future)
        yield future


def check_folder(keep: Path | None) -> None:
    """Makes the folder for replays.

    Raises:
        UserError: when it can't be made, or holds anything but replays.
    """
    if keep is None:
        return
    try:
        keep.mkdir(exist_ok=True)
        strange = [path.name for path in keep.iterdir() if not path.name.endswith(SUFFIX)]
    except OSError as error:
        raise UserError(f"--out {keep}: can't be made: {error.strerror}") from None
    if strange:
        raise UserError(f"--out {keep}: holds {strange[0]}; name a new folder for the futures")
