"""XOR by a 2-2-1 network."""

import numpy as np
import pytest

from experiments.reproduce import xor
from experiments.reproduce.report import Settings
from experiments.reproduce.training import fit


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_all_four_cases_are_right(seed):
    report = xor.reproduce(Settings(seed), starts=4)
    assert not report.failures
    assert report.checks[1].computed.endswith("rounded 0110")


def test_more_steps_do_not_help_a_start_that_stalls():
    """The post advises more epochs."""
    seed = next(s for s in range(20) if not _learned(s, xor.STEPS))
    assert not _learned(seed, 10 * xor.STEPS)


def test_when_no_start_learns_it_fails(monkeypatch):
    monkeypatch.setattr(xor, "STEPS", 1)
    report = xor.reproduce(Settings(0), starts=2)
    assert report.failures == 2
    assert "0 of 2" in report.checks[2].computed


def _learned(seed: int, steps: int) -> bool:
    rng = np.random.default_rng(seed)
    return fit(xor.SIZES, xor.X, xor.Y, xor.LEARNING_RATE, steps, rng).learned
