"""One process writes into a run; others are told who does, and go on with what can go on."""

import errno
import fcntl
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from experiments.errors import RunError
from experiments.runs import lock
from experiments.runs.lock import EVALUATING, TRAINING, held, take, waited_for

HOLD = """
import sys
from pathlib import Path
from experiments.runs.lock import held
with held(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(folder, kind):
    """Another process that holds a lock."""
    command = [sys.executable, "-c", HOLD, str(folder), kind]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("mode", ["--resume", "--overwrite"])
def test_a_run_that_is_trained_is_told_with_who_holds_it(yendor, run_folder, stub_config, mode):
    with another_process(run_folder, TRAINING) as process:
        before = contents(run_folder)
        result = yendor("train", stub_config, "--out", run_folder, mode, "--workers", 1)
        assert result.exit_code == 2
        assert f"is held by process {process.pid} on " in result.stderr
        assert contents(run_folder) == before
    assert yendor("train", stub_config, "--out", run_folder, mode, "--workers", 1).exit_code == 0


def test_a_new_run_is_made_by_one_of_two(yendor, stub_config, tmp_path):
    (tmp_path / "run").mkdir()
    with another_process(tmp_path / "run", TRAINING):
        result = yendor("train", stub_config, "--out", tmp_path / "run")
    assert result.exit_code == 2 and "is held by" in result.stderr
    assert list((tmp_path / "run").iterdir()) == []


def test_a_run_that_is_evaluated_is_not_overwritten(yendor, run_folder, stub_config):
    with another_process(run_folder, EVALUATING):
        result = yendor("train", stub_config, "--out", run_folder, "--overwrite")
    assert result.exit_code == 2 and "is held by" in result.stderr
    assert (run_folder / "config.yaml").exists()


def test_readers_need_no_lock_and_one_may_evaluate_while_another_trains(yendor, run_folder):
    with another_process(run_folder, TRAINING):
        assert yendor("evaluate", run_folder, "--games", 2, "--workers", 1).exit_code == 0
        with another_process(run_folder, EVALUATING):  # two games are there: nobody is waited for
            result = yendor("compare", run_folder, "random", "--games", 2, "--workers", 1)
            assert result.exit_code == 0, result.output
            assert yendor("watch", run_folder, "--plain", "--speed", 0).exit_code == 0


def test_two_evaluations_of_one_run_both_succeed(run_folder):
    command = [sys.executable, "-m", "experiments.cli", "evaluate", run_folder, "--workers", "1"]
    both = [subprocess.Popen([*map(str, command), "--games", n]) for n in ("8", "6")]
    assert [process.wait() for process in both] == [0, 0]
    lines = (run_folder / "evaluations/learned.jsonl").read_text().splitlines()
    assert [json.loads(line)["game"] for line in lines] == list(range(len(lines)))
    assert len(lines) == 8
    assert not list(run_folder.glob("*.lock")) and not list(run_folder.rglob(".part-*"))


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    with another_process(tmp_path, TRAINING) as process:
        process.kill()
        process.wait()
        with held(tmp_path, TRAINING):
            pass
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_killed_evaluation_goes_when_the_run_is_resumed(yendor, run_folder):
    with another_process(run_folder, EVALUATING) as process:
        process.kill()
        process.wait()
        assert (run_folder / EVALUATING).exists()
        assert yendor("train", run_folder, "--resume", "--workers", 1).exit_code == 0
    assert not list(run_folder.glob("*.lock"))


def test_a_forked_child_does_not_hold_its_parents_lock(tmp_path):
    mine = take(tmp_path / TRAINING)
    (ready, go), (said, say) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        os.write(say, b"x")
        os.read(ready, 1)
        os._exit(0)
    os.read(said, 1)
    os.close(mine.descriptor)  # as the kernel does when this process is killed
    lock._descriptors.discard(mine.descriptor)
    again = take(tmp_path / TRAINING)
    assert again
    again.release()
    os.write(go, b"x")
    os.waitpid(child, 0)


def test_a_lock_is_held_once_in_a_process_too(tmp_path):
    with held(tmp_path, TRAINING), pytest.raises(RunError, match=f"process {os.getpid()} on"):
        take_again = held(tmp_path, TRAINING)
        take_again.__enter__()


def test_nobody_is_waited_for_once_there_is_no_need(tmp_path):
    needed = iter([False, False, True])
    with (
        held(tmp_path, EVALUATING),
        waited_for(tmp_path, EVALUATING, lambda: next(needed)) as mine,
    ):
        assert mine is None


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_without_locks_one_goes_on_and_is_told(tmp_path, monkeypatch, capsys, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with held(tmp_path, TRAINING) as mine:
        mine.check()
    assert "has no locks" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1}', "\0" * 9_000])
def test_what_a_holder_says_of_itself_is_not_trusted(tmp_path, said):
    (tmp_path / TRAINING).write_text(said)
    assert lock.holder(tmp_path / TRAINING) == "another process"


def test_escape_sequences_of_a_holder_do_not_reach_the_terminal(tmp_path):
    about = {"pid": 1, "host": "\x1b[31mred", "since": "\n", "command": "\x07"}
    (tmp_path / TRAINING).write_text(json.dumps(about))
    assert lock.holder(tmp_path / TRAINING).isprintable()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_lies_in_a_locks_place_is_refused_and_kept(tmp_path, yendor, stub_config, kind):
    run, victim = tmp_path / "run", tmp_path / "victim"
    run.mkdir()
    victim.write_text("mine")
    make = {
        "link": lambda path: path.symlink_to(victim), "pipe": os.mkfifo, "folder": os.mkdir
    }  # fmt: skip
    make[kind](run / TRAINING)
    result = yendor("train", stub_config, "--out", run)
    assert result.exit_code in (1, 2) and TRAINING in result.stderr
    assert "Traceback" not in result.output
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("what", ["deleted", "moved", "replaced"])
def test_a_folder_that_goes_in_mid_run_ends_it(yendor, stub_config, tmp_path, monkeypatch, what):
    from experiments.training import train as training

    folder, play = tmp_path / "run", training.play_games

    def play_games(*arguments):
        yield from play(*arguments)
        if what == "moved":
            folder.rename(tmp_path / "other")
        else:
            shutil.rmtree(folder)
        if what == "replaced":
            folder.mkdir()

    monkeypatch.setattr(training, "play_games", play_games)
    result = yendor("train", stub_config, "--out", folder, "--workers", 1)
    assert result.exit_code in (1, 2)
    assert "was moved, deleted or replaced" in result.stderr
    assert not folder.exists() or list(folder.iterdir()) == []
