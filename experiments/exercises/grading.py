"""Answers tried: each in a process of its own, within a limit of time."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import traceback
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from experiments.errors import UserError
from experiments.exercises.question import Question, Wrong

SECONDS = 60.0  # that one answer may take
AS_ABOVE = "not tried: the file does not run, as above"


@dataclass(frozen=True)
class Grade:
    """How one answer did.

    Attributes:
        lesson, question: their names.
        right: whether it passed.
        remark: what went wrong; "" if it passed.
    """

    lesson: str
    question: str
    right: bool
    remark: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the grade as JSON takes it."""
        return asdict(self)


def grade(
    answers: Path,
    lessons: dict[str, tuple[Question, ...]],
    seed: int = 0,
    seconds: float = SECONDS,
) -> Iterator[Grade]:
    """Try a file's answers to every question of the lessons, one after the other.

    The file is run as Python, with all that Python may do: grade strangers' answers where that is
    no harm. A question's random cases follow from the seed and its name. What keeps the file itself
    from running is told once, with the first question.

    Args:
        answers: a Python file with a function for each question.
        lessons: the questions by lesson.
        seed: of the random cases.
        seconds: after which an answer is given up.

    Raises:
        UserError: for a folder, or a file that is not there.
    """
    _check_file(answers)
    fault = _in_child(answers, partial(_run, answers), seconds)
    for lesson, questions in lessons.items():
        for question in questions:
            trial = partial(_remark, answers, question, seed)
            remark = fault or _in_child(answers, trial, seconds)
            yield Grade(lesson, question.name, not remark, remark)
            fault = fault and AS_ABOVE


def no_folder(answers: Path) -> None:
    """Refuse a folder where a file of answers belongs.

    Raises:
        UserError: names a file in it.
    """
    if answers.is_dir():
        raise UserError(f"{answers} is a folder; name a file, such as {answers / 'answers.py'}")


def _check_file(answers: Path) -> None:
    no_folder(answers)
    if not answers.is_file():
        raise UserError(
            f"{answers} is not a file; `yendor grade {answers} --blank` writes one to fill in"
        )


def _in_child(answers: Path, trial: Callable[[], str], seconds: float) -> str:
    """Return the remark of a trial of the file, "" for nothing wrong."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(sender, answers, trial), daemon=True)
    child.start()
    sender.close()
    try:
        if receiver.poll(seconds):
            return str(receiver.recv())
        return f"no answer within {seconds:g} seconds"
    except EOFError:
        return "the process that ran it died"
    finally:
        child.kill()
        child.join()


def _report(sender: Connection, answers: Path, trial: Callable[[], str]) -> None:
    os.dup2(2, 1)  # what an answer prints is no part of the grades
    try:
        sender.send(trial())
    except BaseException as error:  # an answer may raise anything, SystemExit among them
        sender.send(_told(error, answers))


def _run(answers: Path) -> str:
    runpy.run_path(str(answers))
    return ""


def _remark(answers: Path, question: Question, seed: int) -> str:
    answer = runpy.run_path(str(answers)).get(question.name)
    if answer is None:
        return f"{answers.name} has no function {question.name}"
    rng = np.random.default_rng([seed, zlib.crc32(question.name.encode())])
    try:
        question.check(answer, rng)
    except NotImplementedError:
        return "not answered yet"
    except Wrong as wrong:
        return str(wrong)
    return ""


def _told(error: BaseException, answers: Path) -> str:
    """Return an error of an answer's in one line, with the place in the student's own file."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((f.lineno for f in reversed(frames) if f.filename == str(answers)), None)
    if isinstance(error, SyntaxError):
        line = error.lineno
    place = f" in line {line}" if line else ""
    return f"{type(error).__name__}{place}: {error}"
