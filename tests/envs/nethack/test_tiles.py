"""Promises of the tiles: they are NLE's, and gymnasium can playback every game with them."""

from __future__ import annotations

import warnings

import gymnasium as gym
import imageio.v3 as iio
import numpy as np
import pytest
from gymnasium.wrappers import RecordVideo
from nle import nethack as nh

import envs  # noqa: F401  (registers the ids)
from envs.nethack import tiles

MAP = (21, 79)
GIANT_ANT = 0  # NLE's renderer leaves this glyph undrawn


def test_every_glyph_has_a_tile_and_no_glyph_is_blank():
    assert tiles.tiles().shape == (nh.MAX_GLYPH + 1, 16, 16)
    assert tiles.palette().shape == (17, 3)
    assert tiles.tiles().max() == 16
    blank = tiles.draw(np.array([[nh.GLYPH_CMAP_OFF, nh.MAX_GLYPH]]))
    assert not blank.any()


def test_a_tile_stands_where_its_glyph_does():
    glyphs = np.full((3, 4), nh.GLYPH_CMAP_OFF)
    glyphs[1, 2] = nh.GLYPH_MON_OFF + 100
    picture = tiles.draw(glyphs)
    assert picture.shape == (48, 64, 3) and picture.dtype == np.uint8
    expected = tiles.palette()[tiles.tiles()[glyphs[1, 2]]]
    assert np.array_equal(picture[16:32, 32:48], expected)
    picture[16:32, 32:48] = 0
    assert not picture.any()


def test_a_mosaic_lays_pieces_side_by_side():
    pieces = np.array([[[0, 1]], [[2, 3]]])  # two pieces, one high and two wide
    assert tiles.mosaic(pieces, np.array([[0, 1], [1, 1]])).tolist() == [[0, 1, 2, 3], [2, 3, 2, 3]]


@pytest.mark.nethack
def test_the_tiles_of_all_glyphs_are_those_that_nle_draws():
    game = nh.Nethack(observation_keys=("glyphs",), ttyrec=None)
    game.setup_tiles()
    picture = np.zeros(nh.TILE_RENDER_SHAPE, np.uint8)
    squares = MAP[0] * MAP[1]
    for first in range(GIANT_ANT + 1, nh.MAX_GLYPH, squares):
        glyphs = np.arange(first, first + squares).clip(max=nh.MAX_GLYPH - 1).reshape(MAP)
        game._obs_buffers["glyphs"][:] = glyphs
        game.draw_frame(picture)
        assert np.array_equal(tiles.draw(glyphs), picture)
    game.close()


def playback(name, folder, steps, **settings):
    """Plays with RecordVideo around the game; returns the frames of the video, and the last one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        env = RecordVideo(
            gym.make(name, render_mode="rgb_array", **settings), str(folder / "videos")
        )
        env.reset(seed=1)
        for _ in range(steps):
            env.step(env.action_space.sample())
        last = env.render()
        env.close()
    (video,) = (folder / "videos").glob("*.mp4")
    return iio.imread(video), last


@pytest.mark.parametrize(
    ("name", "settings"),
    [("yendor/Stub-v0", {}), ("yendor/NetHackMacro-v0", {"game": "stub"})],
)
def test_gymnasium_films_the_stub(name, settings, tmp_path):
    frames, last = playback(name, tmp_path, steps=3, **settings)
    assert frames.shape == (4, 336, 1264, 3)
    assert last.shape == (336, 1264, 3) and last.dtype == np.uint8
    assert np.abs(frames[-1].astype(int) - last).mean() < 5  # the video is nearly the picture


@pytest.mark.nethack
@pytest.mark.parametrize("name", ["yendor/NetHack-v0", "yendor/NetHackMacro-v0"])
def test_gymnasium_films_nethack(name, tmp_path):
    frames, _ = playback(name, tmp_path, steps=3)
    assert frames.shape == (4, 336, 1264, 3)
    assert frames.any()
