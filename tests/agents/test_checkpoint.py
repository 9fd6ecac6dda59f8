"""Checkpoints are whole, and what does not fit is said by name."""

import json
import os

import numpy as np
import pytest

import agents
from agents import checkpoint


@pytest.fixture
def folder(tmp_path):
    agents.make("ucb", 3, 2, context="situation").save(tmp_path / "checkpoint")
    return tmp_path / "checkpoint"


def edit(folder, **changes):
    path = folder / "agent.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_checkpoint_is_two_files_without_pickle(folder):
    assert sorted(os.listdir(folder)) == ["agent.json", "agent.safetensors"]
    header = json.loads((folder / "agent.json").read_text())
    assert header["name"] == "ucb"
    assert header["settings"] == {
        "c": 2.0, "forgetting": None, "window": None,
        "context": "situation", "credit": "decision", "reward_range": [0.0, 1.0],
    }  # fmt: skip


def test_a_header_is_for_people_to_read_and_to_compare(folder):
    lines = (folder / "agent.json").read_text().splitlines()
    keys = [line.split('"')[1] for line in lines if line.startswith('  "')]
    assert keys == ["n_actions", "n_contexts", "n_features", "name", "settings"]


def test_a_header_with_a_number_that_json_does_not_have_is_never_written(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        checkpoint.save(tmp_path, checkpoint.Header("ucb", 3, 1, 0, {"c": float("nan")}), {})
    assert os.listdir(tmp_path) == []


def test_a_checkpoint_may_replace_another_in_a_folder_deep_down(tmp_path):
    for n in (3, 4):
        agents.make("ucb", n).save(tmp_path / "deep" / "down")
    assert agents.load(tmp_path / "deep" / "down").header.n_actions == 4


def test_the_names_of_both_files_outlive_a_power_cut(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(checkpoint, "sync_folder", lambda folder: synced.append(os.listdir(folder)))
    agents.make("ucb", 3).save(tmp_path)
    assert [sorted(names) for names in synced] == [["agent.json", "agent.safetensors"]]


def test_numpy_sizes_are_saved_like_whole_numbers(tmp_path):
    agents.make("greedy", np.int64(3), np.int64(2), np.int64(5)).save(tmp_path)
    assert agents.load(tmp_path).header.n_features == 5


@pytest.mark.parametrize("name", ["agent.json", "agent.safetensors"])
@pytest.mark.parametrize("keep", [0, 5, 60])
def test_a_truncated_file_is_named(folder, name, keep):
    path = folder / name
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=f"{name}: truncated"):
        agents.load(folder)


def test_arrays_are_read_up_to_a_bound_and_not_a_byte_beyond(folder, monkeypatch):
    size = (folder / "agent.safetensors").stat().st_size
    monkeypatch.setattr(checkpoint, "MOST_ARRAYS", size)
    assert agents.load(folder).header.n_actions == 3
    monkeypatch.setattr(checkpoint, "MOST_ARRAYS", size - 1)
    with pytest.raises(ValueError, match=f"has {size} bytes; at most {size - 1}"):
        agents.load(folder)


def test_what_says_how_the_arrays_lie_is_bounded_too(folder, monkeypatch):
    head = int.from_bytes((folder / "agent.safetensors").read_bytes()[:8], "little")
    monkeypatch.setattr(checkpoint, "MOST_JSON", head)
    assert agents.load(folder).header.n_actions == 3
    monkeypatch.setattr(checkpoint, "MOST_JSON", head - 1)
    with pytest.raises(ValueError, match="agent.safetensors: truncated"):
        agents.load(folder)


def test_a_pipe_in_the_place_of_the_arrays_is_refused_without_waiting(folder):
    (folder / "agent.safetensors").unlink()
    os.mkfifo(folder / "agent.safetensors")
    with pytest.raises(ValueError, match="agent.safetensors: .*no regular file"):
        agents.load(folder)


@pytest.mark.parametrize("name", ["agent.json", "agent.safetensors"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(ValueError, match=f"{name}: .*missing"):
        agents.load(folder)


def test_arrays_of_another_agent_are_refused(folder, tmp_path):
    agents.make("greedy", 3, 2, context="situation").save(tmp_path / "other")
    os.replace(tmp_path / "other" / "agent.safetensors", folder / "agent.safetensors")
    with pytest.raises(ValueError, match="agent.safetensors: belongs to another agent"):
        agents.load(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"extra": 1}, "exactly the keys"),
        ({"n_actions": "3"}, "must be whole numbers"),
        ({"settings": []}, "settings an object"),
    ],
)
def test_a_wrong_header_is_explained(folder, changes, message):
    edit(folder, **changes)
    with pytest.raises(ValueError, match=f"agent.json: .*{message}"):
        agents.load(folder)


@pytest.mark.parametrize("text", ["[]", "null", '"ucb"', "3"])
def test_a_header_that_is_no_object_is_explained(folder, text):
    (folder / "agent.json").write_text(text)
    with pytest.raises(ValueError, match="agent.json: must be an object of keys and values"):
        agents.load(folder)


def test_an_agent_that_no_longer_exists_is_explained(folder):
    header = checkpoint.Header("ubc", 3, 2, 0, {})
    checkpoint.save(folder, header, {})
    with pytest.raises(ValueError, match="agent.json: unknown agent 'ubc': did you mean 'ucb'"):
        agents.load(folder)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, r"holds the arrays \[\], expected \['counts', 'values'\]"),
        (
            {"counts": np.zeros((1, 3), dtype=np.int64), "values": np.zeros((2, 3))},
            r"'counts' is int64\(1, 3\), expected int64\(2, 3\)",
        ),
        (
            {"counts": np.zeros((2, 3), dtype=np.int64), "values": np.zeros((2, 3), np.float32)},
            r"'values' is float32\(2, 3\), expected float64",
        ),
    ],
)
def test_arrays_that_do_not_fit_are_explained(folder, arrays, message):
    header, _ = checkpoint.load(folder)
    checkpoint.save(folder, header, arrays)
    with pytest.raises(ValueError, match=f"agent.safetensors: .*{message}"):
        agents.load(folder)


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "file"
    checkpoint.write_whole(path, b"old")

    def full_disk(_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        checkpoint.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]
