"""The pages by their file names, and where they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from experiments.reference.config import config_page
from experiments.reference.macros import macros_page
from experiments.reference.seen import seen_page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "macros.md": macros_page,
    "config.md": config_page,
    "seen.md": seen_page,
}


def write_pages(folder: Path) -> list[Path]:
    """Write every page into a folder, which is made if need be; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, page in PAGES.items():
        paths.append(folder / name)
        paths[-1].write_text(page(), encoding="utf-8")
    return paths
