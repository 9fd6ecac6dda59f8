"""Two agents side by side on one seed: one leads, the other is shown at the same turn."""

from pathlib import Path

import pytest

from experiments.errors import UserError
from experiments.playback.run_source import RunSource
from experiments.playback.source import ReplayFolder
from experiments.runs.run import open_run


def turn(player):
    return player.playback.screens.stats(player.position).turn


def text(viewer, lead, part):
    region = viewer.app._game_screen.stages[lead].query_one(f"#{part}").region
    return "\n".join(
        row[region.x : region.right] for row in viewer.lines()[region.y : region.bottom]
    )


@pytest.mark.parametrize(("size", "both"), [((170, 40), True), ((90, 60), True), ((80, 24), False)])
def test_the_other_game_is_at_the_same_turn(watch, replays, size, both):
    async def act(viewer):
        first, second = viewer.app._game_screen.players
        await viewer.until(lambda: second.playback.over)
        await viewer.press("space", "g")
        await viewer.type("t40")
        await viewer.press("enter")
        assert turn(first) == turn(second) == 40
        shown = [stage.display for stage in viewer.app._game_screen.stages]
        assert shown == [True, both]
        await viewer.press("b")  # the other one leads
        assert viewer.app.player is second
        await viewer.press("x")
        assert second.at_end and turn(first) <= turn(second)
        assert viewer.app._game_screen.stages[1].display

    watch(replays, act, size=size, beside=replays)


def test_the_next_game_is_the_next_of_both(watch, replays):
    async def act(viewer):
        await viewer.press("space", "n")
        first, second = viewer.app._game_screen.players
        assert first.playback.replay.seed == second.playback.replay.seed == 1_000_001

    watch(replays, act, size=(170, 40), beside=replays)


def test_a_game_that_one_of_two_lacks_is_not_shown(watch, replays, replay_folder, monkeypatch):
    """Then both stay where they are, and so does what the title says of them."""
    other = ReplayFolder(replay_folder / "0.jsonl.gz")

    def lacking(number):
        raise UserError("there is no such game")

    async def act(viewer):
        first, second = viewer.app._game_screen.players
        before = first.playback, second.playback, viewer.app.games.number
        monkeypatch.setattr(other, "open", lacking)
        await viewer.press("space", "n")
        assert "there is no such game" in viewer.notices()
        assert (first.playback, second.playback, viewer.app.games.number) == before

    watch(replays, act, size=(170, 40), beside=other)


def test_turning_points_are_those_of_the_game_that_leads(watch, stub_run, monkeypatch):
    sources, asked = [RunSource(stub_run), RunSource(stub_run)], []

    def find(source, number, playback, known, heard):
        asked.append((source, playback))

    monkeypatch.setattr("experiments.viewer.asking.find_turning_points", find)

    async def act(viewer):
        players = viewer.app._game_screen.players
        await viewer.press("space", "i", "t")
        await viewer.until(lambda: len(asked) == 1)
        await viewer.press("escape", "b", "i", "t")
        await viewer.until(lambda: len(asked) == 2)
        assert asked == [(s, p.playback) for s, p in zip(sources, players, strict=True)]
        assert len(viewer.app._turning) == 2

    watch(sources[0], act, size=(170, 40), beside=sources[1])


def test_nobody_plays_by_hand_in_one_of_two(watch, live, stub_run):
    async def act(viewer):
        await viewer.press("space", "h")
        assert not viewer.app.player.by_hand
        assert "two games side by side play by themselves" in viewer.notices()

    watch(live, act, size=(170, 40), beside=RunSource(stub_run, live=True), loaded=False)


@pytest.mark.nethack
def test_two_agents_play_nethack_on_one_seed_at_once(watch):
    sources = [RunSource(open_run(Path(name)).folder, live=True) for name in ("thompson", "ppo")]

    async def act(viewer):
        first, second = viewer.app._game_screen.players
        await viewer.press("space", "g")
        await viewer.type("t30")
        await viewer.press("enter")
        await viewer.until(lambda: first.goal is None and second.goal is None, seconds=30)
        assert turn(first) >= 30 and turn(second) >= 30
        assert "thompson" in text(viewer, 0, "title") and "ppo" in text(viewer, 1, "title")

    watch(sources[0], act, size=(170, 40), beside=sources[1], loaded=False)
