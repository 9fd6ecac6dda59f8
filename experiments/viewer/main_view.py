"""All that is on the screen: puts each part in its place, and draws it."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.widget import Widget

from experiments.frames.choice import choice_lines
from experiments.playback.screens import TERMINAL_COLUMNS, TERMINAL_ROWS
from experiments.replays.decisions import Choice
from experiments.viewer import status
from experiments.viewer.curves import curve_lines
from experiments.viewer.key_bindings import footer
from experiments.viewer.layout import ORDER, regions
from experiments.viewer.lines import Lines, Track
from experiments.viewer.log import Log
from experiments.viewer.map import Map
from experiments.viewer.player import Player
from experiments.viewer.timeline import timeline

KINDS: dict[str, type[Lines]] = {"screen": Map, "curves": Track, "timeline": Track, "log": Log}


class MainView(Widget):
    """The parts of the viewer, as many as there is room for.

    Attributes:
        player: what is shown.
        place: which of how many games it is.
        mapless: whether choice and decisions take the place of the game's screen.
    """

    def __init__(self, player: Player) -> None:
        super().__init__()
        self.player, self.place, self.mapless = player, "", False
        self._regions: dict[str, Region] = {}
        self._drawn: tuple[Choice, Size, bool] | None = None
        self._needed: tuple[int, int, int, bool, bool, bool] | None = None
        self._parts = {name: KINDS.get(name, Lines)(name) for name in ORDER}

    def compose(self) -> ComposeResult:
        """Yield all parts; those that have no room are hidden later."""
        yield from self._parts.values()

    def on_mount(self) -> None:
        """Draw for the first time, by the application's size where its own is not known yet."""
        self.draw()

    def on_resize(self) -> None:
        """Draw as many parts as there is room for now."""
        self.draw()

    def draw(self) -> None:
        """Show how the game stands."""
        self._lay_out()
        for name, region in self._regions.items():
            part = self._parts[name]
            if isinstance(part, Map):
                part.by_hand = self.player.by_hand
                part.draw(self.player.playback.screens[self.player.position], region.height)
            elif isinstance(part, Log):
                part.follow(self.player.playback, self.player.decision.number)
            elif name != "choice" or self._choice_has_changed(region):
                part.show(self._lines(name, region))

    def _lay_out(self) -> None:
        """Put the parts where they belong, if that has changed."""
        width, height = self.size or self.app.size
        needed = (
            width,
            height,
            len(self.player.playback.names),
            bool(self._notice()),
            self.player.by_hand,
            self.mapless and not self.player.by_hand,
        )
        if needed == self._needed:
            return
        self._needed, self._regions = needed, regions(*needed)
        for name, part in self._parts.items():
            part.display = name in self._regions
            if part.display:
                region = self._regions[name]
                part.styles.offset = region.offset
                part.styles.width, part.styles.height = region.size

    def _notice(self) -> str:
        width, height = self.size or self.app.size
        if width < TERMINAL_COLUMNS or height < TERMINAL_ROWS:
            needed = f"{TERMINAL_COLUMNS}x{TERMINAL_ROWS}"
            return f"NetHack's screen needs {needed}; here it is {width}x{height}"
        return self.player.playback.notice

    def _choice_has_changed(self, region: Region) -> bool:
        """Whether it must be drawn again; it lasts for many keystrokes."""
        drawn = self.player.choice, region.size, self.player.by_hand
        changed = (
            self._drawn is None or drawn[0] is not self._drawn[0] or drawn[1:] != self._drawn[1:]
        )
        self._drawn = drawn
        return changed

    def _lines(self, name: str, region: Region) -> list[Text]:
        player, playback, width = self.player, self.player.playback, region.width
        match name:
            case "title":
                return [status.title_line(playback, self.place, width)]
            case "notice":
                return [status.notice_line(self._notice(), width)]
            case "hand":
                return [status.hand_line(player, width)]
            case "choice":
                heading = "prefers" if player.by_hand else "choice"
                return choice_lines(player.choice, width, region.height, heading)
            case "line" if "state" in self._regions:
                return [status.decision_line(player, width)]
            case "line":
                return [status.compact_line(player, width)]
            case "last":
                return [status.last_line(player, width)]
            case "state":
                return [status.state_line(player, width)]
            case "curves":
                return curve_lines(playback, player.position, width, region.height // 3)
            case "timeline":
                return [timeline(playback, player.position, width)]
        return [status.footer_line(footer(width, player.by_hand))]
