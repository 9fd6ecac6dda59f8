"""Replays, forged: sound ones damaged, their lines changed with the sums that belong to them."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from experiments.config.models import find, load, make_agent
from experiments.playback.source import ReplayFolder
from experiments.replays.recorder import Recorder, Recording
from experiments.training.rollout import environment, play_game
from fuzz.forge import as_json, damaged_bytes, damaged_content
from fuzz.measure import Reader

OVERRIDES = ("env.game=stub", "env.max_turns=40")


@cache
def sound() -> bytes:
    """Return the text of a game of the stub."""
    import numpy as np

    config = load(find("ucb"), OVERRIDES)
    agent, env = make_agent(config), environment(config.env)
    header = Recording("learned", 0).header(config, agent, 1)
    recorder = Recorder(header, config.env.situation)
    episode = play_game(env, agent, 1, np.random.default_rng(1), False, recorder)
    assert episode.replay
    return gzip.decompress(episode.replay)


def forge(rng: random.Random, folder: Path) -> Path:
    """Write a forged replay, packed or as browsers leave it."""
    lines = [json.loads(line) for line in sound().splitlines()]
    for _ in range(rng.choice((0, 1, 1, 2))):
        at = rng.choice((0, len(lines) - 1, rng.randrange(len(lines))))
        lines[at] = damaged_content(rng, lines[at])
    texts, crc = [], 0
    for line in lines:
        if isinstance(line, dict) and "text" in line:
            line["text"] = crc
        text = (as_json(rng, line) + "\n").encode("utf-8", "surrogatepass")
        crc = zlib.crc32(text, crc)
        texts.append(text)
    data = b"".join(texts)
    data = gzip.compress(data) if rng.random() < 0.8 else data
    data = damaged_bytes(rng, data) if rng.random() < 0.3 else data
    path = folder / "1.jsonl.gz"
    path.write_bytes(data)
    return path


def read(path: Path) -> None:
    """Open a replay as `yendor watch` does, and play the game."""
    source = ReplayFolder(path)
    source.numbers("points>1")
    playback = source.open(source.first)
    for _ in range(300):
        if not playback.advance():
            break
    playback.snapshot(playback.length, None)


def _bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    head = json.loads(sound().splitlines()[0])
    game, wide = head["env"], [f"m{i}" for i in range(1_000)]
    row = '[0,"","e",0,"s",1,[1000],[null,null,null,null]]\n'
    heavy = json.dumps([0, "", "e", 0, "s", 2**1000 - 1, [1] * 1000, [[1] * 1000] * 4]) + "\n"
    level = "\n".join(["|" + "." * 76 + "|"] * 19 + ["|@" + "." * 74 + ">|"])
    texts = {
        "a billion levels": (head | {"env": game | {"levels": 10**9}}, "", 1),
        "a thousand levels": (head | {"env": game | {"levels": 1_000}}, row, 1),
        "drawings": (head | {"env": game | {"maps": [level] * 1_000}}, row, 1),
        "a large drawing": (head | {"env": game | {"maps": ["." * 1_500_000]}}, row, 1),
        "a million names": (head | {"macros": ["m"] * 1_000_000}, row, 1),
        "empty lines": (head, "\n" * 1_000, 40_000),
        "decisions": (head | {"macros": ["m"]}, row * 1_000, 3_000),
        "wide decisions": (head | {"macros": wide}, heavy, 10_000),
        "keys": (head | {"macros": ["m"]}, row.replace('""', f'"{"s" * 900_000}"'), 30),
        "deep": (head, "[" * 900_000, 1),
        "lists": (head, "[" + "[]," * 300_000 + "1]\n", 30),
        "digits": (head, "[" + "9" * 900_000 + "]\n", 1),
    }
    path = folder / "1.jsonl.gz"
    for name, (first, rest, times) in texts.items():
        with gzip.open(path, "wt", compresslevel=1) as file:
            file.write(f"{json.dumps(first)}\n")
            for _ in range(times):
                file.write(rest)
        yield name, path
    with path.open("wb") as file:
        file.truncate(2**40)
    yield "a terabyte of nothing", path


READERS = (Reader("replays", forge, read, _bombs),)
