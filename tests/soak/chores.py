"""What a user does all day: trains, loses a run, goes on with it, evaluates, compares, watches."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kills.ways import KILLS, kill

from soak.place import Place

SMALL = ("stub_policy_gradient", "train.games=300", "train.games_per_round=20", "evaluate.games=8")
SHORT = ("train.games=8", "train.games_per_round=4", "evaluate.games=3", "env.max_turns=1000")
STUB = {"stub": SMALL, "other": (*SMALL, "seed=1")}  # a run's name, and what it is trained with
REAL = {"thompson": ("thompson", *SHORT), "ppo": ("ppo", *SHORT, "agent.hidden=[16]")}
LATEST = 20.0  # seconds after which a command is killed, at most
ENDED = (0, 2, *(code for way in KILLS for code in (-way.signal, 128 + way.signal)))
RECORDINGS = ("game.html", "game.cast", "game.gif", "game.svg")
TTYREC = "game.ttyrec3.bz2"  # of the real game only


def chores(place: Place, dice: random.Random, stub: bool) -> Iterator[Callable[[], object]]:
    """Give what is to be done in one round, one command after the other; the last one tidies up."""
    configs = STUB if stub else STUB | REAL
    names = list(configs)
    for name, words in configs.items():
        yield partial(_lose, place, dice, [*words, "--out", f"runs/{name}"])
        yield partial(_train, place, f"runs/{name}", words, workers=dice.choice((1, 2)))
    for name in names:
        yield partial(place.type, ["evaluate", f"runs/{name}", "--games", "5", "--workers", "1"])
        yield partial(place.type, ["watch", f"runs/{name}", "--plain", "--speed", "0"])
    for file in RECORDINGS:
        yield partial(_write, place, ["watch", f"runs/{dice.choice(names)}"], file)
    if not stub:
        yield partial(_write, place, ["watch", "runs/thompson"], TTYREC)
    yield partial(_compare, place, ["runs/stub", "runs/other"])
    if not stub:
        yield partial(_compare, place, ["runs/thompson", "runs/ppo"])
    yield partial(place.type, ["list"])
    yield partial(place.type, ["evaluate", "runs/mistyped"], codes=(1, 2))
    yield partial(_tidy, place, names)


def _lose(place: Place, dice: random.Random, words: Sequence[str]) -> None:
    """Train, and be killed at a random moment in a random way."""

    def disturb(process: subprocess.Popen[bytes], mark: Path) -> None:
        try:
            process.wait(dice.uniform(1.0, LATEST))
        except subprocess.TimeoutExpired:
            kill(process, mark, dice)

    place.type(["train", *words, "--workers", "2"], codes=ENDED, disturb=disturb)


def _train(place: Place, run: str, words: Sequence[str], workers: int) -> None:
    """Train to the end: go on with the run, or begin where nothing of it is there."""
    there = (place.runs / run).exists()
    words = [run, "--resume"] if there else [*words, "--out", run]
    place.type(["train", *words, "--workers", str(workers)])


def _write(place: Place, words: Sequence[str], name: str) -> None:
    """Let a command write a file, which must have something in it."""
    file = place.runs / name
    place.type([*words, f"--{name.split('.')[1].rstrip('3')}", name])
    _written(place, file)


def _compare(place: Place, runs: Sequence[str]) -> None:
    files = ["--out", "report.html", "--json", "numbers.json", "--csv", "numbers.csv"]
    place.type(["compare", *runs, "--games", "5", "--workers", "1", *files])
    for name in files[1::2]:
        _written(place, place.runs / name)


def _written(place: Place, file: Path) -> None:
    if not file.is_file() or not file.stat().st_size:
        place.faults.append(f"{file.name} was not written")
    file.unlink(missing_ok=True)


def _tidy(place: Place, names: Sequence[str]) -> None:
    """Remove the round's runs, so that the disk does not fill."""
    for name in names:
        shutil.rmtree(place.runs / "runs" / name)


def do(place: Place, dice: random.Random, stub: bool, seconds: float) -> int:
    """Do rounds of chores for so long, one round at least; returns how many were begun."""
    until, rounds = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        rounds += 1
        for chore in chores(place, dice, stub):
            if rounds > 1 and time.monotonic() >= until:
                break
            chore()
    return rounds
