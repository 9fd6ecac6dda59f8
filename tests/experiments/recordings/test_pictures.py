"""Pictures of a game: the part of the map that was seen, and what the strip below it says."""

import numpy as np
import pytest
from helpers.sketched import DOOR, FLOOR, NEWT, STATS, Sketch, corners
from hypothesis import given
from hypothesis import strategies as st

from envs.data.glyphs import STONE
from envs.nethack import tiles
from experiments.errors import UserError
from experiments.playback.screens import SCREENS_PER_KEYFRAME, Screens
from experiments.recordings import caption
from experiments.recordings.caption import BAR_COLUMN, BAR_COLUMNS, Caption, colors, letters
from experiments.recordings.pictures import Pictures, explored, fit
from experiments.recordings.scaling import scaled


def read(strip):
    """The text of a strip, by comparing each of its cells with every letter."""
    pieces = letters(strip.shape[1] // caption.CAPTION_COLUMNS)
    _, line, column = pieces.shape
    known = {piece.tobytes(): chr(n % 128) for n, piece in reversed(list(enumerate(pieces)))}
    known[pieces[0].tobytes()] = " "
    left, top = (strip.shape[1] - caption.CAPTION_COLUMNS * column) // 2, line // 3
    cells = strip[
        top : top + caption.CAPTION_LINES * line, left : left + caption.CAPTION_COLUMNS * column
    ]
    cells = cells.reshape(caption.CAPTION_LINES, line, caption.CAPTION_COLUMNS, column).swapaxes(
        1, 2
    )
    return ["".join(known.get(cell.tobytes(), "#") for cell in row).rstrip() for row in cells]


def strip_of(pictures, position):
    """The strip below the map."""
    picture = list(pictures)[position - pictures.first]
    ink = len(pictures.palette) - len(colors())
    height = Caption(pictures.size[0]).height
    return picture[pictures.size[1] - height :] - np.uint8(ink)


@pytest.mark.parametrize("width", [480, 641, 960, 1280])
@pytest.mark.parametrize(
    "reach", [(9, 28, 11, 35), (1, 1, 20, 78), (0, 0, 20, 40), (10, 0, 10, 78)]
)
def test_every_picture_has_the_same_even_size_and_is_no_higher_than_16_to_9(width, reach):
    pictures = Pictures(Sketch([corners(*reach), {}, {}]), 0, 2, width)
    columns, rows = pictures.size
    assert (columns, columns % 2, rows % 2) == (width - width % 2, 0, 0)
    assert columns / rows > 1.77
    for position, picture in enumerate(pictures):
        assert picture.shape == (rows, columns) and picture.dtype == np.uint8
        assert picture.max() < len(pictures.palette) <= 255
        assert np.array_equal(pictures.rgb(position), pictures.palette[picture])


def test_the_map_is_drawn_in_tiles_and_the_hero_framed():
    playback = Sketch([corners(1, 10, 20, 67)])  # 60 columns with those around: 16 pixels each
    pictures = Pictures(playback, 0, 0, 960)
    drawn = pictures.rgb(0)[: 21 * 16]
    expected = tiles.draw(playback.screens[0].glyphs[:, 9:69])
    hero = drawn[10 * 16 : 11 * 16, 21 * 16 : 22 * 16]
    assert (hero[[0, -1]] == caption.INKS[caption.BLUE]).all()
    assert (hero[:, [0, -1]] == caption.INKS[caption.BLUE]).all()
    hero[:] = expected[10 * 16 : 11 * 16, 21 * 16 : 22 * 16]
    assert np.array_equal(drawn, expected)


def test_the_part_shown_is_what_was_seen_in_the_whole_stretch_and_one_square_around():
    playback = Sketch([{(5, 20): FLOOR}, {(18, 60): DOOR}, {(2, 3): FLOOR}])
    assert explored(playback, 0, 0) == (slice(4, 7), slice(19, 22))
    assert explored(playback, 0, 1) == (slice(4, 20), slice(19, 62))
    assert explored(playback, 0, 2) == (slice(1, 20), slice(2, 62))
    assert explored(Sketch([{}]), 0, 0) == (slice(0, 1), slice(0, 1))
    assert explored(Sketch([{(0, 0): FLOOR, (20, 78): FLOOR}]), 0, 0) == (
        slice(0, 21),
        slice(0, 79),
    )


@given(
    st.integers(0, 20), st.integers(0, 20), st.integers(0, 78), st.integers(0, 78),
    st.integers(480, 3_840), st.floats(0.3, 0.6),
)  # fmt: skip
def test_all_that_was_seen_fits_as_large_as_there_is_room(row, bottom, column, right, width, share):
    height = int(width * share)
    seen = (
        slice(min(row, bottom), max(row, bottom) + 1),
        slice(min(column, right), max(column, right) + 1),
    )
    (rows, columns), side = fit(seen, width, height)
    for shown, part, least, limit in ((rows, seen[0], 9, 21), (columns, seen[1], 24, 79)):
        assert 0 <= shown.start <= part.start < part.stop <= shown.stop <= limit
        assert shown.stop - shown.start >= least
    assert side * (rows.stop - rows.start) <= height
    assert side * (columns.stop - columns.start) <= width
    must = max(24, seen[1].stop - seen[1].start)
    high = max(9, seen[0].stop - seen[0].start)
    assert (side + 1) * must > width or (side + 1) * high > height


def test_the_strip_tells_message_state_macro_action_and_keys():
    playback = Sketch([{}] * 6, messages=["", "", "You hear a door open."])
    pictures = Pictures(playback, 1, 5)
    state = "hp 12 of 16   ############  depth 3   xp level 0   turn 1,234   score 0"
    title = "sketched, game 0"
    assert read(strip_of(pictures, 1)) == ["", state, f"explore  h{title:>69}"]
    assert read(strip_of(pictures, 2)) == [
        "You hear a door open.",
        state,
        f"explore  hj{title:>68}",
    ]
    assert read(strip_of(pictures, 4)) == ["", state, f"search  20{title:>69}"]
    assert read(strip_of(pictures, 5)) == ["", state, f"killed by a newt{title:>63}"]


@pytest.mark.parametrize(
    ("notice", "cause", "terminated", "said"),
    [
        ("", "killed by a newt", True, "killed by a newt"),
        ("", None, True, "task done"),
        ("", None, False, "alive at the limit of the game's length"),
        ("the replay is damaged", None, False, "alive when the replay ends"),
    ],
)
def test_the_last_picture_of_a_game_says_how_it_ended(notice, cause, terminated, said):
    playback = Sketch([{}], cause=cause, terminated=terminated)
    playback.notice = notice
    assert playback.ending == said
    assert said in read(strip_of(Pictures(playback, 0, 0), 0))[2]


@pytest.mark.parametrize("width", [480, 962, 1920])
def test_text_that_is_too_long_stays_in_its_place(width):
    strip = Caption(width).draw("W" * 200, STATS, "W" * 20, "W" * 11 * 99, "W" * 200)
    cell = width // caption.CAPTION_COLUMNS
    left, top = (width - caption.CAPTION_COLUMNS * cell) // 2, 2 * cell // 3
    for margin in (strip[:top], strip[-top:], strip[:, :left], strip[:, left + 79 * cell :]):
        assert not margin.any()
    assert read(strip)[0] == "W" * 79
    assert read(strip)[2] == "W" * 20 + "  " + "W" * 11 + "  " + "W" * 44


def test_of_many_keys_the_last_ones_are_shown():
    for count in (60, 61, 62, 119, 120, 200):
        keys = "".join(chr(97 + n % 26) for n in range(count))
        line = read(Caption(960).draw("", STATS, "explore", keys, "title"))[2]
        shown = line.removesuffix("title").removeprefix("explore").strip()
        assert 0 < len(shown) <= 79 - 7 - 2 - 5 - 2
        assert keys.endswith(shown)


def test_the_bar_is_as_long_as_the_hero_is_healthy_and_has_the_colour_of_danger():
    cell = 12
    left, width = 6 + BAR_COLUMN * cell, BAR_COLUMNS * cell
    well, hurt, badly, missing = range(len(colors()) - 4, len(colors()))
    for points, color in ((16, well), (11, well), (10, hurt), (6, hurt), (5, badly), (0, badly)):
        stats = STATS._replace(hit_points=points)
        strip = Caption(960).draw("", stats, "", "", "")
        bar = strip[8 + 24 + 12, left : left + width].tolist()
        filled = round(points / 16 * width)
        assert bar == [color] * filled + [missing] * (width - filled)


def test_tiles_of_any_size_keep_black_black_and_the_colours_of_the_originals():
    for side in (6, 12, 15, 16, 26, 32):
        drawn, palette = scaled(side)
        assert drawn.shape == (len(tiles.tiles()), side, side) and drawn.max() < len(palette)
        assert np.array_equal(palette[:17], tiles.palette())
        assert not drawn[STONE].any() and drawn[NEWT].any()
    assert np.array_equal(scaled(16)[0], tiles.tiles())
    assert np.array_equal(scaled(32)[0], tiles.tiles().repeat(2, axis=1).repeat(2, axis=2))


@pytest.mark.parametrize("width", [0, 479, 3_841])
def test_a_width_that_nobody_can_read_is_refused(width):
    with pytest.raises(UserError, match="choose from 480 to 3,840"):
        Pictures(Sketch([{}]), 0, 0, width)


def test_screens_in_order_are_those_that_one_gets_singly():
    rng, screens = np.random.default_rng(3), Screens()
    for _ in range(SCREENS_PER_KEYFRAME + 30):
        screens.append({
            "tty_chars": rng.integers(32, 127, (24, 80), np.uint8),
            "tty_colors": rng.integers(0, 16, (24, 80), np.int8),
            "glyphs": rng.integers(0, 5_976, (21, 79), np.int16),
            "tty_cursor": rng.integers(0, 24, 2, np.uint8), "blstats": rng.integers(0, 99, 27),
        })  # fmt: skip
    for first, last in (
        (0, 0),
        (0, 40),
        (SCREENS_PER_KEYFRAME - 3, SCREENS_PER_KEYFRAME + 29),
        (SCREENS_PER_KEYFRAME, SCREENS_PER_KEYFRAME + 1),
    ):
        found = list(screens.between(first, last))
        assert len(found) == last - first + 1
        for place, screen in zip(range(first, last + 1), found, strict=True):
            single = screens[place]
            for name in ("chars", "colors", "glyphs"):
                assert np.array_equal(getattr(screen, name), getattr(single, name))
            assert (screen.cursor, screen.stats) == (single.cursor, single.stats)
