"""GIF and MP4: read back, they show every keystroke, for as long as they should."""

import os

import imageio.v3 as iio
import numpy as np
import pytest
from helpers.sketched import Sketch, corners
from PIL import Image, ImageSequence

from envs.data.glyphs import STONE
from experiments.errors import UserError
from experiments.outputs import whole_file
from experiments.playback.live import LivePlayback
from experiments.recordings import gif, mp4
from experiments.recordings.pictures import Pictures
from experiments.recordings.video import start_times, ticks, write_gif, write_mp4
from experiments.runs.run import open_run
from experiments.training.rollout import environment

WRITERS = [(write_gif, "game.gif"), (write_mp4, "game.mp4")]
SEED = 1_000_001


@pytest.fixture(scope="module")
def playback(finished_run):
    """A game of the stub."""
    run = open_run(finished_run)
    agent, _ = run.checkpoint()
    playback = LivePlayback(
        environment(run.config.env), agent, SEED, np.random.default_rng(0), "stub"
    )
    playback.play_out()
    assert playback.length > 40
    return playback


def frames_of(path):
    """The pictures of a GIF as a player composes them, and the hundredths of a second of each."""
    with Image.open(path) as image:
        pairs = [
            (np.asarray(frame.convert("RGB")), frame.info["duration"] // 10)
            for frame in ImageSequence.Iterator(image)
        ]
    return [frame for frame, _ in pairs], [stays for _, stays in pairs]


def at_the_end_of(times, frames, stays):
    """What is shown just before each time, in hundredths of a second."""
    ends = np.cumsum(stays)
    return [frames[int(np.searchsorted(ends, time))] for time in times]


@pytest.mark.parametrize("speed", [12.0, 20.0, 50.0])
def test_a_gif_shows_every_keystroke_at_its_time(playback, speed, tmp_path):
    path = tmp_path / "game.gif"
    write_gif(path, playback, first=3, last=40, speed=speed, width=480)
    pictures = Pictures(playback, 3, 40, 480)
    frames, stays = frames_of(path)
    ends = np.rint(start_times(playback, 3, 40, speed)[1:] * 100)
    assert sum(stays) == ends[-1] and min(stays) >= 2
    for position, shown in zip(range(3, 41), at_the_end_of(ends, frames, stays), strict=True):
        assert np.array_equal(shown, pictures.rgb(position)), position


def test_a_gif_repeats_for_ever_and_has_the_size_of_its_pictures(playback, tmp_path):
    write_gif(tmp_path / "game.gif", playback, last=3, width=640)
    with Image.open(tmp_path / "game.gif") as image:
        assert image.info["loop"] == 0
        assert image.size == Pictures(playback, 0, 3, 640).size


def test_a_gif_merges_equal_pictures_and_parts_what_changes_far_apart():
    one, two = np.zeros((2, 60, 40), np.uint8)
    two[5, 7], two[50, 9] = 1, 2
    equal = list(gif.images([one, one, two, two], [8, 8, 8, 8]))
    assert len(equal) == 2
    assert [image.count(b"\x21\xf9\x04") for image in equal] == [1, 2]  # graphic controls
    assert [image.count(b"\x21\xf9\x04") for image in gif.images([one, two], [3, 3])] == [1, 1]
    assert len(list(gif.images([one, two, one], [8, 0, 8]))) == 1


def test_above_50_pictures_a_second_a_gif_leaves_some_out_and_keeps_its_time(playback, tmp_path):
    path = tmp_path / "game.gif"
    write_gif(path, playback, last=40, speed=300, width=480)
    frames, stays = frames_of(path)
    assert min(stays) >= 2 and len(frames) < 30
    assert sum(stays) == round(start_times(playback, 0, 40, 300)[-1] * 100)
    assert np.array_equal(frames[-1], Pictures(playback, 0, 40, 480).rgb(40))


@pytest.mark.parametrize("speed", [12.0, 60.0])
def test_an_mp4_has_a_frame_for_every_keystroke_and_shows_it(playback, speed, tmp_path):
    path = tmp_path / "game.mp4"
    write_mp4(path, playback, first=3, last=40, speed=speed, width=480)
    pictures = Pictures(playback, 3, 40, 480)
    frames = iio.imread(path)
    begins = np.rint(start_times(playback, 3, 40, speed) * speed).astype(int)
    assert frames.shape == (begins[-1], pictures.size[1], 480, 3)
    for position, begin in zip(range(3, 41), begins, strict=False):
        error = np.abs(frames[begin].astype(int) - pictures.rgb(position))
        assert error.mean() < 3, position
    about = iio.immeta(path)
    assert about["fps"] == speed and about["codec"] == "h264"
    assert about["pix_fmt"].startswith("yuv420p")
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")  # begins at once


def test_a_decisions_first_picture_stays_twice_as_long_and_the_last_of_all_two_seconds():
    playback = Sketch([{}] * 6)  # decisions begin at 0 and 2
    assert np.diff(start_times(playback, 0, 5, 10)).tolist() == pytest.approx(
        [0.2, 0.1, 0.2, 0.1, 0.1, 2]
    )
    assert np.diff(start_times(playback, 1, 3, 10)).tolist() == pytest.approx([0.1, 0.2, 2])


def test_what_is_too_short_to_be_shown_goes_to_the_next_picture():
    times = np.array([0, 0.1, 0.2, 0.3, 2.3])
    assert ticks(times, 10) == [1, 1, 1, 20]
    assert ticks(times, 5) == [0, 1, 1, 10]
    assert ticks(times, 10, least=2) == [0, 2, 0, 21]
    assert ticks(np.array([0, 0.1]), 1) == [1]


def test_a_new_level_of_another_size_stays_in_the_same_frame(tmp_path):
    playback = Sketch([corners(8, 25, 12, 40), corners(0, 1, 20, 77), {}])
    for write, name in WRITERS:
        write(tmp_path / name, playback, width=480)
    frames, _ = frames_of(tmp_path / "game.gif")
    pictures = Pictures(playback, 0, 2, 480)
    assert np.array_equal(frames[-1], pictures.rgb(2))
    assert iio.imread(tmp_path / "game.mp4").shape[1:3] == frames[0].shape[:2]
    assert (playback.screens[2].glyphs == STONE).all()


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_mistakes_are_told(playback, write, name, tmp_path):
    with pytest.raises(UserError, match=r"nowhere.*there is no folder"):
        write(tmp_path / "nowhere" / name, playback)
    with pytest.raises(UserError, match="can't be written"):
        write(tmp_path, playback, last=1)
    with pytest.raises(UserError, match="no part from keystroke 9 to 8"):
        write(tmp_path / name, playback, first=9, last=8)
    for speed in (0, -1, 2_000, float("nan")):
        with pytest.raises(UserError, match="keystrokes per second"):
            write(tmp_path / name, playback, speed=speed)
    with pytest.raises(UserError, match="pixels wide"):
        write(tmp_path / name, playback, width=100)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("write", "name"), WRITERS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_broken_off_recording_leaves_the_old_file_and_nothing_else(
    playback, write, name, error, tmp_path, monkeypatch
):
    (tmp_path / name).write_text("old")
    draw, calls = Pictures._draw, []

    def fail(*arguments):
        calls.append(arguments)
        if len(calls) == 5:
            raise error
        return draw(*arguments)

    monkeypatch.setattr(Pictures, "_draw", fail)
    with pytest.raises(error):
        write(tmp_path / name, playback, last=20, width=480)
    assert os.listdir(tmp_path) == [name] and (tmp_path / name).read_text() == "old"


def test_what_ffmpeg_complains_of_is_told(playback, tmp_path, monkeypatch):
    monkeypatch.setattr(mp4, "_FILE", ("-f", "no-such-format"))
    with pytest.raises(UserError, match=r"game.mp4: can't be written: ffmpeg: .*no-such-format"):
        write_mp4(tmp_path / "game.mp4", playback, last=40, width=480)
    assert os.listdir(tmp_path) == []


def test_a_whole_file_takes_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "file"
    path.write_text("old")
    with whole_file(path) as partial:
        partial.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new" and os.listdir(tmp_path) == ["file"]
