"""From one game to another, and filters."""

import shutil

import pytest

from experiments.errors import UserError
from experiments.playback.run_source import RunSource
from experiments.playback.source import ReplayFolder


def test_next_and_previous_game(watch, replays):
    async def act(viewer):
        first = viewer.playback
        await viewer.press("right", "n")
        assert viewer.playback.seed == first.seed + 1
        assert viewer.position == 0
        assert "unseen game 1" in viewer.text("title")
        assert "game 2 of 4" in viewer.text("title")
        await viewer.press("p")
        assert viewer.playback.seed == first.seed

    watch(replays, act)


def test_a_small_terminal_names_the_game_for_a_moment(watch, replays):
    async def act(viewer):
        await viewer.press("n")
        assert any("game 1\ngame 2 of 4" in message for message in viewer.notices())

    watch(replays, act, size=(80, 24))


def test_there_is_nothing_before_the_first_game(watch, replays):
    async def act(viewer):
        playback = viewer.playback
        await viewer.press("p")
        assert viewer.playback is playback
        assert "there is no game before this" in viewer.notices()

    watch(replays, act)


def test_a_filter_leaves_only_the_games_that_fit(watch, replays):
    points = [replays.open(number).replay.outcome["points"] for number in range(4)]
    wanted = f"points>{sorted(points)[1]}"
    fitting = replays.numbers(wanted)
    assert 0 < len(fitting) < 4

    async def act(viewer):
        await viewer.press("f")
        assert "points>1000" in viewer.text()  # the help
        await viewer.type(wanted)
        await viewer.press("enter")
        assert wanted in viewer.text("title")
        seen = []
        for _ in range(4):
            await viewer.press("n")
            seen.append(viewer.app.games.number)
        assert set(seen) <= set(fitting)
        assert seen[-1] == fitting[-1]
        assert f"game {len(fitting)} of {len(fitting)}" in viewer.text("title")
        await viewer.press("f", *["backspace"] * len(wanted), "enter")
        assert "filter" not in viewer.text("title")
        assert "of 4" in viewer.text("title")

    watch(replays, act)


@pytest.mark.parametrize(
    ("wanted", "message"), [("point>3", "did you mean 'points'?"), ("dragon", "no game fits")]
)
def test_a_filter_that_is_no_use_is_told_and_can_be_corrected(watch, replays, wanted, message):
    async def act(viewer):
        await viewer.press("f")
        await viewer.type(wanted)
        await viewer.press("enter")
        assert message in viewer.text()
        await viewer.press("escape")
        assert message not in viewer.text()
        assert "filter" not in viewer.text("title")

    watch(replays, act)


def test_a_game_that_cannot_be_opened_leaves_the_present_one(watch, replay_folder, tmp_path):
    shutil.copy(replay_folder / "0.jsonl.gz", tmp_path / "0.jsonl.gz")
    (tmp_path / "1.jsonl.gz").write_bytes(b"nothing of ours")

    async def act(viewer):
        playback = viewer.playback
        await viewer.press("right", "n")
        assert viewer.playback is playback
        assert viewer.position == 1
        assert any("is not a replay" in message for message in viewer.notices())

    watch(ReplayFolder(tmp_path / "0.jsonl.gz"), act)


def test_a_run_that_vanishes_is_told(watch, stub_run, tmp_path):
    folder = shutil.copytree(stub_run, tmp_path / "run")

    async def act(viewer):
        shutil.rmtree(folder)
        await viewer.press("n")
        assert any("there is no such run" in message for message in viewer.notices())
        await viewer.press("home", "right")
        assert viewer.position == 1

    watch(RunSource(folder), act)


def test_a_first_game_that_cannot_be_opened_is_no_viewer(tmp_path):
    from experiments.viewer.app import run_viewer

    path = tmp_path / "0.jsonl.gz"
    path.write_bytes(b"nothing of ours")
    with pytest.raises(UserError, match="is not a replay"):
        run_viewer(ReplayFolder(path), 0)


def test_a_damaged_replay_says_so(watch, replay_folder, tmp_path):
    whole = (replay_folder / "0.jsonl.gz").read_bytes()
    (tmp_path / "0.jsonl.gz").write_bytes(whole[: len(whole) * 9 // 10])

    async def act(viewer):
        assert "the replay is damaged" in viewer.text("notice")
        await viewer.press("x")
        assert viewer.position == viewer.playback.total > 0
        assert "@" in viewer.text("screen")

    watch(ReplayFolder(tmp_path / "0.jsonl.gz"), act)


def test_a_replay_that_becomes_another_game_says_so_and_ends_there(watch, replays, monkeypatch):
    """The recorded digests stand, and the game that is played differs."""
    playback = replays.open(0)
    playback._checks = {place: digest ^ (place > 300) for place, digest in playback._checks.items()}
    monkeypatch.setattr(replays, "open", lambda number: playback)

    async def act(viewer):
        assert "this is not the recorded game" in viewer.text("notice")
        await viewer.press("end")
        assert viewer.position == viewer.playback.length < 605
        assert "alive when the replay ends" in viewer.text("state")

    watch(replays, act)


def test_a_game_that_cannot_be_shown_is_passed(watch, replay_folder, tmp_path):
    for number in (0, 2):
        shutil.copy(replay_folder / f"{number}.jsonl.gz", tmp_path)
    (tmp_path / "1.jsonl.gz").write_bytes(b"")

    async def act(viewer):
        first = viewer.playback
        await viewer.press("n")
        assert viewer.playback is first
        assert any("1.jsonl.gz: is not a replay" in message for message in viewer.notices())
        await viewer.press("n")
        assert viewer.playback.seed == first.seed + 2

    watch(ReplayFolder(tmp_path / "0.jsonl.gz"), act)
