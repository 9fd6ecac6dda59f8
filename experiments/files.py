"""Files that are written whole or not at all, and rows of JSON in them."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.errors import RunError, UserError

Row = dict[str, Any]
PACKED = ".gz"


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file; a reader sees the old content or the new, never a part."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    os.replace(partial, path)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; what is written there becomes `path` at the end.

    Raises:
        UserError: if that can't be done; nothing is left behind then.
    """
    if not path.parent.is_dir():
        raise UserError(f"{path}: can't be written: there is no folder {path.parent}")
    partial = path.with_name(path.name + ".part")
    try:
        yield partial
        os.replace(partial, path)
    except OSError as error:
        raise UserError(f"{path}: can't be written: {error.strerror or error}") from None
    finally:
        partial.unlink(missing_ok=True)


def check_suffix(option: str, path: Path, suffixes: tuple[str, ...]) -> None:
    """Check that a file is named after what is written into it.

    Args:
        option: as people write it.
        path: the file's.
        suffixes: that will do, the usual one first; "" for a name without any.

    Raises:
        UserError: names the option, and a name that will do.
    """
    name, named = path.name.lower(), tuple(filter(None, suffixes))
    if not name.endswith(named) and (path.suffix or "" not in suffixes):
        right = path.name.partition(".")[0] + suffixes[0]
        raise UserError(f"{option} {path}: writes {suffixes[0]} files; name it {right}")


def to_lines(rows: Iterable[Row]) -> str:
    """Return one JSON object per line."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def read_rows(path: Path, first: int | None = None) -> list[Row]:
    """Read one JSON object per line: the first so many, or all; a file packed by gzip serves too.

    Raises:
        RunError: for a file that can't be read or holds fewer, and for a line that is cut short.
    """
    try:
        lines = read_text(path).splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise RunError(f"{path}: can't be read: {error}") from None
    if first is not None and len(lines) < first:
        raise RunError(f"{path}: is cut short: {len(lines)} rows where {first} are needed")
    return [_row(path, number, line) for number, line in enumerate(lines[:first], start=1)]


def read_text(path: Path) -> str:
    """Return the text of a file, or of the one that gzip packed where it is missing."""
    packed = path.with_name(path.name + PACKED)
    if packed.exists() and not path.exists():
        return gzip.decompress(packed.read_bytes()).decode("utf-8")
    return path.read_text(encoding="utf-8")


def _row(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        row = None
    if not isinstance(row, dict):
        raise RunError(f"{path}: line {number} is cut short or no JSON object")
    return row
