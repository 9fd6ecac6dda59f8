"""The command that writes the tables of docs/statistics.md."""

from pathlib import Path

import numpy as np
import pytest

from experiments.analysis.coverage.__main__ import BEGIN, END, insert, tables
from experiments.errors import UserError


def test_tables_go_between_the_marks_and_nowhere_else():
    assert insert(f"a\n{BEGIN}\nold\n{END}\nb", "new") == f"a\n{BEGIN}\nnew\n{END}\nb"
    with pytest.raises(UserError, match="the file needs the lines"):
        insert("no marks", "new")


def test_every_table_of_the_document_is_one_that_the_command_makes():
    text = Path(__file__).parents[3].joinpath("docs/statistics.md").read_text(encoding="utf-8")
    shown = text.partition(BEGIN)[2].partition(END)[0]
    made = tables(1, np.random.default_rng(0))

    def first_cells(table):
        return [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]

    assert first_cells(shown) == first_cells(made)
