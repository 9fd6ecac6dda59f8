"""What `yendor grade` does."""

from __future__ import annotations

import json
from pathlib import Path

from experiments.console import PlainConsole, Table
from experiments.errors import UserError
from experiments.exercises.grading import Grade, grade, no_folder
from experiments.exercises.question import Question
from experiments.exercises.registry import LESSONS
from experiments.printable import say

HEADER = '''"""Answers to the questions of the lessons. `yendor grade {name}` tries them."""

from __future__ import annotations

import numpy as np
'''


def write_blank(path: Path) -> None:
    """Write a file with every question, to be filled in; never over one that is there.

    Raises:
        UserError: if there is one.
    """
    no_folder(path)
    parts = [HEADER.format(name=path.name)]
    for lesson, questions in LESSONS.items():
        parts.append(f"# Lesson: {lesson}\n")
        parts += [question.source for question in questions]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n\n".join(parts))
    except FileExistsError:
        raise UserError(
            f"{path} is there already, perhaps with answers; give another name"
        ) from None
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}") from None


def show_grades(answers: Path, lessons: list[str], seed: int, as_json: bool) -> bool:
    """Grade the answers, print how each did, and return whether all of them passed."""
    chosen: dict[str, tuple[Question, ...]] = {n: LESSONS[n] for n in lessons} or LESSONS
    grades = list(grade(answers, chosen, seed))
    right = sum(each.right for each in grades)
    if as_json:
        result = {"seed": seed, "right": right, "of": len(grades)}
        say(json.dumps(result | {"grades": [g.as_dict() for g in grades]}, indent=2))
    else:
        console = PlainConsole()
        console.print(_table(grades))
        console.print(f"{right} of {len(grades)} are right, on the cases of seed {seed}.")
    return right == len(grades)


def _table(grades: list[Grade]) -> Table:
    table = Table("lesson", "question", "", "remark")
    for each in grades:
        table.add_row(each.lesson, each.question, "right" if each.right else "wrong", each.remark)
    return table
