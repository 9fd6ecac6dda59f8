"""All that an object holds, laid out flat, so that one sees whether anything changed, and what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from enum import Enum
from typing import Any

import numpy as np

PLAIN = (type(None), bool, int, float, complex, str, bytes, Enum, np.generic)


class Same:
    """Equal only if it is the very same object; holds it, so that no other takes its place."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.thing is other.thing

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self.thing).__name__} at {id(self.thing):#x}>"


def facts(thing: object, name: str = "it", identity: bool = True) -> dict[str, object]:
    """The state of an object and of all that it refers to, by path, e.g. ``it.level.kin``.

    What a class leaves out of its own `__getstate__`, the memos that it declares, is left out here.

    Args:
        identity: whether arrays, lists, dictionaries, sets and objects must stay the same ones,
            and not only be equal.
    """
    return dict(_walk(thing, name, identity, set()))


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The paths at which two states differ."""
    gone = object()
    return [
        path
        for path in {**before, **after}
        if before.get(path, gone) != after.get(path, gone)
    ]  # fmt: skip


def _walk(thing: Any, path: str, identity: bool, known: set[int]) -> Iterator[tuple[str, object]]:
    if isinstance(thing, PLAIN):
        yield path, (type(thing), repr(thing))
        return
    if not isinstance(thing, tuple):
        yield f"{path} is", Same(thing) if identity else type(thing)
    if id(thing) in known or callable(thing):
        return
    known.add(id(thing))
    if isinstance(thing, np.ndarray):
        yield path, (thing.dtype.str, thing.shape, thing.tobytes())
    elif isinstance(thing, Set):
        yield path, sorted(map(repr, thing))
    else:
        parts = _parts(thing)
        yield path, (type(thing), [*parts])
        for name, part in parts.items():
            yield from _walk(part, f"{path}{name}", identity, known)


def _parts(thing: Any) -> dict[str, Any]:
    """What an object is made of, by what is written behind its name."""
    if isinstance(thing, np.random.Generator):
        return {" state": repr(thing.bit_generator.state)}
    if hasattr(thing, "detach"):  # a tensor
        return {" values": thing.detach().numpy().tobytes()}
    if isinstance(thing, Mapping):
        return {f"[{key!r}]": part for key, part in thing.items()}
    if isinstance(thing, (list, tuple)):
        return {f"[{index}]": part for index, part in enumerate(thing)}
    state = thing.__getstate__()
    if isinstance(state, tuple):  # of a class with slots
        state = {**(state[0] or {}), **(state[1] or {})}
    if isinstance(state, list):  # of a dataclass with slots
        return {f".{index}": part for index, part in enumerate(state)}
    return {f".{name}": part for name, part in (state or {}).items()}
