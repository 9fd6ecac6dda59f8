"""What `yendor watch` does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import typer
from rich.console import Console

from experiments.commands.terminal import poor_terminal, roomy_terminal
from experiments.config.names import SUFFIXES
from experiments.console import PlainConsole
from experiments.errors import UserError
from experiments.frames.plain import conclude, show_plain
from experiments.frames.summary import outcome_line
from experiments.playback.playback import Playback
from experiments.playback.screens import TERMINAL_COLUMNS
from experiments.playback.source import GameSource, ReplayFolder
from experiments.printable import listed, say
from experiments.recordings.formats import FORMATS
from experiments.recordings.outputs import Outputs, Stretch, check_outputs, record
from experiments.replays.format import SUFFIX
from experiments.seeds import BLOCK


@dataclass(frozen=True)
class Request:
    """What to watch, and how.

    Attributes:
        target: a run folder, or a replay.
        number: of the game among a run's unseen ones, or among those of training.
        training: which of the two.
        block: of unseen games.
        live: whether the agent plays it even if there is a replay.
        plain: whether frames are printed one after the other.
        by_hand: whether a person begins.
        speed: keystrokes per second; 0 for as many as there can be.
        outputs: files to write instead.
        decisions: the part to record, see `Stretch.parse`; None for all.
        width: of recordings in tiles, in pixels.
        light: whether the viewer has a light ground.
        beside: another run, whose game on the same seed is shown beside this one.
    """

    target: Path
    number: int = 0
    training: bool = False
    block: int = BLOCK
    live: bool = False
    plain: bool = False
    by_hand: bool = False
    speed: float = 12.0
    outputs: Outputs = field(default_factory=dict)
    decisions: str | None = None
    width: int = 960
    light: bool = False
    beside: Path | None = None


def watch(request: Request) -> None:
    """Show one game, or records it; on Ctrl-C says how far it got.

    Raises:
        RunError: for a run that can't be read.
        ReplayError: for a replay that can't be shown.
        UserError: for arguments that do not fit together.
    """
    _check(request)
    source, number = open_source(request)
    wants_viewer = not request.outputs and not request.plain
    if wants_viewer and (poor := poor_terminal()):
        say(f"Note: {poor}; frames are printed instead, as with --plain", err=True)
    elif wants_viewer and roomy_terminal():
        from experiments.viewer.app import run_viewer  # nothing else needs textual
        from experiments.viewer.palette import DARK, LIGHT

        colours = LIGHT if request.light else DARK
        playback = run_viewer(
            source,
            number,
            speed=request.speed,
            by_hand=request.by_hand,
            palette=colours,
            beside=other_source(request),
        )
        return conclude(playback, PlainConsole())
    playback = source.open(number)
    try:
        if request.outputs:
            _record(playback, request)
        else:
            show_plain(playback, _plain_console())
    except KeyboardInterrupt:
        say(f"Stopped: {outcome_line(playback)}", err=True)
        raise typer.Exit(130) from None


def open_source(request: Request) -> tuple[GameSource, int]:
    """Return the games beside the one asked for, and its number there."""
    if request.target.name.endswith(SUFFIX) and not request.target.exists():
        raise UserError(f"{request.target}: there is no such file")
    if _is_replay(request.target):
        folder = ReplayFolder(request.target)
        return folder, folder.first
    # Slow to import; a replay needs none of it.
    from experiments.playback.run_source import RunSource
    from experiments.runs.named import find_run

    live = request.live or request.by_hand
    games = RunSource(find_run(request.target), request.training, live, request.block)
    return games, request.number


def _is_replay(target: Path) -> bool:
    """Whether a file is to be read as a replay; what a config is instead, `find_run` tells."""
    return target.is_file() and target.suffix not in SUFFIXES


def other_source(request: Request) -> GameSource | None:
    """Return the games of the run that is watched beside the first; None if there is none.

    Raises:
        UserError: for a run that plays other games.
    """
    if request.beside is None:
        return None
    from experiments.commands.fields import fields
    from experiments.playback.run_source import RunSource
    from experiments.runs.named import find_run
    from experiments.runs.run import open_run

    other = find_run(request.beside)
    runs = [open_run(find_run(request.target)), open_run(other)]
    kept, notes = fields(runs)
    if len(kept[0].runs) < len(runs):
        raise UserError(f"--beside: {'; '.join(notes)}")
    return RunSource(other, live=request.live, block=request.block)


def _record(playback: Playback, request: Request) -> None:
    stretch = Stretch.parse(request.decisions)
    for name, path in record(playback, request.outputs, stretch, request.speed, request.width):
        say(f"The {name} is {path}")
    if playback.notice:
        say(f"Note: {playback.notice}", err=True)


def _check(request: Request) -> None:
    check_outputs(request.outputs, request.speed)
    Stretch.parse(request.decisions)
    if request.decisions is not None and all(FORMATS[name].whole for name in request.outputs):
        told = listed([f"--{name}" for name, form in FORMATS.items() if not form.whole])
        raise UserError(f"--decisions is for {told}; the others are of whole games")
    if request.plain and request.outputs:
        raise UserError("--plain shows a game; leave it out to record one")
    if _is_replay(request.target):
        only_for_runs = {
            "--game": request.number, "--training": request.training,
            "--block": request.block != BLOCK, "--live": request.live, "--play": request.by_hand,
        }  # fmt: skip
        for option, given in only_for_runs.items():
            if given:
                raise UserError(f"{option} is for a run; {request.target} is a replay")
    if request.beside and (request.training or request.by_hand or _is_replay(request.target)):
        raise UserError("--beside is of two runs' unseen games, without --training and --play")
    if request.beside and (request.outputs or request.plain or not roomy_terminal()):
        raise UserError(
            "--beside needs a terminal of its own; as a page two games are in the report:"
            f" yendor compare {request.target} {request.beside} --out report.html"
        )
    if request.training and request.block != BLOCK:
        raise UserError("--block is of unseen games; leave out --training")
    if request.by_hand and (request.outputs or request.plain or not roomy_terminal()):
        room = "--play needs a terminal of its own, at least 80 columns by 24 rows"
        raise UserError(poor_terminal() or room)


def _plain_console() -> Console:
    return PlainConsole(
        width=TERMINAL_COLUMNS,
        force_terminal=False,
        color_system=None,
    )
