"""Which of the project's modules a program needs, found by following its imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agents", "compiling", "envs")
EMPTY = '"""Holds only those of its modules that the export needs."""\n'


def needed(source: str) -> dict[str, str]:
    """Return the modules that a program takes from `PACKAGES`, and those that they take in turn.

    Only imports at the top of a module count: what a function imports, it alone needs. A package
    that nothing takes a name from, but its modules, gets an `__init__.py` that imports nothing.

    Args:
        source: of the program.

    Returns:
        The source of each by its path, such as ``envs/macros/driver.py``.
    """
    found: dict[str, str] = {}
    waiting = list(_imported(source))
    while waiting:
        path = _file(waiting.pop())
        name = path.relative_to(ROOT).as_posix()
        if name not in found:
            found[name] = path.read_text(encoding="utf-8")
            waiting += _imported(found[name])
    packages = {parent.as_posix() for name in found for parent in Path(name).parents[:-1]}
    return {f"{package}/__init__.py": EMPTY for package in sorted(packages)} | found


def _imported(source: str) -> Iterator[str]:
    """Names of the project's modules that are imported at the top of this one."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names if _is_ours(alias.name))
        elif isinstance(statement, ast.ImportFrom) and _is_ours(statement.module or ""):
            for alias in statement.names:
                inner = f"{statement.module}.{alias.name}"
                yield inner if _exists(inner) else str(statement.module)


def _is_ours(module: str) -> bool:
    return module.split(".")[0] in PACKAGES


def _exists(module: str) -> bool:
    return _file(module).is_file()


def _file(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
