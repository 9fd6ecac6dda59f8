"""The screen on which a game is watched: what the keys and the mouse do to it."""

from __future__ import annotations

import time

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from experiments.playback.screens import TERMINAL_COLUMNS, TERMINAL_ROWS
from experiments.viewer import jumps
from experiments.viewer.curves import LABEL_COLUMNS
from experiments.viewer.follower import arrange, follow
from experiments.viewer.key_bindings import bindings
from experiments.viewer.lines import Track
from experiments.viewer.log import Log
from experiments.viewer.main_view import MainView
from experiments.viewer.map import Map
from experiments.viewer.player import Player
from experiments.viewer.scale import end_of, position_at

FRAMES_PER_SECOND = 25  # a second, at most
REDRAW_SECONDS = 0.2  # seconds from one look to the next while a playback is played ahead


class GameScreen(Screen[None]):
    """Shows a game, plays it, and moves through it.

    Args:
        players: of the game; or of two on one seed, of which one leads and the other follows.

    Attributes:
        lead: which of them leads: it is the one that keys and clicks are for.
    """

    BINDINGS = [*bindings()]

    def __init__(self, *players: Player) -> None:
        super().__init__()
        self.players, self.lead = players, 0
        self.stages = [MainView(player) for player in players]
        self._ticked = self._drawn = 0.0

    @property
    def player(self) -> Player:
        """What moves through the leading game."""
        return self.players[self.lead]

    @property
    def stage(self) -> MainView:
        """The parts of the screen that show it."""
        return self.stages[self.lead]

    def compose(self) -> ComposeResult:
        """Yield the views of the games in one container, whose layout depends on the room."""
        with Container(id="games"):
            yield from self.stages

    def on_resize(self) -> None:
        """Decide anew whether both games are shown, and how they are put."""
        self._lay_out()

    def on_mount(self) -> None:
        """Make the clock, which `draw` starts, and give the leading game's map the keyboard."""
        self._clock = self.set_interval(1 / FRAMES_PER_SECOND, self._tick, pause=True)
        self._lay_out()
        self.stage.query_one(Map).focus()

    def on_screen_suspend(self) -> None:
        """Time stands still while something is in front of the game."""
        self._clock.pause()
        self._ticked = 0.0

    def on_screen_resume(self) -> None:
        """Draw when nothing is in front any longer, so that time passes again."""
        self.draw()

    def draw(self) -> None:
        """Draws the game, and lets time pass if it is to play on."""
        for other in self._others():
            follow(other, self.player)
        for stage in self.stages:
            stage.draw()
        self._drawn = time.monotonic()
        busy = any(player.busy for player in self.players)
        if self.is_current and (self.player.playing or busy):
            self._clock.resume()
        else:
            self._clock.pause()
            self._ticked = 0.0

    def seek(self, goal: jumps.Goal, sought: str, pause: bool = False) -> None:
        """Goes where the goal says; see `Player.seek`."""
        self._arrived(self.player.seek(goal, sought, pause), sought, 1)

    def _tick(self) -> None:
        player, now = self.player, time.monotonic()
        before = self._places()
        for other in self._others():
            other.work()
        if player.busy and not player.work():
            self._tell_missing(player.sought, 1)
        player.pass_time(now - (self._ticked or now))
        self._ticked = now
        idle = not (player.playing or any(one.busy for one in self.players))
        if self._places() != before or idle or now - self._drawn > REDRAW_SECONDS:
            self.draw()

    def _places(self) -> list[tuple[int, bool]]:
        return [(player.position, player.busy) for player in self.players]

    def _others(self) -> list[Player]:
        return [player for player in self.players if player is not self.player]

    def _lay_out(self) -> None:
        width, height = self.size or self.app.size
        least = TERMINAL_COLUMNS, TERMINAL_ROWS
        self.query_one("#games").styles.layout = arrange(
            self.stages, self.lead, width, height, least
        )

    def action_swap(self) -> None:
        """Let the other one of two games lead; both stop."""
        if len(self.players) == 1:
            self.notify("there is one game: --beside shows two", severity="warning")
            return
        self.player.stop()
        self.lead = 1 - self.lead
        self.player.stop()
        self._lay_out()
        self.stage.query_one(Map).focus()
        self.draw()

    def _arrived(self, found: bool, sought: str, step: int) -> None:
        if not found:
            self._tell_missing(sought, step)
        self.draw()

    def _tell_missing(self, sought: str, step: int) -> None:
        where = "after" if step > 0 else "before"
        self.notify(f"there is no {sought} {where} this", severity="warning", markup=False)

    def _events(self, events: jumps.Events, step: int, sought: str) -> None:
        self._arrived(self.player.jump(events, step, sought), sought, step)

    def action_play(self) -> None:
        """Pause or play: see `Player.toggle`."""
        self.player.toggle()
        self.draw()

    def action_step(self, count: int) -> None:
        """Pause, and go so many keystrokes forward or, if negative, back."""
        self.player.step(count)
        self.draw()

    def action_speed(self, step: int) -> None:
        """Play faster (1) or slower (-1) from now on."""
        self.player.change_speed(step)
        self.draw()

    def action_decision(self, step: int) -> None:
        """Pause where the next decision begins (1); where this one or the last did (-1)."""
        self._events(jumps.decision_starts, step, "decision")

    def action_level(self, step: int) -> None:
        """Pause at the next (1) or last (-1) change of level, or say that there is none."""
        self._events(jumps.level_changes, step, "change of level")

    def action_danger(self, step: int) -> None:
        """Pause at the next (1) or last (-1) fall of hit points below a third."""
        self._events(jumps.dangers, step, "danger")

    def action_pauses(self) -> None:
        """Let the leading game pause by itself at every danger, or no longer, and say which."""
        self.player.pauses_at_danger = not self.player.pauses_at_danger
        does = "pauses" if self.player.pauses_at_danger else "plays on"
        self.notify(f"{does} where hit points fall below a third")

    def action_finish(self) -> None:
        """Pause at the end of the game, which is played ahead if it is not known yet."""
        self.seek(jumps.to_end, "the end", pause=True)

    def action_first(self) -> None:
        """Go to the beginning, and play on from there if the game was playing."""
        self.seek(jumps.at(0), "the beginning")

    def action_last(self) -> None:
        """Go to the end; of a game played live, to where it has got."""
        self.seek(jumps.at(end_of(self.player.playback)), "the end")

    def action_page(self, step: int) -> None:
        """Go a tenth of the game, as far as it is known, forward (1) or back (-1)."""
        tenth = max(end_of(self.player.playback) // 10, 1)
        self.seek(jumps.at(max(self.player.position + step * tenth, 0)), "a tenth of the game")

    def action_stop(self) -> None:
        """Stop seeking, and pause there; without a search nothing happens."""
        if self.player.goal:
            self.player.stop()
            self.draw()

    def action_log(self) -> None:
        """Give the keyboard to the list of decisions, or say that it has no room."""
        log = self.stage.query_one(Log)
        if log.display:
            log.focus()
        else:
            self.notify("no room for the list of decisions: c makes some", severity="warning")

    def action_choice(self) -> None:
        """Show choice and decisions in place of the map, or the map again, with the keyboard."""
        self.stage.mapless = not self.stage.mapless
        self.draw()
        self.set_focus(None if self.stage.mapless else self.stage.query_one(Map))

    def action_take_over(self) -> None:
        """Let a person play at the front of the game, or say why that can't be."""
        playback = self.player.playback
        if len(self.players) > 1:
            self.notify("two games side by side play by themselves", severity="warning")
        elif not playback.can_take_over:
            self.notify("this is a recording; watch it live with --live", severity="warning")
        elif playback.over:
            self.notify("this game is over", severity="warning")
        else:
            self.player.take_over()
            self.stage.query_one(Map).focus()
            self.draw()

    def action_hand_back(self) -> None:
        """Give the game back to the agent, if a person plays."""
        if self.player.by_hand:
            self.player.hand_back()
            self.draw()

    def action_let_agent(self) -> None:
        """Let the agent play one macro-action, if a person plays, who then goes on."""
        if self.player.by_hand:
            self.player.let_agent()
            self.draw()

    def on_map_pressed(self, message: Map.Pressed) -> None:
        """Press in NetHack the key that a person pressed by hand."""
        self.player.press(message.code)
        self.draw()

    def on_log_chosen(self, message: Log.Chosen) -> None:
        """Pause where the decision begins that was chosen in the list."""
        goal = jumps.start_of(message.number)
        self.seek(goal, f"decision {message.number:,}", pause=True)

    def on_track_clicked(self, message: Track.Clicked) -> None:
        """Go to the position that the clicked column of the curves or the timeline stands for."""
        width, end = self.stage.size.width - LABEL_COLUMNS, end_of(self.player.playback)
        self.seek(jumps.at(position_at(message.column - LABEL_COLUMNS, end, width)), "that place")
