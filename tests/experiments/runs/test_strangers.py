"""A run folder may come from anybody: it is read, compared with its config, and not believed."""

import gzip
import json
import os
import time

import pytest
from safetensors.numpy import load_file, save_file

from envs.rewards import HEAVIEST, REWARDS
from experiments.errors import RunError
from experiments.replays.format import ReplayError
from experiments.replays.reader import read_replay
from experiments.runs import game_rows
from experiments.runs.run import open_run


def change(path, **keys):
    path.write_text(json.dumps(json.loads(path.read_text()) | keys))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b" \n", b""])
def test_line_ends_of_another_system_do_not_make_a_config_cut_short(run_folder, end):
    path = run_folder / "config.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", end or b"\n").rstrip() + end)
    assert open_run(run_folder).config.agent.name == "thompson"


@pytest.mark.parametrize("key", ["n_actions", "n_contexts", "n_features"])
def test_sizes_are_compared_before_anything_is_allocated(run_folder, key):
    change(run_folder / "checkpoint/agent.json", **{key: 10**6})
    begin = time.process_time()
    with pytest.raises(RunError, match=f"{key}: 1000000, but the config"):
        open_run(run_folder)
    assert time.process_time() - begin < 2
    change(run_folder / "checkpoint/agent.json", **{key: 10**7})
    with pytest.raises(RunError, match="whole numbers up to 1,000,000"):
        open_run(run_folder)


def test_arrays_of_other_shapes_are_refused(run_folder):
    path = run_folder / "checkpoint/agent.safetensors"
    arrays = load_file(path)
    metadata = {"agent": (run_folder / "checkpoint/agent.json").read_text()}
    save_file({name: array[..., :1].copy() for name, array in arrays.items()}, path, metadata)
    with pytest.raises(RunError, match="expected"):
        open_run(run_folder)


def test_a_header_of_arrays_that_is_longer_than_its_file_is_refused(run_folder):
    path = run_folder / "checkpoint/agent.safetensors"
    path.write_bytes((2**62).to_bytes(8, "little") + path.read_bytes()[8:])
    with pytest.raises(RunError, match="not a safetensors file"):
        open_run(run_folder)


CONTENTS = {
    "games": [-1, 1.5, "3", None, True, 10**9],
    "macros": [3, {"a": 1}, [1], "explore"],
    "features": [3, {"health": "1"}, [None]],
    "situation": [3, {"threat": None}, "threat"],
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in CONTENTS.items() for value in values]
)
def test_what_a_checkpoint_says_of_itself_is_looked_at(run_folder, key, value):
    change(run_folder / "checkpoint/checkpoint.json", **{key: value})
    with pytest.raises(RunError, match=key):
        open_run(run_folder)


GAMES = {
    "lacks a metric": ("points", ...), "text": ("points", "12"), "nothing": ("turns", None),
    "truth": ("points", True), "out of range": ("points", 10**30), "seed": ("seed", 1.5),
    "counts": ("macros", {"explore": "²"}), "a list": ("macros", [1]), "a cause": ("cause", 3),
    "a long cause": ("cause", "x" * 2_000),
}  # fmt: skip


@pytest.mark.parametrize(("key", "value"), GAMES.values(), ids=GAMES.keys())
def test_a_game_that_lacks_a_column_or_has_a_strange_one_is_told_with_its_line(
    run_folder, key, value
):
    path = run_folder / "episodes.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[2][key] = value
    if value is ...:
        del rows[2][key]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(RunError) as caught:
        open_run(run_folder)
    assert "line 3" in str(caught.value) and len(str(caught.value)) < 400


def test_the_highest_reward_that_a_config_can_ask_for_is_read(finished_run):
    highest = len(REWARDS) * HEAVIEST * 2.0**64  # every count grew by as much as 64 bits hold
    row = open_run(finished_run).episodes(1)[0] | {"reward": highest, "return": -highest}
    assert game_rows.misfit(row) == ""
    assert game_rows.misfit(row | {"reward": 1e31}) == "reward is 1e+31"


def test_a_round_without_its_number_of_games_is_told(run_folder):
    (run_folder / "metrics.jsonl").write_text('{"round": 0, "entropy": 0.5}\n')
    with pytest.raises(RunError, match="line 1: games is missing"):
        open_run(run_folder).metrics()


def test_a_replay_is_numbered_by_digits_only(run_folder):
    folder = run_folder / "replays/learned-block2"
    folder.mkdir(parents=True)
    for name in ("²", "²5", "7", "x", "-1", "1_0"):
        (folder / f"{name}.jsonl.gz").write_bytes(b"")
    assert list(open_run(run_folder).replays("learned-block2")) == [7]


@pytest.mark.parametrize("name", ["config.yaml", "episodes.jsonl", "checkpoint/agent.json"])
def test_a_pipe_in_a_run_is_not_waited_for(run_folder, name):
    (run_folder / name).unlink()
    os.mkfifo(run_folder / name)
    with pytest.raises(RunError, match=r"can't be read|missing"):
        open_run(run_folder)


def test_a_replay_that_a_browser_unpacked_is_read_all_the_same(recorded, tmp_path):
    packed, unpacked = tmp_path / "1.jsonl.gz", tmp_path / "game.jsonl"
    packed.write_bytes(recorded[0].replay)
    unpacked.write_bytes(gzip.decompress(recorded[0].replay))
    ours, theirs = read_replay(unpacked), read_replay(packed)
    assert ours.outcome == theirs.outcome and not ours.damage
    assert len(ours.decisions) == len(theirs.decisions)
    unpacked.write_bytes(gzip.decompress(recorded[0].replay)[:-40])
    with pytest.raises(ReplayError, match="is damaged"):
        read_replay(unpacked)


def test_a_replay_of_a_million_names_is_refused(recorded, tmp_path):
    lines = gzip.decompress(recorded[0].replay).splitlines()
    head = json.loads(lines[0]) | {"macros": ["m"] * 2_000}
    path = tmp_path / "1.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join([json.dumps(head).encode(), *lines[1:]])))
    with pytest.raises(ReplayError, match="macros is missing or strange"):
        read_replay(path)
