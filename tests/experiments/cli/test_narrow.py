"""In a narrow terminal tables fold: no name and no number is cut, whatever the width."""

import ast
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from experiments.console import LONGEST, PlainConsole, Table
from experiments.exercises.command import _table as grades_table
from experiments.exercises.grading import Grade
from experiments.testbed.table import levels
from experiments.testbed.table import table as expected_beside_seen

ROOT = Path(__file__).parents[3]
NARROW = (40, 60, 70, 80)
WORDS = st.text("abcxyz_0123456789.[],", min_size=1, max_size=12)
CELLS = st.lists(WORDS, max_size=4).map(" ".join)


def words(text):
    """The words of a text that a table keeps room for, without its lines."""
    return {word for word in text.split() if word.isascii() and len(word) <= LONGEST}


def printed(table, width):
    console = PlainConsole(width=width)
    with console.capture() as capture:
        console.print(table)
    assert all(len(line) <= width for line in capture.get().splitlines())
    return capture.get()


BOXES = st.sampled_from([None, Table().box])


@example([["", "", "points"], ["", "0 0", "", "", "0123456789"]], None, 32)  # empty columns
@given(st.lists(st.lists(CELLS, min_size=3, max_size=6), min_size=2, max_size=4), BOXES,
       st.integers(32, 120))  # fmt: skip
@settings(max_examples=300)
def test_every_word_of_a_table_is_there_in_whole(rows, box, width):
    columns = max(map(len, rows))
    headers, *rows = [[*row, *[""] * (columns - len(row))] for row in rows]
    table = Table(*headers, box=box)
    for row in rows:
        table.add_row(*row)
    assert words(" ".join(map(" ".join, rows))) <= words(printed(table, width))


@pytest.mark.parametrize("verb", ["list", "evaluate", "compare", "at", "turning points"])
def test_a_verb_tells_all_of_what_it_tells_in_a_wide_terminal(yendor, evaluated, monkeypatch, verb):
    asked = {
        "list": ("list",),
        "evaluate": ("evaluate", evaluated, "--games", 12),
        "compare": ("compare", evaluated, "random", "--games", 12, "--workers", 1),
        "at": ("whatif", evaluated, "--game", 10, "--at", 4, "--turns", 20, "--futures", 4),
        "turning points": ("whatif", evaluated, "--game", 10, "--turns", 10, "--futures", 2),
    }[verb]
    monkeypatch.chdir(evaluated.parent)
    if asked[0] != "whatif":
        yendor(*asked)  # games that are not yet played would show their progress
    wide = _tables(yendor, asked, 300, monkeypatch)
    for width in NARROW:
        narrow = _tables(yendor, asked, width, monkeypatch)
        assert words(wide) <= words(narrow), width
        assert wide.count("▸") == narrow.count("▸"), width


def _tables(yendor, asked, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    result = yendor(*asked)
    assert result.exit_code == 0, result.output
    assert "…" not in result.stdout.replace("weapons, …", "")
    return result.stdout


@pytest.mark.parametrize("width", NARROW)
def test_the_testbed_and_grades_tell_all(width):
    rows = [("epsilon_greedy:epsilon=0.1", "1.234 [1.200, 1.300]", "83.1 %", "1,234.5")]
    grades = [Grade("bandits", "upper_confidence", False, "the first case gives 1.234, not 1.3")]
    for table in (levels("gaussian", rows), grades_table(grades)):
        assert words(printed(table, 300)) <= words(printed(table, width))
    assert not any(column.no_wrap for column in expected_beside_seen([]).columns)


def test_no_table_of_the_command_line_keeps_a_column_from_being_folded():
    """The rest of the kind; frames and the viewer lay out a screen whose size they know."""
    found = []
    for path in sorted((ROOT / "experiments").rglob("*.py")):
        if path.parent.name in ("frames", "viewer"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "")
            if name == "add_column" and "no_wrap" in [key.arg for key in node.keywords]:
                found.append(f"{path.name}:{node.lineno}")
    assert not found
