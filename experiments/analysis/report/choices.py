"""Figures of what was chosen: each macro-action's share over training, and by situation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from experiments.analysis.report.bars import draw_areas, draw_stacked
from experiments.analysis.report.chart import Chart, slug
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.statistics.smoothing import window_of, windows
from experiments.files import Row
from experiments.replays.format import ReplayError
from experiments.replays.reader import read_replay

MOST = 7  # macro-actions with a colour of their own
REPLAYS = 24  # games of each config that are read
PLACES = 16  # situations that are shown
OTHER = "other"

Tally = dict[str, Counter[str]]  # by situation's part, how often each macro-action


def choice_charts(evidence: Evidence) -> tuple[list[Chart], list[str]]:
    """Return the figures, and notes on those that can't be drawn."""
    colours = _most_chosen(evidence)
    training, situations, notes = [], [], []
    for name in evidence.names:
        if seeds := evidence.training(name):
            training.append(_over_training(name, seeds, colours))
        tally, games = _by_situation(evidence, name)
        if tally:
            situations.append(_situations(name, tally, games, colours))
        else:
            notes.append(f"{name}: no replays of unseen games, so no choices by situation.")
    return [*training, *situations], notes


def _most_chosen(evidence: Evidence) -> list[str]:
    """Return the macro-actions that get a colour, the same in all figures: by their mean share."""
    weight: dict[str, float] = defaultdict(float)
    for name in evidence.names:
        rows = [row for seed in evidence.training(name) for row in seed] + evidence.unseen(name)
        total = max(1, sum(row["decisions"] for row in rows))
        for row in rows:
            for macro, count in row["macros"].items():
                weight[macro] += count / total
    ranked = sorted(weight, key=lambda macro: -weight[macro])
    return [macro for macro in ranked[:MOST] if weight[macro]]


def _over_training(name: str, seeds: Sequence[Sequence[Row]], macros: Sequence[str]) -> Chart:
    shared = min(map(len, seeds))
    size = window_of(shared)
    counts = {
        macro: np.sum([_column(rows[:shared], macro) for rows in seeds], axis=0) for macro in macros
    }
    total = np.sum([[row["decisions"] for row in rows[:shared]] for rows in seeds], axis=0)
    x, whole, _ = windows(total, size)
    whole = np.maximum(whole, 1e-9)
    shares = {macro: windows(count, size).mean / whole for macro, count in counts.items()}
    shares[OTHER] = np.maximum(0, 1 - sum(shares.values()))
    rows = [
        {"config": name, "game": float(x[i])} | {m: float(share[i]) for m, share in shares.items()}
        for i in range(len(x))
    ]
    last = ", ".join(f"{macro} {share[-1]:.0%}" for macro, share in shares.items())
    return Chart(
        f"choices-{slug(name)}",
        f"{name}: choices over training",
        f"Share of decisions in windows of {size} training games, over all training seeds.",
        f"At the end of training {name} chose: {last}.",
        rows,
        draw_areas(x, shares, "training game"),
    )


def _column(rows: Iterable[Row], macro: str) -> np.ndarray:
    return np.array([row["macros"].get(macro, 0) for row in rows], float)


def _situations(name: str, tally: Tally, games: int, macros: Sequence[str]) -> Chart:
    places = list(tally)[:PLACES]
    totals = np.array([sum(tally[place].values()) for place in places], float)
    shares = {m: np.array([tally[place][m] for place in places]) / totals for m in macros}
    shares[OTHER] = np.maximum(0, 1 - sum(shares.values()))
    rows = [
        {"config": name, "situation": place, "macro": macro, "decisions": count}
        for place, counts in tally.items()
        for macro, count in counts.most_common()
    ]
    said = "; ".join(f"{place}: mostly {tally[place].most_common(1)[0][0]}" for place in places)
    return Chart(
        f"situations-{slug(name)}",
        f"{name}: choices by situation",
        f"Share of the decisions at which this was so, in {games} unseen games with replays.",
        f"{name} by situation. {said}.",
        rows,
        draw_stacked(places, shares),
        1.2 + 0.24 * len(places),
    )


def _by_situation(evidence: Evidence, name: str) -> tuple[Tally, int]:
    """Read some replays of each training seed; those that can't be read do not count."""
    tally: Tally = defaultdict(Counter)
    contestants = evidence.contestants[name].values()
    games, each = 0, -(-REPLAYS // len(contestants))
    for contestant in contestants:
        for path in list(contestant.run.replays(evidence.label).values())[:each]:
            try:
                decisions = read_replay(path).decisions
            except ReplayError:
                continue
            games += 1
            for decision in decisions:
                for part in decision.choice.situation.split(", "):
                    tally[part][decision.macro] += 1
    return dict(sorted(tally.items())), games
