"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

MADE = "<!-- Made from the code by `python -m experiments.reference`. -->"


def page(title: str, *parts: str) -> str:
    """Return a page: a title, and parts with an empty line between them."""
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; what would end a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def code(value: str) -> str:
    """Return a value as code; "" stays empty."""
    return f"`{value}`" if value else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
