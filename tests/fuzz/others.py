"""Files of digits, benches of states and studies, forged."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from experiments.regret.states import SHIPPED
from experiments.regret.states import load as load_states
from experiments.reproduce.idx import read_idx
from experiments.tuning.space import parse_space
from experiments.tuning.study import FILE, Study
from fuzz.forge import as_json, damaged_bytes, damaged_content
from fuzz.measure import Reader

SPACE = ("agent.epsilon=uniform(0.1, 0.9)", "agent.context=choice(none, situation)")


def _idx(rng: random.Random, folder: Path) -> Path:
    data = struct.pack(">4B3I", 0, 0, 8, 3, 4, 5, 5) + bytes(100)
    data = damaged_bytes(rng, data)
    path = folder / "images"
    path.write_bytes(damaged_bytes(rng, gzip.compress(data)) if rng.random() < 0.5 else data)
    return path


def _idx_bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    path = folder / "images"
    for name, sizes in {"sizes": (2**32 - 1,) * 4, "most": (2**28, 1, 1, 1)}.items():
        head = gzip.compress(struct.pack(">4B4I", 0, 0, 8, 4, *sizes))
        path.write_bytes(head + gzip.compress(bytes(2**22), 1) * 70)
        yield name, path


@cache
def _states() -> bytes:
    return SHIPPED.read_bytes()


def _bench(rng: random.Random, folder: Path) -> Path:
    path = folder / "states.npz"
    if rng.random() < 0.5:
        path.write_bytes(damaged_bytes(rng, _states()))
        return path
    with zipfile.ZipFile(io.BytesIO(_states())) as old, zipfile.ZipFile(path, "w") as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            data = old.read(name)
            if name == chosen and rng.random() < 0.5:
                data = damaged_bytes(rng, data[:200]) + data[200:]
            elif name == chosen:
                continue
            new.writestr(name, data)
    return path


def _bench_bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    path = folder / "states.npz"
    large = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        large, {"descr": "<f8", "fortran_order": False, "shape": (2**40,)}
    )
    for name, zeros in {"shape": 0, "zeros": 2**10}.items():
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
            new.open("features.npy", "w", force_zip64=True) as file,
        ):
            file.write(large.getvalue())
            for _ in range(zeros):
                file.write(bytes(2**20))
        yield name, path


@cache
def _study() -> list[dict]:
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        study = Study.open(Path(folder), parse_space(SPACE)[0], {"games": 3}, 0)
        trial, _ = study.next()
        study.tell(trial, 0.5)
        return [json.loads(line) for line in (Path(folder) / FILE).read_text().splitlines()]


def _forged_study(rng: random.Random, folder: Path) -> Path:
    lines = list(_study())
    at = rng.randrange(len(lines))
    lines[at] = damaged_content(rng, lines[at])
    text = "\n".join(as_json(rng, line) for line in lines).encode("utf-8", "surrogatepass")
    (folder / FILE).write_bytes(damaged_bytes(rng, text) if rng.random() < 0.2 else text + b"\n")
    return folder


def _open_study(folder: Path) -> None:
    study = Study.open(folder, parse_space(SPACE)[0], {"games": 3}, 0)
    for trial in study.completed():
        study.values(trial)
    study.best()
    study.next()


READERS = (
    Reader("digits", _idx, read_idx, _idx_bombs),
    Reader("benches", _bench, load_states, _bench_bombs),
    Reader("studies", _forged_study, _open_study),
)
