"""Simulates how often intervals hold what they promise: the tables of docs/statistics.md.

python -m experiments.analysis.coverage [--times 1000] [--quick] [--write docs/statistics.md]
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from experiments.analysis.coverage import scenarios
from experiments.analysis.coverage.populations import NAMES, SUCCESSES
from experiments.analysis.coverage.scenarios import OURS, PERCENTILE, STUDENT, Fractions
from experiments.errors import UserError
from experiments.files import write_text
from experiments.printable import say

BEGIN, END = "<!-- coverage: begin -->", "<!-- coverage: end -->"
QUICK = 100
GAMES = (20, 50, 200)
CORRELATIONS = (0.3, 0.8)  # of the scores of two agents in the same games
PILOT = 50  # games that a comparison has seen when it says how many would tell
Scenario = Callable[[int, np.random.Generator], Fractions]  # times, random numbers
METRICS = ("points", "progression")


def main(
    times: Annotated[int, typer.Option(min=1, help="Simulated experiments in each row.")] = 1_000,
    quick: Annotated[bool, typer.Option("--quick", help=f"Only {QUICK} of them.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of the random numbers.")] = 0,
    write: Annotated[Path | None, typer.Option(help="Put the tables into this file.")] = None,
) -> None:
    """Simulate how often intervals hold what they promise."""
    text = tables(QUICK if quick else times, np.random.default_rng(seed))
    say(text)
    if write:
        write_text(write, insert(write.read_text(encoding="utf-8"), text))


def tables(times: int, rng: np.random.Generator) -> str:
    """Return the tables as Markdown, from so many experiments in each row."""
    one = _table("one agent, the mean of its games", _means(), times, rng)
    two = _table("two agents, the same games", _pairs(), times, rng)
    seeds = _table("an agent trained several times", _seeds(), times, rng)
    alarms = _alarms(times, rng)
    error = 100 * np.sqrt(0.05 * 0.95 / times)
    note = (
        f"{times:,} simulated experiments in each row: a coverage of 95 % has a standard error of"
        f" {error:.1f} points. Made by `python -m experiments.analysis.coverage`."
    )
    return "\n\n".join([note, one, two, seeds, alarms, _power(times, rng)])


def insert(document: str, text: str) -> str:
    """Put text between the two marks of a document.

    Raises:
        UserError: when a mark is missing.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UserError(f"the file needs the lines {BEGIN} and {END}; the tables go between them")
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def _means() -> dict[str, Scenario]:
    rows: dict[str, Scenario] = {}
    for name in (*NAMES, *SUCCESSES):
        for games in GAMES:
            rows[f"mean of {name}, {games} games"] = partial(_call, "mean_covered", name, games)
    for name in NAMES:
        for games in GAMES:
            rows[f"IQM of {name}, {games} games"] = partial(_call, "iqm_covered", name, games)
    return rows


def _pairs() -> dict[str, Scenario]:
    rows: dict[str, Scenario] = {}
    for name in METRICS:
        for games in GAMES:
            what = f"{name}, {games} games"
            rows[f"difference in {what}"] = partial(_call, "difference_covered", name, games)
    for name in METRICS:
        for games in GAMES:
            what = f"P(A > B) in {name}, {games} games"
            rows[what] = partial(_call, "improvement_covered", name, games, True)
            other = what + " of each, not the same"
            rows[other] = partial(_call, "improvement_covered", name, games, False)
    for name in METRICS:
        for correlation in CORRELATIONS:
            for games in GAMES:
                what = f"P(A > B) in {name}, {games} games, correlation {correlation}"
                arguments = (name, games, correlation)
                rows[what] = partial(_call, "correlated_improvement_covered", *arguments)
    return rows


def _seeds() -> dict[str, Scenario]:
    return {
        f"{seeds} seeds × {games} games, spread between seeds {spread}": partial(
            _call, "seeds_covered", seeds, games, spread
        )
        for seeds in (3, 5, 10)
        for games in (20, 200)
        for spread in (0.0, 0.3, 1.0)
    }


def _call(name: str, *arguments: object) -> Fractions:
    found: Fractions = getattr(scenarios, name)(*arguments)
    return found


def _table(title: str, rows: dict[str, Scenario], times: int, rng: np.random.Generator) -> str:
    lines = [f"| {title} | {PERCENTILE} | {STUDENT} | {OURS} |", "| --- | --- | --- | --- |"]
    for what, scenario in rows.items():
        say(what, err=True)
        found = scenario(times, rng)
        cells = (
            f"{100 * found[m]:.1f} %" if m in found else "" for m in (PERCENTILE, STUDENT, OURS)
        )
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _alarms(times: int, rng: np.random.Generator) -> str:
    lines = [
        "| six equal agents, some pair looks different | each pair by itself | Holm |",
        "| --- | --- | --- |",
    ]
    for name in METRICS:
        for games in GAMES:
            found = scenarios.false_alarms(name, 6, games, max(1, times // 2), rng)
            cells = " | ".join(f"{100 * fraction:.1f} %" for fraction in found.values())
            lines.append(f"| {name}, {games} games | {cells} |")
    return "\n".join(lines)


def _power(times: int, rng: np.random.Generator) -> str:
    lines = [
        "| as many games as `games_to_tell` asks for | games | told apart"
        f" | games, by the shape of {PILOT} | told apart |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in METRICS:
        for effect in (0.25, 0.5, 1.0, -0.25, -0.5, -1.0):
            say(f"power: {name}, {effect}", err=True)
            cells = [f"{name}, a difference of {effect:+} standard deviations"]
            for pilot in (None, PILOT):
                games, told = scenarios.power_reached(name, effect, pilot, times, rng)
                cells += [f"{games:.0f}", f"{100 * told:.1f} %"]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
