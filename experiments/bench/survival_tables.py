"""The survival bench's tables: who was alive when and how strong, what killed them, by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import mean

from scipy.stats import binomtest

from experiments.bench.lives import EVERY, Life
from experiments.console import Table

MOST_CAUSES = 12
STRONG = 8  # experience level at which growing is worth a game's while

Lives = Mapping[str, Sequence[Life]]


def tables(lives: Lives, turns: int) -> list[Table]:
    """Return all of them, by whose lives they are."""
    return [_course(lives, turns), _roles(lives), _causes(lives)]


def alive(lives: Sequence[Life], turn: int) -> int:
    """How many lived to see a turn."""
    return sum(life.cause is None or life.turns >= turn for life in lives)


def _course(lives: Lives, turns: int) -> Table:
    """Return a row for every mark; levels and armour classes are means of those alive."""
    table = Table(title="Alive by turn: share [95 % interval], experience level, armour class")
    table.add_column("turn", justify="right")
    for who, of in lives.items():
        for name in (f"{who}, n={len(of)}", "level", "AC"):
            table.add_column(name, justify="right")
    for mark in range(1, turns // EVERY + 1):
        row = [f"{mark * EVERY:,}"]
        for of in lives.values():
            row += [_share(alive(of, mark * EVERY), len(of)), *_means(of, mark)]
        table.add_row(*row)
    return table


def _means(lives: Sequence[Life], mark: int) -> tuple[str, str]:
    seen = [life for life in lives if len(life.levels) >= mark]
    if not seen:
        return "-", "-"
    levels = mean(life.levels[mark - 1] for life in seen)
    return f"{levels:.1f}", f"{mean(life.armor_classes[mark - 1] for life in seen):.1f}"


def _roles(lives: Lives) -> Table:
    table = Table(title=f"By role: alive at turn {3 * EVERY:,}, and ever at level {STRONG}")
    table.add_column("role")
    for who in lives:
        for name in (who, f"level {STRONG}"):
            table.add_column(name, justify="right")
    roles = sorted({life.character[:3] for of in lives.values() for life in of} - {""})
    for role in ("", *roles):
        row = [role or "all"]
        for of in lives.values():
            mine = [life for life in of if life.character.startswith(role)]
            strong = sum(max(life.levels, default=0) >= STRONG for life in mine)
            row += [f"{alive(mine, 3 * EVERY)} of {len(mine)}", str(strong)]
        table.add_row(*row)
    return table


def _causes(lives: Lives) -> Table:
    table = Table(title="Causes of death")
    for who in lives:
        table.add_column(who)
    counted = [
        Counter(_plainly(life.cause) for life in of if life.cause).most_common(MOST_CAUSES)
        for of in lives.values()
    ]
    for place in range(max(map(len, counted), default=0)):
        table.add_row(*(f"{c[place][1]} {c[place][0]}" if place < len(c) else "" for c in counted))
    return table


def _plainly(cause: str) -> str:
    """Return a cause without the article, and without what the hero was doing."""
    cause = cause.partition(", while")[0].removeprefix("killed by ")
    return cause.removeprefix("a ").removeprefix("an ")


def _share(count: int, of: int) -> str:
    low, high = binomtest(count, of).proportion_ci(method="wilson")
    return f"{count / of:.0%} [{low:.0%}, {high:.0%}]"
