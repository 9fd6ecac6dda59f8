"""`yendor grade`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def grade(
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS.py", help="A file of answers.")],
    lesson: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="bandits, dungeon, context, softmax, policies or evidence; may be repeated.",
            show_default="all",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the cases that answers are tried on.")] = 0,
    blank: Annotated[
        bool, typer.Option("--blank", help="Write the file, with every question open.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Try a file of answers to the lessons' questions on cases that a seed names."""
    from envs.names import check_name
    from experiments.errors import UserError
    from experiments.exercises.command import show_grades, write_blank
    from experiments.exercises.registry import LESSONS
    from experiments.printable import say

    if blank:
        write_blank(answers)
        say(f"{answers} has the questions. When they are answered: yendor grade {answers}")
        return
    try:
        for name in lesson or ():
            check_name("lesson", name, LESSONS)
    except ValueError as error:
        raise UserError(str(error)) from None
    if not show_grades(answers, lesson or [], seed, json):
        raise typer.Exit(1)
