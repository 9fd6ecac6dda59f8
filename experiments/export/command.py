"""What `yendor export` does: a folder that plays without the project."""

from __future__ import annotations

import io
import json
import shlex
from dataclasses import asdict
from pathlib import Path

import numpy as np

from agents import checkpoint
from agents.checkpoint import Header
from experiments.errors import UserError, why
from experiments.export.modules import needed
from experiments.files import folder_in, make_folder, write_bytes
from experiments.printable import say
from experiments.runs.interface import interface
from experiments.runs.named import find_run
from experiments.runs.run import CHECKPOINT, Run, open_run

BOT = Path(__file__).with_name("bot.py")
DESCRIPTION, WEIGHTS = "yendor_export.json", "weights.npz"


def export(folder: Path, out: Path) -> None:
    """Write what plays as the run's agent does, learning off, and say what to do next.

    Args:
        folder: the run's.
        out: an empty folder, one to make, or an earlier export to replace.

    Raises:
        RunError: for a run that can't be read.
        UserError: for a folder that holds something else, or can't be written.
    """
    folder = find_run(folder)
    run = open_run(folder)
    _, games = run.checkpoint()
    try:
        _check_free(out)
        make_folder(out)
        for name, content in _contents(run, games).items():
            path = out / name
            folder_in(out, *Path(name).parent.parts)
            write_bytes(path, content)
    except OSError as error:
        raise UserError(f"{out}: can't be written: {why(error)}") from None
    say(
        f"The {run.config.agent.name} agent of {folder}, trained on {games} games, is in {out}."
        " To play two games of the public arena:\n"
        '  pip install "nethackers[nle]" numba scipy\n'
        f"  python -m nethackers.arena.run --solution {shlex.quote(str(out.resolve()))}"
        """ --batch '[[0, "-"], [1, "-"]]' --out results.json"""
    )


def _check_free(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UserError(f"{out}: is not a folder; export to another place")
    if out.is_dir() and any(out.iterdir()) and not (out / DESCRIPTION).exists():
        raise UserError(
            f"{out}: is not empty, and no earlier export; choose a new folder, or empty this one"
        )


def _contents(run: Run, games: int) -> dict[str, bytes]:
    """Return the files by name. The description comes first and the bot last: a folder that was cut
    off can be exported to again, and does not play.
    """
    header, arrays = checkpoint.load(run.folder / CHECKPOINT)
    weights = io.BytesIO()
    np.savez(weights, **arrays)  # type: ignore[arg-type]
    bot = BOT.read_text(encoding="utf-8")
    texts = {DESCRIPTION: _description(run, header, games)} | needed(bot)
    files = {name: text.encode() for name, text in texts.items()}
    return files | {WEIGHTS: weights.getvalue(), "bot.py": bot.encode()}


def _description(run: Run, header: Header, games: int) -> str:
    agent = asdict(header)
    if "backend" in header.settings:
        agent["settings"]["backend"] = "numpy"  # which takes the weights of the other as they are
    description = {
        "run": run.config.name, "games": games, "seed": run.config.seed, "agent": agent,
    } | interface(run.config.env)  # fmt: skip
    return json.dumps(description, indent=2) + "\n"
