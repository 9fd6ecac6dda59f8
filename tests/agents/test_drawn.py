"""Promises of drawing from a distribution."""

import numpy as np
import pytest

from agents.base import drawn


class Dice:
    """Throws what it is told."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        return self.number


@pytest.mark.parametrize("number", [0.0, 0.5, np.nextafter(1, 0)])
@pytest.mark.parametrize("scale", [1.0, 0.3, 1 + 2**-52, 1 - 2**-53])
def test_what_has_no_probability_is_never_drawn(number, scale):
    """Not at the ends either, and however the sum of the probabilities was rounded."""
    assert drawn([0.0, 0.25 * scale, 0.0, 0.75 * scale, 0.0], Dice(number)) in (1, 3)


def test_each_is_drawn_as_often_as_it_is_likely():
    rng = np.random.default_rng(0)
    counts = np.bincount([drawn([0.1, 0.2, 0.7], rng) for _ in range(20_000)])
    assert counts / 20_000 == pytest.approx([0.1, 0.2, 0.7], abs=0.015)
