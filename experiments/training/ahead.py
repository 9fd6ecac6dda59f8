"""Games of evaluation that were played before their turn: kept, so that a stop costs none of them.

They lie in the run's folder ``ahead``, each with its digest and the mark of who played it, until
the evaluation has written their rows. Two processes may write there: the games are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from agents.bounded import read_bounded
from agents.whole import write_whole
from experiments.errors import UserError
from experiments.files import folder_in
from experiments.runs.commit import remove_partials
from experiments.runs.contents import AHEAD
from experiments.training.asked import Asked
from experiments.training.rollout import Episode
from experiments.training.unlearned import DAMAGED, LONGEST, packed, unpacked


def kept(asked: Asked, seeds: Iterable[int]) -> dict[int, Episode]:
    """Return those of the games that are kept, by seed; damaged ones and others' are none."""
    folder = _own_folder(asked)
    if folder is None:
        return {}
    found = {}
    for seed in seeds:
        with suppress(*DAMAGED):
            episode = unpacked(read_bounded(folder / str(seed), LONGEST), asked.mark)
            if episode.row["seed"] == seed:
                found[seed] = episode
    return found


def keep(asked: Asked, episode: Episode) -> None:
    """Write a game, if that can be done: whoever holds it goes on without."""
    if asked.run.played_in == asked.run.folder:
        with suppress(OSError, UserError):
            folder = folder_in(asked.run.folder, AHEAD, asked.label)
            write_whole(folder / str(episode.row["seed"]), packed(episode, asked.mark), sync=False)


def forget(asked: Asked, games: int) -> None:
    """Remove the first so many games, whose rows are written, and what a kill left unfinished."""
    folder = _own_folder(asked)
    if games and folder:
        with suppress(OSError):
            remove_partials(folder)
            for seed in range(asked.first, asked.first + games):
                (folder / str(seed)).unlink(missing_ok=True)
            folder.rmdir()
            folder.parent.rmdir()


def _own_folder(asked: Asked) -> Path | None:
    """Return the folder if there is one, and no link in its place that leads to somebody else's."""
    folder = asked.run.folder / AHEAD / asked.label
    linked = folder.is_symlink() or folder.parent.is_symlink()
    return folder if folder.is_dir() and not linked else None
