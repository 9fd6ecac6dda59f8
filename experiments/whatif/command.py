"""What `yendor whatif` does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console

from envs.futures import Future, FuturesUnavailable, Horizon, Lost
from envs.names import nearest
from experiments.console import PlainConsole
from experiments.errors import UserError, escaped
from experiments.files import check_suffix
from experiments.outputs import refusal
from experiments.printable import say
from experiments.replays.format import SUFFIX
from experiments.runs.named import find_run
from experiments.runs.run import open_run
from experiments.whatif.decision import Crossroads, Terms, arrive, kept, look
from experiments.whatif.game import Game, open_game
from experiments.whatif.progress import exhaust, tracked
from experiments.whatif.tables import heading, remarks, values_table
from experiments.whatif.turning_command import show_turning_points
from experiments.whatif.values import MEASURES


@dataclass(frozen=True)
class Request:
    """What is asked.

    Attributes:
        run: a run folder.
        number, training: which game, as for `yendor watch`.
        at: the decision, counted from 1; None for the turning points of the game.
        futures: of each macro-action.
        turns: that a future lasts; 0: to the end of the game.
        measure: of `MEASURES`.
        workers: processes; None for one on each processor.
        out: a folder for the replays of the futures.
        html: a page to write.
    """

    run: Path
    number: int = 0
    training: bool = False
    at: int | None = None
    futures: int = 64
    turns: int = 150
    measure: str = "survival"
    workers: int | None = None
    out: Path | None = None
    html: Path | None = None

    def terms(self) -> Terms:
        """How futures are played and judged."""
        return Terms(self.futures, Horizon(self.turns or None), self.measure, self.workers)


def whatif(request: Request) -> None:
    """Show what other choices would have brought; on Ctrl-C what was found so far.

    Raises:
        RunError: for a run that can't be read.
        ReplayError: for a replay that can't be read.
        UserError: for arguments that do not fit, a decision that the game does not have or can't
            reach, and where games can't be forked.
    """
    _check(request)
    console = PlainConsole()
    game = open_game(open_run(find_run(request.run)), request.number, request.training)
    try:
        if request.at is None:
            show_turning_points(game, request.terms(), request.html, console)
        else:
            _show_decision(game, request.at, request, console)
    except FuturesUnavailable as error:
        raise UserError(str(error)) from None


def _show_decision(game: Game, at: int, request: Request, console: Console) -> None:
    crossroads = arrive(game, at, request.terms())
    found: Iterable[Future | Lost] = look(crossroads, record=bool(request.out or request.html))
    if request.out:
        found = kept(found, request.out, game.names)
    total = len(crossroads.found) * request.futures
    stopped = exhaust(tracked(found, total, console), console)
    tell(crossroads, console)
    if request.html:
        from experiments.whatif.page import write_page

        write_page(request.html, crossroads)
        say(f"The page is {request.html}")
    if request.out:
        say(
            f"The futures are replays in {request.out}; look into one with\n"
            f"  yendor watch {request.out}/{game.names[crossroads.played]}-0{SUFFIX}\n"
            f"where g and #{at} go to the decision, and n to the next future"
        )
    if stopped:
        raise typer.Exit(130)


def tell(crossroads: Crossroads, console: Console) -> None:
    """Print what was found at a decision."""
    if not any(futures.played for futures in crossroads.found):
        console.print("No future was played.", *remarks(crossroads)[1:], soft_wrap=True)
        return
    console.print(heading(crossroads), soft_wrap=True)
    console.print(values_table(crossroads))
    for line in remarks(crossroads):
        console.print(line, soft_wrap=True)


def _check(request: Request) -> None:
    if request.measure not in MEASURES:
        hint = nearest(request.measure, MEASURES)
        raise UserError(f"--by: unknown measure {request.measure!r}; {hint}")
    if request.html:
        check_suffix("--html", request.html, (".html", ".htm"))
    if request.html and (why := refusal(request.html)):
        told = "must be a file in a folder that exists"
        raise UserError(f"--html {escaped(request.html)}: {told}, and that can be written: {why}")
    if request.out and request.at is None:
        raise UserError("--out keeps the futures of one decision: say which with --at")
