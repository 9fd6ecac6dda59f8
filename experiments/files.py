"""Files that are written whole or not at all; `experiments/rows.py` reads rows of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from agents.whole import sync_folder, write_whole
from experiments.errors import UserError, escaped, why

Row = dict[str, Any]
PACKED = ".gz"


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file; a reader sees the old content or the new, never a part."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; it outlives a power cut. A link there is replaced.

    Raises:
        OSError: names the file.
    """
    write_whole(path, data)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder with all above it, so that it outlives a power cut, or find it there.

    Raises:
        UserError: says why it can't be.
    """
    try:
        missing = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
        folder.mkdir(parents=True, exist_ok=True)
        for place in missing:
            sync_folder(place.parent)
    except OSError as error:
        raise UserError(f"{escaped(folder)}: can't be made a folder: {why(error)}") from None


def folder_in(folder: Path, *parts: str) -> Path:
    """Return a folder in another one that exists; it is made where it is missing.

    A link in its place is refused: a folder of somebody else's may hold one to anywhere.

    Raises:
        UserError: for a link.
        OSError: when it can't be made, or the folder it belongs into is gone.
    """
    for part in parts:
        folder = folder / part
        if folder.is_symlink():
            raise UserError(
                f"{escaped(folder)}: is a link; put a folder in its place to write there"
            )
        with suppress(FileExistsError):
            folder.mkdir()
            sync_folder(folder.parent)
    return folder


def check_suffix(option: str, path: Path, suffixes: tuple[str, ...]) -> None:
    """Check that a file is named after what is written into it.

    Args:
        option: as people write it.
        path: the file's.
        suffixes: that will do, the usual one first; "" for a name without any.

    Raises:
        UserError: names the option, and a name that will do.
    """
    if path.exists() and not path.is_file():
        return  # a device or a pipe is called as it is
    name, named = path.name.lower(), tuple(filter(None, suffixes))
    if not name.endswith(named) and (path.suffix or "" not in suffixes):
        right = path.name.partition(".")[0] + suffixes[0]
        raise UserError(f"{option} {path}: writes {suffixes[0]} files; name it {right}")


def to_lines(rows: Iterable[Row]) -> str:
    """Return one JSON object per line."""
    return "".join(json.dumps(row) + "\n" for row in rows)
