"""The eight tasks of the NetHack Learning Environment, as reward and success over two frames.

Source: Küttler et al. (2020), *The NetHack Learning Environment*, section 3.4, and the reward
definitions of NLE 1.3.0. Rewards may read NLE's hidden ``internal`` buffer; observations never do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from nle import nethack as nh

STAIRS_DOWN_UNDERFOOT = 4  # index into NLE's internal buffer
NUTRITION = 7
ORACLE_GLYPH = next(
    nh.GLYPH_MON_OFF + i for i in range(nh.NUMMONS) if nh.permonst(i).mname == "Oracle"
)


class Frame(NamedTuple):
    """What a task may look at after a keystroke.

    Attributes:
        blstats: NLE's 27 bottom-line statistics, as ints.
        glyphs: (21, 79) int16, live.
        internal: (9,) int32, NLE's hidden state, live.
    """

    blstats: list[int]
    glyphs: np.ndarray
    internal: np.ndarray


@dataclass
class Task:
    """Points gained; NLE's *score* and, without the penalty, its *challenge*.

    Attributes:
        penalty: added for each keystroke that takes no game time.
        gold_autopickup: whether gold is picked up by walking over it.
    """

    penalty: float = -0.01
    gold_autopickup: bool = False

    def start(self, frame: Frame) -> None:
        """Begins a game at its first frame."""
        self._before = frame.blstats

    def reward(self, frame: Frame) -> float:
        """Reward of the keystroke that led from the last frame to this one."""
        frozen = self._before[nh.NLE_BL_TIME] == frame.blstats[nh.NLE_BL_TIME]
        reward = self.gain(frame) + (self.penalty if frozen else 0.0)
        self._before = frame.blstats
        return reward

    def gain(self, frame: Frame) -> float:
        """Return the reward without the penalty."""
        return float(frame.blstats[nh.NLE_BL_SCORE] - self._before[nh.NLE_BL_SCORE])

    def success(self, frame: Frame) -> bool:
        """Whether the game ends here because the task is done."""
        return False


@dataclass
class Staircase(Task):
    """Reach a staircase down: 1 on success."""

    def gain(self, frame: Frame) -> float:
        """Return 1 for the keystroke that ends the game in success, and 0 for all others."""
        return float(self.success(frame))

    def success(self, frame: Frame) -> bool:
        """Whether the hero stands on stairs down, as NLE's hidden state tells."""
        return bool(frame.internal[STAIRS_DOWN_UNDERFOOT])


@dataclass
class StaircasePet(Staircase):
    """Reach a staircase down with the pet beside you: 1 on success."""

    def success(self, frame: Frame) -> bool:
        """Whether the hero stands on stairs down, and a pet in view is beside him."""
        if not frame.internal[STAIRS_DOWN_UNDERFOOT]:
            return False
        return bool(np.any(nh.glyph_is_pet(_neighbours(frame))))


@dataclass
class Oracle(Staircase):
    """Stand beside the Oracle: 1 on success."""

    def success(self, frame: Frame) -> bool:
        """Whether the Oracle is in view on a square beside the hero."""
        return bool(np.any(_neighbours(frame) == ORACLE_GLYPH))


@dataclass
class Gold(Task):
    """Gold gained; it is picked up by walking over it, as NLE defines the task."""

    gold_autopickup: bool = True

    def gain(self, frame: Frame) -> float:
        """Return the gold that the keystroke brought; negative for gold spent or lost."""
        return float(frame.blstats[nh.NLE_BL_GOLD] - self._before[nh.NLE_BL_GOLD])


@dataclass
class Eat(Task):
    """Nutrition gained by eating."""

    def start(self, frame: Frame) -> None:
        """Begin a game, and note how well fed the hero is."""
        super().start(frame)
        self._nutrition = int(frame.internal[NUTRITION])

    def gain(self, frame: Frame) -> float:
        """Return by how much nutrition rose; 0 where it fell, as it does with time."""
        before, self._nutrition = self._nutrition, int(frame.internal[NUTRITION])
        return float(max(0, self._nutrition - before))


@dataclass
class Scout(Task):
    """Map squares uncovered on each level; what the first screen shows counts, as in NLE."""

    def start(self, frame: Frame) -> None:
        """Begin a game with no square counted on any level."""
        super().start(frame)
        self._explored: dict[tuple[int, int], int] = {}

    def gain(self, frame: Frame) -> float:
        """Return how many more squares of the level are shown than after its last keystroke."""
        before = self._explored.get(_level(frame), 0)
        self._explored[_level(frame)] = _seen(frame)
        return float(_seen(frame) - before)


def _level(frame: Frame) -> tuple[int, int]:
    return frame.blstats[nh.NLE_BL_DNUM], frame.blstats[nh.NLE_BL_DLEVEL]


def _seen(frame: Frame) -> int:
    return int(np.count_nonzero(frame.glyphs != nh.GLYPH_CMAP_OFF))


def _neighbours(frame: Frame) -> np.ndarray:
    x, y = frame.blstats[nh.NLE_BL_X], frame.blstats[nh.NLE_BL_Y]
    return frame.glyphs[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]


TASKS = {
    "score": Task,
    "staircase": Staircase,
    "staircase-pet": StaircasePet,
    "oracle": Oracle,
    "gold": Gold,
    "eat": Eat,
    "scout": Scout,
    "challenge": lambda: Task(penalty=0.0),
}


def make_task(name: str) -> Task:
    """Return a fresh task by its NLE name.

    Raises:
        ValueError: for a name that is not in `TASKS`.
    """
    if name not in TASKS:
        raise ValueError(f"unknown task {name!r}; the tasks are {', '.join(TASKS)}")
    return TASKS[name]()
