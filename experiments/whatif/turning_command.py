"""Finds the turning points of a game, and tells them."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from experiments.analysis.tables import show
from experiments.console import Table, strong
from experiments.narrative.story import story
from experiments.playback.replayed import ReplayPlayback
from experiments.printable import say
from experiments.whatif.decision import Terms
from experiments.whatif.game import Game
from experiments.whatif.progress import exhaust
from experiments.whatif.turning_points import Search, TurningPoint
from experiments.whatif.values import FORMATS, estimate

KEYS_PER_SECOND = 12.0  # of the page, to begin with


def show_turning_points(game: Game, terms: Terms, html: Path | None, console: Console) -> None:
    """Search, prints a table, and write a page if asked; on Ctrl-C with what was judged so far.

    Args:
        game: to be searched.
        terms: of the futures; `n` of each macro-action judge a turning point.
        html: a page that plays the game, with its turning points in the story.
        console: where to print.
    """
    points: list[TurningPoint] = []
    search = Search(game, terms)
    stopped = exhaust(_followed(search, points, console), console)
    points.sort(key=lambda point: -point.gain.value)
    if points:
        console.print(points_table(points, terms.measure, game))
    closer = f" Look closer with --at {points[0].decision.number}." if points else ""
    console.print(doubt(search, points, stopped) + closer, soft_wrap=True)
    if html:
        from experiments.recordings.page import write_page

        playback = ReplayPlayback(game.replay, game.title)
        playback.play_out()
        paragraphs = [*story(playback), *(tell(point, game, terms) for point in points)]
        write_page(html, playback, speed=KEYS_PER_SECOND, story="\n\n".join(paragraphs))
        say(f"The page is {html}")
    if stopped:
        raise typer.Exit(130)


def _followed(
    search: Search, points: list[TurningPoint], console: Console
) -> Generator[None, None, None]:
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("futures", total=None)
        search.heard = lambda n: progress.advance(task, n)
        for point in search.run():
            points.append(point)
            yield


def points_table(points: Sequence[TurningPoint], measure: str, game: Game) -> Table:
    """Return a row for each turning point: what was chosen, what would have been better."""
    columns = ("decision", "chosen", measure, "instead", measure, "gain")
    table = Table(*columns, box=None, padding=(0, 2, 0, 0))
    for point in points:
        chosen, other = (
            f"{estimate(futures.values(measure), measure).value:{FORMATS[measure]}}"
            for futures in (point.chosen, point.other)
        )
        gain = show(point.gain, FORMATS[measure], sign=True)
        name = game.names[point.action]
        row = (f"{point.decision.number:,}", point.decision.macro, chosen, name, other)
        table.add_row(*row, strong(gain) if point.gain.excludes_zero else gain)
    return table


def doubt(search: Search, points: Sequence[TurningPoint], stopped: bool) -> str:
    """Says how the turning points were found, and how far they can be trusted."""
    if not search.arms:
        return "At no decision of this game was there any choice."
    if not points:
        return (
            "Stopped before any turning point was judged." if stopped else "No future was played."
        )
    decisions = len({arm.at for arm in search.arms})
    sure = sum(point.gain.low > 0 for point in points)
    lost = f" {search.lost} futures were lost and are not counted." if search.lost else ""
    return (
        f"Of {len(search.arms)} alternatives at {decisions} decisions, sequential halving picked"
        f" these; each was then judged by {search.terms.n} futures of either choice,"
        f" {search.terms.lasting()}, that had no say in picking it. {sure} of {len(points)} gains"
        f" are surely above zero (95 % intervals, each on its own).{lost}"
    )


def tell(point: TurningPoint, game: Game, terms: Terms) -> str:
    """Return a turning point as a paragraph of the story."""
    gain = show(point.gain, FORMATS[terms.measure], sign=True)
    sure = "" if point.gain.excludes_zero else "; chance alone may explain it"
    return (
        f"A turning point may have been decision {point.decision.number:,}, {point.decision.macro}:"
        f" in {terms.n} futures of either choice, {game.names[point.action]} would have brought"
        f" {gain} of {terms.measure}{sure}."
    )
