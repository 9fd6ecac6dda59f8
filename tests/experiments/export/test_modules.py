"""An export takes along just what its imports take, as Python resolves them."""

import pytest

from experiments.export.modules import EMPTY, ROOT, needed


def test_a_name_of_a_package_comes_before_a_module_of_that_name():
    found = needed("from compiling import compiled")
    assert sorted(found) == ["compiling/__init__.py", "compiling/compiled.py"]
    assert found["compiling/__init__.py"] == (ROOT / "compiling/__init__.py").read_text("utf-8")


@pytest.mark.parametrize("source", ["from agents import checks", "import agents.checks"])
def test_of_a_package_that_gives_only_a_module_nothing_else_is_taken(source):
    found = needed(source)
    assert sorted(found) == ["agents/__init__.py", "agents/checks.py"]
    assert found["agents/__init__.py"] == EMPTY
