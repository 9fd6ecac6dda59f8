"""Replays: what is written comes back, and damage is told."""

import gzip
import json
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

from envs.outcome import Outcome
from envs.settings import names_of
from envs.stub.settings import StubSettings
from experiments.playback.replayed import ReplayPlayback
from experiments.playback.run_source import RunSource
from experiments.playback.source import open_replay
from experiments.replays.format import KEYS_PER_CHECK, ReplayError
from experiments.replays.reader import read_replay
from experiments.replays.recorder import Recording
from experiments.runs.run import open_run
from experiments.training.parallel import play_games


def lines_of(path):
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def rewrite(path, lines):
    path.write_bytes(gzip.compress(b"".join(lines)))


def test_a_replay_holds_the_decisions_of_its_game(finished_run, recorded, tmp_path):
    path = tmp_path / "2.jsonl.gz"
    path.write_bytes(recorded[2].replay)
    playback = RunSource(finished_run, live=True).open(2)
    playback.play_out()
    replay = read_replay(path)
    assert not replay.damage
    assert len(replay.decisions) == len(playback.decisions) == recorded[2].row["decisions"]
    for ours, lived in zip(replay.decisions, playback.decisions, strict=True):
        assert (ours.number, ours.macro, ours.start, ours.keys, ours.ended) == (
            lived.number, lived.macro, lived.start, lived.keys, lived.ended
        )  # fmt: skip
        assert ours.reward == pytest.approx(lived.reward, rel=1e-5)
        choice, expected = ours.choice, lived.choice
        assert choice.situation == expected.situation
        assert choice.chosen == expected.chosen
        assert (choice.legal == expected.legal).all()
        assert choice.probabilities == pytest.approx(expected.probabilities, abs=6e-4)
        assert choice.estimates == pytest.approx(expected.estimates, rel=1e-3)
        assert (choice.counts == expected.counts).all()
        assert choice.bounds == pytest.approx(expected.bounds, rel=1e-3)


def test_a_replay_says_whose_game_it_is(replay_file, finished_run):
    head = read_replay(replay_file).header
    assert head["agent"] == "thompson" and head["label"] == "learned" and head["trained"] == 6
    assert head["seed"] == 1_000_000 + head["game"]
    assert head["env"]["game"] == "stub" and head["env"]["max_turns"] == 2_000


@pytest.mark.nethack
def test_a_replay_takes_less_than_four_bytes_for_a_keystroke():
    run = open_run(Path("ppo"))
    agent, trained = run.checkpoint()
    seeds = range(1_000_000, 1_000_003)
    episodes = list(play_games(run.config, agent, seeds, False, 1, Recording("learned", trained)))
    size = sum(len(episode.replay) for episode in episodes)
    assert size < 4 * sum(episode.row["keystrokes"] for episode in episodes)


def test_playing_a_replay_back_gives_the_same_game(recorded, tmp_path):
    for episode in recorded:
        path = tmp_path / "game.jsonl.gz"
        path.write_bytes(episode.replay)
        playback = ReplayPlayback(read_replay(path))
        playback.play_out()
        assert not playback.notice
        assert playback.length == playback.total == episode.row["keystrokes"]
        assert playback._env.outcome() == playback.outcome() == Outcome.of(episode.row)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.95])
def test_a_replay_cut_short_is_shown_as_far_as_it_goes(replay_file, share):
    whole, data = read_replay(replay_file), replay_file.read_bytes()
    replay_file.write_bytes(data[: int(share * len(data))])
    try:
        replay = read_replay(replay_file)
    except ReplayError as error:
        assert "cut short" in str(error)
        return
    assert "the replay is damaged: it is cut short" in replay.damage
    assert 0 < replay.keystrokes < whole.keystrokes
    playback = ReplayPlayback(replay)
    playback.play_out()
    assert playback.notice == replay.damage and playback.over
    assert playback.length == replay.keystrokes
    assert playback.outcome().cause is None


def test_no_changed_byte_goes_unnoticed(replay_file):
    data = replay_file.read_bytes()
    content, rng = gzip.decompress(data), np.random.default_rng(0)  # deflate pads with idle bits
    for place in rng.integers(10, len(data), 60):  # the first 10 are gzip's: time, system
        changed = bytearray(data)
        changed[place] ^= 1 << rng.integers(0, 8)
        replay_file.write_bytes(changed)
        try:
            assert read_replay(replay_file).damage or gzip.decompress(changed) == content
        except ReplayError as error:
            assert str(replay_file) in str(error)


def test_a_changed_letter_is_found_where_the_file_was_packed_again(replay_file):
    lines = lines_of(replay_file)
    checks = [n for n, line in enumerate(lines) if line.startswith(b'{"check"')]
    row = json.loads(lines[checks[0] + 1])
    row[2] = "hacked"
    lines[checks[0] + 1] = json.dumps(row).encode() + b"\n"
    rewrite(replay_file, lines)
    replay = read_replay(replay_file)
    assert "a byte of it was changed" in replay.damage
    assert replay.keystrokes == json.loads(lines[checks[0]])["check"][0] >= KEYS_PER_CHECK


@pytest.mark.parametrize("content", [b"", b"not gzip"])
def test_what_is_not_packed_is_no_replay(replay_file, content):
    replay_file.write_bytes(content)
    with pytest.raises(ReplayError, match="is not a replay"):
        read_replay(replay_file)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"hello\n", "is not a replay"),
        (b'{"a": 1}\n', "is not a replay"),
        (b'{"yendor_replay":3,"seed":1,"env":{"game":"stub"},"macros":["rest"]}\n',
         "has format 3; this version of Yendor reads formats 1 and 2"),
    ],
)  # fmt: skip
def test_what_is_packed_and_no_replay_is_refused(replay_file, line, message):
    replay_file.write_bytes(gzip.compress(line))
    with pytest.raises(ReplayError, match=message):
        read_replay(replay_file)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ReplayError, match="No such file"):
        read_replay(tmp_path / "1.jsonl.gz")


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [(1, 0, 99), (1, 1, "日"), (1, 5, "x"), (1, 6, [1]), (1, 7, [[1]]), (1, 3, None), (1, 0, None)],
)
def test_a_line_that_makes_no_sense_is_damage(replay_file, row, field, value):
    lines = lines_of(replay_file)
    content = json.loads(lines[row])
    content[field] = value
    lines[row] = json.dumps(content).encode() + b"\n"
    rewrite(replay_file, lines)
    with pytest.raises(ReplayError, match="damaged"):
        read_replay(replay_file)


def test_another_game_than_the_recorded_one_is_noticed(replay_file):
    replay = read_replay(replay_file)
    replay.header |= {"seed": 5, "nle": "0.9"}
    playback = ReplayPlayback(replay)
    playback.play_out()
    assert playback.notice.startswith(
        "this is not the recorded game after keystroke 0: it was made"
    )
    assert "NLE 0.9" in playback.notice
    assert playback.over and playback.length == 0
    playback.snapshot(0)


def test_a_game_that_parts_from_the_recorded_one_ends_at_the_last_good_check(replay_file):
    replay = read_replay(replay_file)
    (first, _), (second, screen), *_ = replay.checks
    replay.checks[1] = (second, screen ^ 1)
    playback = ReplayPlayback(replay)
    playback.play_out()
    assert playback.length == playback.decisions[-1].end == first == playback.total
    assert f"after keystroke {first}" in playback.notice
    assert playback.screens[first].stats.turn > 1
    assert playback.outcome().keystrokes == first
    assert playback.outcome().turns == playback.screens[first].stats.turn
    assert playback.outcome().cause is None


def test_a_game_that_there_is_not_is_told(replay_file):
    replay = read_replay(replay_file)
    replay.header["env"] = {"game": "chess"}
    with pytest.raises(ReplayError, match="'chess'; there are nethack, stub"):
        ReplayPlayback(replay)
    replay.header["env"] = {"game": "stub", "wings": 2}
    with pytest.raises(ReplayError, match="wings"):
        ReplayPlayback(replay)


def test_only_settings_reach_the_game_even_of_a_replay_that_was_not_read(replay_file, tmp_path):
    replay = read_replay(replay_file)
    replay.header["env"] = {"game": "nethack", "ttyrec": str(tmp_path / "game.ttyrec3.bz2")}
    with pytest.raises(ReplayError, match="unknown setting 'ttyrec'"):
        ReplayPlayback(replay)


def test_a_header_names_every_setting_of_its_game_and_what_an_earlier_one_lacks_has_its_default(
    replay_file,
):
    env = read_replay(replay_file).header["env"]
    assert set(env) == {"game", *names_of(StubSettings)}
    earlier = ("game", "task", "max_turns", "max_keystrokes", "levels", "monsters", "closed_doors")

    def forget(contents):
        contents[0]["env"] = {key: env[key] for key in earlier}

    forge(replay_file, forget)
    playback = open_replay(replay_file)
    playback.play_out()
    assert not playback.notice


def test_a_strange_key_of_a_header_is_not_printed(replay_file):
    def change(contents):
        contents[0]["env"]["\x1b[2J"] = 1

    forge(replay_file, change)
    with pytest.raises(ReplayError) as caught:
        read_replay(replay_file)
    assert "\x1b" not in str(caught.value)


def forge(path, change):
    """Rewrites a replay as somebody would who knows the format: all its checks hold."""
    contents, crc, lines = [json.loads(line) for line in lines_of(path)], 0, []
    change(contents)
    for content in contents:
        if isinstance(content, dict) and "text" in content:
            content["text"] = crc
        lines.append(json.dumps(content).encode() + b"\n")
        crc = zlib.crc32(lines[-1], crc)
    rewrite(path, lines)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", "7"), ("seed", -1), ("env", {}), ("env", {"game": ["stub"]}), ("macros", []),
        ("macros", [1] * 24), ("label", []), ("trained", "many"), ("run", "\x1b[2J"),
        ("run", "\ud800"), ("env", {"game": "stub", "max_turns": "x"}),
        ("env", {"game": "nethack", "ttyrec": "game.ttyrec"}),
        ("env", {"game": "chess\x1b[2J"}), ("env", {"game": "stub", "render_mode": "ansi"}),
        ("env", {"game": "stub", "character": "@"}), ("env", {"game": "nethack", "levels": 2}),
        ("env", {"game": "stub", "max_turns": True}), ("env", {"game": "stub", "max_turns": 0}),
        ("env", {"game": "stub", "levels": 10**9}), ("env", {"game": "stub", "hp": 10**30}),
        ("env", {"game": "nethack", "task": "x"}), ("env", {"game": "nethack", "character": "x"}),
        ("env", {"game": "nethack", "observation_keys": []}), ("env", {"game": "stub", "pet": 1}),
        ("env", {"game": "stub", "maps": ["|\x1b@|"]}), ("env", {"game": "stub", "maps": "@"}),
    ],
)  # fmt: skip
def test_a_header_of_other_kinds_is_refused(replay_file, key, value):
    def change(contents):
        contents[0][key] = value

    forge(replay_file, change)
    with pytest.raises(ReplayError, match=re.escape(str(replay_file)) + ".*first line is damaged"):
        open_replay(replay_file)


@pytest.mark.parametrize(
    ("key", "value"),
    [("points", None), ("cause", 5), ("cause", "\x1b[2J"), ("progression", "x"), ("turns", ...)],
)
def test_an_outcome_of_other_kinds_is_left_out(replay_file, key, value):
    def change(contents):
        outcome = contents[-1]["outcome"]
        outcome.pop(key)
        if value is not ...:
            outcome[key] = value

    forge(replay_file, change)
    replay = read_replay(replay_file)
    assert "its outcome is none" in replay.damage and not replay.outcome


@pytest.mark.parametrize(("field", "value"), [(2, "\x1b[2J"), (3, float("inf")), (4, "\x07")])
def test_a_decision_of_other_kinds_is_damage(replay_file, field, value):
    def change(contents):
        rows = [content for content in contents if isinstance(content, list)]
        rows[-1][field] = value

    forge(replay_file, change)
    assert "a line of it is not a replay's" in read_replay(replay_file).damage


def test_a_game_that_differs_from_the_start_has_a_beginning(replay_file):
    def change(contents):
        contents[0]["seed"] += 1

    forge(replay_file, change)
    playback = open_replay(replay_file)
    playback.play_out()
    assert playback.length == playback.total == 0 and "not the recorded game" in playback.notice
    (decision,) = playback.decisions
    assert playback.snapshot(decision.end, decision).screen.stats.turn == 1


def test_a_replay_without_decisions_and_one_nested_too_deeply_are_refused(replay_file):
    head, *_, last = lines_of(replay_file)
    content = json.loads(last)
    content["text"] = zlib.crc32(head)
    for lines in ([head, json.dumps(content).encode() + b"\n"], [head, b"[" * 200_000 + b"\n"]):
        rewrite(replay_file, lines)
        with pytest.raises(ReplayError, match="nothing can be shown"):
            read_replay(replay_file)
    rewrite(replay_file, [b"[" * 200_000 + b"\n"])
    with pytest.raises(ReplayError, match="is not a replay"):
        read_replay(replay_file)


def test_a_text_longer_than_any_game_is_not_unpacked(replay_file, monkeypatch):
    monkeypatch.setattr("experiments.replays.reader.LONGEST", replay_file.stat().st_size + 100)
    assert "far longer than any game" in read_replay(replay_file).damage
