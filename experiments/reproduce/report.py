"""What a reproduction finds: figures of a post beside computed ones, plots, tables, remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from experiments.console import Table

AGREES, HOLDS, FAILS = "agrees", "holds", "FAILS"
STYLES = {AGREES: "green", HOLDS: "green", FAILS: "bold red"}
ERRS_STYLE = "yellow"
NOT_IN_POST = "(not in the post)"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reproduction may depend on.

    Attributes:
        seed: of all its random numbers.
        mnist: folder of MNIST's IDX files; None for the stand-in.
        say: told how a long computation is going.
    """

    seed: int = 0
    mnist: Path | None = None
    say: Callable[[str], None] = lambda _: None

    def rng(self) -> np.random.Generator:
        """Return a new generator of the seed."""
        return np.random.default_rng(self.seed)


@dataclass(frozen=True, slots=True)
class Check:
    """One figure.

    Attributes:
        name: what it is.
        expected: as the post has it, or `NOT_IN_POST`.
        computed: as it came out here.
        holds: whether what came out is what it must be: the post's figure, or, of an erratum, what
            is right in its place.
        erratum: who is wrong, "post" or "slide"; empty if nobody is.
    """

    name: str
    expected: str
    computed: str
    holds: bool
    erratum: Literal["", "post", "slide"] = ""

    @property
    def verdict(self) -> str:
        """`AGREES`, `HOLDS` (of what is not in the post), "post errs", "slide errs" or `FAILS`."""
        if not self.holds:
            return FAILS
        if self.erratum:
            return f"{self.erratum} errs"
        return HOLDS if self.expected == NOT_IN_POST else AGREES


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture: the stem of its file name, and the PNG."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """A post, reproduced.

    Attributes:
        title: of the post.
        checks: its figures.
        plots: their names are unique among all posts.
        tables: shown below the checks.
        notes: sentences at the end.
    """

    title: str
    checks: tuple[Check, ...]
    plots: tuple[Plot, ...] = ()
    tables: tuple[RenderableType, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def failures(self) -> int:
        """How many checks do not hold."""
        return sum(not check.holds for check in self.checks)


def vector(values: Sequence[float] | np.ndarray, digits: int = 4) -> str:
    """Return (a, b, …), rounded; zeros are written as 0."""
    shown = (f"{value:.{digits}f}" if value else "0" for value in np.ravel(values).tolist())
    return f"({', '.join(shown)})"


def bits(values: Sequence[float] | np.ndarray) -> str:
    """Return rounded numbers in a row, such as 0110."""
    return "".join(f"{abs(value):.0f}" for value in np.ravel(np.round(values)).tolist())


def compare(
    name: str,
    printed: np.ndarray,
    computed: np.ndarray,
    tolerance: float,
    shown: tuple[str, str] | None = None,
) -> Check:
    """Return a check that two arrays of the same shape agree.

    Args:
        name: of the figure.
        printed, computed: the post's numbers and ours.
        tolerance: the largest difference allowed.
        shown: how to show the two; by default the shape, and the largest difference.
    """
    difference = float(np.abs(np.asarray(printed) - computed).max())
    shape = " × ".join(map(str, np.shape(printed)))
    expected, here = shown or (f"{shape} numbers", f"largest difference {difference:.0e}")
    return Check(name, expected, here, difference <= tolerance)


def render(post: str, report: Report) -> RenderableType:
    """Return a report for the terminal."""
    table = Table(title=Text(f"{post}: {report.title}"), title_justify="left", expand=False)
    table.add_column("figure", ratio=4)
    table.add_column("in the post", ratio=4)
    table.add_column("computed here", ratio=4)
    table.add_column("verdict")
    for check in report.checks:
        verdict = Text(check.verdict, style=STYLES.get(check.verdict, ERRS_STYLE))
        table.add_row(Text(check.name), Text(check.expected), Text(check.computed), verdict)
    return Group(table, *report.tables, *(Text(note) for note in report.notes), Text())
