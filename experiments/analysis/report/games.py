"""Games to play inside a report: which are worth it, and how the page holds them."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from experiments.analysis.contestants import Contestant
from experiments.analysis.metrics import METRICS
from experiments.analysis.report.endings import ending
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.written import breakable, table_of
from experiments.files import Row

BEST, MEDIAN, WORST, BESIDE = "best", "median", "worst", "the same game"


@dataclass(frozen=True)
class Pick:
    """A game that is worth a look.

    Attributes:
        config: who played it.
        seed: the training seed.
        which: why it was picked, such as `BEST`.
        contestant: the run.
        row: the game's.
    """

    config: str
    seed: int
    which: str
    contestant: Contestant
    row: Row


@dataclass(frozen=True)
class Played:
    """A picked game with its page, a whole HTML document."""

    pick: Pick
    page: str


def picks(evidence: Evidence) -> list[Pick]:
    """Each config's best, median and worst unseen game; and the best config's median game as the
    second best config played it, so that two can be watched side by side.
    """
    chosen: list[Pick] = []
    for name in evidence.names:
        chosen += _of_config(evidence, name)
    ranked = evidence.best_first()
    if len(ranked) > 1:
        ours = _ranked(evidence, ranked[0])
        model = ours[len(ours) // 2]  # of two games the median is the best one too
        same = [p for p in _ranked(evidence, ranked[1]) if p.row["seed"] == model.row["seed"]]
        taken = [(pick.config, pick.seed, pick.row["seed"]) for pick in chosen]
        chosen += [p for p in same[:1] if (p.config, p.seed, p.row["seed"]) not in taken]
    return chosen


def _ranked(evidence: Evidence, name: str) -> list[Pick]:
    metric = evidence.headline.metric
    games = [
        Pick(name, seed, BESIDE, contestant, row)
        for seed, contestant in evidence.contestants[name].items()
        for row in contestant.evaluation
    ]
    return sorted(games, key=lambda pick: (pick.row[metric], pick.row["points"], pick.row["turns"]))


def _of_config(evidence: Evidence, name: str) -> list[Pick]:
    ranked = _ranked(evidence, name)
    places = {BEST: len(ranked) - 1, MEDIAN: len(ranked) // 2, WORST: 0}
    unique = {place: which for which, place in reversed(places.items())}
    return [
        Pick(name, ranked[place].seed, which, ranked[place].contestant, ranked[place].row)
        for place, which in sorted(unique.items(), reverse=True)
    ]


def games_html(evidence: Evidence, games: Sequence[Played]) -> str:
    """Return the list of games with buttons, two to watch side by side, and the pages behind
    them.
    """
    if not games:
        return "<p>None of the runs has replays of its unseen games: there is nothing to play.</p>"
    rows = [_row(evidence, i, game.pick) for i, game in enumerate(games)]
    stored = "".join(
        f'<script type="text/plain" id="game-{i}">{_packed(game.page)}</script>'
        for i, game in enumerate(games)
    )
    columns = ("config", "seed", "which", "game", evidence.headline.metric, "turns", "end", "")
    return f"{table_of('Games to play', columns, rows)}{_side_by_side(evidence, games)}{stored}"


def _row(evidence: Evidence, i: int, pick: Pick) -> list[str]:
    metric, row = evidence.headline.metric, pick.row
    cells = (
        str(pick.seed), pick.which, f"{row['seed']:,}", f"{row[metric]:{METRICS[metric].form}}",
        f"{row['turns']:,}", ending(row),
    )  # fmt: skip
    label = escape(f"Play the {pick.which} game of {pick.config}")
    button = f'<button data-play="{i}" aria-label="{label}">Play</button>'
    return [breakable(pick.config), *map(escape, cells), button]


def _side_by_side(evidence: Evidence, games: Sequence[Played]) -> str:
    if len(games) < 2:
        return ""
    left, right = _pair(evidence, games)
    choices = "".join(
        f"<p><label>{side} <select data-side={i}>{_options(games, shown)}</select></label></p>"
        for i, (side, shown) in enumerate((("Left", left), ("Right", right)))
    )
    return (
        f'<h3>Side by side</h3><div class="sides screen">{choices}'
        '<p><button id="beside">Play both</button></p></div><div id="both" class="both"></div>'
    )


def _options(games: Sequence[Played], shown: int) -> str:
    options = []
    for i, pick in enumerate(game.pick for game in games):
        text = f"{pick.config} (seed {pick.seed}): {pick.which}, game {pick.row['seed']:,}"
        selected = " selected" if i == shown else ""
        options.append(f'<option value="{i}"{selected}>{escape(text)}</option>')
    return "".join(options)


def _pair(evidence: Evidence, games: Sequence[Played]) -> tuple[int, int]:
    """Two games with the same seed by different configs if there are such, else the first two."""
    best = evidence.best_first()[0]
    order = sorted(range(len(games)), key=lambda i: games[i].pick.config != best)
    for i in order:
        for j in order:
            a, b = games[i].pick, games[j].pick
            if a.config != b.config and a.row["seed"] == b.row["seed"]:
                return i, j
    return 0, 1


def _packed(page: str) -> str:
    return base64.b64encode(zlib.compress(page.encode(), 9)).decode()
