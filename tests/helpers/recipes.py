"""The recipes of CONTRIBUTING.md, read and followed as a person would."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"# in (?P<file>\S+?)(?:, (?P<where>with the imports|in \w+|above \w+))?")


@dataclass(frozen=True)
class Recipe:
    """One recipe.

    Attributes:
        title: its heading; "" for what ends every recipe.
        blocks: of code, each beginning with the place where it goes.
        commands: to type at the end.
    """

    title: str
    blocks: tuple[str, ...]
    commands: tuple[str, ...]

    def follow(self, root: Path) -> None:
        """Makes the changes to the project in a folder."""
        for block in self.blocks:
            _insert(root, block)


def read_recipes(text: str) -> list[Recipe]:
    """The recipes of CONTRIBUTING.md; the first holds the commands that end each of them."""
    chapter = text.partition("\n## Recipes\n")[2].partition("\n## ")[0]
    first, *others = re.split(r"^### ", chapter, flags=re.MULTILINE)
    return [_recipe("", first)] + [_recipe(*other.split("\n", 1)) for other in others]


def _recipe(title: str, text: str) -> Recipe:
    found = _BLOCK.findall(text)
    blocks = tuple(block for language, block in found if language != "sh")
    commands = "".join(block for language, block in found if language == "sh")
    return Recipe(title, blocks, tuple(commands.splitlines()))


def _insert(root: Path, block: str) -> None:
    head, _, code = block.partition("\n")
    place = _PLACE.fullmatch(head)
    assert place, f"a block must begin with its place, not {head!r}"
    path, where = root / place["file"], place["where"]
    assert path.exists() == bool(where), f"{head}: only parts of files go into files that exist"
    if not where:
        path.write_text(code, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = _line(ast.parse("".join(lines)), where)
    gap = "\n\n" if where.startswith("above") else ""
    path.write_text("".join([*lines[:at], code + gap, *lines[at:]]), encoding="utf-8")


def _line(module: ast.Module, where: str) -> int:
    """How many lines come before the place."""
    if where == "with the imports":
        imports = (s for s in module.body if isinstance(s, ast.Import | ast.ImportFrom))
        return max(statement.end_lineno or 0 for statement in imports)
    relation, name = where.split()
    table = next(s for s in module.body if name in _assigned(s))
    return table.lineno - 1 if relation == "above" else (table.end_lineno or 0) - 1


def _assigned(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]
