"""Bots side by side in the games of the public arena: progression, and NetHack's points beside it.

    python -m experiments.bench.arena BOT [OTHER] [--games 60] [--first 0] [--workers 2]

A bot is a folder that `yendor export` wrote, or ``autoascend``. The arena draws the characters; its
public games are for tuning and comparing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.analysis.tables import difference_table, evaluation_table
from experiments.bench import autoascend
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.files import Row, write_text

ANY_CHARACTER = "-"
MAX_STEPS, NO_PROGRESS, SECONDS_PER_ACTION = 1_000_000, 10_000, 120.0  # the arena's own limits


def main(
    bots: Annotated[list[str], typer.Argument(help="one or two: folders, or autoascend")],
    games: Annotated[int, typer.Option(min=1)] = 60,
    first: Annotated[int, typer.Option(min=0, help="number of the first game")] = 0,
    workers: Annotated[int, typer.Option(min=1)] = 2,
    character: str = ANY_CHARACTER,
    out: Annotated[Path | None, typer.Option(help="a JSON file for the rows")] = None,
) -> None:
    """Plays, and prints means with 95 % intervals; of two bots, their paired differences."""
    if len(bots) > 2:
        raise UserError("one or two bots can be compared")
    numbers = range(first, first + games)
    rows = {bot: play(_folder(bot), numbers, character, workers) for bot in bots}
    if out is not None:
        write_text(out, json.dumps(rows))
    console, title = PlainConsole(), f"arena: {games} games"
    if len(set(bots)) == 2:
        a, b = bots
        console.print(difference_table(title, rows[a], rows[b], (a, b)))
        return
    console.print(evaluation_table(f"{title}, {bots[0]}", rows[bots[0]]))


def play(folder: Path, numbers: range, character: str, workers: int) -> list[Row]:
    """Plays the public games of these numbers.

    Returns:
        A row per game, in order: status, points, progression, max_depth, turns, keystrokes,
        seconds, cause.

    Raises:
        UserError: when the arena is not installed.
    """
    try:
        from nethackers.arena.run import run_batch
    except ImportError:
        raise UserError(f"the arena is not installed: {autoascend.INSTALL}") from None
    results = run_batch(
        str(folder), [[number, character] for number in numbers], secret="public",
        evaluation_id="local", max_steps=MAX_STEPS, no_progress_timeout=NO_PROGRESS,
        action_timeout=SECONDS_PER_ACTION, max_parallel_evals=workers, run_one=_run_one,
    )  # fmt: skip
    # a process that died gives a bare result, without points
    return [_row(*(r if isinstance(r, tuple) else (r, 0))) for r in results]


def _run_one(*arguments: Any) -> tuple[Any, int]:
    """Plays a game in a process of its own; the points are in NetHack's xlogfile, which the arena
    reads no points from, and goes with the game's folder when the game is closed.
    """
    from nethackers.arena import environment, trajectory

    points = [0]
    close = environment.NLEEnvironment.close

    def note_points(self: Any) -> None:
        points[0] = _points(self._env.nethack)
        close(self)

    environment.NLEEnvironment.close = note_points
    try:
        return trajectory.run_trajectory(*arguments), points[0]
    finally:
        environment.NLEEnvironment.close = close


def _points(nethack: Any) -> int:
    log = Path(nethack._vardir, "xlogfile")
    lines = log.read_text(encoding="latin-1").splitlines() if log.exists() else []
    entry = dict(part.split("=", 1) for part in lines[-1].split("\t")) if lines else {}
    return int(entry.get("points", 0))


def _row(result: Any, points: int) -> Row:
    return {
        "seed": result.trajectory_id, "status": result.status, "points": points,
        "progression": result.progress, "max_depth": result.max_depth, "turns": result.turns,
        "keystrokes": result.steps, "seconds": result.wall_seconds, "reward": 0.0,
        "cause": result.cause_of_death,
    }  # fmt: skip


def _folder(bot: str) -> Path:
    folder = autoascend.folder() if bot == "autoascend" else Path(bot).absolute()
    if folder is None:
        raise UserError(f"the arena is not installed: {autoascend.INSTALL}")
    if not (folder / "bot.py").is_file():
        raise UserError(f"{bot}: holds no bot.py; make one with: yendor export RUN {bot}")
    return folder


if __name__ == "__main__":
    typer.run(main)
