"""A game that can be watched, whoever plays it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from envs.nethack.wizkit import marked
from envs.outcome import Outcome
from experiments.errors import UserError
from experiments.playback.screens import Screens
from experiments.playback.snapshot import Snapshot
from experiments.replays.decisions import Decision, Dice

PAST_DECISIONS = 40  # decisions that a moment remembers


class Playback(ABC):
    """A game, keystroke by keystroke, as far as it has been played.

    Position p is the game after p keystrokes; position 0 is its beginning.

    Attributes:
        title: what is watched.
        names: of the macro-actions.
        seed: the game's.
        settings: ``game``, a name of `envs.games.GAMES`, and its settings.
        screens: one for every position so far.
        decisions: in order; the last one may be under way. A replay knows all from the start.
        over: whether nothing more will come.
        notice: what the viewer must know, such as why the playback ends early; "" if nothing.
        dice: those of a future of a game; None for the game itself.
        can_take_over: whether it is a `LivePlayback`, in which a person may press keys.
    """

    can_take_over = False

    def __init__(
        self, title: str, names: tuple[str, ...], seed: int, settings: Mapping[str, Any]
    ) -> None:
        self.title = marked(title, settings.get("wizkit", ()))
        self.names, self.seed, self.settings = names, seed, settings
        self.screens = Screens()
        self.decisions: list[Decision] = []
        self.over = False
        self.notice = ""
        self.dice: Dice | None = None

    @abstractmethod
    def advance(self) -> bool:
        """Goes on by one step: a keystroke, or the choice of the next macro-action.

        Returns:
            False if the playback was over already.
        """

    @abstractmethod
    def outcome(self) -> Outcome:
        """How the game stands, or ended."""

    @property
    @abstractmethod
    def terminated(self) -> bool:
        """Whether the game itself came to its end, not only what is shown of it."""

    @property
    def ending(self) -> str:
        """The cause of the end, or why there is none."""
        cause = self.outcome().cause
        if cause:
            return cause
        if not self.over:
            return "still alive"
        if self.notice:
            return "alive when the replay ends"
        if self.terminated:
            return "task done"
        limit = "when the future ends" if self.dice else "at the limit of the game's length"
        return f"alive {limit}"

    @property
    def played(self) -> list[Decision]:
        """The decisions of which every key so far can be looked at: all, once it is over."""
        return [decision for decision in self.decisions if decision.end <= self.length]

    @property
    def thrown_at(self) -> int | None:
        """The position at which the dice are thrown anew; None if they are not, or not so far."""
        if self.dice is None or self.dice.decision > len(self.decisions):
            return None
        return self.decisions[self.dice.decision - 1].start

    @property
    def keys(self) -> bytes:
        """All keystrokes so far."""
        return b"".join(decision.keys for decision in self.decisions)

    @property
    def length(self) -> int:
        """The last position that can be looked at now."""
        return len(self.screens) - 1

    @property
    def total(self) -> int | None:
        """The last position of the whole game; None while nobody knows."""
        return self.length if self.over else None

    def play_to(self, position: int) -> int:
        """Goes on until the position can be looked at; returns it, or the last one there is."""
        while self.length < position and self.advance():
            pass
        return min(position, self.length)

    @abstractmethod
    def close(self) -> None:
        """Frees the game; what was played can still be looked at."""

    def play_part(self, first: int, last: int | None) -> int:
        """Goes on as far as a part of the playback needs; returns the part's last position.

        Args:
            first, last: positions, both included; without a last one, the end of what was played.

        Raises:
            UserError: when the playback has no such part.
        """
        last = self.length if last is None else self.play_to(last)
        if not 0 <= first <= last:
            raise UserError(f"the game has no part from keystroke {first:,} to {last:,}")
        return last

    def play_out(self) -> None:
        """Goes on to the end of the game."""
        while self.advance():
            pass

    def decision_at(self, position: int) -> Decision:
        """Return the decision that was under way at a position; at its last one, the next one."""
        index = bisect_right(self.decisions, position, key=lambda decision: decision.start) - 1
        return self.decisions[max(index, 0)]

    def snapshot(self, position: int, decision: Decision | None = None) -> Snapshot:
        """Return how the game stood.

        Args:
            position: at most `length`.
            decision: the one under way; omitted: `decision_at(position)`. At a position that ends
                one and begins the next, it says which of them is meant.
        """
        decision = decision or self.decision_at(position)
        before = self.decisions[: decision.number - 1]
        if position < decision.end:
            keys = decision.keys[: position - decision.start]
            decision = replace(decision, keys=keys, ended="", reward=0.0)
        reward = self.reward_before(decision.number) + decision.reward
        return Snapshot(
            position, self.screens[position], decision, tuple(before[-PAST_DECISIONS:]), reward
        )

    def reward_before(self, number: int) -> float:
        """Return the sum of the rewards of the decisions before that number."""
        return sum(decision.reward for decision in self.decisions[: number - 1])
