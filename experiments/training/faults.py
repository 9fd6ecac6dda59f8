"""Games that came to no end: what is kept of them, and what stands in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from envs.outcome import Outcome
from experiments.files import Row
from experiments.replays.decisions import Choice, Decision
from experiments.replays.writer import Writer
from experiments.runs.run import Run
from experiments.training.notebook import Notes
from experiments.training.progress import Progress
from experiments.training.rollout import Episode

STRIKES = 3  # faults after which a seed is set aside
LOST = "lost"  # the key of a row that stands for a game which was set aside; says why


@dataclass(frozen=True)
class Fault:
    """A game that its process did not bring to an end.

    Attributes:
        seed: the game's.
        why: the process died, or took too long, or had too little memory.
        notes: of the game so far.
        strike: the how manieth of this seed.
        replay: of the game so far; it has no outcome.
    """

    seed: int
    why: str
    notes: Notes = field(default_factory=Notes)
    strike: int = 1
    replay: bytes = b""

    @property
    def final(self) -> bool:
        """Whether the seed is set aside."""
        return self.strike >= STRIKES

    def __str__(self) -> str:
        then = "the game is set aside, after the third time" if self.final else "played again"
        return f"the game with seed {self.seed}: {self.why}; {then}"


OnFault = Callable[[Fault], None]


def unfinished_replay(head: dict[str, Any], fault: Fault) -> bytes:
    """Return the replay of a game that came to no end, as far as it was noted.

    Args:
        head: of the replay.
        fault: what was played, and why it did not go on.
    """
    notes = fault.notes
    writer, macros = Writer(head), tuple(head["macros"])
    decisions = pairwise((*notes.decisions, (0, len(notes.keys))))
    for number, ((action, start), (_, end)) in enumerate(decisions, start=1):
        chosen = np.arange(len(macros)) == action  # of the choice nothing else is known
        choice = Choice(macros, "", chosen, chosen.astype(float), None, None, None, action)
        keys = notes.keys[start:end]
        writer.add(Decision(number, macros[action], start, choice, keys), None)
    return writer.unfinished(fault.why)


def stand_in(fault: Fault, macros: list[str]) -> Episode:
    """Return what stands in the place of a game that was set aside: nothing is learned from it."""
    nothing = Outcome(
        points=0, progression=0.0, depth=0, max_depth=0, experience_level=0, turns=0, cause=None,
        success=False, keystrokes=len(fault.notes.keys), character=None,
    )  # fmt: skip
    row = {"seed": fault.seed, "terminated": False, "truncated": True, LOST: fault.why}
    sums = {"decisions": len(fault.notes.decisions), "reward": 0.0, "return": 0.0}
    counts = dict.fromkeys(macros, 0)
    return Episode(row | asdict(nothing) | sums | {"macros": counts, "seconds": 0.0}, [])


def kept(run: Run, label: str, progress: Progress) -> OnFault:
    """Return what keeps games that came to no end with a run, and tells of them.

    Args:
        run: gets their replays.
        label: under which the games are kept.
        progress: shows the notes.
    """

    def keep(fault: Fault) -> None:
        path = run.save_fault(label, fault.seed, fault.replay)
        progress.note(f"{fault}; as far as it went: {path}")

    return keep


def whole(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of games that were played: without those that were set aside."""
    return [row for row in rows if LOST not in row]
