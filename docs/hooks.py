"""Hooks of the documentation's site (mkdocs): pages kept at the project's root, links to code."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import latex2mathml.converter
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
AT_ROOT = ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
MATH = re.compile(r'<(span|div) class="arithmatex">\\([(\[])(.*?)\\[)\]]</\1>', re.DOTALL)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand at the root."""
    for name in AT_ROOT:
        files.append(
            File.generated(config, name, content=(ROOT / name).read_text(encoding="utf-8"))
        )
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Point links between the root and docs/ at pages; what is no page becomes plain text.

    Raises:
        ValueError: for a link to a file that is not there.
    """
    source = page.file.src_uri
    folder = ROOT if source in AT_ROOT else (ROOT / "docs" / source).parent

    def pointed(match: re.Match[str]) -> str:
        text, target = match.groups()
        path, _, anchor = target.partition("#")
        if not path or "://" in target or target.startswith("mailto:"):
            return match.group()
        file = (folder / path).resolve()
        if not file.exists():
            raise ValueError(f"{source}: {target} is not there")
        if file.name in AT_ROOT and file.parent == ROOT:
            to = "../" * source.count("/") + file.name
        elif file.is_relative_to(ROOT / "docs") and file.is_file():
            to = "../" * source.count("/") + str(file.relative_to(ROOT / "docs"))
        else:
            return text
        return f"[{text}]({to}{'#' + anchor if anchor else ''})"

    return LINK.sub(pointed, markdown)


def on_page_content(content: str, **_: Any) -> str:
    """Write equations as MathML, which browsers show without a script from elsewhere."""

    def shown(match: re.Match[str]) -> str:
        _, bracket, source = match.groups()
        display = "block" if bracket == "[" else "inline"
        return latex2mathml.converter.convert(html.unescape(source), display=display)

    return MATH.sub(shown, content)
