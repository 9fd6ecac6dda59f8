"""Files that are written whole or not at all; `experiments/rows.py` reads rows of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.errors import UserError

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


def to_lines(rows: Iterable[Row]) -> str:
    """Return one JSON object per line."""
    return "".join(json.dumps(row) + "\n" for row in rows)
