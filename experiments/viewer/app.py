"""The application: which game is on the screen, and what stands in front of it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App
from textual.screen import Screen

from experiments.errors import UserError
from experiments.playback.playback import Playback
from experiments.playback.source import FILTER_HELP, GameSource
from experiments.viewer import jumps
from experiments.viewer.dialogs import Question, Reading
from experiments.viewer.game_screen import GameScreen
from experiments.viewer.games import Games
from experiments.viewer.help_text import help_parts, info_parts
from experiments.viewer.palette import DARK, Palette
from experiments.viewer.player import Player
from experiments.viewer.redirect import nethack_output_redirected
from experiments.viewer.terminal import end_with_terminal
from experiments.viewer.turning import Story, TurningPoints


def run_viewer(
    source: GameSource,
    number: int,
    *,
    speed: float = 12.0,
    by_hand: bool = False,
    palette: Palette = DARK,
    beside: GameSource | None = None,
) -> Playback:
    """Show a game, and those beside it, until the viewer is left.

    Args:
        source: where the games are.
        number: of the game to begin with.
        speed: keystrokes per second; 0 for as many as there can be.
        by_hand: whether a person plays from the start.
        palette: the colours.
        beside: where the other one of two games on one seed is, under the same number.

    Returns:
        The playback that was shown last.

    Raises:
        UserError: when the game can't be shown.
    """
    viewer = Viewer(source, number, speed, by_hand, palette, beside)
    end_with_terminal()
    with nethack_output_redirected():
        viewer.run()
    return viewer.player.playback


class Viewer(App[None]):
    """Shows a game, and those beside it; see `run_viewer`.

    Attributes:
        games: which of a shelf's it is.
    """

    CSS = """
    Screen { background: $ground; color: $ink; }
    #games { width: 100%; height: 100%; }
    MainView { width: 1fr; height: 1fr; }
    MainView.left { margin-right: 1; }
    MainView.leading #title { background: $dialog; }
    Lines { position: absolute; background: $ground; color: $ink; }
    ModalScreen { align: center middle; background: $shade; }
    .dialog { width: 72; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
              background: $dialog; border: round $edge; }
    .reading { width: 96; height: 90%; }
    .heading { text-style: bold; color: $heading; margin-bottom: 1; }
    #error { color: $wrong; }
    Input { border: round $edge; background: $ground; margin-bottom: 1; }
    Input:focus { border: round $edge-focus; }
    VerticalScroll { scrollbar-color: $edge; scrollbar-background: $dialog; }
    VerticalScroll Static { padding-right: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        source: GameSource,
        number: int,
        speed: float,
        by_hand: bool = False,
        palette: Palette = DARK,
        beside: GameSource | None = None,
    ) -> None:
        self._palette = palette
        super().__init__()
        self.ansi_theme_dark = self.ansi_theme_light = palette.terminal
        self.theme = palette.theme
        self.games = Games(source, number)
        self._sources = [source] if beside is None else [source, beside]
        players = [Player(one.open(number), speed) for one in self._sources]
        self._game_screen = GameScreen(*players)
        self._by_hand = by_hand
        # of each game of each source, as far as they were looked for
        self._turning: dict[tuple[int, int], TurningPoints] = {}

    @property
    def player(self) -> Player:
        """What moves through the game that leads."""
        return self._game_screen.player

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """See textual."""
        return self._palette.variables

    def get_default_screen(self) -> Screen:
        """See textual."""
        return self._game_screen

    def on_mount(self) -> None:
        """Leave what takes a while until the game has been drawn."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Do what can wait until there is something to see."""
        if self._by_hand:
            self._game_screen.action_take_over()
        self._count_games()

    def _count_games(self) -> None:
        try:
            self.games.count()
        except UserError as error:
            self.notify(str(error), severity="error", markup=False)
        self._draw()

    def _draw(self) -> None:
        for stage in self._game_screen.stages:
            stage.place = self.games.place()
        self._game_screen.draw()

    def _announce(self) -> None:
        """Says which game is shown, where there is no room for its title."""
        if not self._game_screen.stage.query_one("#title").display:
            told = f"{self.player.playback.title}\n{self.games.place()}"
            self.notify(told, markup=False)

    def action_game(self, step: int) -> None:
        """Show the next (1) or last (-1) game that fits the filter, or say that there is none."""
        try:
            playbacks = self.games.move(step, self._open)
        except UserError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        if playbacks is None:
            where = "after" if step > 0 else "before"
            self.notify(f"there is no game {where} this", severity="warning")
            return
        for player, one in zip(self._game_screen.players, playbacks, strict=True):
            player.turn_to(one)
        self._count_games()
        self._announce()

    def _open(self, number: int) -> list[Playback]:
        """Return the game of that number of every source, or none if one of them can't open it."""
        opened: list[Playback] = []
        try:
            for source in self._sources:
                opened.append(source.open(number))
        except UserError:
            for playback in opened:
                playback.close()
            raise
        return opened

    def action_filter(self) -> None:
        """Ask which games are to be gone through, and take no others from then on."""

        def use(answer: str) -> None:
            self.games.filter(answer)
            self._draw()
            self._announce()

        self.push_screen(Question("Which games?", FILTER_HELP, use, self.games.wanted))

    def action_go_to(self) -> None:
        """Ask for a place in the leading game, and seek it."""

        def use(answer: str) -> None:
            goal = jumps.parse(answer, self.player.playback)
            self._game_screen.seek(goal, answer.strip())

        self.push_screen(Question("Go to", jumps.GO_TO_HELP, use))

    def action_info(self) -> None:
        """Show the story so far; turning points found before are kept for each game."""
        lead, number, playback = self._game_screen.lead, self.games.number, self.player.playback
        source = self._sources[lead]
        known = self._turning.setdefault((lead, number), TurningPoints())

        def search(known: TurningPoints, heard: Callable[[int], None]) -> None:
            from experiments.viewer.asking import find_turning_points  # slow to import

            find_turning_points(source, number, playback, known, heard)

        self.push_screen(Story(info_parts(playback), known, search))

    def action_whatif(self) -> None:
        """Play futures of the decision on the screen, in the game that leads."""
        from experiments.viewer.asking import Asking  # slow to import, and rarely needed

        at = self.player.playback.decision_at(self.player.position).number
        source, number = self._sources[self._game_screen.lead], self.games.number
        self.push_screen(Asking(source, number, self.player.playback, at))

    def action_help(self) -> None:
        """List all keys, and explain the timeline and the choice."""
        self.push_screen(Reading("Keys", *help_parts()))
