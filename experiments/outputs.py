"""Files that people ask for by name: a report, a recording. What is named is never destroyed.

A link is followed, and what it points to is replaced whole; a pipe or a character device such as
/dev/null or /dev/stdout is written through; a folder, a disk or a socket is refused.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agents.whole import PARTIAL, sync_folder
from experiments.errors import UserError, escaped, why

REFUSED = {stat.S_IFDIR: "is a folder", stat.S_IFBLK: "is a disk", stat.S_IFSOCK: "is a socket"}
OPEN_FILES = (("dev",), ("proc",))  # here a name may stand for what a process holds open


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary name; what is written there becomes `path` at the end, or nothing does.

    It lies in a folder of its own, which nobody else can look into or put a link into.

    Raises:
        UserError: if that can't be done; nothing is left behind then.
    """
    if refused := refusal(path):
        raise UserError(f"{escaped(path)}: can't be written: {refused}")
    through = _is_through(path)
    target = path if through else Path(os.path.realpath(path))
    try:
        with _own_folder(None if through else target.parent) as folder:
            partial = folder / path.name
            yield partial
            (_pour if through else _put)(partial, target)
    except OSError as error:
        raise UserError(f"{escaped(path)}: can't be written: {why(error)}") from None


def refusal(path: Path) -> str:
    """Return why no file can be written at a path, or nothing; looks, and changes nothing."""
    try:
        kind = stat.S_IFMT(os.stat(path).st_mode)
    except FileNotFoundError:
        kind = stat.S_IFREG  # nothing is there yet, or a link to nothing
    except OSError as error:
        return why(error)
    if kind in REFUSED:
        return REFUSED[kind]
    parent = Path(os.path.realpath(path)).parent
    if not parent.is_dir():
        return f"there is no folder {escaped(path.parent)}"
    if kind == stat.S_IFREG and not os.access(parent, os.W_OK | os.X_OK):
        return f"you have no right to write into {escaped(parent)}"
    return ""


def same_file(paths: list[Path]) -> Path | None:
    """Return a path that is another of them too, by whatever links; None if there is none."""
    real = [os.path.realpath(path) for path in paths]
    return next((path for path, r in zip(paths, real, strict=True) if real.count(r) > 1), None)


def _is_through(path: Path) -> bool:
    """Whether what is written at a path goes on to a device, a pipe or another open file."""
    if os.path.exists(path) and not os.path.isfile(path):
        return True
    parent = Path(os.path.realpath(path.absolute().parent))
    return os.path.exists(path) and parent.parts[1:2] in OPEN_FILES


@contextmanager
def _own_folder(beside: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=beside) as folder:
        yield Path(folder)


def _pour(partial: Path, target: Path) -> None:
    with partial.open("rb") as source, target.open("wb") as device:
        shutil.copyfileobj(source, device)


def _put(partial: Path, target: Path) -> None:
    descriptor = os.open(partial, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(partial, target)
    sync_folder(target.parent)
