"""A question, and how an answer to it is judged."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Answer = Callable[..., Any]
Check = Callable[[Answer, np.random.Generator], None]


class Wrong(Exception):
    """What an answer got wrong, in a sentence for who wrote it."""


@dataclass(frozen=True)
class Question:
    """A function to fill in.

    Attributes:
        blank: its signature and docstring, with a body that raises NotImplementedError.
        check: tries an answer on random cases; raises `Wrong`.
    """

    blank: Answer
    check: Check

    @property
    def name(self) -> str:
        """The function's name."""
        return self.blank.__name__

    @property
    def source(self) -> str:
        """The function as a student gets it."""
        return inspect.getsource(self.blank)


def same(got: Any, expected: ArrayLike, case: str, tolerance: float = 1e-8) -> None:
    """Raise `Wrong` unless the two are equal in shape and, within a tolerance, in value."""
    wanted = np.asarray(expected)
    try:
        numbers = np.asarray(got, dtype=float)
    except (TypeError, ValueError):
        raise Wrong(f"{case}: expected numbers, got {type(got).__name__}") from None
    if numbers.shape != wanted.shape:
        raise Wrong(f"{case}: expected the shape {wanted.shape}, got {numbers.shape}")
    if not np.allclose(numbers, wanted, rtol=tolerance, atol=tolerance):
        raise Wrong(f"{case}: expected {_short(wanted)}, got {_short(numbers)}")


def _short(numbers: np.ndarray) -> str:
    return np.array2string(numbers, precision=5, threshold=8, edgeitems=3).replace("\n", "")
