"""NLE's recording of a game, read back by NLE's own converter."""

import numpy as np
import pytest
from nle.dataset import Converter

from experiments.config.models import EnvConfig
from experiments.errors import UserError
from experiments.playback.live import LivePlayback
from experiments.recordings.ttyrec import write_ttyrec
from experiments.replays.recorder import game_settings
from experiments.runs.run import open_run
from experiments.training.rollout import environment

ROOM = 4_000  # frames
SEED, SEED_OF_INTRO = 3, 8  # of games that begin at once, and after two --More--


def read(path):
    """Returns characters, colours, cursors and keys of a ttyrec, a row a key."""
    chars, colors = np.zeros((ROOM, 24, 80), np.uint8), np.zeros((ROOM, 24, 80), np.int8)
    cursors, times = np.zeros((ROOM, 2), np.int16), np.zeros(ROOM, np.int64)
    keys, scores = np.zeros(ROOM, np.uint8), np.zeros(ROOM, np.int32)
    converter = Converter(24, 80, 3)
    converter.load_ttyrec(str(path))
    n = ROOM - converter.convert(chars, colors, cursors, times, keys, scores)
    return chars[:n], colors[:n], cursors[:n], bytes(keys[:n])


def play(finished_run, seed, max_turns):
    agent, _ = open_run(finished_run).checkpoint()
    config = EnvConfig(game="nethack", max_turns=max_turns)
    rng, settings = np.random.default_rng(0), game_settings(config)
    return LivePlayback(environment(config), agent, seed, rng, "a game", settings)


@pytest.mark.nethack
@pytest.mark.parametrize(("seed", "max_turns"), [(SEED, 150), (SEED_OF_INTRO, 150), (SEED, None)])
def test_the_ttyrec_holds_the_film(finished_run, tmp_path, seed, max_turns):
    playback = play(finished_run, seed, max_turns)
    playback.play_to(ROOM - 100)
    path = tmp_path / "game.ttyrec3.bz2"
    write_ttyrec(path, playback.settings, playback.seed, playback.keys)
    chars, colors, cursors, keys = read(path)
    intro = keys.index(playback.keys)
    closing = len(keys) - intro - playback.length
    assert (intro > 0) == (seed == SEED_OF_INTRO)
    assert (closing > 0) == playback.terminated == (max_turns is None)
    for position in range(playback.length + (closing > 0)):
        screen = playback.screens[position]
        assert np.array_equal(chars[intro + position], screen.chars)
        assert np.array_equal(colors[intro + position], screen.colors)
        assert tuple(cursors[intro + position]) == screen.cursor
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("game", "name", "said"),
    [
        ("stub", "game.ttyrec3.bz2", "not the stub"),
        ("nethack", "game.ttyrec", "name it game.ttyrec3.bz2"),
        ("nethack", "none/game.ttyrec3.bz2", "no folder"),
    ],
)
def test_mistakes_are_told(tmp_path, game, name, said):
    with pytest.raises(UserError, match=said):
        write_ttyrec(tmp_path / name, {"game": game}, 1, b"j")
    assert not list(tmp_path.iterdir())
