"""Recording, replaying and encoding of real games."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from envs.nethack.env import NetHack
from experiments.bench.measure import Effort, Result, Trial, over_and_over, take_turns
from experiments.config.models import Config
from experiments.playback.playback import Playback
from experiments.playback.replayed import ReplayPlayback
from experiments.recordings.video import write_gif, write_mp4
from experiments.replays.format import Replay
from experiments.replays.reader import read_replay
from experiments.replays.recorder import Recording
from experiments.runs.run import TRAINING, open_run
from experiments.training.parallel import play_games

RUN = Path("thompson")  # comes with the project
GAMES = 12  # to choose the longest from
TRAINING_GAMES, TURNS = 50, 300  # of training: one of them is recorded
FRAMES_WANTED, SEEKS_WANTED = 200, 2  # per second
FRAMES = 600  # encoded in a measurement


def measure(effort: Effort) -> list[Result]:
    """Return what recording costs training; replays against NLE alone; seeks; frames of GIF and
    MP4.
    """
    config, agent = open_run(RUN).config, open_run(RUN).checkpoint()[0]
    replay, size = _longest(config, agent)
    playback = ReplayPlayback(replay)
    playback.play_out()
    rng = np.random.default_rng(0)
    trials: dict[str, Trial] = {
        "recorded": lambda: _train(config, agent, config.train.replay_every),
        "not": lambda: _train(config, agent, 0),
        "replay": lambda: _play(replay),
        "raw": lambda: _raw(replay),
        "seek": over_and_over(
            lambda: playback.snapshot(int(rng.integers(playback.length))), effort.seconds
        ),
        "gif": lambda: _encode(write_gif, playback, "game.gif"),
        "mp4": lambda: _encode(write_mp4, playback, "game.mp4"),
    }
    speeds = take_turns(trials, effort.repeats)
    return [
        Result("training, every fiftieth game recorded", "games/s", speeds["recorded"],
               "not recording", speeds["not"], 0.97),
        Result("a replay in a kilobyte", "keystrokes", (1_024 * replay.keystrokes / size,),
               "wanted", (256,), 1.0),
        Result("playing a replay back", "keystrokes/s", speeds["replay"],
               "NLE alone, the same keys", speeds["raw"]),
        _wanted("seeking in a playback", "seeks/s", speeds["seek"], SEEKS_WANTED),
        _wanted("encoding a GIF", "frames/s", speeds["gif"], FRAMES_WANTED),
        _wanted("encoding an MP4", "frames/s", speeds["mp4"], FRAMES_WANTED),
    ]  # fmt: skip


def _wanted(what: str, unit: str, speeds: tuple[float, ...], least: float) -> Result:
    return Result(what, unit, speeds, "wanted", (least,) * len(speeds), 1.0)


def _longest(config: Config, agent: Any) -> tuple[Replay, int]:
    """Return the longest of a few games, and the bytes of its file."""
    recording = Recording("bench", 0)
    episodes = play_games(config, agent, range(GAMES), False, 1, recording)
    data = max((episode.replay or b"" for episode in episodes), key=len)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "game.jsonl.gz")
        path.write_bytes(data)
        return read_replay(path), len(data)


def _train(config: Config, agent: Any, every: int) -> float:
    """Games per second of a round of training games, cut short."""
    env = config.env.model_copy(update={"max_turns": TURNS})
    config = config.model_copy(update={"env": env})
    recording = Recording(TRAINING, 0, every)
    began = time.perf_counter()
    for _ in play_games(config, agent, range(TRAINING_GAMES), True, 1, recording):
        pass
    return TRAINING_GAMES / (time.perf_counter() - began)


def _play(replay: Replay) -> float:
    playback = ReplayPlayback(replay)
    began = time.perf_counter()
    playback.play_out()
    return playback.length / (time.perf_counter() - began)


def _raw(replay: Replay) -> float:
    settings = {key: value for key, value in replay.header["env"].items() if key != "game"}
    env = NetHack(**settings)
    env.reset(seed=replay.seed)
    keys = b"".join(decision.keys for decision in replay.decisions)
    began = time.perf_counter()
    sent = env.raw_steps(keys)
    return sent / (time.perf_counter() - began)


def _encode(write: Callable[..., None], playback: Playback, name: str) -> float:
    last = min(FRAMES, playback.length)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        write(Path(folder, name), playback, first=0, last=last)
        return (last + 1) / (time.perf_counter() - began)
