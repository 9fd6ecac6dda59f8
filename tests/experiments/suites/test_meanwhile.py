"""While a suite trains, workers that would wait play the unseen games of runs that are trained.

Nothing comes out otherwise, and a suite that is killed loses none of them.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from helpers.pretended import Pretended

from agents.whole import PARTIAL
from experiments.training import ahead, backends
from experiments.training.backends import PROCESSES

from .conftest import RUNS, write_suite

ROOT = Path(__file__).parents[3]
LONG = 10  # what the first game of a round takes, where others take 1
MANY = {"evaluate": {"games": 30}}
PATIENCE = 120  # seconds, on a busy machine


def lasts(game):
    return LONG if game.batch.learn and game.seed % 4 == 0 else 1


@pytest.fixture
def pretend(monkeypatch):
    """Gives workers that are not there."""

    def new(**arguments):
        pretended = Pretended(lasts, **arguments)
        monkeypatch.setitem(backends.BACKENDS, PROCESSES, lambda: pretended)
        return pretended

    return new


def contents(suite):
    """What is in the files of all runs, but for the time that games took and where they lie."""
    found = {}
    for path in sorted(suite.rglob("*")):
        name = str(path.relative_to(suite))
        if path.suffix == ".jsonl":
            rows = [json.loads(line) | {"seconds": 0} for line in path.read_text().splitlines()]
            found[name] = rows
        elif path.is_file() and path.name != "versions.json":
            found[name] = path.read_bytes()
    return found


def test_a_suite_comes_to_the_same_bytes_however_it_is_played(yendor, here):
    path = write_suite(here, {})
    ways = {"serial": 1, "one": 1, "two": 2}
    for name, workers in ways.items():
        backend = "serial" if name == "serial" else PROCESSES
        arguments = ("--workers", workers, "--backend", backend, "--out", here / name)
        assert yendor("train", path, *arguments).exit_code == 0
    serial, one, two = (contents(here / name) for name in ways)
    assert serial == one == two
    assert sum(name.endswith("learned.jsonl") for name in serial) == len(RUNS)


def test_unseen_games_go_out_while_a_round_waits_for_its_longest_game(yendor, here, pretend):
    workers = pretend()
    assert yendor("train", write_suite(here, MANY), "--workers", 2).exit_code == 0
    order = list(workers.played)
    second = [name for name in order if name[:2] == ("bandit-alpha=1.0 1", "training")]
    before = order[: order.index(second[-1])]  # until the second run's only round is over
    of_the_first = [name for name in before if name[:2] == ("bandit-alpha=1.0 0", "learned")]
    # Worked by hand: a worker is at the long game, the other one at the three short ones; 7 are
    # left until the long one ends. It is over together with the last of them, and looked at first.
    assert len(of_the_first) in (6, 7)
    assert set(workers.played.values()) == {1}
    # Idle: 7 in the first run, when nothing is trained yet, and 1 at the very end.
    assert workers.idle <= 8


def test_without_other_games_workers_wait(yendor, here, pretend):
    workers = pretend()
    path = write_suite(here, {"evaluate": {"games": 1}})
    assert yendor("train", path, "--workers", 2).exit_code == 0
    assert workers.idle > 8


@pytest.mark.parametrize("every", [15, 37])
def test_stopped_again_and_again_it_plays_nothing_twice_that_was_played_ahead(
    yendor, here, pretend, monkeypatch, every
):
    path = write_suite(here, MANY)
    assert yendor("train", path, "--workers", 1, "--out", here / "alone").exit_code == 0
    looks, stops, keep = 0, 0, ahead.keep
    played, played_ahead = Counter(), set()

    def noted(asked, episode):
        config = asked.run.config
        played_ahead.add((f"{config.name} {config.seed}", asked.label, episode.row["seed"]))
        keep(asked, episode)

    monkeypatch.setattr(ahead, "keep", noted)

    def interrupt():
        nonlocal looks
        looks += 1
        if looks % every == 0:
            raise KeyboardInterrupt

    def go_on():
        workers = pretend(before_result=interrupt)
        code = yendor("train", path, "--workers", 2, "--out", here / "stopped").exit_code
        played.update(workers.played)
        return code

    while (code := go_on()) == 130:
        stops += 1
    assert code == 0 and stops > 3
    assert contents(here / "stopped") == contents(here / "alone")
    assert len(played_ahead) > 20
    assert {played[name] for name in played_ahead} == {1}


def left_ahead(suite):
    return {path: path.stat().st_ino for path in suite.glob("*/*/ahead/learned/[0-9]*")}


def test_killed_it_finds_the_games_that_were_played_ahead(yendor, here):
    path = write_suite(here, MANY | {"set": {
        "env.game": "stub", "env.max_turns": 400, "train.games": 16, "train.games_per_round": 2,
        "env.reward": {"points": 1.0},
    }})  # fmt: skip
    suite = here / "killed"
    command = [sys.executable, "-m", "experiments.cli", "train", str(path), "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--out", str(suite)], env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while len(left_ahead(suite)) < 2 and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (kept, *_) = {path.parent for path in left_ahead(suite)}
    games = {int(path.name): path.read_bytes() for path in kept.glob("[0-9]*")}
    (kept / f"{PARTIAL}0").touch()  # as if the kill had cut a game off
    assert yendor("train", path, "--workers", 2, "--out", suite).exit_code == 0
    assert yendor("train", path, "--workers", 1, "--out", here / "alone").exit_code == 0
    assert contents(suite) == contents(here / "alone")
    rows = (kept.parents[1] / "evaluations/learned.jsonl").read_text().splitlines()
    seconds = {row["seed"]: row["seconds"] for row in map(json.loads, rows)}
    assert games
    for seed, data in games.items():  # to the millisecond: they were not played again
        assert f'\\"seconds\\": {seconds[seed]}'.encode() in data
