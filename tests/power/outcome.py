"""What becomes of a run after a power cut: it must open, have what was saved, and go on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.errors import UserError
from experiments.runs.contents import CONFIG, holds_run, is_half_made
from experiments.runs.run import open_run
from power.cuts import SECONDS, Cut, cuts, train
from power.image import is_sound, make, mounted

EPISODES = "episodes.jsonl"
KEPT = (EPISODES, "metrics.jsonl", "checkpoint/agent.safetensors", CONFIG)


@dataclass
class Outcome:
    """What became of a cut: whether the run opens, how many games are lost, whether it went on."""

    cut: Cut
    opened: bool = False
    lost: int = 0
    went_on: bool = False
    sound: bool = False
    fault: str = ""


def trial(
    folder: Path, config: Sequence[str], number: int, dice: random.Random, unsynced: bool = False
) -> Iterator[Outcome]:
    """Train, cut the power so many times, and go on from each.

    Args:
        folder: of the trial's own.
        config: what is trained.
        number: how many; half of them right after a call that saving makes, half at any time.
        dice: choose the moments.
        unsynced: as a control, sync nothing.

    Raises:
        RuntimeError: when the trial itself fails.
    """
    image, run = folder / "image", folder / "disk" / "run"
    make(image)
    with mounted(image, folder / "disk"):
        found = cuts(image, run, config, number, dice, unsynced)
        theirs = _result(run)
    for cut in found:
        outcome = Outcome(cut)
        with mounted(cut.image, folder / "copy"):
            _open(outcome, folder / "copy" / "run")
            if not outcome.fault:
                _go_on(outcome, folder / "copy" / "run", config, theirs)
        outcome.sound = is_sound(cut.image)
        yield outcome
        cut.image.unlink()


def _open(outcome: Outcome, run: Path) -> None:
    """Open what is left of a run, if anything is, and count the games that are lost."""
    nothing = not holds_run(run) or is_half_made(run)
    try:
        left = 0 if nothing else open_run(run).checkpoint()[1]
    except UserError as error:
        outcome.fault = f"does not open: {error}"
        return
    outcome.opened, outcome.lost = not nothing, max(outcome.cut.games - left, 0)
    if outcome.lost and not outcome.cut.saving:
        outcome.fault = f"{outcome.lost} games were lost that had been saved"


def _go_on(outcome: Outcome, run: Path, config: Sequence[str], theirs: dict[str, bytes]) -> None:
    """Train to the end, and compare with the run whose power never went."""
    if (code := train(run, config, ["-m", "experiments.cli"]).wait(SECONDS)) != 0:
        outcome.fault = f"does not go on: exit code {code}"
        return
    ours = _result(run)
    different = [name for name in ours if ours[name] != theirs[name]]
    outcome.went_on = not different
    if different:
        outcome.fault = f"differs in the end: {', '.join(different)}"


def _result(run: Path) -> dict[str, bytes]:
    """Return what a run is, by its files; how long games took is left out."""
    found = {name: (run / name).read_bytes() for name in KEPT}
    return found | {EPISODES: re.sub(rb', "seconds": [0-9.e-]+', b"", found[EPISODES])}
