"""One comparison with all its files, which every test here shares: look, and do not touch."""

import pytest
from helpers.compared import compare_all


@pytest.fixture(scope="session")
def compared(evaluated, tmp_path_factory):
    """The folder of a comparison of a trained run with random choices, 12 games each."""
    return compare_all(evaluated, tmp_path_factory.mktemp("compared"))
