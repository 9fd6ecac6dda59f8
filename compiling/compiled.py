"""Compiled functions, kept on disk from one start to the next where there is a place for them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from numba import njit
from numba.core.caching import CompileResultCacheImpl, FunctionCache


class _Place(CompileResultCacheImpl):
    """Where numba keeps its files: not beside ours, but for want of another place.

    What pip did not install it does not remove: a folder that holds such files alone would hide the
    package of that name from an editable installation.
    """

    _locator_classes = sorted(
        CompileResultCacheImpl._locator_classes, key=lambda place: "InTree" in place.__name__
    )


class _Cache(FunctionCache):
    """Numba's, which costs no more than time if its files can't be read or written."""

    _impl_class = _Place

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """See numba; None: compile."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # a file was cut short: its bytes can raise anything
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """See numba."""
        try:
            super().save_overload(sig, data)
        except Exception as error:  # no room on the disk; the index was cut short
            _say_once(error)


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function to machine code at its first call, or take it from numba's cache.

    Without a writable place for that (`NUMBA_CACHE_DIR`, the user's cache folder, beside the
    file), it is compiled anew by every process.
    """
    dispatcher = njit(function)
    try:
        dispatcher._cache = _Cache(function)  # type: ignore[attr-defined]  # as `njit(cache=True)` does
    except (RuntimeError, OSError) as error:
        _say_once(error)
    return dispatcher


_said: list[str] = []


def _say_once(error: Exception) -> None:
    if not _said:
        _said.append(str(error))
        print(
            "yendor: numba has no place for its cache, so every start compiles for a while; set"
            f" NUMBA_CACHE_DIR to a folder that can be written ({error})",
            file=sys.stderr,
        )
