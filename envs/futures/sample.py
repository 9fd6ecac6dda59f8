"""Samples futures of a decision, of NetHack in forked children, of the stub in deep copies."""

from __future__ import annotations

import copy
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from envs.futures.children import Answer, forked
from envs.futures.outcome import Future, Horizon, Lost, Policy, Watcher
from envs.futures.rollout import roll_out
from envs.macro_env import MacroEnv
from envs.nethack.env import NetHack

SECONDS_PER_FUTURE = 60.0  # far more than a whole game takes
Job = tuple[int, int]  # action, index
Watch = Callable[[int, int, tuple[int, int]], Watcher]


class FuturesUnavailable(RuntimeError):
    """This system can't fork the game; says why."""


@dataclass(frozen=True)
class _Question:
    """What is the same for all futures of a call."""

    env: MacroEnv
    policy: Policy
    horizon: Horizon
    seed: tuple[int, ...]
    watch: Watch | None

    def in_child(self, job: Job, folder: Path) -> Future:
        """Plays a future in this process, which was forked for it."""
        game = self.env.env
        assert isinstance(game, NetHack)
        game.move_files(folder)
        return self.play(job, self.env)

    def play(self, job: Job, env: MacroEnv) -> Future:
        """Plays a future in an environment that was made for it."""
        action, index = job
        seeds = np.random.SeedSequence([*self.seed, action, index])
        core, display, own = (int(s) for s in seeds.generate_state(3, np.uint64) >> 1)
        env.env.reseed(core, display)
        watcher = self.watch(action, index, (core, display)) if self.watch else None
        rng = np.random.default_rng(own)
        played = roll_out(env, action, self.policy, self.horizon, rng, watcher)
        return Future(action, index, (core, display), **played)


def futures(
    env: MacroEnv,
    actions: Sequence[int],
    policy: Policy,
    n: int,
    horizon: Horizon,
    seed: int | Sequence[int],
    *,
    first: int = 0,
    workers: int | None = None,
    seconds: float = SECONDS_PER_FUTURE,
    watch: Watch | None = None,
) -> Iterator[Future | Lost]:
    """Plays n futures of each action from the decision at which the game stands.

    The dice of future i of an action depend on (seed, action, i) alone: the number of workers
    makes no difference, and more futures can be had later with `first`. The game itself is left
    exactly as it is; it must not be played on until the last future is there. Stopping early ends
    all children.

    Args:
        env: at a decision. What it knows goes along: map memory, notes of macro-actions, limits.
        actions: legal ones.
        policy: plays on after the first macro-action; an exception in it loses the future.
        n: futures of each action.
        horizon: where a future ends.
        seed: an integer from 0, or several.
        first: the index of the first future.
        workers: the most children at a time; None for one on each processor. The stub has none.
        seconds: that a future may take; the stub's are not stopped, but lost all the same.
        watch: makes a `Watcher` from a future's action, index and seeds.

    Yields:
        All actions' futures of the first index, then all of the next one; `Lost` in the place of
        one that crashed or took too long.

    Raises:
        FuturesUnavailable: where processes can't be forked.
        ValueError: for a game that is over, an action that is not legal, or a number out of range.
    """
    seeds = (seed,) if isinstance(seed, int) else tuple(seed)
    workers = (os.cpu_count() or 1) if workers is None else workers
    _check(env, actions, n, workers)
    question = _Question(env, policy, horizon, seeds, watch)
    jobs = [(action, index) for index, action in product(range(first, first + n), actions)]
    if isinstance(env.env, NetHack):
        answers = _forked(jobs, question, workers, seconds)
    else:
        answers = ((job, _copied(job, question, seconds)) for job in jobs)
    return (answer.result or Lost(*job, why=answer.fault) for job, answer in answers)


def _forked(
    jobs: Sequence[Job], question: _Question, workers: int, seconds: float
) -> Iterator[tuple[Job, Answer]]:
    if not hasattr(os, "fork"):
        raise FuturesUnavailable(
            "futures of NetHack need os.fork, which this system lacks (Linux and macOS have it);"
            " the stub dungeon's need none"
        )
    return _or_say_why_not(forked(jobs, question.in_child, workers, seconds))


def _or_say_why_not(answers: Iterator[tuple[Job, Answer]]) -> Iterator[tuple[Job, Answer]]:
    try:
        yield from answers
    except OSError as error:
        raise FuturesUnavailable(f"a process can't be forked: {error.strerror}") from error


def _copied(job: Job, question: _Question, seconds: float) -> Answer:
    began = time.monotonic()
    try:
        answer = Answer(question.play(job, twin(question.env)))
    except Exception as error:
        return Answer(fault=f"{type(error).__name__}: {error}")
    late = time.monotonic() - began > seconds
    return Answer(fault=f"took longer than {seconds:g} seconds") if late else answer


def twin(env: MacroEnv) -> MacroEnv:
    """Return a deep copy of an environment of the stub, at a decision.

    The last decision's driver stays behind: it has ended, and its generator can't be copied.
    """
    memo: dict[int, Any] = {id(getattr(env, "decision", None)): None, id(env.macros): env.macros}
    copy.deepcopy(env.env, memo)  # first, so that all else refers to its screen
    return copy.deepcopy(env, memo)


def _check(env: MacroEnv, actions: Sequence[int], n: int, workers: int) -> None:
    if env.known is None:
        raise ValueError("call reset() before asking for futures")
    if env.env.terminated or env.env.truncated:
        raise ValueError("this game is over: it has no futures")
    if n < 1 or workers < 1:
        raise ValueError(f"at least 1 future and 1 worker are needed, not {n} and {workers}")
    legal = env.action_masks()
    names = [macro.name for macro in env.macros]
    for action in actions:
        if not (0 <= action < len(names) and legal[action]):
            name = names[action] if 0 <= action < len(names) else action
            could = ", ".join(name for name, can in zip(names, legal, strict=True) if can)
            raise ValueError(f"{name} is not legal at this decision; there are {could}")
