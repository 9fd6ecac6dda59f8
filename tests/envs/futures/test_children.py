"""Promises of forked children: bounded, in order, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from envs.futures.children import Answer, forked
from envs.futures.shelter import PREFIX
from envs.nethack.folders import GUARD

SCRIPT = """
import signal, time
from envs.futures.children import forked

def work(job, folder):
    folder.mkdir()
    (folder / "level").write_text("of the child's own")
    print("never seen")
    time.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a test in the background ignores it
print("ready", flush=True)
list(forked(range(8), work, workers=3, seconds=60))
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Where temporary folders are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


EARLIER: set[int] = set()  # children that tests before this one have left, if any


@pytest.fixture(autouse=True)
def earlier():
    """What other tests leave is not for these to judge."""
    EARLIER.clear()
    EARLIER.update(children_of(os.getpid()))


def left_behind(home):
    return sorted(home.glob(PREFIX + "*"))


def children_of(pid):
    """The process's living children."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        child, ours = int(path.parent.name), int(parent) == pid and state != "Z"
        if ours and child not in EARLIER and not is_of_another_test(path.parent):
            found.append(child)
    return found


def is_of_another_test(process):
    """Whether it goes on for as long as this one does: it removes NetHack's folders in the end, or
    is kept to play the games of further rounds.
    """
    try:
        command = (process / "cmdline").read_bytes()
        return GUARD.encode() in command or b"experiments.training.worker" in command
    except OSError:
        return False


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds, seconds=10.0):
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_answers_come_in_the_order_of_the_jobs(home):
    def work(job, folder):
        time.sleep(0.05 * (3 - job))
        return job * job

    answers = list(forked(range(4), work, workers=3, seconds=10))
    assert answers == [(job, Answer(job * job)) for job in range(4)]
    assert not left_behind(home) and not children_of(os.getpid())


def test_a_child_is_a_copy_and_the_parent_stays_as_it_is():
    state = [0]

    def work(job, folder):
        state[0] += job
        return state[0]

    assert [answer.result for _, answer in forked([1, 2, 3], work, 1, 10)] == [1, 2, 3]
    assert state == [0]


def test_no_more_children_than_workers_at_a_time(home):
    marks = home / "marks"
    marks.mkdir()

    def work(job, folder):
        mark = marks / str(job)
        mark.touch()
        time.sleep(0.05)
        most = len(list(marks.iterdir()))
        mark.unlink()
        return most

    assert max(answer.result for _, answer in forked(range(10), work, 2, 10)) <= 2


@pytest.mark.parametrize(
    ("fail", "why"),
    [
        (os.abort, "its process crashed (SIGABRT)"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "its process was killed (SIGKILL)"),
        (lambda: os._exit(3), "its process ended without an answer"),
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: time.sleep(60), "took longer than 0.3 seconds"),
    ],
)
def test_a_child_that_fails_is_told_of_and_the_others_go_on(home, capfd, fail, why):
    answers = list(
        forked([1, 2, 3], lambda job, _: fail() if job == 2 else job, workers=2, seconds=0.3)
    )
    assert [answer for _, answer in answers] == [Answer(1), Answer(fault=why), Answer(3)]
    assert capfd.readouterr() == ("", "")
    assert not left_behind(home) and not children_of(os.getpid())


def test_a_result_that_can_not_be_sent_is_a_fault():
    [(_, answer)] = forked([1], lambda job, _: lambda: 0, workers=1, seconds=10)
    assert "pickle" in answer.fault


def test_large_results_arrive_whole():
    for _, answer in forked([1, 2], lambda job, _: bytes([job]) * 5_000_000, 2, 10):
        assert len(answer.result) == 5_000_000


def test_a_childs_files_are_removed_with_it(home):
    def work(job, folder):
        folder.mkdir()
        (folder / "level").touch()
        return str(folder)

    children = forked(range(3), work, workers=1, seconds=10)
    _, answer = next(children)
    assert left_behind(home) and not Path(answer.result).exists()
    children.close()
    assert not left_behind(home)


def test_stopping_early_ends_the_children(home):
    children = forked(range(9), lambda job, _: job and time.sleep(60), workers=3, seconds=60)
    next(children)
    assert children_of(os.getpid())
    children.close()
    assert not children_of(os.getpid()) and not left_behind(home)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_nothing_is_left_of_a_process_that_is_killed(home, name):
    environment = os.environ | {"TMPDIR": str(home)}
    parent = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env=environment, cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout.readline() == "ready\n"
    assert wait_until(lambda: len(children_of(parent.pid)) == 4), "three children and the janitor"
    assert wait_until(lambda: len(list(home.glob(PREFIX + "*/*/level"))) == 3)
    children = children_of(parent.pid)
    parent.send_signal(signal.Signals[name])
    out, error = parent.communicate(timeout=10)
    assert out == "" and ("KeyboardInterrupt" in error) == (name == "SIGINT")
    assert wait_until(lambda: not any(alive(child) for child in children))
    assert not left_behind(home)


def test_ctrl_c_in_a_terminal_reaches_the_whole_group_and_ends_it_quietly(home):
    environment = os.environ | {"TMPDIR": str(home)}
    parent = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env=environment, cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert parent.stdout.readline() == "ready\n"
    assert wait_until(lambda: len(children_of(parent.pid)) == 4)
    children = children_of(parent.pid)
    os.killpg(parent.pid, signal.SIGINT)
    _, error = parent.communicate(timeout=10)
    assert error.count("Traceback") == 1, "the parent's own, and none of a child"
    assert wait_until(lambda: not any(alive(child) for child in children))
    assert not left_behind(home)


def test_where_the_kernel_does_not_tell_a_child_looks_for_its_parent(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("envs.processes.SECONDS_BETWEEN_LOOKS", 0.05)

    def orphan(job, folder):
        monkeypatch.setattr(os, "getppid", lambda: 1)
        time.sleep(60)

    began = time.monotonic()
    [(_, answer)] = forked([1], orphan, workers=1, seconds=30)
    assert answer.fault and time.monotonic() - began < 5
