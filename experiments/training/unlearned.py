"""Games of a round that is not over: kept as they come, so that a stop costs no finished game.

They lie in the run's folder ``round`` until the agent has learned from them. Each file begins with
the digest of the rest, so that it needs no sync: one that a power cut spoiled is played again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from agents import State, Transition
from agents.bounded import read_bounded
from agents.lessons import Lesson
from agents.whole import write_whole
from experiments.files import folder_in
from experiments.runs.commit import remove
from experiments.runs.contents import ROUND
from experiments.runs.run import Run
from experiments.training.rollout import Episode

DIGEST = hashlib.sha256().digest_size
LONGEST = 2**28  # bytes of a game; what is longer is none of ours, and played again
DAMAGED = (OSError, ValueError, KeyError, IndexError, TypeError)


def kept(run: Run, seeds: Sequence[int], trained: int) -> list[Episode]:
    """Return the first games of a round, as far as they are kept.

    Args:
        run: at the round's start.
        seeds: of all games of the round.
        trained: how many games the agent has learned from.
    """
    found: list[Episode] = []
    for seed in seeds:
        try:
            episode = unpacked(read_bounded(run.folder / ROUND / str(seed), LONGEST), trained)
            if episode.row["seed"] != seed:
                break
        except DAMAGED:
            break
        found.append(episode)
    return found


def keep(run: Run, played: Iterable[Episode], trained: int) -> Iterator[Episode]:
    """Write games as they come, and pass them on."""
    for episode in played:
        if run.lock:
            run.lock.check()
        if not episode.transitions:  # set aside
            yield episode
            continue
        path = folder_in(run.folder, ROUND) / str(episode.row["seed"])
        write_whole(path, packed(episode, trained), sync=False)
        yield episode


def count(run: Run) -> int:
    """Return how many games are kept."""
    return sum(path.name.isdecimal() for path in (run.folder / ROUND).glob("*"))


def forget(run: Run) -> None:
    """Remove what is kept: the agent has learned from it."""
    remove(run.folder / ROUND)


def packed(episode: Episode, trained: int | str) -> bytes:
    """Return a game as a file: a digest, and safetensors.

    Args:
        episode: with or without its transitions.
        trained: how many games the agent has learned from, or another mark of who played.
    """
    from safetensors.numpy import save

    steps = episode.transitions
    states = [*(step.state for step in steps[:1]), *(step.next_state for step in steps)]
    lessons = [lesson for lesson in episode.lessons if lesson is not None]
    arrays = _packed_states("", states) | _packed_states("lesson.", [o.state for o in lessons])
    arrays |= {
        "action": np.array([step.action for step in steps], np.int64),
        "reward": np.array([step.reward for step in steps], np.float64),
        "discount": np.array([step.discount for step in steps], np.float64),
        "last": np.array([step.last for step in steps], np.bool_),
        "keystrokes": np.array([step.keystrokes for step in steps], np.int64),
        "replay": np.frombuffer(episode.replay or b"", np.uint8),
    }
    for i, lesson in enumerate(lessons):
        arrays[f"returns.{i}"] = np.ascontiguousarray(lesson.returns)
        arrays[f"keystrokes.{i}"] = np.ascontiguousarray(lesson.keystrokes, np.int64)
    whole = [lesson is not None for lesson in episode.lessons]
    about = {"trained": trained, "row": episode.row, "lessons": whole}
    data = save(arrays, {"game": json.dumps(about)})
    return hashlib.sha256(data).digest() + data


def unpacked(data: bytes, trained: int | str) -> Episode:
    """Return the game of a file.

    Raises:
        ValueError, KeyError, IndexError, TypeError: for a damaged file, and for a game of an agent
            that has learned from another number of games, or has another mark.
    """
    from safetensors.numpy import load

    if hashlib.sha256(data[DIGEST:]).digest() != data[:DIGEST]:
        raise ValueError("is damaged")
    arrays, about = load(data[DIGEST:]), _about(data[DIGEST:])
    if about["trained"] != trained:
        raise ValueError("belongs to another round")
    states = _states("", arrays)
    columns = (
        arrays[name].tolist() for name in ("action", "reward", "discount", "last", "keystrokes")
    )
    steps = [
        Transition(states[i], action, reward, discount, states[i + 1], last, keystrokes)
        for i, (action, reward, discount, last, keystrokes) in enumerate(zip(*columns, strict=True))
    ]
    taught = (
        Lesson(state, arrays[f"returns.{i}"], arrays[f"keystrokes.{i}"])
        for i, state in enumerate(_states("lesson.", arrays))
    )
    lessons = tuple(next(taught) if whole else None for whole in about["lessons"])
    return Episode(about["row"], steps, arrays["replay"].tobytes() or None, lessons)


def _about(data: bytes) -> dict[str, Any]:
    length = int.from_bytes(data[:8], "little")  # of safetensors' header, which is JSON
    return json.loads(json.loads(data[8 : 8 + length])["__metadata__"]["game"])


def _packed_states(prefix: str, states: Sequence[State]) -> dict[str, np.ndarray]:
    if not states:
        return {}
    return {
        prefix + "features": np.stack([state.features for state in states]),
        prefix + "context": np.array([state.context for state in states], np.int64),
        prefix + "mask": np.stack([state.action_mask for state in states]),
    }


def _states(prefix: str, arrays: dict[str, np.ndarray]) -> list[State]:
    if prefix + "features" not in arrays:
        return []
    rows = (arrays[prefix + name] for name in ("features", "context", "mask"))
    return [
        State(features, int(context), mask) for features, context, mask in zip(*rows, strict=True)
    ]
