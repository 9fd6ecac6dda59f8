"""Imports go one way: down the list of rooms in ARCHITECTURE.md, and never in a circle."""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from envs.nethack.env import NetHack
from envs.stub.env import Stub

ROOT = Path(__file__).parents[1]
PACKAGES = ("compiling", "agents", "envs", "experiments")
FORBIDDEN = {
    "compiling": {"agents", "envs", "experiments", "nle"},
    "agents": {"envs", "experiments", "nle"},
    "envs": {"agents", "experiments"},
    "experiments": {"nle"},
}


@cache
def modules() -> dict[str, Path]:
    """The project's files by dotted name."""
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    assert files
    return {_dotted(file): file for file in files}


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(source: str) -> set[str]:
    """Dotted names that a file imports, anywhere in it; `from a import b` gives a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and _is_import_call(node):
            names |= {str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return names


def _is_import_call(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in ("import_module", "__import__")


@cache
def graph() -> dict[str, set[str]]:
    """Which of the project's files each of them imports."""
    found = {}
    for name, file in modules().items():
        names = imported(file.read_text(encoding="utf-8"))
        inner = {n for n in names if n in modules() and n != name}
        # `from package import module` is an import of the module, not of the package.
        parents = {n.rpartition(".")[0] for n in inner}
        found[name] = {n for n in inner if n not in parents or _defines(n, names)}
    return found


def _defines(package: str, names: set[str]) -> bool:
    """Whether something that is no module is imported from a package's own file."""
    inside = {n for n in names if n.rpartition(".")[0] == package}
    return any(n not in modules() for n in inside)


def rooms() -> list[str]:
    """The rooms in their order, as ARCHITECTURE.md lists them, such as ``envs.data``."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = text.partition("<!-- the order of the rooms -->")[2].split("```")[1]
    places = [line.split()[0] for line in block.splitlines() if line.strip()]
    return [place.removesuffix(".py").strip("/").replace("/", ".") for place in places]


def room_of(module: str) -> str | None:
    """The room that a file is in; None for the packages' own files."""
    parts = module.split(".")
    return ".".join(parts[:2]) if len(parts) > 1 else None


def test_the_list_of_rooms_is_complete():
    there_are = {room for name in modules() if (room := room_of(name))}
    assert set(rooms()) == there_are
    assert len(rooms()) == len(set(rooms()))


def test_a_room_imports_only_rooms_above_it_in_the_list():
    place = {room: number for number, room in enumerate(rooms())}
    wrong = [
        f"{name} imports {other}"
        for name, others in graph().items()
        for other in others
        if (a := room_of(name)) and (b := room_of(other)) and a != b and place[a] < place[b]
    ]
    assert not wrong


def test_no_file_imports_another_in_a_circle():
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


@pytest.mark.parametrize("package", FORBIDDEN)
def test_packages_keep_to_themselves(package):
    wrong = [
        f"{name} imports {other}"
        for name, file in modules().items()
        if name.split(".")[0] == package
        for other in imported(file.read_text(encoding="utf-8"))
        if other.split(".")[0] in FORBIDDEN[package]
    ]
    assert not wrong


def test_what_plays_for_its_score_never_sees_a_future():
    """Futures know the unseen map: they explain and teach, and nothing that plays imports them.

    Of training, one file may: the teacher, whose lessons the learner gets between rounds.
    """
    hidden, teacher = "envs.futures", "experiments.training.teacher"
    playing = ("agents", "envs", "experiments.training", "experiments.export", "experiments.runs")
    seen = [
        name for name, others in graph().items()
        if name.startswith(playing) and not name.startswith(hidden)
        and any(other.startswith(hidden) for other in others)
    ]  # fmt: skip
    assert seen == [teacher]
    pupils = [name for name, others in graph().items() if teacher in others]
    assert pupils == ["experiments.training.train"]


@pytest.mark.parametrize(
    "source",
    [
        "import nle",
        "import nle.nethack as nh",
        "from nle import nethack",
        "def f():\n    from nle.env import base",
        "if TYPE_CHECKING:\n    from nle.env import base",
        "import_module('nle.env')",
        "importlib.import_module('nle')",
    ],
)
def test_every_way_to_import_is_noticed(source):
    assert {name.split(".")[0] for name in imported(source)} == {"nle"}


def test_a_unit_test_can_not_start_nethack():
    with pytest.raises(pytest.fail.Exception, match="mark the test"):
        NetHack()


def test_the_unit_tests_run_on_the_stub():
    assert Stub().reset(seed=0)[0]["glyphs"].shape == (21, 79)
