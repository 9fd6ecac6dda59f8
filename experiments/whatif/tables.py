"""What was found at a decision, as a table and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from envs.futures import Lost
from experiments.analysis.statistics.confidence import Estimate
from experiments.analysis.tables import show
from experiments.console import Table
from experiments.whatif.decision import Crossroads
from experiments.whatif.values import FORMATS, Verdict, estimate, judge, ranked

SHOWN = ("survival", "progression", "points")
CHOSEN = "▸"


def heading(crossroads: Crossroads) -> str:
    """Says which decision it is, and how the hero stood."""
    decision, stats = crossroads.decision, crossroads.stats
    total = len(crossroads.game.replay.decisions)
    return (
        f"{crossroads.game.title}, decision {decision.number:,} of {total:,}: turn"
        f" {stats.turn:,}, depth {stats.depth}, {stats.hit_points} of {stats.max_hit_points} hit"
        f" points; {decision.choice.situation}"
    )


def shown_measures(measure: str) -> tuple[str, ...]:
    """Return the measures of the table: the usual ones, and the one that ranks."""
    return SHOWN if measure in SHOWN else (*SHOWN, measure)


def values_table(crossroads: Crossroads) -> Table:
    """Return a row for each macro-action, best first: means with 95 % intervals."""
    terms = crossroads.terms
    measures = shown_measures(terms.measure)
    table = Table(box=None, padding=(0, 2, 0, 0))
    longest = max(len(crossroads.game.names[futures.action]) for futures in crossroads.found)
    table.add_column("  macro-action", min_width=len(CHOSEN) + 1 + longest)  # beside the mark
    for measure in measures:
        table.add_column(measure)
    for futures in ranked(crossroads.found, terms.measure):
        cells = [show(estimate(futures.values(m), m), FORMATS[m]) for m in measures]
        mark = CHOSEN if futures.action == crossroads.played else " "
        table.add_row(f"{mark} {crossroads.game.names[futures.action]}", *cells)
    return table


def remarks(crossroads: Crossroads) -> list[str]:
    """Return what to make of the table: the verdict, its doubt, and the futures that were lost."""
    names, terms = crossroads.game.names, crossroads.terms
    lines = [
        f"Each future is {terms.lasting()}: the dungeon stays as it is, the dice are thrown anew,"
        f" and after the macro-action {crossroads.game.player} plays on. Means with 95 % intervals"
        f" over {_numbers(crossroads)} futures each; {CHOSEN} was chosen."
    ]
    verdict = judge(crossroads.found, crossroads.played, terms.measure)
    if verdict:
        lines.append(verdict_line(verdict, names, crossroads.played, terms.measure))
    lines += lost_lines(crossroads.lost)
    return lines


def verdict_line(verdict: Verdict, names: tuple[str, ...], played: int, measure: str) -> str:
    """Says what looked best on one half of the futures, and what the other half says of it."""
    if verdict.best == played:
        return (
            f"By {measure} in one half of the futures, {names[played]} itself, which was chosen,"
            " looks best."
        )
    gain = show(verdict.gain, FORMATS[measure], sign=True)
    return (
        f"By {measure} in one half of the futures, {names[verdict.best]} looks best; in the other"
        f" half it gains {gain} over {names[played]}, which was chosen: {_sure(verdict.gain)}."
    )


def lost_lines(lost: Iterable[Lost]) -> list[str]:
    """Tells how many futures were lost, and why; nothing if none was."""
    reasons = Counter(each.why for each in lost)
    if not reasons:
        return []
    told = "; ".join(f"{n} times: {why}" for why, n in reasons.most_common(3))
    return [f"{sum(reasons.values())} futures were lost and are not counted ({told})."]


def _numbers(crossroads: Crossroads) -> str:
    """How many futures there are of each macro-action: a number, or from one to another."""
    numbers = [len(futures.played) for futures in crossroads.found]
    least, most = min(numbers), max(numbers)
    return f"{most}" if least == most else f"{least} to {most}"


def _sure(gain: Estimate) -> str:
    if gain.low > 0:
        return "a better choice"
    return "a worse choice after all" if gain.high < 0 else "chance alone may explain it"
