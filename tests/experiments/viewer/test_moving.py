"""The keys and the mouse that move through a recorded game."""

import math

import pytest
from textual.events import MouseScrollDown

from experiments.viewer import jumps
from experiments.viewer.curves import LABEL_COLUMNS


def test_the_first_frame_is_the_beginning(watch, replays):
    async def act(viewer):
        assert viewer.position == 0
        assert viewer.player.playing
        assert "@" in viewer.text("screen")
        assert "REPLAY" in viewer.text("title")

    watch(replays, act, loaded=False)


def test_a_game_plays_by_itself_and_pauses_at_its_end(watch, replays):
    async def act(viewer):
        await viewer.until(lambda: viewer.player.at_end)
        assert not viewer.player.playing
        assert viewer.position == viewer.playback.total
        assert "points" in viewer.text("state")
        await viewer.press("minus", "minus", "minus", "minus", "minus", "minus", "space")
        assert viewer.player.playing
        assert viewer.position < viewer.playback.total

    watch(replays, act, speed=0)


def test_space_pauses_and_plays(watch, replays):
    async def act(viewer):
        await viewer.press("space")
        assert not viewer.player.playing
        assert "paused" in viewer.text("state")
        await viewer.press("space")
        assert viewer.player.playing
        start = viewer.position
        await viewer.until(lambda: viewer.position > start)

    watch(replays, act, speed=25)


@pytest.mark.parametrize(("forward", "back"), [("right", "left"), (".", ",")])
def test_single_keystrokes(watch, replays, forward, back):
    names = {".": "full_stop", ",": "comma"}

    async def act(viewer):
        await viewer.press("home")
        await viewer.press(*[names.get(forward, forward)] * 3)
        assert viewer.position == 3
        assert not viewer.player.playing
        await viewer.press(names.get(back, back))
        assert viewer.position == 2
        assert f"2 / {viewer.playback.total:,}" in viewer.text("state")

    watch(replays, act)


def test_back_from_the_beginning_stays_there(watch, replays):
    async def act(viewer):
        await viewer.press("home", "left")
        assert viewer.position == 0

    watch(replays, act)


@pytest.mark.parametrize(
    ("forward", "back"),
    [("down", "up"), ("right_square_bracket", "left_square_bracket")],
)
def test_decisions(watch, replays, forward, back):
    async def act(viewer):
        starts = sorted({decision.start for decision in viewer.playback.decisions})
        await viewer.press("home", forward, forward)
        assert viewer.position == starts[2]
        await viewer.press("right", back)
        assert viewer.position == starts[2]
        await viewer.press(back)
        assert viewer.position == starts[1]
        assert viewer.playback.decision_at(starts[1]).macro in viewer.text("line")

    watch(replays, act)


def test_the_last_decision_is_followed_by_the_end(watch, replays):
    async def act(viewer):
        await viewer.press("tab", "end", "enter", "down", "down")
        assert viewer.position == viewer.playback.total

    watch(replays, act)


def test_home_and_end(watch, replays):
    async def act(viewer):
        await viewer.press("end")
        assert viewer.position == viewer.playback.total
        await viewer.press("home")
        assert viewer.position == 0

    watch(replays, act)


def test_tenths_of_the_game(watch, replays):
    async def act(viewer):
        tenth = viewer.playback.total // 10
        await viewer.press("space", "home", "pagedown", "pagedown", "pagedown")
        assert viewer.position == 3 * tenth
        await viewer.press("pageup")
        assert viewer.position == 2 * tenth

    watch(replays, act)


def test_x_is_the_end(watch, replays):
    async def act(viewer):
        await viewer.press("x")
        assert viewer.position == viewer.playback.total
        assert not viewer.player.playing

    watch(replays, act)


def test_speeds(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home")
        assert viewer.player.speed == 12
        await viewer.press("+")
        assert viewer.player.speed == 25
        await viewer.press("minus", "minus")
        assert viewer.player.speed == 8
        assert "8/s" in viewer.text("state")
        await viewer.press(*["plus"] * 9)
        assert "full speed" in viewer.text("state")
        await viewer.press(*["minus"] * 9)
        assert viewer.player.speed == 1

    watch(replays, act, speed=12)


@pytest.mark.parametrize(
    ("key", "other", "events"),
    [("l", "L", jumps.level_changes), ("d", "D", jumps.dangers)],
)
def test_jumps_to_levels_and_dangers(watch, replays, monkeypatch, key, other, events):
    """The stub's games have few of either, so some are put there."""
    name = {"l": "depth", "d": "hit_points"}[key]

    async def act(viewer):
        series = viewer.playback.screens.series(name)
        series[10:20] = 1 if name == "hit_points" else 3
        places = events(viewer.playback).tolist()
        assert 10 in places
        await viewer.press("home", key)
        first = places[1] if places[0] == 0 else places[0]
        assert viewer.position == first
        await viewer.press("end", other)
        assert viewer.position == places[-1]
        await viewer.press("home", other)
        assert viewer.position == 0
        assert any("there is no" in message for message in viewer.notices())

    watch(replays, act)


def test_nothing_more_to_jump_to_is_told(watch, replays):
    async def act(viewer):
        await viewer.press("end", "d")
        assert viewer.position == viewer.playback.total
        assert "there is no danger after this" in viewer.notices()

    watch(replays, act)


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("17", lambda playback: 17),
        ("50%", lambda playback: round(playback.total / 2)),
        ("#3", lambda playback: playback.decisions[2].start),
        (
            "t5",
            lambda playback: next(
                p for p in range(playback.total) if playback.screens.stats(p).turn >= 5
            ),
        ),
        ("999999", lambda playback: playback.total),
    ],
)
def test_go_to(watch, replays, answer, place):
    async def act(viewer):
        await viewer.press("space", "g")
        await viewer.type(answer)
        await viewer.press("enter")
        assert viewer.position == place(viewer.playback)

    watch(replays, act)


def test_a_place_that_is_none_is_told_and_can_be_corrected(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home", "g")
        await viewer.type("abc")
        await viewer.press("enter")
        assert "is not a place in a game" in viewer.text()
        await viewer.press("backspace", "backspace", "backspace", "5", "enter")
        assert viewer.position == 5
        assert "is no place" not in viewer.text()

    watch(replays, act)


def test_esc_leaves_a_question(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home", "g", "7", "escape")
        assert viewer.position == 0
        assert "Go to" not in viewer.text()

    watch(replays, act)


@pytest.mark.parametrize("part", ["timeline", "curves"])
def test_a_click_goes_there(watch, replays, part):
    async def act(viewer):
        await viewer.press("space")
        columns = viewer.app.size.width - LABEL_COLUMNS
        await viewer.click(part, LABEL_COLUMNS + columns // 2)
        middle = viewer.playback.total / 2
        assert abs(viewer.position - middle) <= viewer.playback.total / columns + 1
        await viewer.click(part, LABEL_COLUMNS + columns - 1)
        assert viewer.position == viewer.playback.total
        await viewer.click(part, LABEL_COLUMNS)
        assert viewer.position == 0

    watch(replays, act)


def test_a_click_on_a_decision_goes_to_its_start(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home")
        row = next(i for i, line in enumerate(viewer.lines("log")) if line.split()[0] == "3")
        await viewer.click("log", 5, row)
        assert viewer.position == viewer.playback.decisions[2].start

    watch(replays, act)


def test_a_decision_chosen_with_the_keyboard(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home", "tab", "down", "down", "down", "up", "enter")
        assert viewer.position == viewer.playback.decisions[2].start
        await viewer.press("tab", "end", "enter")
        assert viewer.position == viewer.playback.decisions[-1].start
        await viewer.press("right")
        assert viewer.position == viewer.playback.decisions[-1].start + 1

    watch(replays, act)


def test_the_wheel_scrolls_the_list_until_the_game_moves_on(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home")
        log = viewer.app.query_one("#log")
        for _ in range(5):
            log.post_message(MouseScrollDown(log, 1, 1, 0, 0, 0, False, False, False))
        await viewer.pilot.pause()
        numbers = [int(line.split()[0]) for line in viewer.lines("log")[1:]]
        assert 16 in numbers and 1 not in numbers
        await viewer.press("down")
        assert int(viewer.lines("log")[1].split()[0]) == 1

    watch(replays, act)


def test_esc_leaves_the_list_of_decisions(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home", "tab", "down", "escape")
        assert viewer.position == 0
        await viewer.press("down")
        assert viewer.position == viewer.playback.decisions[1].start

    watch(replays, act)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_leaving(watch, replays, key):
    async def act(viewer):
        await viewer.press(key)
        assert not viewer.app.is_running or viewer.app._exit

    watch(replays, act)


def test_without_room_for_the_list_the_keys_stay_as_they_are(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home", "tab", "down")
        assert viewer.position == viewer.playback.decisions[1].start
        assert "no room for the list of decisions: c makes some" in viewer.notices()

    watch(replays, act, size=(80, 24))


def test_it_pauses_by_itself_at_near_deaths_when_asked_to(watch, replays):
    async def act(viewer):
        dangers = jumps.dangers(viewer.playback).tolist()
        await viewer.press("space", "home", "m")
        assert "pauses" in viewer.notices()[-1]
        viewer.player.speed = math.inf
        for danger in dangers[:2]:
            await viewer.press("space")
            await viewer.until(lambda: not viewer.player.playing)
            assert viewer.position == danger
        await viewer.press("m", "home", "space")
        await viewer.until(lambda: not viewer.player.playing)
        assert viewer.position == viewer.playback.length

    watch(replays, act)
