"""Verdicts, and how they are shown."""

import io

import numpy as np
import pytest
from rich.console import Console

from experiments.reproduce.report import NOT_IN_POST, Check, Report, bits, compare, render


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (Check("x", "1", "1", True), "agrees"),
        (Check("x", "1", "2", False), "FAILS"),
        (Check("x", "1", "2", True, "post"), "post errs"),
        (Check("x", "1", "2", True, "slide"), "slide errs"),
        (Check("x", "1", "2", False, "post"), "FAILS"),
        (Check("x", NOT_IN_POST, "2", True), "holds"),
    ],
)
def test_verdicts(check, verdict):
    assert check.verdict == verdict
    assert Report("", (check,)).failures == (verdict == "FAILS")


def test_arrays_agree_within_the_tolerance_and_not_beyond():
    assert compare("x", np.array([1.0]), np.array([1.1]), 0.2).holds
    assert not compare("x", np.array([1.0]), np.array([1.1]), 0.05).holds
    assert not compare("x", np.array([1.0]), np.array([np.nan]), 0.05).holds


def test_bits_are_rounded_without_a_sign():
    assert bits([-0.1, 0.6, 1.2, 0.4]) == "0110"


@pytest.mark.parametrize("width", [80, 120])
def test_a_report_fits_the_terminal_and_shows_brackets_as_they_are(width):
    console = Console(file=io.StringIO(), width=width, markup=True)
    note = "a note [bold] of [0, 1]"
    report = Report("title", (Check("P [1]", "x" * 50, "[red]", True),), notes=(note,))
    console.print(render("post", report))
    text = console.file.getvalue()
    assert max(map(len, text.splitlines())) <= width
    assert "P [1]" in text and "[red]" in text and note in text
