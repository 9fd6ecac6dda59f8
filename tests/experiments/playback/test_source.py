"""Which games there are to watch, and how they are opened."""

import shutil

import pytest

from experiments.errors import UserError
from experiments.playback.live import LivePlayback
from experiments.playback.replayed import ReplayPlayback
from experiments.playback.run_source import RunSource
from experiments.playback.source import ReplayFolder, filter_of
from experiments.runs.run import open_run
from experiments.seeds import GAMES

ROW = {"points": 120, "depth": 3, "cause": "killed by a giant ant", "character": "mon-hum-neu-mal",
       "success": False, "reward": 1.5}  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("", True),
        ("ant", True),
        ("Giant mon-", True),
        ("wolf", False),
        ("died", True),
        ("alive", False),
        ("success", False),
        ("points>100 depth>=3", True),
        ("points>100 depth>3", False),
        ("depth=3", True),
        ("reward<=1.5", True),
        ("turns>0", False),
        ("points > 100 depth >= 3", True),
    ],
)
def test_filters(wanted, fits):
    assert filter_of(wanted)(ROW) == fits


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("poinst>3", "poinst is not a figure; did you mean 'points'?"),
        ("points>many", "as in points>1000"),
        (">3", "as in points>1000"),
        ("alive foo>3", "foo is not a figure"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told(wanted, message):
    with pytest.raises(UserError, match=message):
        filter_of(wanted)


def test_evaluated_games_are_opened_from_their_replays(evaluated):
    source = RunSource(evaluated)
    assert source.numbers() == list(range(12))
    playback = source.open(7)
    assert isinstance(playback, ReplayPlayback)
    assert playback.title == "stub after 6 games, unseen game 7"
    assert playback.seed == 1_000_007


def test_other_games_are_played_live(evaluated):
    source = RunSource(evaluated)
    playback = source.open(30)
    assert isinstance(playback, LivePlayback) and playback.title.endswith("unseen game 30")
    assert isinstance(RunSource(evaluated, live=True).open(7), LivePlayback)
    assert isinstance(RunSource(evaluated, training=True).open(4), LivePlayback)


def test_a_game_that_the_agent_played_before_it_learned_more_is_played_anew(evaluated, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(evaluated, folder)
    run = open_run(folder)
    agent, _ = run.checkpoint()
    run.save(agent, run.episodes(4))  # as if it had learned from four games only
    assert isinstance(RunSource(folder).open(7), LivePlayback)


def test_the_next_game_is_the_one_beside_it(evaluated):
    source = RunSource(evaluated)
    assert source.beside(3, 1) == 4 and source.beside(3, -1) == 2
    assert source.beside(0, -1) is None
    assert source.beside(11, 1) == 12  # not evaluated: live


def test_a_filter_narrows_the_games(evaluated):
    source = RunSource(evaluated)
    rows = open_run(evaluated).evaluation("learned")
    best = sorted(row["points"] for row in rows)[-3]
    wanted = f"points>={best}"
    numbers = [row["game"] for row in rows if row["points"] >= best]
    assert source.numbers(wanted) == numbers
    assert source.beside(numbers[0], 1, wanted) == numbers[1]
    assert source.beside(numbers[-1], 1, wanted) is None


def test_training_games_go_from_one_recorded_to_the_next(yendor, stub_config, tmp_path):
    folder = tmp_path / "run"
    yendor("train", stub_config, "train.replay_every=2", "--out", folder, "--workers", 1)
    source = RunSource(folder, training=True)
    assert source.beside(0, 1) == 2 and source.beside(3, 1) == 4 and source.beside(4, 1) is None
    assert source.open(2).title == "stub, untrained, training game 2"


def test_the_replays_of_a_folder_stand_beside_each_other(evaluated):
    folder = evaluated / "replays" / "learned"
    source = ReplayFolder(folder / "9.jsonl.gz")
    assert source.first == 9 and source.beside(9, 1) == 10
    assert source.numbers() == list(range(12))
    assert source.open(10).seed == 1_000_010
    assert source.numbers("points>=0") == list(range(12))
    assert source.numbers("points>1e9") == []


def test_a_replay_is_watched_by_its_file(yendor, evaluated, tmp_path):
    path = tmp_path / "shared.jsonl.gz"
    shutil.copy(evaluated / "replays" / "learned" / "3.jsonl.gz", path)
    from_file, from_run = yendor("watch", path), yendor("watch", evaluated, "--game", 3)
    assert from_file.exit_code == from_run.exit_code == 0
    assert from_file.output == from_run.output
    assert "unseen game 3" in from_file.output


def test_a_damaged_replay_is_shown_as_far_as_it_goes_or_refused(yendor, evaluated, tmp_path):
    data = (evaluated / "replays" / "learned" / "3.jsonl.gz").read_bytes()
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(data[:-9])
    result = yendor("watch", path)
    assert "damaged" in result.output + result.stderr
    path.write_bytes(data[:60])
    result = yendor("watch", path)
    assert result.exit_code == 2 and str(path) in result.stderr


def test_clearing_a_run_removes_its_replays(yendor, evaluated, stub_config, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(evaluated, folder)
    yendor("train", stub_config, "--out", folder, "--overwrite", "--workers", 1)
    assert not (folder / "replays" / "learned").exists()


@pytest.mark.parametrize("option", [("--game", 3), ("--training",), ("--live",), ("--play",)])
def test_what_is_for_runs_is_not_for_a_replay(yendor, evaluated, option):
    path = evaluated / "replays" / "learned" / "3.jsonl.gz"
    result = yendor("watch", path, *option)
    assert result.exit_code == 2
    assert f"{option[0]} is for a run; {path} is a replay" in result.stderr


def test_who_left_the_game_has_not_died():
    row = ROW | {"cause": "quit"}
    assert not filter_of("died")(row) and not filter_of("alive")(row)


def test_a_missing_replay_is_told(yendor, tmp_path):
    result = yendor("watch", tmp_path / "friend.jsonl.gz")
    assert result.exit_code == 2
    assert "friend.jsonl.gz: there is no such file" in result.stderr


@pytest.mark.parametrize("number", [-1, GAMES, 10**20])
def test_a_number_beyond_the_block_is_no_game_of_it(evaluated, number):
    for source, whose in (
        (RunSource(evaluated), "block 1"),
        (RunSource(evaluated, block=7), "block 7"),
        (RunSource(evaluated, training=True), "training"),
    ):
        with pytest.raises(UserError, match=f"game {number} of {whose}: must be from 0 to 999,999"):
            source.open(number)
