"""What a decision is credited with: its reward, or its reward per keystroke.

A bandit compares choices one decision at a time, however long they take. An `explore` of forty
keystrokes that earn 0.15 each and a `fight` of one keystroke that earns 5.9 look alike to it, 6.0
and 5.9, though for the time that it takes the fight pays forty times as much. Per keystroke they
are 0.15 and 5.9.

Every decision still counts once: an action value is then the mean of R/k, which is not ΣR/Σk where
decisions of one action differ in length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from agents.bandits.reward_range import RewardRange
from agents.base import Transition, finite_rewards
from agents.lessons import Lesson
from agents.settings import LARGE, Settings, setting

Credit = Literal["decision", "keystroke"]


@dataclass(frozen=True)
class CreditSettings(Settings):
    """Settings that all bandits have as agents: what counts as a reward, and as how much."""

    credit: Credit = setting(
        "decision",
        "what a choice earns: its reward (decision), or that divided by the keystrokes it took"
        " (keystroke); reward_range, estimates and bounds are in the same units",
        fixed=True,
    )
    reward_range: tuple[float, float] = setting(
        (0.0, 1.0),
        "mapped linearly to [0, 1]; rewards outside are clipped",
        low=-LARGE,
        high=LARGE,
        fixed=True,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        RewardRange.of(self.reward_range)


def credited(transitions: Sequence[Transition], credit: Credit) -> list[float]:
    """Return what each decision is credited with, (T,); Diverged unless all rewards are finite."""
    rewards = finite_rewards(transitions)
    if credit == "decision":
        return rewards
    return [r / step.keystrokes for r, step in zip(rewards, transitions, strict=True)]


def credited_returns(lesson: Lesson, credit: Credit) -> np.ndarray:
    """Return the same of the futures of one decision, (A, n), NaN where an action is illegal."""
    return lesson.returns if credit == "decision" else lesson.returns / lesson.keystrokes
