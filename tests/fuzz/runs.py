"""Run folders, forged: one file of a sound run is damaged, or replaced by a bomb."""

from __future__ import annotations

import gzip
import json
import os
import random
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from helpers.outcomes import game_row
from safetensors.numpy import save as to_safetensors

from experiments.analysis.tables import evaluation_table
from experiments.config.models import find, load, make_agent
from experiments.playback.run_source import RunSource
from experiments.runs.run import create, open_run
from experiments.seeds import evaluation_seed, training_seed
from fuzz.forge import as_json, damaged_bytes, damaged_content, damaged_text
from fuzz.long_rows import long_rows
from fuzz.measure import Reader

GAMES = 4
LONG = 2**20  # bytes
STUB = ("env.game=stub", "train.games=4", "train.games_per_round=2", "env.macros=[explore, search]")
SMALL = ("env.features=[health, turn]", "agent.hidden=[4]")
LINES = ("episodes.jsonl", "metrics.jsonl", "evaluations/learned.jsonl")
JSONS = ("checkpoint/checkpoint.json", "checkpoint/agent.json", "versions.json")


@cache
def _sound(agent: str) -> dict[str, bytes]:
    """Return the files of a sound run, by their names in its folder."""
    import tempfile

    config = load(find(agent), (*STUB, *(SMALL if agent == "ppo" else ())))
    macros = {"macros": {"explore": 3, "search": 1}, "trained": GAMES}
    rows = [game_row(seed=training_seed(0, n), game=n, **macros) for n in range(GAMES)]
    unseen = [game_row(seed=evaluation_seed(n), game=n, **macros) for n in range(GAMES)]
    metrics = [{"round": n, "games": 2 * (n + 1), "entropy": 0.5} for n in range(2)]
    with tempfile.TemporaryDirectory() as folder:
        run = create(Path(folder), config, make_agent(config))
        run.save(make_agent(config), rows, metrics)
        run.save_evaluation("learned", unseen)
        (run.folder / "replays/learned").mkdir(parents=True)
        for name in ("0", "²", "²5", "99999999999999999999", "x"):
            (run.folder / f"replays/learned/{name}.jsonl.gz").write_bytes(b"")
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in _files(Path(folder))}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _lay_out(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a run's files into a folder that has nothing else."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _forge(rng: random.Random, folder: Path) -> Path:
    files = dict(_sound(rng.choice(("ppo", "ucb_situation"))))
    name = rng.choice((*LINES, *LINES, *JSONS, *files))
    data = files[name]
    if name in LINES and rng.random() < 0.8:
        lines = data.decode().splitlines()
        at = rng.randrange(len(lines))
        lines[at] = as_json(rng, damaged_content(rng, json.loads(lines[at])))
        data = "\n".join(lines).encode("utf-8", "surrogatepass") + b"\n"
    elif name in JSONS and rng.random() < 0.8:
        data = as_json(rng, damaged_content(rng, json.loads(data))).encode()
    elif name == "config.yaml":
        data = damaged_text(rng, data.decode()).encode("utf-8", "surrogatepass")
    elif name.endswith(".safetensors") and rng.random() < 0.7:
        data = _damaged_arrays(rng, data)
    else:
        data = damaged_bytes(rng, data)
    files[name] = data
    if name in LINES[:2] and rng.random() < 0.2:
        files[f"{name}.gz"] = damaged_bytes(rng, gzip.compress(files.pop(name)))
    return _lay_out(folder, files)


def _damaged_arrays(rng: random.Random, data: bytes) -> bytes:
    """Damage the JSON at the beginning of a safetensors file."""
    (size,) = struct.unpack("<Q", data[:8])
    head = as_json(rng, damaged_content(rng, json.loads(data[8 : 8 + size]))).encode()
    said = rng.choice((len(head), size, 2**40, 2**63))
    return struct.pack("<Q", said) + head + data[8 + size :]


def _read(folder: Path) -> None:
    before = _states(folder)
    try:
        run = open_run(folder)
        run.first_seed(), run.metrics(), run.replays("learned")
        rows = run.evaluation("learned")
        if rows:
            evaluation_table("unseen games", rows)
        RunSource(folder).numbers("points>1")
    finally:
        assert _states(folder) == before, "a reader wrote into the run"


def _states(folder: Path) -> dict[Path, tuple[int, int, bytes]]:
    """Return what tells whether a file was written: of a long one, without what is in it."""
    found = {path: path.stat() for path in _files(folder)}
    return {
        path: (stat.st_ino, stat.st_mtime_ns, path.read_bytes() if stat.st_size < LONG else b"")
        for path, stat in found.items()
    }


def _bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    sound = _sound("ppo")
    header = json.loads(sound["checkpoint/agent.json"])
    row = sound["episodes.jsonl"].splitlines(keepends=True)[0]
    forged = {
        "ten million actions": _header(header | {"n_actions": 10**7}),
        "ten million features": _header(header | {"n_features": 10**7}),
        "a wide network": _header(header | {"settings": {"hidden": [100_000, 100_000]}}),
        "large arrays": {"checkpoint/agent.safetensors": to_safetensors(
            {"policy": np.zeros(2**23)}, {"agent": sound["checkpoint/agent.json"].decode()})},
        "a packed file of gigabytes": _packed(row * 20_000, 225),
        "a packed line of gigabytes": _packed(b" " * 10_000_000, 200),
        "deep rows": {"episodes.jsonl": b"[" * 60_000 + b"\n"},
        "many values in a row": {"episodes.jsonl": _wide_row()},
        "empty lines": {"episodes.jsonl": b"\n" * 30_000_000},
        "a million games": {"checkpoint/checkpoint.json": b'{"games": 1000000}'},
        "deep checkpoint": {"checkpoint/checkpoint.json": b"[" * 900_000},
        "long config": {"config.yaml": b"#" * 50_000_000 + b"\n...\n"},
        "many rows": {"episodes.jsonl.gz": gzip.compress(row * 70_000)},
    }  # fmt: skip
    for name, files in forged.items():
        files = {**sound, **files}
        if name.startswith(("a packed", "many rows")):
            del files["episodes.jsonl"]
        yield name, _lay_out(folder, files)
    yield from long_rows(row, lambda: _lay_out(folder, sound))
    for name in ("config.yaml", "episodes.jsonl", *JSONS[:2], "checkpoint/agent.safetensors"):
        _lay_out(folder, sound)
        (folder / name).unlink()
        (folder / name).symlink_to("/dev/zero")
        yield f"a device as {name}", folder
        (folder / name).unlink()
        os.mkfifo(folder / name)
        yield f"a pipe as {name}", folder
        (folder / name).unlink()
        (folder / name).mkdir()
        yield f"a folder as {name}", folder


def _wide_row() -> bytes:
    return json.dumps(dict.fromkeys(map(str, range(5_000)), 1)).encode()


def _header(header: dict) -> dict[str, bytes]:
    return {"checkpoint/agent.json": json.dumps(header).encode()}


def _packed(data: bytes, times: int) -> dict[str, bytes]:
    """Return a file of several packed parts, which is made without so much memory."""
    return {"episodes.jsonl.gz": gzip.compress(data, 1) * times}


READERS = (Reader("runs", _forge, _read, _bombs),)
