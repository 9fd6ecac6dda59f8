"""A file is written whole or not at all, never through a link, with the rights of any other."""

import os
import stat

import pytest

from agents.whole import sync_folder, write_whole


def test_a_link_is_replaced_and_what_it_points_to_stays(tmp_path):
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "file").symlink_to("victim")
    write_whole(tmp_path / "file", b"new")
    assert not (tmp_path / "file").is_symlink()
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_a_guessed_temporary_name_is_never_followed_nor_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "urandom", lambda size: b"\0" * size)
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / (".part-" + "00" * 8)).symlink_to("victim")
    with pytest.raises(OSError, match="file"):
        write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine"


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_a_file_has_the_rights_that_the_umask_leaves(tmp_path, umask):
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "file", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o666 & ~umask


def test_short_writes_are_gone_on_with(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:3]))
    write_whole(tmp_path / "file", b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


@pytest.mark.parametrize("number", [22, 95, 9])
def test_a_file_system_that_syncs_no_folders_will_do(tmp_path, monkeypatch, number):
    def refuse(_):
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    sync_folder(tmp_path)


def test_a_disk_that_fails_is_told(tmp_path, monkeypatch):
    def fail(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=str(tmp_path)):
        sync_folder(tmp_path)


def test_a_file_is_synced_unless_it_can_be_done_without(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", synced.append)
    write_whole(tmp_path / "file", b"new", sync=False)
    assert synced == []
    write_whole(tmp_path / "file", b"new")
    assert len(synced) == 1


def test_nothing_is_left_open(tmp_path):
    before = os.listdir("/proc/self/fd")
    write_whole(tmp_path / "file", b"new")
    sync_folder(tmp_path)
    assert os.listdir("/proc/self/fd") == before


def test_only_a_folder_has_names_to_sync(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        sync_folder(tmp_path / "file")
