"""Reversing four digits."""

import pytest

from experiments.reproduce import generalisation
from experiments.reproduce.report import Settings


@pytest.mark.parametrize("seed", [0, 1])
def test_the_training_rows_are_reversed_and_those_that_start_with_1_are_not(seed):
    report = generalisation.reproduce(Settings(seed))
    assert not report.failures
    trained, unseen, moved = report.checks
    assert trained.computed == "6 of 6"
    assert unseen.computed == "0 of 6; 6 of 6 outputs are the post's"
    assert moved.computed.startswith("0:")
    assert "--generalisation" in report.notes[-1]


def test_without_training_it_fails():
    assert generalisation.reproduce(Settings(0), steps=1).failures


def test_the_posts_targets_are_reversals():
    targets = generalisation.rows(generalisation.SEEN)[:, ::-1]
    assert targets[3].tolist() == [1, 0, 1, 0]
