"""What people name as an output is never destroyed: followed, written through, or refused."""

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from experiments.errors import UserError
from experiments.outputs import same_file, whole_file


def write(path, text="new"):
    with whole_file(path) as partial:
        partial.write_text(text)


def only(folder, *names):
    return sorted(os.listdir(folder)) == sorted(names)


def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to("target")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_text() == "new"
    assert only(tmp_path, "link", "target")


def test_a_link_to_nothing_yet_makes_its_target(tmp_path):
    (tmp_path / "link").symlink_to("target")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_text() == "new"


def test_a_device_is_written_through_and_stays(tmp_path):
    before = os.stat("/dev/null")
    write(Path("/dev/null"))
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert os.stat("/dev/null").st_rdev == before.st_rdev
    (tmp_path / "link").symlink_to("/dev/null")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and only(tmp_path, "link")


def test_a_pipe_is_written_through_and_stays(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text()))
    reader.start()
    write(tmp_path / "pipe")
    reader.join()
    assert read == ["new"] and only(tmp_path, "pipe")
    assert stat.S_ISFIFO(os.stat(tmp_path / "pipe").st_mode)


def a_socket(path):
    socket.socket(socket.AF_UNIX).bind(str(path))


REFUSED = {
    "a folder": (os.mkdir, "is a folder"),
    "a socket": (a_socket, "is a socket"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "circle"),
    "a link to a folder": (lambda path: path.symlink_to("."), "is a folder"),
    "a link into no folder": (lambda path: path.symlink_to("none/x"), "there is no folder"),
}


@pytest.mark.parametrize(("make", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_not_be_an_output_is_refused_and_stays(tmp_path, monkeypatch, make, why):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x"
    make(path.relative_to(tmp_path))
    before = os.lstat(path)
    with pytest.raises(UserError, match=why):
        write(path)
    assert os.lstat(path).st_mode == before.st_mode and only(tmp_path, "x")


def test_a_disk_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(stat, "S_IFMT", lambda mode: stat.S_IFBLK)
    with pytest.raises(UserError, match="is a disk"):
        write(tmp_path)


@pytest.mark.parametrize(
    ("name", "why"), [("x" * 300, "too long"), ("none/x", "there is no folder"), ("f/x", "a file")]
)
def test_a_place_that_can_not_be_is_told_before_anything_is_written(tmp_path, name, why):
    (tmp_path / "f").write_text("")
    with pytest.raises(UserError, match=why):
        write(tmp_path / name)
    assert only(tmp_path, "f")


def test_what_fails_leaves_the_old_file_and_no_other(tmp_path):
    (tmp_path / "x").write_text("old")
    full = OSError(28, "No space left on device")
    told = pytest.raises(UserError, match="x: can't be written: the disk is full")
    with told, whole_file(tmp_path / "x") as partial:
        partial.write_text("half")
        raise full
    assert (tmp_path / "x").read_text() == "old" and only(tmp_path, "x")


def test_the_temporary_file_follows_no_link(tmp_path):
    """Whatever name is guessed, the file is written in a folder that only this user sees."""
    with whole_file(tmp_path / "x") as partial:
        assert stat.S_IMODE(partial.parent.stat().st_mode) == 0o700
        assert not partial.exists()
        partial.write_text("new")


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_file_has_the_rights_that_the_umask_leaves(tmp_path, umask):
    before = os.umask(umask)
    try:
        write(tmp_path / "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o666 & ~umask


def test_two_names_of_one_file_are_noticed(tmp_path):
    (tmp_path / "link").symlink_to("x")
    assert same_file([tmp_path / "x", tmp_path / "y", tmp_path / "link"]) == tmp_path / "x"
    assert same_file([tmp_path / "x", tmp_path / "y"]) is None


@pytest.mark.parametrize("option", ["--gif", "--svg", "--html", "--cast"])
def test_every_recording_goes_through_a_link(yendor, finished_run, tmp_path, option):
    link = tmp_path / f"link.{option.removeprefix('--')}"
    link.symlink_to("target")
    assert yendor("watch", finished_run, option, link).exit_code == 0
    assert link.is_symlink() and (tmp_path / "target").stat().st_size
    assert yendor("watch", finished_run, option, "/dev/null").exit_code == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
