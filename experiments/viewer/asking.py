"""What if: futures of the decision on the screen, played while one looks on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from envs.futures import FuturesUnavailable
from experiments.errors import UserError
from experiments.playback.playback import Playback
from experiments.playback.run_source import RunSource
from experiments.playback.source import GameSource
from experiments.runs.run import open_run
from experiments.viewer.turning import FUTURES, Stopped, TurningPoints
from experiments.whatif.decision import Crossroads, Terms, arrive, look
from experiments.whatif.game import Game, open_game
from experiments.whatif.tables import heading, remarks, values_table
from experiments.whatif.turning_command import doubt, tell
from experiments.whatif.turning_points import Search, TurningPoint

FUTURES_PER_MACRO = 16
STOPPED = "Stopped; t begins anew."


class Asking(ModalScreen[None]):
    """Plays futures of a decision, and shows the table as it fills, until it is left.

    Args:
        source: of the game.
        number: of the game.
        playback: of the game, as far as it is shown.
        at: the decision's number.
    """

    BINDINGS = [
        Binding("escape,q,w,enter,space", "dismiss", show=False),
        Binding("ctrl+c", "app.quit", show=False),
    ]

    def __init__(self, source: GameSource, number: int, playback: Playback, at: int) -> None:
        super().__init__()
        self._question = (source, number, playback, at)

    def compose(self) -> ComposeResult:
        """Yield the heading and, to be scrolled, the place that the table fills."""
        with Vertical(classes="dialog reading"):
            yield Static("What if?  (Esc closes)", classes="heading", markup=False)
            with VerticalScroll():
                yield Static("Going back to the decision …", id="found", markup=False)

    def on_mount(self) -> None:
        """Start to play futures in a thread, so that keys are still heard."""
        self.run_worker(self._ask, thread=True)

    def _ask(self) -> None:
        """In a thread: textual cancels it when the screen is left."""
        worker = get_current_worker()
        try:
            crossroads = crossroads_of(*self._question)
            with closing(look(crossroads)) as found:
                for number, _ in enumerate(found, start=1):
                    if worker.is_cancelled:
                        return
                    if number % len(crossroads.found) == 0:
                        self.app.call_from_thread(self._show, so_far(crossroads))
        except (UserError, FuturesUnavailable) as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._show, Text(str(error)))

    def _show(self, found: RenderableType) -> None:
        self.query_one("#found", Static).update(found)


def crossroads_of(source: GameSource, number: int, playback: Playback, at: int) -> Crossroads:
    """Goes back to a decision of the game that is shown, in an environment of its own.

    Raises:
        UserError: for a replay without a run, and for a game that the agent did not play alone.
    """
    return arrive(game_of(source, number, playback, at), at, Terms(FUTURES_PER_MACRO))


def game_of(source: GameSource, number: int, playback: Playback, at: int) -> Game:
    """Return the game that is shown, as its run knows it, up to a decision.

    Raises:
        UserError: for a replay without a run, and for a game that the agent did not play alone.
    """
    if not isinstance(source, RunSource):
        raise UserError(
            "Only the games of a run can be asked about: the agent that plays on is there."
        )
    game = open_game(open_run(source.folder), number, source.training)
    before = b"".join(decision.keys for decision in game.replay.decisions[: at - 1])
    if before != b"".join(decision.keys for decision in playback.decisions[: at - 1]):
        raise UserError(
            "This game went another way than the run's: keys were pressed by hand, or the agent has"
            " learned more since it was recorded."
        )
    return game


def so_far(crossroads: Crossroads) -> RenderableType:
    """Return what was found: the decision, the table, and what to make of it."""
    said = "".join(f"\n{line}\n" for line in remarks(crossroads))
    return Group(Text(heading(crossroads) + "\n"), values_table(crossroads), Text(said))


def find_turning_points(
    source: GameSource,
    number: int,
    playback: Playback,
    known: TurningPoints,
    heard: Callable[[int], None],
) -> None:
    """Search for the turning points of the game that is shown, and tell each as it is judged.

    Args:
        source, number, playback: the game.
        known: what is found is added to it; it stays when the search is stopped.
        heard: told of the futures just played; raises `Stopped` to end the search.
    """
    points: list[TurningPoint] = []
    try:
        game = game_of(source, number, playback, len(playback.decisions))
        search = Search(game, Terms(FUTURES), heard)
        try:
            for point in search.run():
                points.append(point)
                known.told.append(tell(point, game, search.terms))
            known.said = doubt(search, points, stopped=False)
        except Stopped:
            known.said = f"{STOPPED} {doubt(search, points, stopped=True)}"
    except (UserError, FuturesUnavailable) as error:
        known.said = str(error)
