"""What belongs to a group or a suite, whoever adds to it, and when."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from experiments.suites.folders import Group, read_group, read_suite, save_group, save_suite
from experiments.suites.model import SuiteEvaluation

MANY = range(24)


def add_seed(folder, number):
    save_group(Group("ucb", folder, (number,)))


def add_group(folder, number):
    save_suite(folder, "bandits", [str(number)], SuiteEvaluation())


@pytest.mark.parametrize("add, there", [
    (add_seed, lambda folder: read_group(folder).seeds),
    (add_group, lambda folder: map(int, read_suite(folder).groups)),
])  # fmt: skip
def test_what_several_add_at_once_is_all_there(tmp_path, add, there):
    """As of trainings that are begun side by side, one for each seed."""
    with ThreadPoolExecutor(len(MANY)) as others:
        list(others.map(lambda number: add(tmp_path, number), MANY))
    assert sorted(there(tmp_path)) == list(MANY)
