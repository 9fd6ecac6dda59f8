"""From a config to a run, and from runs to numbers and pictures.

In Python: ``from experiments import train, evaluate, compare, load_run``; see docs/python.md.
What they need is imported when the first of them is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.face.verbs import compare, evaluate, load_run, train

__all__ = ["compare", "evaluate", "load_run", "train"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from experiments.clash import check_names

    check_names()
    from experiments.face import verbs

    return getattr(verbs, name)
