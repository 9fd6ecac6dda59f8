"""Processes that are killed at their n-th call of the system, and what a power cut leaves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, islice, product
from pathlib import Path
from types import ModuleType
from typing import Any

# What is synced is kept in the model, so that no test waits for a disk.
CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "unlink", "rmdir")
KILLED = 9
STATES = 400  # at most, of one moment


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Run something in a child that is killed at that call; return whether it came so far.

    A write that is cut off has written half.
    """
    child = os.fork()
    if not child:
        try:
            with _counted(number):
                act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def killed_after(
    games: int, module: ModuleType, act: Callable[[], object], play_name: str = "play_games"
) -> None:
    """Run something in a child that is killed when a module's function has given so many games."""
    play = getattr(module, play_name)

    def play_games(*arguments: Any) -> Iterator[Any]:
        for number, episode in enumerate(play(*arguments)):
            if number == games:
                os._exit(KILLED)
            yield episode

    child = os.fork()
    if not child:
        setattr(module, play_name, play_games)
        try:
            act()
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def crash_points(act: Callable[[], object], prepare: Callable[[], object]) -> Iterator[int]:
    """Kill something at its first call, its second, and so on until it comes to its end."""
    for number in count(1):
        prepare()
        if not killed_at(number, act):
            return
        yield number


@contextmanager
def _counted(number: int) -> Iterator[None]:
    numbers = count(1)

    def wrapped(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*arguments: Any, **options: Any) -> Any:
            if next(numbers) == number:
                if name == "write":
                    real(arguments[0], arguments[1][: len(arguments[1]) // 2])
                os._exit(KILLED)
            return real(*arguments, **options)

        return call

    with _patched(wrapped):
        yield


@contextmanager
def _patched(wrapped: Callable[[str], Callable[..., Any]]) -> Iterator[None]:
    real = {name: getattr(os, name) for name in CALLS}
    try:
        os.fsync = lambda descriptor: None
        for name in CALLS:
            setattr(os, name, wrapped(name))
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


class File:
    """Its content, and what of it outlives a power cut."""

    def __init__(self, data: bytes) -> None:
        self.data = self.synced = data


class Folder:
    """Its entries after each change since it was last synced: a power cut leaves any of these."""

    def __init__(self, entries: dict[str, File | Folder]) -> None:
        self.history = [entries]

    @property
    def entries(self) -> dict[str, File | Folder]:
        return self.history[-1]

    def change(self, **entries: File | Folder | None) -> None:
        merged = self.entries | entries
        self.history.append({name: node for name, node in merged.items() if node is not None})


class Disk:
    """Follows what is done to a folder, and lays out what a power cut would leave of it.

    The model: a file's data outlives if it was synced since it was written, and else may be lost;
    names in a folder come and go in order, and any of the last, unsynced changes may be lost.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tree = _load(root)
        self.moments: list[list[dict[str, Any]]] = []
        self._open: dict[int, File | Folder] = {}

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Follow what is done, and note after each step what may be left."""
        with _patched(self._wrapped):
            yield

    def _wrapped(self, name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*arguments: Any, **options: Any) -> Any:
            before = self._before(name, arguments, options)
            result = real(*arguments, **options)
            if before:
                before(result)
                self.moments.append(list(islice(self._left(), STATES)))
            return result

        return call

    def _before(self, name: str, arguments: Any, options: Any) -> Callable[[Any], None] | None:
        """Return what to note once the call has been made; None for what is not of the folder."""
        if name in ("write", "fsync"):
            node = self._open.get(arguments[0])
            return node and (lambda _: self._data(name, node, arguments))
        found = self._find(arguments[0], options.get("dir_fd"))
        if found is None:
            return None
        folder, entry = found
        if name == "open":
            return lambda descriptor: self._opened(folder, entry, descriptor)
        if name == "mkdir":
            return lambda _: folder.change(**{entry: Folder({})})
        if name in ("unlink", "rmdir"):
            return lambda _: folder.change(**{entry: None})
        there, new = self._find(arguments[1], None)
        assert there is folder, "a rename from folder to folder is not modelled"
        return lambda _: folder.change(**{entry: None, new: folder.entries[entry]})

    def _data(self, name: str, node: Any, arguments: Any) -> None:
        if name == "write":
            node.data += bytes(arguments[1])
        elif isinstance(node, File):
            node.synced = node.data
        else:
            del node.history[:-1]

    def _opened(self, folder: Folder, entry: str, descriptor: int) -> None:
        if entry and entry not in folder.entries:
            made = File(b"")
            folder.change(**{entry: made})
        self._open[descriptor] = folder.entries[entry] if entry else folder

    def _find(self, path: Any, descriptor: int | None) -> tuple[Folder, str] | None:
        if descriptor is not None:
            node = self._open.get(descriptor)
            return (node, os.fspath(path)) if isinstance(node, Folder) else None
        full = Path(os.path.abspath(os.fspath(path)))
        if full == self.root:
            return self.tree, ""
        if self.root not in full.parents:
            return None
        node: File | Folder | None = self.tree
        for part in full.parent.relative_to(self.root).parts:
            node = node.entries.get(part) if isinstance(node, Folder) else None
        return (node, full.name) if isinstance(node, Folder) else None

    def _left(self) -> Iterator[dict[str, Any]]:
        """Give every tree that may be left by now."""
        folders = list(_folders(self.tree))
        for chosen in product(*(range(len(folder.history)) for folder in folders)):
            at = dict(zip(map(id, folders), chosen, strict=True))
            for synced in (True, False):
                yield _laid_out(self.tree, at, synced)


def _load(path: Path) -> Any:
    if path.is_dir():
        return Folder({entry.name: _load(entry) for entry in path.iterdir()})
    return File(path.read_bytes())


def _folders(node: Any) -> Iterator[Folder]:
    """Give the folders that are or were in a tree."""
    if isinstance(node, Folder):
        yield node
        inner = {id(n): n for entries in node.history for n in entries.values()}
        for below in inner.values():
            yield from _folders(below)


def _laid_out(node: Any, at: dict[int, int], synced: bool) -> Any:
    if isinstance(node, File):
        return node.synced if synced else node.data
    entries = node.history[at[id(node)]]
    return {name: _laid_out(below, at, synced) for name, below in entries.items()}


def lay_out(tree: dict[str, Any], folder: Path) -> None:
    """Make real files and folders of a tree."""
    folder.mkdir()
    for name, content in tree.items():
        if isinstance(content, dict):
            lay_out(content, folder / name)
        else:
            (folder / name).write_bytes(content)
