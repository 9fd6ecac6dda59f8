"""The decisions of a game whose change would have helped most.

Every alternative at every candidate decision is an arm; a pull plays one future of it and one of
the macro-action that the game played, and pays the difference. Sequential halving spends the
futures where they tell most. The winners of such a race are partly lucky, so they are judged
afterwards by futures that had no say in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from agents.bandits.sequential_halving import sequential_halving
from envs.futures import Future, futures
from envs.macro_env import MacroEnv
from experiments.analysis.statistics.confidence import Estimate
from experiments.replays.decisions import Decision
from experiments.training.rollout import policy_of
from experiments.whatif.decision import Terms
from experiments.whatif.game import Game
from experiments.whatif.values import MEASURES, Futures, difference

CANDIDATE_DECISIONS = 16  # decisions that are looked into
LAST_DECISIONS = 4  # of them before the end of the game
LOW_HEALTH = 0.7  # share of the hit points below which a hostile in view is a danger
PULLS_PER_ARM = 8  # of the search, on average
FINALIST_ARMS = 8  # arms left by the search
JUDGED_DECISIONS = 4  # decisions that are judged


class Arm(NamedTuple):
    """Another macro-action at a decision."""

    at: int
    action: int


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A decision, and what would have been better.

    Attributes:
        decision: as it was made.
        action: the better one.
        gain: over the one that was played, by futures that had no say in choosing it.
        chosen, other: what became of the judging futures of the two.
    """

    decision: Decision
    action: int
    gain: Estimate
    chosen: Futures
    other: Futures


@dataclass
class Search:
    """A search for a game's turning points.

    Attributes:
        game: which.
        terms: of the futures; `n` of each macro-action judge a turning point.
        heard: told of the number of futures just played, for a progress bar.
        arms: what is compared; empty before `run`.
        lost: the number of futures of which nothing is known.
    """

    game: Game
    terms: Terms
    heard: Callable[[int], None] = lambda n: None
    arms: list[Arm] = field(default_factory=list)
    lost: int = 0

    def run(self) -> Iterator[TurningPoint]:
        """Search, then yields turning points as they are judged, in the order of the game."""
        self.arms = candidates(self.game)
        if not self.arms:
            return
        keep = min(FINALIST_ARMS, len(self.arms))
        left = sequential_halving(self._pull, len(self.arms), self.budget(), keep)
        best: dict[int, Arm] = {}
        for arm in (self.arms[i] for i in left):
            best.setdefault(arm.at, arm)
        yield from self._judge(list(best.values())[:JUDGED_DECISIONS])

    def budget(self) -> int:
        """Pull of the search."""
        return PULLS_PER_ARM * len(self.arms)

    def _pull(self, chosen: Sequence[int], pulled: int, times: int) -> np.ndarray:
        """Plays futures number `pulled` and up of each arm: (arms, times) gains."""
        rows = {self.arms[i]: row for row, i in enumerate(chosen)}
        gains = np.full((len(chosen), times), np.nan)
        for decision, found in self._walk(list(rows), pulled, times):
            played = decision.choice.chosen
            values = {action: _by_index(found[action], self.terms.measure) for action in found}
            for action in set(found) - {played}:
                row = rows[Arm(decision.number, action)]
                for index in values[action].keys() & values[played].keys():
                    gains[row, index - pulled] = values[action][index] - values[played][index]
        return gains

    def _judge(self, arms: Sequence[Arm]) -> Iterator[TurningPoint]:
        """Yield them in the order of the game."""
        first = self.budget() + 1  # beyond every future of the search
        measure = self.terms.measure
        for decision, found in self._walk(arms, first, self.terms.n):
            chosen = found.pop(decision.choice.chosen)
            [(action, other)] = found.items()
            if other.played and chosen.played:
                gain = difference(other.values(measure), chosen.values(measure), measure)
                yield TurningPoint(decision, action, gain, chosen, other)

    def _walk(
        self, arms: Sequence[Arm], first: int, n: int
    ) -> Iterator[tuple[Decision, dict[int, Futures]]]:
        """Plays futures of these arms, and of what was played there, along one walk."""
        wanted: dict[int, list[int]] = defaultdict(list)
        for arm in arms:
            wanted[arm.at].append(arm.action)
        for env, decision in self.game.walk():
            if decision.number in wanted:
                actions = [decision.choice.chosen, *sorted(wanted[decision.number])]
                yield decision, self._futures(env, decision, actions, first, n)
            if decision.number >= max(wanted):
                return

    def _futures(
        self, env: MacroEnv, decision: Decision, actions: list[int], first: int, n: int
    ) -> dict[int, Futures]:
        found = {action: Futures(action) for action in actions}
        seed = self.game.seed_at(decision.number)
        for future in futures(
            env, actions, policy_of(self.game.agent), n, self.terms.horizon, seed,
            first=first, workers=self.terms.workers,
        ):  # fmt: skip
            found[future.action].add(future)
            self.lost += not isinstance(future, Future)
            self.heard(1)
        return found


def candidates(game: Game) -> list[Arm]:
    """Every alternative at the decisions worth a look.

    Single decisions seldom matter, unless there is danger: first come those of `dangers`, the last
    ones before the end of the game among them, evenly thinned out to `CANDIDATE_DECISIONS`; where
    there are fewer, others fill up, evenly over the game.
    """
    alternatives, dangerous = {}, dangers(game)
    for env, decision in game.walk():
        others = np.flatnonzero(env.action_masks())
        others = others[others != decision.choice.chosen]
        if len(others):
            alternatives[decision.number] = [int(action) for action in others]
    dangerous = [at for at in dangerous if at in alternatives]
    last = dangerous[-LAST_DECISIONS:]
    picked = evenly(dangerous[:-LAST_DECISIONS], CANDIDATE_DECISIONS - len(last)) + last
    rest = [at for at in alternatives if at not in picked]
    picked += evenly(rest, CANDIDATE_DECISIONS - len(picked))
    return [Arm(at, action) for at in sorted(picked) for action in alternatives[at]]


def dangers(game: Game) -> list[int]:
    """Return the numbers of the decisions with a hostile in view and hit points below
    `LOW_HEALTH`.
    """
    return [
        decision.number
        for env, decision in game.walk()
        if env.known and env.known.hostiles and env.known.stats.health < LOW_HEALTH
    ]


def evenly(numbers: Sequence[int], n: int) -> list[int]:
    """At most n of the numbers, evenly spread."""
    if len(numbers) <= n:
        return list(numbers)
    return [numbers[int((i + 0.5) * len(numbers) / n)] for i in range(n)]


def _by_index(futures: Futures, measure: str) -> dict[int, float]:
    return {future.index: MEASURES[measure](future) for future in futures.played}
