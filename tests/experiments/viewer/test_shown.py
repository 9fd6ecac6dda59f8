"""What is on the screen beside the map."""

import numpy as np
import pytest

from experiments.frames.choice import bar, choice_lines
from experiments.replays.decisions import Choice
from experiments.viewer.curves import LABEL_COLUMNS
from experiments.viewer.key_bindings import COMMANDS
from experiments.viewer.scale import column_of, in_columns, position_at


def choice(**parts):
    told = {
        "macros": ("explore", "descend", "fight"),
        "situation": "threat: none, health: full",
        "legal": np.array([True, False, True]),
        "probabilities": np.array([0.25, 0.0, 0.75]),
        "estimates": np.array([0.0, 5.0, 10.0]),
        "counts": np.array([7, 0, 12_345]),
        "bounds": np.array([[-5.0, -5.0, 5.0], [5.0, np.inf, 15.0]]),
        "chosen": 2,
    } | parts
    return Choice(**told)


def plain(told, width=80, rows=10):
    return [line.plain for line in choice_lines(told, width, rows)]


def test_a_line_for_every_macro_action():
    lines = plain(choice())
    assert lines[1].split()[0] == "explore" and "25%" in lines[1]
    assert "illegal" in lines[2] and "%" not in lines[2]
    assert lines[3].startswith("▶fight") and "75%" in lines[3]
    assert "threat: none, health: full" in lines


def test_intervals_are_on_one_scale():
    """From -5 to 15: explore's is the left half, fight's the right half."""
    heading, explore, descend, fight = (line[line.index("count") :] if n == 0 else line
                                        for n, line in enumerate(plain(choice())[:4]))  # fmt: skip
    assert "-5.0" in heading and "15.0" in heading
    left, right = explore.index("├"), explore.index("┤")
    assert abs(explore.index("●") - (left + right) / 2) <= 1
    assert abs(fight.index("├") - right) <= 1
    assert abs(fight.index("●") - (fight.index("├") + fight.index("┤")) / 2) <= 1
    assert descend.rstrip().endswith("▶") and "┤" not in descend


def test_an_agent_without_values_shows_probabilities_only():
    lines = plain(choice(estimates=None, counts=None, bounds=None))
    assert "value" not in lines[0] and "count" not in lines[0]
    assert lines[3].count("█") > lines[1].count("█") > 0


@pytest.mark.parametrize("width", range(30, 130, 7))
def test_no_line_is_too_long(width):
    for told in (choice(), choice(bounds=None), choice(estimates=None, counts=None, bounds=None)):
        assert max(map(len, plain(told, width))) <= width


@pytest.mark.parametrize("rows", range(1, 12))
def test_few_rows_show_the_likeliest(rows):
    lines = plain(choice(), rows=rows)
    assert len(lines) <= rows
    if rows > 1:
        assert any("▶fight" in line for line in lines)


def test_no_macro_action_is_left_out_without_a_word():
    names = tuple(f"macro{n}" for n in range(28))
    legal = np.arange(28) % 4 == 0
    told = choice(
        macros=names, legal=legal, probabilities=legal / legal.sum(), chosen=4,
        estimates=None, counts=None, bounds=None,
    )  # fmt: skip
    for rows in range(3, 36):  # below, there is a heading and the chosen one
        text = "\n".join(plain(told, 60, rows))
        shown = sum(f"{name} " in f"{text} ".replace(",", " ").replace("\n", " ") for name in names)
        assert shown == 28 or f" {28 - shown} more" in text


def test_a_bar_fills_its_share_in_eighths():
    assert bar(0.5, 4) == "██  "
    assert bar(1.0, 4) == "████"
    assert bar(0.0, 4) == "    "
    assert bar(1 / 32, 4) == "▏   "


@pytest.mark.parametrize(("end", "width"), [(0, 10), (3, 10), (9, 10), (100, 10), (12_976, 65)])
def test_columns_and_positions_agree(end, width):
    columns = [column_of(position, end, width) for position in range(end + 1)]
    assert columns == sorted(columns)
    assert columns[-1] == width - 1
    assert position_at(width - 1, end, width) == end
    for column in set(columns[:-1]) - {width - 1}:
        assert columns[position_at(column, end, width)] == column


def test_the_lowest_value_of_a_column_shows():
    values = np.full(1_000, 9)
    values[503] = 1
    low = in_columns(values, np.minimum, 999, 10)
    assert low.tolist() == [9] * 5 + [1] + [9] * 4


def test_what_is_not_yet_known_has_no_column():
    assert len(in_columns(np.ones(500), np.minimum, 999, 10)) == 5


def test_the_timeline_marks_levels_danger_and_the_end(watch, replays):
    async def act(viewer):
        series = viewer.playback.screens.series
        series("hit_points")[:] = series("max_hit_points")
        series("hit_points")[300:400] = 1
        series("depth")[:], series("depth")[100:] = 1, 2
        await viewer.press("space", "home")
        await viewer.pilot.resize_terminal(121, 40)
        await viewer.pilot.pause()
        line, total = viewer.lines("timeline")[0], viewer.playback.total
        width = len(line) - LABEL_COLUMNS
        assert line[LABEL_COLUMNS + column_of(100, total, width)] == "▼"
        assert line[LABEL_COLUMNS + column_of(350, total, width)] == "━"
        assert line[LABEL_COLUMNS + column_of(200, total, width)] == "─"
        assert line[-1] == "■"

    watch(replays, act)


def test_curves_have_their_figures(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home")
        text = viewer.text("curves")
        assert "HP 16(16)" in text and "depth 1" in text and "score 0" in text

    watch(replays, act)


def test_the_decision_and_the_one_before(watch, replays):
    async def act(viewer):
        await viewer.press("space", "home", "down", "right")
        first, second = viewer.playback.decisions[:2]
        assert f"2. {second.macro}" in viewer.text("line")
        last = viewer.text("last")
        assert f"1. {first.macro}" in last and first.ended in last

    watch(replays, act)


def test_the_list_shows_the_decisions_around_the_current_one(watch, replays):
    async def act(viewer):
        await viewer.press("space", "g")
        await viewer.type("#20")
        await viewer.press("enter")
        shown = [line.split() for line in viewer.lines("log")[1:]]
        numbers = [int(line[0]) for line in shown]
        assert 20 in numbers and 19 in numbers and 21 in numbers
        decision = viewer.playback.decisions[19]
        assert shown[numbers.index(20)][1:3] == [decision.macro, str(decision.start)]

    watch(replays, act)


def test_help_names_every_key(watch, replays):
    async def act(viewer):
        await viewer.press("space", "question_mark")
        text = viewer.text()
        for command in COMMANDS:
            assert command.text in text
        await viewer.press("escape")
        assert "Esc closes" not in viewer.text()

    watch(replays, act, size=(120, 60))


def test_the_game_waits_while_something_is_read(watch, replays):
    async def act(viewer):
        await viewer.press("question_mark")
        await viewer.pilot.pause(0.1)
        position = viewer.position
        await viewer.pilot.pause(0.2)
        assert viewer.position == position
        await viewer.press("escape")
        await viewer.until(lambda: viewer.position > position)

    watch(replays, act, speed=50)


def test_the_story_of_the_game(watch, replays):
    async def act(viewer):
        await viewer.press("space", "i")
        text = viewer.text()
        assert "macro-action" in text and "keystrokes" in text
        await viewer.press("i")
        assert "Esc closes" not in viewer.text()

    watch(replays, act, size=(120, 60))


def test_the_keys_at_the_bottom(watch, replays):
    async def act(viewer):
        assert viewer.text("footer").startswith("? help")

    watch(replays, act)
