"""What forked futures of a game teach: returns of every action at one state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from agents.base import Metrics, State


@dataclass(frozen=True, slots=True)
class Lesson:
    """Returns that followed each legal action at a state, the policy playing on.

    Attributes:
        state: with at least two legal actions.
        returns: (A, n) in units of reward, NaN where an action is illegal; n ≥ 2 futures of each.
        keystrokes: (A, n) that these futures took, at least 1 each; or of all alike.
    """

    state: State
    returns: np.ndarray
    keystrokes: np.ndarray | int = 1


@runtime_checkable
class Student(Protocol):
    """An agent that learns from lessons too.

    `reach` is how many decisions of a future it can learn from; None: of any number.
    """

    reach: int | None

    def value(self, features: np.ndarray, legal: np.ndarray) -> np.ndarray:
        """Return V(s) in units of reward, (N,), which ends a return.

        Args:
            features: (N, F).
            legal: (N, A) bool.
        """
        ...

    def study(self, lessons: Sequence[Lesson]) -> Metrics:
        """Learns from the lessons of a round, after `learn`; returns what it was like."""
        ...


def pulls(lessons: Sequence[Lesson]) -> int:
    """Return how many futures there are in all."""
    return sum(int(np.count_nonzero(~np.isnan(lesson.returns))) for lesson in lessons)


class Pupil:
    """What bandits have in common as students: they look one decision ahead, and value no state."""

    reach: int | None = 1

    def value(self, features: np.ndarray, legal: np.ndarray) -> np.ndarray:
        """Return 0 for each state, (N,): what comes after the decision does not count."""
        return np.zeros(len(features))
