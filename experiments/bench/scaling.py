"""Games per minute with 1, 2 and all processors' workers; what the runner and a worker cost; and
what 64 workers would do, from the parts that were measured.

Workers are there, and have played, before the clock starts. It stops when the last game is over:
some workers may have waited for that one.
"""

from __future__ import annotations

import heapq
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from agents import Agent
from experiments.bench.measure import Effort, Result, Trial, take_turns
from experiments.config.models import Config, find, load, make_agent
from experiments.training.backends import PROCESSES, playing_on, worker_count
from experiments.training.crew import crew
from experiments.training.parallel import play_games
from experiments.training.rollout import environment, play_game

MAX_TURNS = 1_000  # games of a fraction of a second: many, so that the last ones weigh little
KEYS_PER_GAME = 64  # of `Effort.keystrokes`: 62 games in the default one
MOST_REPEATS = 3
MANY = 64
GAMES_AT_ONCE = 2_000  # of the projected evaluation
MEGABYTE = 2**20


@dataclass
class Parts:
    """What was measured of single games.

    Attributes:
        games: seconds of each, where it was played.
        runner: seconds of processor time that each took in this process.
        work: games per minute of processor time, of this process and of workers, by trial.
    """

    games: list[float] = field(default_factory=list)
    runner: list[float] = field(default_factory=list)
    work: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def measure(effort: Effort) -> list[Result]:
    """Games per minute of Thompson sampling, learning as it plays."""
    config = load(find("thompson"), (f"env.max_turns={MAX_TURNS}",))
    agent, seeds = make_agent(config), range(max(2, effort.keystrokes // KEYS_PER_GAME))
    counts, parts = sorted({1, 2, worker_count(None)}), Parts()
    trials: dict[str, Trial] = {"bare": lambda: _bare(config, agent, seeds, parts)}
    for count in counts:
        trials[str(count)] = lambda count=count: _crew(config, agent, seeds, count, parts)  # type: ignore[misc]
    with playing_on(PROCESSES):
        speeds = take_turns(trials, min(effort.repeats, MOST_REPEATS))
        megabytes = [_megabytes(pid) for pid in crew().pids]
    unit, one = "games/min", speeds["1"]
    bare = Result("1 worker", unit, one, "the bare loop", speeds["bare"], target=0.95)
    more = [
        Result(f"{count} workers", unit, speeds[str(count)], "1 worker", one,
               1.8 if count == 2 else None)
        for count in counts[1:]
    ]  # fmt: skip
    spent = {name: tuple(speeds[1:]) for name, speeds in parts.work.items()}  # not the warm-up
    more += [
        Result(f"{count} worker{'s' * (count > 1)}, by processor time", unit, spent[str(count)],
               "the bare loop", spent["bare"])
        for count in counts
    ]  # fmt: skip
    memory = Result("memory of a worker, its share of what is shared", "MB", tuple(megabytes))
    return [bare, *more, memory, *_projected(parts, config, float(np.median(one)))]


def _bare(config: Config, agent: Agent, seeds: Sequence[int], parts: Parts) -> float:
    env, began, busy = environment(config.env), time.perf_counter(), _processor_seconds()
    for seed in seeds:
        play_game(env, agent, seed, np.random.default_rng([config.seed, seed]), learn=True)
    seconds = time.perf_counter() - began
    parts.work["bare"].append(60 * len(seeds) / (_processor_seconds() - busy))
    return 60 * len(seeds) / seconds


def _crew(config: Config, agent: Agent, seeds: Sequence[int], count: int, parts: Parts) -> float:
    list(play_games(config, agent, seeds[:count], True, count))  # so that so many workers are there
    began, busy, all_busy = time.perf_counter(), time.process_time(), _processor_seconds()
    played = list(play_games(config, agent, seeds, True, count))
    seconds = time.perf_counter() - began
    parts.work[str(count)].append(60 * len(seeds) / (_processor_seconds() - all_busy))
    if count == 1:  # more of them may wait for one another's processor
        parts.games += [episode.row["seconds"] for episode in played]
        parts.runner.append((time.process_time() - busy) / len(played))
    return 60 * len(seeds) / seconds


def _projected(parts: Parts, config: Config, one: float) -> list[Result]:
    """Return what 64 workers would do, were there as many processors."""
    rng, runner = np.random.default_rng(0), float(np.median(parts.runner))
    rounds = config.train.games_per_round
    found = []
    for what, games in (
        (f"{GAMES_AT_ONCE:,} games at once", GAMES_AT_ONCE), (f"rounds of {rounds}", rounds)
    ):  # fmt: skip
        batches = rng.choice(parts.games, (max(1, GAMES_AT_ONCE // games), games))
        speed = 60 * batches.size / sum(makespan(batch, MANY, runner) for batch in batches.tolist())
        found.append(Result(f"{MANY} workers, {what}, projected", "games/min", (speed,),
                            "1 worker", (one,)))  # fmt: skip
    return found


def makespan(games: Sequence[float], workers: int, runner: float) -> float:
    """Return the seconds from the first game's beginning to the last one's end.

    Args:
        games: seconds of each, in their order: the next one goes to whoever is free first.
        workers: how many play.
        runner: seconds that each game takes the runner, which does one thing at a time.
    """
    free, given = [0.0] * workers, 0.0
    for seconds in games:
        given = max(given, heapq.heappop(free)) + runner
        heapq.heappush(free, given + seconds)
    return max(free)


def _processor_seconds() -> float:
    """Return the processor time so far of this process and of its workers (Linux; else its own)."""
    seconds = time.process_time()
    for pid in crew().pids:
        with suppress(OSError):
            seconds += time.clock_gettime(~pid << 3 | 2)  # Linux's clock of another process
    return seconds


def _megabytes(pid: int) -> float:
    """Return the memory of a process, pages that it shares counted by its share (Linux)."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        kilobytes = next(line.split()[1] for line in lines if line.startswith("Pss:"))
        return int(kilobytes) * 1024 / MEGABYTE
    with suppress(OSError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    return float("nan")
