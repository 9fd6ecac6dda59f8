"""Full, read-only, deleted, in the way: one message, nothing half-written, the run can go on."""

import errno
import os
import shutil
from itertools import count

import pytest
from helpers.crashes import killed_after

from experiments.errors import TROUBLES
from experiments.runs import run as runs
from experiments.runs.kept import kept_root

OTHERS = ("replace", "rename", "mkdir", "fsync")  # calls of the system
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES)


@pytest.fixture
def refuse(monkeypatch):
    """Makes the system refuse writes, renames and new files after so many; undone at the end."""

    def after(number, why, name="write"):
        real, calls = getattr(os, name), count()

        def call(*arguments, **options):
            if next(calls) >= number:
                where = () if name in ("write", "fsync") else (os.fspath(arguments[0]),)
                raise OSError(why, os.strerror(why), *where)
            return real(*arguments, **options)

        monkeypatch.setattr(os, name, call)

    yield after
    monkeypatch.undo()


def assert_told(result, code=(1, 2)):
    assert result.exit_code in code
    assert "Traceback" not in result.output
    assert result.stderr.startswith("yendor: ") or "Stopped" in result.stderr


def contents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("name", "why"),
    [*(("write", why) for why in FULL), *((n, FULL[0]) for n in OTHERS)],
    ids=lambda given: errno.errorcode.get(given, given),
)
def test_a_disk_that_refuses_ends_training_which_can_be_resumed(
    yendor, stub_config, run_folder, tmp_path, monkeypatch, refuse, name, why
):
    folder = tmp_path / "new"
    assert yendor(
        "train", stub_config, "train.games=4", "--out", folder, "--workers", 1
    ).exit_code == 0  # fmt: skip
    refuse(2 if name in ("write", "fsync") else 1, why, name)
    result = yendor("train", stub_config, "--out", folder, "--resume", "--workers", 1)
    monkeypatch.undo()
    assert_told(result)
    assert TROUBLES[why] in result.stderr and str(folder) in result.stderr
    assert runs.open_run(folder).checkpoint()[1] == 4
    assert yendor("train", folder, "train.games=6", "--resume", "--workers", 1).exit_code == 0
    ours, theirs = (place / "checkpoint/agent.safetensors" for place in (folder, run_folder))
    assert ours.read_bytes() == theirs.read_bytes()
    assert not list(folder.rglob(".part-*")) and not list(folder.glob("*.lock"))


@pytest.mark.parametrize("number", range(4))
def test_a_disk_that_is_full_at_the_start_leaves_what_can_be_begun_anew(
    yendor, stub_config, tmp_path, monkeypatch, refuse, number
):
    refuse(number, errno.ENOSPC)
    result = yendor("train", stub_config, "--out", tmp_path / "run", "--workers", 1)
    monkeypatch.undo()
    assert_told(result)
    assert "the disk is full" in result.stderr
    assert yendor("train", stub_config, "--out", tmp_path / "run", "--workers", 1).exit_code == 0


def test_an_evaluation_keeps_its_games_when_the_disk_is_full(
    yendor, run_folder, monkeypatch, refuse
):
    refuse(2, errno.ENOSPC, "replace")
    result = yendor("evaluate", run_folder, "--games", 6, "--workers", 1)
    monkeypatch.undo()
    assert_told(result)
    kept = runs.open_run(run_folder).evaluation("learned")
    assert [row["game"] for row in kept] == list(range(len(kept))) and kept
    assert yendor("evaluate", run_folder, "--games", 6, "--workers", 1).exit_code == 0


def test_an_evaluation_that_is_killed_keeps_its_games(run_folder, yendor, monkeypatch):
    from experiments.training import evaluate

    monkeypatch.setattr(evaluate, "COST", 1e9)
    arguments = ("evaluate", run_folder, "--games", 6, "--workers", 1)
    killed_after(3, evaluate, lambda: yendor(*arguments), "play_batch")
    assert len(runs.open_run(run_folder).evaluation("learned")) == 3


PLACES = {
    "a file": lambda path: path.write_text("mine"),
    "in a file": lambda path: path.parent.write_text("mine"),
    "a link in a circle": lambda path: path.symlink_to(path.name),
    "a link to a file": lambda path: (path.with_name("f").write_text("mine"), path.symlink_to("f")),
    "a link to nothing in no folder": lambda path: path.symlink_to("none/none"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("more", [(), ("--overwrite",), ("--resume",), ("--seeds", 2)])
def test_an_out_that_can_not_be_a_folder_is_told(yendor, stub_config, tmp_path, place, more):
    path = tmp_path / ("f/run" if place == "in a file" else "run")
    PLACES[place](path)
    before = contents(tmp_path)
    result = yendor("train", stub_config, "--out", path, *more, "--workers", 1)
    if place == "a link to nothing in no folder" and not result.exit_code:
        return  # where the system makes what a link points to
    assert_told(result)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "stub", "--out", "{long}"), ("train", "{long}"), ("evaluate", "{long}"),
        ("compare", "{long}"), ("watch", "{long}"), ("watch", "run", "--gif", "{long}"),
        ("compare", "run", "--json", "{long}"), ("compare", "run", "--figures", "{long}"),
        ("export", "run", "{long}"), ("testbed", "--figure", "2.1", "--out", "{long}"),
        ("reproduce", "xor", "--out", "{long}"), ("whatif", "{long}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("long", ["x" * 300, "x/" * 2_100 + "x"], ids=["name", "path"])
def test_a_name_too_long_is_told_by_every_verb(
    yendor, run_folder, stub_config, tmp_path, monkeypatch, arguments, long
):
    monkeypatch.chdir(tmp_path)
    named = {"stub": stub_config, "run": run_folder, "{long}": long}
    result = yendor(*(named.get(argument, argument) for argument in arguments))
    assert_told(result)


@pytest.fixture
def read_only(monkeypatch):
    """Makes a folder one that this user may only read, whoever runs the tests."""

    def make(folder):
        real = {name: getattr(os, name) for name in ("access", "open", "mkdir", "replace")}
        root = str(folder)

        def access(path, mode, **options):
            return not (str(path).startswith(root) and mode & os.W_OK) and real["access"](
                path, mode, **options
            )

        def refused(name):
            def call(path, *arguments, **options):
                writes = name != "open" or arguments[0] & (os.O_WRONLY | os.O_RDWR)
                if writes and str(path).startswith(root):
                    raise PermissionError(errno.EACCES, "Permission denied", str(path))
                return real[name](path, *arguments, **options)

            return call

        monkeypatch.setattr(os, "access", access)
        for name in ("open", "mkdir", "replace"):
            monkeypatch.setattr(os, name, refused(name))

    return make


def test_a_run_that_may_only_be_read_is_evaluated_and_compared(
    yendor, run_folder, tmp_path, monkeypatch, read_only
):
    monkeypatch.chdir(tmp_path)
    assert yendor("evaluate", run_folder, "--games", 2, "--workers", 1).exit_code == 0
    read_only(run_folder)
    before = contents(run_folder)
    result = yendor("evaluate", run_folder, "--games", 4, "--workers", 1)
    assert result.exit_code == 0
    assert f"{run_folder}: may only be read; its games are kept in runs/.baselines" in result.stderr
    assert yendor("compare", run_folder, "random", "--games", 5, "--workers", 1).exit_code == 0
    assert yendor("watch", run_folder, "--plain", "--speed", 0).exit_code == 0
    run = runs.open_run(run_folder)
    assert len(run.evaluation("learned")) == 5 and list(run.replays("learned")) == [0, 1, 2, 3, 4]
    assert contents(run_folder) == before
    result = yendor("train", run_folder, "--resume")
    assert_told(result)
    assert "you have no right" in result.stderr


def test_where_nothing_can_be_written_games_are_played_and_not_kept(
    yendor, run_folder, tmp_path, monkeypatch, read_only
):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("experiments.runs.kept._can_be_made", lambda place: False)
    read_only(run_folder)
    result = yendor("evaluate", run_folder, "--games", 2, "--workers", 1)
    assert result.exit_code == 0 and "not kept" in result.stderr
    assert list((tmp_path / "here").iterdir()) == []
    shutil.rmtree(kept_root())


@pytest.mark.parametrize("by", ["path", "link", "link above", "dotted path"])
def test_nothing_is_written_into_a_shipped_run(
    yendor, run_folder, stub_config, tmp_path, monkeypatch, by
):
    (tmp_path / "trained").mkdir()
    shipped = run_folder.rename(tmp_path / "trained" / "veteran")
    monkeypatch.setattr(runs, "SHIPPED", tmp_path / "trained")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(shipped)
    (tmp_path / "above").symlink_to(tmp_path / "trained")
    named = {
        "path": "trained/veteran", "link": "link", "link above": "above/veteran",
        "dotted path": "trained/../trained/./veteran",
    }[by]  # fmt: skip
    before = contents(shipped)
    assert yendor("evaluate", named, "--games", 2, "--workers", 1).exit_code == 0
    assert yendor("compare", named, "random", "--games", 2, "--workers", 1).exit_code == 0
    for arguments in ((named, "--resume"), (stub_config, "--out", named, "--overwrite")):
        result = yendor("train", *arguments)
        assert result.exit_code == 2 and "comes with the project" in result.stderr
    assert contents(shipped) == before


def test_a_full_standard_output_is_told(yendor, tmp_path):
    import subprocess
    import sys

    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "experiments.cli", "list"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr and "the disk is full" in result.stderr
