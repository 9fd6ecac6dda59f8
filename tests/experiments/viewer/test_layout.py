"""Everything has its place in a terminal of any size."""

from itertools import combinations
from pathlib import Path

import pytest

from experiments.playback.run_source import RunSource
from experiments.runs.run import open_run
from experiments.viewer.layout import ORDER, regions

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("width", [40, 80, 100, 117, 118, 120, 160, 250])
@pytest.mark.parametrize("notice", [False, True])
@pytest.mark.parametrize(("hand", "mapless"), [(False, False), (True, False), (False, True)])
def test_parts_do_not_overlap_and_stay_inside(width, notice, hand, mapless):
    for height in range(8 if mapless else 5, 90):
        placed = regions(width, height, 24, notice, hand, mapless)
        for region in placed.values():
            assert region.x >= 0 and region.y >= 0
            assert region.right <= width and region.bottom <= height
            assert region.width > 0 and region.height > 0
        for one, other in combinations(placed.values(), 2):
            assert not one.overlaps(other)
        assert hand == ("hand" in placed)
        assert notice == ("notice" in placed)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_game_has_all_its_columns(width, height):
    screen = regions(width, height, 24)["screen"]
    assert screen.width >= 80
    assert screen.height == (22 if height == 24 else 24)  # a line for the choice, one for keys


@pytest.mark.parametrize(("width", "height"), [(120, 40), (200, 60), (80, 60)])
def test_a_roomy_terminal_shows_every_part(width, height):
    assert set(regions(width, height, 24, notice=True, hand=True)) == set(ORDER)


def widgets(viewer):
    return [part for part in viewer.app.query("Lines") if part.display]


def assert_tidy(viewer):
    """Nothing overlaps or is cut; the game's screen is whole."""
    screen = viewer.app.screen.region
    parts = widgets(viewer)
    for part in parts:
        assert screen.contains_region(part.region), part.id
        for line in part._lines:
            assert line.cell_len <= part.region.width, (part.id, line.plain)
        assert len(part._lines) <= part.region.height, part.id
    for one, other in combinations(parts, 2):
        assert not one.region.overlaps(other.region), (one.id, other.id)
    drawn = "\n".join(line[:80].rstrip() for line in viewer.lines("screen"))
    rows = viewer.playback.screens[viewer.position].chars.tobytes().decode("latin-1")
    for row in range(24):
        assert rows[80 * row : 80 * row + 80].rstrip() in drawn


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_or_covered(watch, replays, size):
    async def act(viewer):
        await viewer.press("space", "home", "pagedown", "pagedown", "pagedown")
        assert_tidy(viewer)
        await viewer.press("x")
        assert_tidy(viewer)
        text = viewer.text()
        assert " points, alive" in text or " points, depth" in text

    watch(replays, act, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_by_hand_nothing_is_cut_or_covered(watch, live, size):
    async def act(viewer):
        await viewer.press("space", "h", "s")
        assert_tidy(viewer)
        assert "F2" in viewer.text()

    watch(live, act, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_choice_decisions_and_a_hint_at_keys_can_be_reached(watch, replays, size):
    async def act(viewer):
        await viewer.press("space", "home", "down")
        assert "? help" in viewer.text("footer")
        await viewer.press("c")
        names = viewer.player.choice.macros
        assert all(name in viewer.text("choice") for name in names)
        assert "why it ended" in viewer.text("log")
        assert "? help" in viewer.text("footer")
        before = viewer.position
        await viewer.press("down")  # keys go on working
        assert viewer.position > before
        await viewer.press("tab", "up", "enter")
        assert viewer.position == before
        await viewer.press("c")
        assert viewer.app.query_one("#screen").display

    watch(replays, act, size=size)


def test_the_layout_follows_the_terminal(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home")
        assert not viewer.app.query_one("#log").display
        for size in (SIZES[2], SIZES[1], SIZES[0]):
            await viewer.pilot.resize_terminal(*size)
            await viewer.pilot.pause()
            assert_tidy(viewer)
            assert viewer.app.query_one("#log").display == (size != SIZES[0])

    watch(replays, act, size=SIZES[0])


@pytest.mark.parametrize("size", [(60, 20), (79, 24), (80, 10), (10, 3), (10, 50)])
def test_a_terminal_that_is_too_small_gets_what_fits(watch, replays, size):
    async def act(viewer):
        await viewer.press("right")
        assert viewer.position == 1
        assert "NetHack's screen needs 80x24"[: size[0] - 3] in viewer.text("notice")

    watch(replays, act, size=size)


def test_any_size_will_do(watch, replays):
    async def act(viewer):
        for size in [
            (1, 1),
            (3, 60),
            (15, 40),
            (39, 30),
            (41, 90),
            (300, 100),
            (118, 24),
            (117, 33),
        ]:
            await viewer.pilot.resize_terminal(*size)
            await viewer.press("right")
        assert viewer.position == 8
        assert_tidy(viewer)

    watch(replays, act, size=SIZES[0])


@pytest.mark.nethack
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("run", ["thompson", "ppo"])
def test_nothing_is_cut_or_covered_in_nethack(watch, run, size):
    async def act(viewer):
        await viewer.press("space", "g")
        await viewer.type("200")
        await viewer.press("enter")
        await viewer.until(lambda: viewer.player.goal is None)
        assert_tidy(viewer)

    watch(RunSource(open_run(Path(run)).folder, live=True), act, size=size)
