"""One decision looked into: futures of every legal macro-action."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from envs.futures import Future, Horizon, Lost, futures
from envs.knowledge.statistics import Statistics
from experiments.errors import UserError, why
from experiments.files import write_bytes
from experiments.replays.decisions import Decision
from experiments.replays.format import SUFFIX
from experiments.training.rollout import policy_of
from experiments.whatif.game import Game
from experiments.whatif.recorder import FutureRecorder
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
    """Walk a game to a decision, at which `look` then plays futures.

    Raises:
        UserError: when the game does not have that decision, or can't be followed so far.
    """
    env = game.walk_to(at)
    assert env.known is not None
    legal = [int(action) for action in np.flatnonzero(env.action_masks())]
    found = [Futures(action) for action in legal]
    return Crossroads(game, game.decision(at), env.known.stats, terms, found)


def look(crossroads: Crossroads, record: bool = False) -> Generator[Future | Lost, None, None]:
    """Plays the futures, and adds each to what was found.

    Args:
        crossroads: as it comes from `arrive`.
        record: whether each future's `report` is its replay.

    Raises:
        FuturesUnavailable: where the game can't be forked.
    """
    game, terms, at = crossroads.game, crossroads.terms, crossroads.decision.number
    by_action = {futures.action: futures for futures in crossroads.found}

    def recorder(action: int, index: int, seeds: tuple[int, int]) -> FutureRecorder:
        return FutureRecorder(game, action, index, seeds)

    for future in futures(
        game.env, list(by_action), policy_of(game.agent), terms.n, terms.horizon,
        game.seed_at(at), workers=terms.workers, watch=recorder if record else None,
    ):  # fmt: skip
        by_action[future.action].add(future)
        yield future


def kept(found: Iterable[Future | Lost], folder: Path, names: Sequence[str]) -> Iterator[Future]:
    """Write the replays of futures into a folder as they come, and passes them on.

    Raises:
        UserError: when the folder can't be made, or holds anything but replays.
    """
    try:
        folder.mkdir(exist_ok=True)
        strange = [path.name for path in folder.iterdir() if not path.name.endswith(SUFFIX)]
    except OSError as error:
        raise UserError(f"--out {folder}: can't be made: {why(error)}") from None
    if strange:
        raise UserError(f"--out {folder}: holds {strange[0]}; name a new folder for the futures")
    for future in found:
        if isinstance(future, Future):
            name = f"{names[future.action]}-{future.index}{SUFFIX}"
            write_bytes(folder / name, future.report)
            yield future
