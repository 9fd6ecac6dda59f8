"""However a command is ended, its workers and its folders go too, and its run can go on."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.runs.run import open_run

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "experiments.cli"]
SECONDS = 10  # after which nothing may be left
PATIENCE = 120  # a busy machine


def wait_for(condition, seconds=PATIENCE):
    until = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def left(place):
    """Processes that know the place by their environment, and files in it."""
    known = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={place}\0".encode() in environment.read_bytes():
                known.append(environment.parent.name)
        except OSError:
            continue
    return known + list(place.iterdir())


@pytest.fixture
def training(stub_config, tmp_path):
    place = tmp_path / "temporary"
    place.mkdir()
    arguments = ["train", stub_config, "train.games=100000", "--workers", "2", "--out", "run"]
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], cwd=tmp_path, text=True, start_new_session=True,
        env=os.environ | {"TMPDIR": str(place), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    rows = tmp_path / "run" / "episodes.jsonl"
    assert wait_for(lambda: rows.exists() and rows.read_text().count("\n") >= 8)
    yield process, place
    process.kill()
    process.communicate()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_run_that_is_asked_to_end_says_so_and_leaves_nothing_behind(training, tmp_path, name):
    process, place = training
    process.send_signal(getattr(signal, name))
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + getattr(signal, name)
    assert "Stopped." in said and "go on with: yendor train run --resume" in said
    assert wait_for(lambda: not left(place), SECONDS) is True, left(place)
    assert open_run(tmp_path / "run").checkpoint()[1] >= 4


@pytest.mark.parametrize(("name", "group"), [("SIGKILL", False), ("SIGKILL", True), ("SIGQUIT", 0)])
def test_a_run_that_is_killed_leaves_nothing_behind(training, tmp_path, name, group):
    process, place = training
    number = getattr(signal, name)
    os.killpg(process.pid, number) if group else process.send_signal(number)
    assert process.wait() == -number
    assert wait_for(lambda: not left(place), SECONDS) is True, left(place)
    assert open_run(tmp_path / "run").checkpoint()[1] >= 4


def test_a_killed_worker_is_told_of_and_training_goes_on(training, tmp_path):
    process, place = training
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    playing = [w for w in workers if b"training.worker" in Path(f"/proc/{w}/cmdline").read_bytes()]
    assert len(playing) == 2
    for worker in playing:
        os.kill(int(worker), signal.SIGKILL)
    rows = (tmp_path / "run" / "episodes.jsonl").read_text().count("\n")
    assert wait_for(lambda: open_run(tmp_path / "run").checkpoint()[1] > rows + 8)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE)
    assert wait_for(lambda: not left(place), SECONDS) is True
    if "was killed (SIGKILL); played again" in said:  # unless both were idle
        assert list((tmp_path / "run" / "faults" / "training").iterdir())


AT_EXIT = """
import atexit, os, signal
from experiments.cli.main import main

def tidy():
    for _ in range({times}):
        os.kill(os.getpid(), signal.{name})
    print("tidied")

atexit.register(tidy)
main()
"""


def ended_while_it_tidies_up(name, times, *words):
    script = AT_EXIT.format(name=name, times=times)
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True
    )
    return done.returncode, done.stdout.splitlines()[-1:], done.stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(("words", "code"), [(["list"], 0), (["list", "--jsn"], 2)])
def test_a_signal_that_comes_while_a_command_tidies_up_breaks_nothing_off(name, words, code):
    ended, tidied, said = ended_while_it_tidies_up(name, 1, *words)
    assert (ended, tidied, "Traceback" in said) == (code, ["tidied"], False)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_second_signal_kills_a_command_that_tidies_up(name):
    ended, tidied, said = ended_while_it_tidies_up(name, 2, "list")
    assert (ended, said) == (-getattr(signal, name), "") and tidied != ["tidied"]


@pytest.mark.parametrize("shown", [(), ("--live",)])
def test_the_viewer_ends_with_its_terminal_though_no_signal_says_so(finished_run, tmp_path, shown):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "watch", str(finished_run), *shown], cwd=ROOT, start_new_session=True,
        stdin=theirs, stdout=theirs, stderr=theirs,
        env=os.environ | {"TMPDIR": str(tmp_path), "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(theirs)
    drawn = b""
    while b"\x1b[" not in drawn or len(drawn) < 2_000:
        assert select.select([ours], [], [], PATIENCE)[0]
        drawn += os.read(ours, 1 << 16)
    os.close(ours)
    assert process.wait(SECONDS) == 128 + signal.SIGHUP
    assert wait_for(lambda: not left(tmp_path), SECONDS) is True
