"""Imports go one way: experiments -> agents, experiments -> envs; only envs knows NetHack."""

import ast
from pathlib import Path

import pytest

from envs.nethack import NetHack
from envs.stub import Stub

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "agents": {"envs", "experiments", "nle"},
    "envs": {"agents", "experiments"},
    "experiments": {"nle"},
}


def imported(source: str) -> set[str]:
    """Top-level names of the packages that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and _is_import_call(node):
            names |= {str(arg.value).split(".")[0] for arg in node.args[:1]
                      if isinstance(arg, ast.Constant)}  # fmt: skip
    return names


def _is_import_call(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in ("import_module", "__import__")


@pytest.mark.parametrize("package", FORBIDDEN)
def test_imports_go_one_way(package):
    files = sorted((ROOT / package).rglob("*.py"))
    assert files, f"no files in {package}/"
    wrong = {
        str(file.relative_to(ROOT)): bad
        for file in files
        if (bad := imported(file.read_text()) & FORBIDDEN[package])
    }
    assert not wrong


@pytest.mark.parametrize(
    "source",
    [
        "import nle",
        "import nle.nethack as nh",
        "from nle import nethack",
        "def f():\n    from nle.env import base",
        "import_module('nle.env')",
        "importlib.import_module('nle')",
    ],
)
def test_every_way_to_import_is_noticed(source):
    assert imported(source) == {"nle"}


def test_a_unit_test_can_not_start_nethack():
    with pytest.raises(pytest.fail.Exception, match="mark the test"):
        NetHack()


def test_the_unit_tests_run_on_the_stub():
    assert Stub().reset(seed=0)[0]["glyphs"].shape == (21, 79)


def test_what_plays_for_its_score_never_sees_a_future():
    """Futures know the unseen map: they explain and teach, and nothing that plays imports them."""
    paths = [p.relative_to(ROOT) for room in FORBIDDEN for p in (ROOT / room).rglob("*.py")]
    playing = [
        path for path in paths
        if path.name in ("play.py", "parallel.py", "evaluate.py")
        or (path.parts[0] != "experiments" and path.parts[:2] != ("envs", "futures"))
    ]  # fmt: skip
    assert len(playing) > 50
    assert not [path for path in playing if "envs.futures" in (ROOT / path).read_text()]
