"""Frames: what they show, and that they fit."""

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from envs.knowledge.statistics import Statistics
from experiments.frames.frame import frame
from experiments.playback.screens import Screen
from experiments.playback.snapshot import Snapshot
from experiments.replays.decisions import Choice, Decision

SIZES = [(80, 24), (80, 25), (100, 39), (80, 40), (80, 60), (120, 24), (130, 40), (200, 60)]
WITH_TABLE = [(80, 40), (80, 60), (120, 24), (130, 40), (200, 60)]
MACROS = ("explore", "fight", "search", "pray")


def snapshot():
    chars = np.full((24, 80), ord("."), np.uint8)
    chars[0], chars[1] = ord(" "), ord(" ")
    chars[0, :6] = list(b"Hello!")
    chars[23, :6] = list(b"Dlvl:1")
    choice = Choice(
        macros=MACROS,
        situation="threat: none, health: full",
        legal=np.array([True, True, True, False]),
        probabilities=np.array([0.25, 0.625, 0.125, 0.0]),
        estimates=np.array([0.5, 12.25, -3.0, 1234.0]),
        counts=np.array([1, 20, 4096, 0]),
        bounds=None,
        chosen=1,
    )
    past = tuple(
        Decision(n, "explore", 7, choice, b"." * n, "new hostile in view", n / 4)
        for n in range(11, 51)
    )
    stats = Statistics(*range(27))._replace(hit_points=9, max_hit_points=15)
    glyphs = np.zeros((21, 79), np.int16)
    screen = Screen(chars, np.full((24, 80), 7, np.uint8), (5, 5), glyphs, stats)
    return Snapshot(99, screen, Decision(51, "fight", 92, choice, b"Fj\x04k20s"), past, 82.5)


def with_choice(shown, choice):
    return replace(shown, decision=replace(shown.decision, choice=choice))


def draw(shown, width, height, **settings):
    console = Console(
        width=width, height=height, file=io.StringIO(), force_terminal=False, **settings
    )
    console.print(frame(shown, width, height, "thompson"))
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_frame_fits_its_terminal(width, height):
    lines = draw(snapshot(), width, height)
    assert len(lines) <= height
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_size_shows_the_map_and_the_decision(width, height):
    text = "\n".join(draw(snapshot(), width, height))
    for part in ("Hello!", "." * 80, "Dlvl:1", "51. fight", "^D", "20s", "82.5"):
        assert part in text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 39)])
def test_a_small_terminal_has_one_line_below_the_map(width, height):
    lines = draw(snapshot(), width, height)
    assert len(lines) == min(height, 25)
    assert " ".join(lines[-1].split()) == "51. fight Fj ^D k 20s reward 82.5 HP 9(15)"
    assert "explore" not in "\n".join(lines)


@pytest.mark.parametrize(("width", "height"), WITH_TABLE)
def test_the_table_tells_how_each_macro_action_stands(width, height):
    lines = draw(snapshot(), width, height)
    rows = [next(line for line in lines if f" {name} " in line) for name in ("explore", "search")]
    assert "25%" in rows[0]
    assert "12%" in rows[1]  # of 12.5: half to even
    assert "-3" in rows[1] and "4,096" in rows[1]
    assert "illegal" in next(line for line in lines if " pray " in line)
    chosen = [line for line in lines if "▶" in line]
    assert len(chosen) == 1
    assert "fight" in chosen[0] and " 12 " in chosen[0]
    assert any("threat: " in line for line in lines)


def test_the_interval_shows_where_the_agent_has_bounds():
    shown = snapshot()
    bounds = np.array([[0.0, 10.0, -4.0, 1000.0], [1.0, 20.0, -2.0, np.inf]])
    text = "\n".join(draw(with_choice(shown, replace(shown.choice, bounds=bounds)), 200, 60))
    assert "●" in text and "├" in text


def test_an_agent_without_estimates_has_no_such_columns():
    shown = snapshot()
    shown = with_choice(shown, replace(shown.choice, estimates=None, counts=None))
    text = "\n".join(draw(shown, 130, 40))
    assert "value" not in text and "count" not in text
    assert "25%" in text


@pytest.mark.parametrize(("width", "height"), [(80, 60), (120, 24), (130, 40)])
def test_the_last_decisions_come_newest_first(width, height):
    lines = draw(snapshot(), width, height)
    newest = next(n for n, line in enumerate(lines) if "50. explore" in line)
    assert "49. explore" in lines[newest + 1]
    assert "+12.5" in lines[newest] and "new hostile" in lines[newest]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_without_unicode_a_frame_is_ascii(width, height):
    console = Console(width=width, file=io.TextIOWrapper(io.BytesIO(), "ascii"))
    bounds = np.array([[0.0, 10.0, -4.0, 1000.0], [1.0, 20.0, -2.0, np.inf]])
    shown = with_choice(snapshot(), replace(snapshot().choice, bounds=bounds))
    console.print(frame(shown, width, height, "thompson"))  # a bar of blocks would raise here


def test_many_macro_actions_leave_room_for_the_rest():
    names = tuple(f"macro{i}" for i in range(40))
    chances = np.full(40, 0.02)
    chances[7] = 0.22
    choice = replace(
        snapshot().choice,
        macros=names,
        legal=np.ones(40, bool),
        probabilities=chances,
        estimates=None,
        counts=None,
        chosen=39,
    )
    for width, height in WITH_TABLE:
        text = "\n".join(lines := draw(with_choice(snapshot(), choice), width, height))
        assert len(lines) <= height
        assert "macro7" in text and "▶macro39" in text
