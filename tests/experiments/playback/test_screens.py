"""Screens: every one of them comes back as it was."""

import numpy as np
import pytest

from envs.knowledge.statistics import Statistics
from experiments.playback.screens import SCREENS_PER_KEYFRAME, Screens, line_of
from experiments.replays.digest import digest

LENGTH = 2 * SCREENS_PER_KEYFRAME + 40


def observations(length):
    """A game in which a few cells change with every key, all of them now and then."""
    rng = np.random.default_rng(7)
    seen = {
        "tty_chars": np.full((24, 80), 32, np.uint8),
        "tty_colors": np.zeros((24, 80), np.int8),
        "glyphs": np.full((21, 79), 2359, np.int16),
        "tty_cursor": np.zeros(2, np.uint8),
        "blstats": np.zeros(27, np.int64),
    }
    for n in range(length):
        cells = 1920 if n % 100 == 99 else rng.integers(0, 12)
        places = rng.integers(0, 1920, cells)
        seen["tty_chars"].ravel()[places] = rng.integers(32, 256, cells)
        seen["tty_colors"].ravel()[places] = rng.integers(0, 32, cells)
        seen["glyphs"].ravel()[places % 1659] = rng.integers(0, 5976, cells)
        seen["tty_cursor"][:] = rng.integers(0, 24), rng.integers(0, 80)
        seen["blstats"][:] = rng.integers(-9, 100_000, 27)
        yield seen


@pytest.fixture(scope="module")
def kept():
    screens, copies = Screens(), []
    for seen in observations(LENGTH):
        screens.append(seen)
        copies.append({key: value.copy() for key, value in seen.items()})
    return screens, copies


@pytest.mark.parametrize(
    "place",
    [
        0,
        1,
        99,
        SCREENS_PER_KEYFRAME - 1,
        SCREENS_PER_KEYFRAME,
        SCREENS_PER_KEYFRAME + 1,
        2 * SCREENS_PER_KEYFRAME,
        LENGTH - 1,
    ],
)
def test_a_screen_is_the_observation_of_its_place(kept, place):
    screens, copies = kept
    screen, seen = screens[place], copies[place]
    assert (screen.chars == seen["tty_chars"]).all()
    assert (screen.colors == seen["tty_colors"]).all()
    assert (screen.glyphs == seen["glyphs"]).all()
    assert screen.cursor == tuple(seen["tty_cursor"])
    assert screen.stats == Statistics(*seen["blstats"])


def test_a_screen_that_was_taken_stays_as_it_is(kept):
    screens, _ = kept
    screens[300].chars[:] = 0
    assert (screens[300].chars != 0).all()


def test_a_series_is_one_statistic_on_every_screen(kept):
    screens, copies = kept
    place = Statistics._fields.index("hit_points")
    expected = [seen["blstats"][place] for seen in copies]
    assert screens.series("hit_points").tolist() == expected
    assert screens.stats(5).hit_points == expected[5]


@pytest.mark.parametrize("place", [-1, LENGTH])
def test_there_is_no_screen_beyond_the_ends(kept, place):
    with pytest.raises(IndexError, match=f"{LENGTH} screens"):
        kept[0][place]


def test_what_was_cut_is_gone(kept):
    screens = Screens()
    for seen in observations(SCREENS_PER_KEYFRAME + 20):
        screens.append(seen)
    screens.cut(SCREENS_PER_KEYFRAME + 3)
    assert len(screens) == len(screens.series("turn")) == SCREENS_PER_KEYFRAME + 3
    assert (
        screens[SCREENS_PER_KEYFRAME + 2].chars == kept[1][SCREENS_PER_KEYFRAME + 2]["tty_chars"]
    ).all()


def test_screens_take_little_memory(kept):
    screens, _ = kept
    assert len(screens._changes) < LENGTH * 400  # of 7,160 bytes a screen


@pytest.mark.parametrize("key", ["tty_chars", "tty_colors", "tty_cursor"])
def test_the_digest_changes_with_anything_on_the_screen(key):
    seen = next(observations(1))
    before = digest(seen)
    seen[key].ravel()[1] += 1
    assert digest(seen) != before


def test_a_line_ends_with_its_last_character():
    chars = np.zeros(80, np.uint8)
    chars[:6] = list(b" a\xe9\0b ")
    assert line_of(chars) == " aé b"
