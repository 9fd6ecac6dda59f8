"""Files that may come from anybody are read within bounds, and JSON as its standard has it."""

import errno
import os

import pytest

from agents.bounded import is_file, is_folder, open_regular, parse_json, read_bounded


def test_a_file_is_read_up_to_its_bound_and_not_a_byte_beyond(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1000)
    assert read_bounded(path, 1001) == read_bounded(path, 1000) == b"x" * 1000
    with pytest.raises(ValueError, match="it has 1,000 bytes; at most 999 are read"):
        read_bounded(path, 999)


def test_of_a_file_that_claims_no_size_little_more_than_the_bound_is_read():
    """Files below /proc say 0 bytes, whatever they hold."""
    with pytest.raises(ValueError, match="it has 11 bytes; at most 10 are read"):
        read_bounded("/proc/self/status", 10)


def test_a_pipe_is_refused_without_waiting_for_whoever_writes(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        before = os.listdir("/proc/self/fd")
        with pytest.raises(OSError, match="is no regular file") as caught:
            open_regular(path)
        assert (caught.value.errno, caught.value.filename) == (errno.EINVAL, str(path))
        assert os.listdir("/proc/self/fd") == before  # nothing was left open


def test_what_is_open_is_closed_in_programs_that_are_started(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with open_regular(tmp_path / "file") as file:
        assert not os.get_inheritable(file.fileno())


def test_json_is_read_from_text_and_from_bytes_with_or_without_a_byte_order_mark():
    for given in ('{"a": [1, 2.5]}', b'{"a": [1, 2.5]}', '{"a": [1, 2.5]}'.encode("utf-8-sig")):
        assert parse_json(given) == {"a": [1, 2.5]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("NaN", "NaN is no number"),
        ("[-Infinity]", "-Infinity is no number"),
        ("1e999", "out of range: 1e999"),
        (f"1.{'0' * 100}e999", rf"out of range: 1\.{'0' * 18}$"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused_with_a_reason(text, says):
    with pytest.raises(ValueError, match=says):
        parse_json(text)


def test_names_that_can_be_none_are_those_of_no_file_and_no_folder(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert is_file(tmp_path / "file")
    assert is_folder(tmp_path)
    for path in (tmp_path / "none", tmp_path / "a\0b", tmp_path / ("long" * 1000)):
        assert not is_file(path)
        assert not is_folder(path)
