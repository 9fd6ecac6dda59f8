"""Moves through a playback: plays, pauses, seeks, and lets a person play."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from experiments.playback.playback import Playback
from experiments.replays.decisions import Choice, Decision
from experiments.viewer import jumps
from experiments.viewer.jumps import Events, Goal

if TYPE_CHECKING:  # slow to import; a replay needs none of it
    from experiments.playback.live import LivePlayback

SPEEDS = (1.0, 2.0, 4.0, 8.0, 12.0, 25.0, 50.0, 100.0, math.inf)  # keystrokes per second
FASTEST_KEYS_PER_FRAME = 40  # keystrokes from one frame to the next
SLICE_SECONDS = 0.02  # seconds of playing ahead before the keyboard is looked at again
KEYS_PER_CLOCK_LOOK = 8  # keystrokes between two looks at the clock


class Player:
    """Where a playback stands on the screen, and what moves it.

    Attributes:
        playback: what is watched.
        position: what is shown.
        playing: whether it moves on by itself.
        speed: keystrokes per second.
        goal: what is being looked for ahead of what is known; None if nothing.
        sought: the goal in words.
        pauses_at_danger: whether it pauses by itself where hit points fall below a third.
        by_hand: whether keys go to the game.
        preference: what the agent would do in the place of the person; None while an agent plays.
    """

    def __init__(self, playback: Playback, speed: float) -> None:
        self.speed = speed if speed > 0 else math.inf
        self.pauses_at_danger = False
        self.show(playback)

    def turn_to(self, playback: Playback) -> None:
        """Close the playback, and show another one."""
        self.playback.close()
        self.show(playback)

    def show(self, playback: Playback) -> None:
        """Show a playback, from its beginning."""
        self.playback, self.position, self.playing = playback, 0, True
        self.goal: Goal | None = None
        self.sought = ""
        self._was_playing, self._due = False, 0.0
        self.by_hand = False
        self.preference: Choice | None = None

    @property
    def at_end(self) -> bool:
        """Whether nothing comes after what is shown."""
        return self.playback.over and self.position >= self.playback.length

    @property
    def decision(self) -> Decision:
        """The one under way, its keys up to here."""
        decision = self.playback.decision_at(self.position)
        if self.position >= decision.end:
            return decision
        keys = decision.keys[: self.position - decision.start]
        return replace(decision, keys=keys, ended="", reward=0.0)

    @property
    def choice(self) -> Choice:
        """Of the decision under way; while a person plays, the agent's preference."""
        return self.preference or self.decision.choice

    def toggle(self) -> None:
        """Pauses or plays; at the end, from the beginning."""
        if self.goal:
            self.stop()
        elif self.at_end:
            self.position, self.playing = 0, True
        else:
            self.playing = not self.playing

    def change_speed(self, step: int) -> None:
        """Take the next faster (1) or slower (-1) of the `SPEEDS`."""
        other = [speed for speed in SPEEDS if (speed - self.speed) * step > 0]
        self.speed = (min if step > 0 else max)(other, default=self.speed)

    def stop(self) -> None:
        """Give up seeking."""
        self.goal, self.playing = None, False

    def pass_time(self, seconds: float) -> None:
        """Plays as many keystrokes as belong to that time."""
        if not self.playing or self.goal:
            return
        due = (
            FASTEST_KEYS_PER_FRAME
            if math.isinf(self.speed)
            else self._due + min(seconds, 1.0) * self.speed
        )
        self._due = due % 1
        self.go_on(int(due))

    def go_on(self, count: int) -> None:
        """Show what comes so many keystrokes later; pauses at the end."""
        until = time.perf_counter() + SLICE_SECONDS
        while count > 0 and not self.at_end and time.perf_counter() < until:
            step = min(count, KEYS_PER_CLOCK_LOOK)
            before, self.position = self.position, self.playback.play_to(self.position + step)
            count -= step
            if self.playing and self.pauses_at_danger and self._pause_at_danger(before):
                return
        if self.at_end:
            self.playing = False

    def _pause_at_danger(self, before: int) -> bool:
        """Pauses at the first danger since a position, if there is one; returns whether."""
        dangers = jumps.dangers(self.playback)
        later = dangers[(dangers > before) & (dangers <= self.position)]
        if len(later):
            self.position, self.playing = int(later[0]), False
        return len(later) > 0

    def step(self, count: int) -> None:
        """Pauses, and goes so many keystrokes forward or, if negative, back."""
        self.goal, self.playing = None, False
        if count > 0:
            self.go_on(count)
        else:
            self.position = max(self.position + count, 0)

    def seek(self, goal: Goal, sought: str, pause: bool = False) -> bool:
        """Goes where the goal says, at once if it is known; else `work` goes on looking.

        Returns:
            False if there is no such place.
        """
        self.playing = self.playing and not pause
        self.goal, self.sought = goal, sought
        return self.work()

    def work(self) -> bool:
        """Plays the playback on for a moment, and looks for the goal.

        Returns:
            False if the goal was given up, since the game ends before it.
        """
        until = time.perf_counter() + SLICE_SECONDS
        while self.goal:
            place = self.goal(self.playback)
            if place is not None:
                self._arrive(place)
            elif self.playback.over:
                self.goal = None
                return False
            elif time.perf_counter() > until:
                break
            else:
                self._more()
        while self.busy and not self.goal and time.perf_counter() < until:
            self._more()
        return True

    def _more(self) -> None:
        """Make a little more of the playback known; a live one is watched as it goes on."""
        if self.playback.can_take_over:
            self.playback.advance()
            self.position = self.playback.length
        else:
            self.playback.play_to(self.playback.length + KEYS_PER_CLOCK_LOOK)
            self.position = min(self.position, self.playback.length)  # less if it diverged

    def _arrive(self, place: int) -> None:
        self.position, self.goal = place, None
        if self.by_hand:
            self.look()

    @property
    def busy(self) -> bool:
        """Whether `work` has something to do."""
        return self.goal is not None or not (self.playback.over or self.playback.can_take_over)

    def jump(self, events: Events, step: int, sought: str) -> bool:
        """Pauses at the next (1) or last (-1) of some events, such as `jumps.dangers`.

        Returns:
            False if there is none.
        """
        if step > 0:
            return self.seek(jumps.after(events, self.position), sought, pause=True)
        self.goal, self.playing = None, False
        place = jumps.before(events(self.playback), self.position)
        if place is not None:
            self.position = place
        return place is not None

    @property
    def _live(self) -> LivePlayback:
        return cast("LivePlayback", self.playback)

    def take_over(self) -> None:
        """Let a person play from here on: at the front of the playback."""
        if not self.by_hand:
            self._was_playing = self.playing
        self.goal, self.playing, self.by_hand = None, False, True
        self.position = self.playback.length
        self.look()

    def hand_back(self) -> None:
        """Let the agent play on, or wait if it was paused before."""
        self.by_hand, self.preference = False, None
        self.playing = self._was_playing and not self.playback.over

    def press(self, key: int) -> None:
        """Presses a key by hand."""
        self.goal = None
        self._live.press(key)
        self.position = self.playback.length
        self.look()

    def let_agent(self) -> None:
        """Let the agent play one macro-action, and hand back."""
        done = sum(bool(decision.ended) for decision in self.playback.decisions[-1:])
        number = len(self.playback.decisions) + (done or self._live.by_hand)
        self.preference = None
        self.seek(
            lambda playback: jumps.end_of_decision(playback, number), "the end of a macro-action"
        )

    def look(self) -> None:
        """Asks the agent what it would do, unless a question is on the screen."""
        if self.playback.over:
            self.hand_back()
        elif (game := self._live.env.known) is not None and game.prompt is None:
            self.preference = self._live.preference()
