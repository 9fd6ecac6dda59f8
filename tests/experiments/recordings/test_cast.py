"""Asciicasts: what a terminal shows of them is what the playback shows."""

import json

import numpy as np
import pyte
import pytest

from experiments.config.models import EnvConfig
from experiments.errors import UserError
from experiments.playback.events import dangers
from experiments.playback.live import LivePlayback
from experiments.playback.run_source import RunSource
from experiments.playback.screens import Screen
from experiments.recordings.cast import HEIGHT, _screen_changes, write_cast
from experiments.runs.run import open_run
from experiments.training.rollout import environment

# The terminal's colours (ECMA-48; bright ones as aixterm has them) in NetHack's order (color.h);
# bright black stands in for black.
NAMES = pyte.graphics.FG_ANSI | pyte.graphics.FG_AIXTERM
COLORS = [NAMES[code] for code in (90, *range(31, 38), 90, *range(91, 98))]


@pytest.fixture
def playback(finished_run):
    playback = RunSource(finished_run, live=True).open(1)
    playback.play_out()
    return playback


def read(path):
    head, *events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return head, events


def shown(events):
    """Yields the time and the emulated terminal after every event that draws NetHack's screen."""
    terminal = pyte.Screen(80, HEIGHT)
    stream = pyte.Stream(terminal)
    for time, kind, text in events:
        if kind == "o":
            stream.feed(text)
            yield time, terminal


def text_of(screen):
    return [bytes(row).replace(b"\0", b" ").decode("latin-1") for row in screen.chars]


def assert_same(terminal, screen):
    assert terminal.display[:24] == text_of(screen)
    assert (terminal.cursor.y, terminal.cursor.x) == screen.cursor
    seen = (screen.chars > ord(" ")) | (screen.colors & 16 > 0)
    for row, column in np.argwhere(seen).tolist():
        color, cell = int(screen.colors[row, column]), terminal.buffer[row][column]
        assert cell.fg == COLORS[color % 16] and cell.reverse == bool(color & 16)


def assert_all_shown(playback, events, first, last):
    """Every position is shown in order; an event more only announces the next macro-action."""
    position, ended = first, False
    for _, terminal in shown(events):
        if ended:
            assert_same(terminal, playback.screens[position])
            macro = playback.decision_at(position).macro
            assert terminal.display[25].split()[1:] == [macro]
            ended, position = False, position + 1
            continue
        assert_same(terminal, playback.screens[position])
        begins = playback.decision_at(position).start == position
        ended = begins and first < position < last
        position += not ended
    assert position == last + 1


def test_a_terminal_shows_the_film(playback, tmp_path):
    write_cast(tmp_path / "game.cast", playback)
    head, events = read(tmp_path / "game.cast")
    assert (head["version"], head["width"], head["height"]) == (2, 80, 26)
    assert head["title"] == playback.title
    assert_all_shown(playback, events, 0, playback.length)


def test_a_part_of_a_film(playback, tmp_path):
    write_cast(tmp_path / "game.cast", playback, first=7, last=30)
    assert_all_shown(playback, read(tmp_path / "game.cast")[1], 7, 30)


def test_times_are_those_of_the_keystrokes_and_the_pauses(playback, tmp_path):
    write_cast(tmp_path / "game.cast", playback, speed=10)
    _, events = read(tmp_path / "game.cast")
    times = [event[0] for event in events]
    begun = len({decision.start for decision in playback.decisions if decision.keys})
    assert times == sorted(times) and times[0] == 0
    assert times[-1] == pytest.approx(playback.length / 10 + begun * 0.4, abs=1e-3)


def test_markers_tell_new_depths_and_death(playback, tmp_path):
    write_cast(tmp_path / "game.cast", playback)
    marks = [text for _, kind, text in read(tmp_path / "game.cast")[1] if kind == "m"]
    depths = [f"depth {depth}" for depth in range(2, playback.outcome().max_depth + 1)]
    cause = playback.outcome().cause
    assert [m for m in marks if not m.startswith("danger: HP ")] == depths + [cause] * bool(cause)
    assert sum(m.startswith("danger: HP ") for m in marks) == len(dangers(playback))


def test_what_is_drawn_are_the_cells_that_changed():
    one = Screen(np.full((24, 80), 32, np.uint8), np.zeros((24, 80), np.int8), (0, 0), None, None)
    chars, colors = one.chars.copy(), one.colors.copy()
    chars[2, 5:7], colors[2, 5:7] = (ord("d"), ord("@")), (1, 16 + 15)
    two = Screen(chars, colors, (0, 0), None, None)
    assert _screen_changes(one, two) == "\x1b[3;6H\x1b[0;31md\x1b[0;7;97m@"
    assert _screen_changes(two, one) == "\x1b[3;6H\x1b[0;90m  "  # blanks: any colour will do
    assert _screen_changes(two, two) == ""


def test_mistakes_are_told(playback, tmp_path):
    for path, arguments, said in (
        (tmp_path / "none" / "game.cast", {}, "there is no folder"),
        (tmp_path / "game.cast", {"first": 9, "last": 8}, "no part from keystroke 9 to 8"),
        (tmp_path / "game.cast", {"speed": 0}, "above 0"),
    ):
        with pytest.raises(UserError, match=said):
            write_cast(path, playback, **arguments)
    assert not list(tmp_path.iterdir())


@pytest.mark.nethack
def test_a_terminal_shows_a_game_of_nethack(finished_run, tmp_path):
    agent, _ = open_run(finished_run).checkpoint()
    env = environment(EnvConfig(game="nethack"))
    playback = LivePlayback(env, agent, 1, np.random.default_rng(0), "a game")
    playback.play_to(300)
    write_cast(tmp_path / "game.cast", playback)
    assert_all_shown(playback, read(tmp_path / "game.cast")[1], 0, playback.length)
