"""Figures of how games end: causes of death, and survival against turns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from envs.nethack.env import is_death
from experiments.analysis.report.bars import draw_grouped
from experiments.analysis.report.chart import Chart
from experiments.analysis.report.curves import PERCENT, Curve, Look, draw_curves, numbers_of
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.statistics.survival import survival
from experiments.files import Row

MOST = 10  # causes that are shown by themselves
OTHER = "something else"


def causes(evidence: Evidence) -> Chart:
    """How often each cause ended a game, for each config."""
    counts = {name: Counter(map(ending, evidence.unseen(name))) for name in evidence.names}
    games = {name: sum(count.values()) for name, count in counts.items()}
    weight: dict[str, float] = defaultdict(float)
    for name, count in counts.items():
        for cause, number in count.items():
            weight[cause] += number / games[name]
    shown = sorted(weight, key=lambda cause: -weight[cause])[:MOST]
    rest = len(weight) > MOST
    shares = {
        name: np.array([*(count[c] for c in shown), *([_rest(count, shown)] if rest else [])])
        / games[name]
        for name, count in counts.items()
    }
    labels = [*shown, *([OTHER] if rest else [])]
    rows = [
        {"config": name, "cause": cause, "games": count, "share": count / games[name]}
        for name, counter in counts.items()
        for cause, count in counter.most_common()
    ]
    most = "; ".join(f"{n}: {', '.join(c for c, _ in k.most_common(3))}" for n, k in counts.items())
    return Chart(
        "causes",
        "How games ended",
        f"The {len(shown)} most frequent ends of unseen games, as a share of each config's games:"
        " a bare name is what killed the hero. The numbers behind hold all of them.",
        f"Most frequent ends. {most}.",
        rows,
        draw_grouped(labels, shares, "share of unseen games"),
        max(2.2, 0.9 + len(labels) * (0.14 + 0.13 * len(shares))),
    )


def ending(row: Row) -> str:
    """How a game ended, without the circumstances: ``jackal``, ``at the limit``."""
    if row.get("truncated"):
        return "alive at the limit"
    if not is_death(row.get("cause")):
        return "success" if row.get("success") else "alive at the end"
    cause = str(row["cause"]).split(",")[0]
    return re.sub(r"^killed by (an? |the )?", "", cause)


def survival_chart(evidence: Evidence) -> Chart:
    """Return the share of games alive by turn, games that were cut off counted as long as they
    lasted.
    """
    curves = []
    for index, name in enumerate(evidence.names):
        seeds = [c.evaluation for c in evidence.contestants[name].values()]
        pooled = survival(*_times([row for rows in seeds for row in rows]))
        single = len(seeds) == 1
        band = (pooled.low, pooled.high) if single else (None, None)
        curves.append(Curve(name, index, pooled.time, pooled.alive, *band))
        if not single:
            each = [survival(*_times(rows)) for rows in seeds]
            curves += [Curve(name, index, s.time, s.alive, thin=True) for s in each]
    return Chart(
        "survival",
        "Survival",
        "The share of unseen games in which the hero is alive, against turns (Kaplan & Meier,"
        " 1958); a game that was cut off or won counts up to there and no further. Band: 95 %,"
        " of a config with one training seed; of several, each is a thin line.",
        "Survival against turns. " + _medians(curves),
        numbers_of(curves, "turn", "alive"),
        draw_curves(curves, Look("turn", "share alive", True, PERCENT, zero=True)),
    )


def _times(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray]:
    turns = np.array([row["turns"] for row in rows], float)
    died = np.array([is_death(row.get("cause")) and not row.get("truncated") for row in rows])
    return turns, died


def _medians(curves: list[Curve]) -> str:
    said = []
    for curve in curves:
        below = np.flatnonzero(curve.y <= 0.5)
        if not curve.thin:
            half = f"half are dead by turn {curve.x[below[0]]:,.0f}" if len(below) else "most live"
            said.append(f"{curve.label}: {half}")
    return "; ".join(said) + "."


def _rest(count: Counter[str], shown: list[str]) -> int:
    return sum(number for cause, number in count.items() if cause not in shown)
